import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBy, mappingFrom } from '../../test/audited.ts';
import { propertySettings } from '../../test/runs.ts';
import { jsonItem } from '../sources/items.ts';
import type { Audit } from './audit.ts';
import { audit, finish, take } from './audit.ts';
import type { Part } from './checkpoint.ts';
import { auditFrom, partsOf } from './checkpoint.ts';
import { pendingSteps } from './pending.ts';
import type { AuditReport } from './report.ts';
import { reportOf } from './report.ts';
import type { Step } from './row.ts';
import { readRow } from './row.ts';

const mapping = mappingFrom(`
title: Calls of an invented town
format: ndjson
incident: id
steps:
  - { step: received, time: at }
  - { step: assigned, time: sent }
  - { step: closed, time: closed }
grade: { column: grade, codes: { '1': emergency, '2': priority, '4': resolution } }
closing: { is: advice }
text: words
unit: unit
names:
  - { role: scene, of: { kind: place, premises: house, street: street } }
`);
const by = auditBy(mapping);
const none = { rows: 0, taken: 0, empty: 0, rejected: 0, remarked: 0, reasons: [] };
const words = ['He has a knife and he will kill me', 'Loud music again', 'I am frightened of him', 'A lost dog'];
const minute = 60_000;

function instant(minutes: number): string {
  return new Date(1_768_000_000_000 + minutes * minute).toISOString();
}

/** One row every half hour, at forty homes in four streets; every third has a unit, every second is closed. */
function row(at: number): readonly Step[] {
  const begin = at * 30;
  const item = jsonItem({
    id: `job ${at}`,
    at: instant(begin),
    sent: at % 3 === 0 ? instant(begin + 4) : '',
    closed: at % 2 === 0 ? instant(begin + 90) : '',
    grade: ['4', '2', '4', '4', '1', '4'][at % 6],
    words: at % 12 < 4 ? words[at % 4] : 'A lost dog',
    unit: `AB${at % 7}`,
    house: String((at * 7) % 10),
    street: `${['Weir', 'Kiln', 'Mill', 'Tansy'][at % 4] ?? ''} Lane`,
  });
  const read = readRow(item, at, mapping);
  return read.ok ? read.steps : [];
}

function report(audited: Audit): AuditReport {
  finish(audited);
  return reportOf(audited, none);
}

test('an audit that is stopped and goes on tells what one does that never stopped', () => {
  const whole = audit(by);
  for (let at = 0; at < 150; at += 1) take(whole, row(at));
  const told = report(whole);
  expect(told.matters).toBeGreaterThan(5);
  for (const stop of [1, 60, 149]) {
    const first = audit(by);
    for (let at = 0; at < stop; at += 1) take(first, row(at));
    const parts = JSON.parse(JSON.stringify([...partsOf(first)])) as readonly Part[];
    const second = auditFrom(by, parts);
    if (second === null) throw new Error('nothing came back');
    for (let at = stop; at < 150; at += 1) take(second, row(at));
    expect(report(second)).toEqual(told);
  }
});

test('parts of which the last is missing are no audit', () => {
  const first = audit(by);
  for (let at = 0; at < 20; at += 1) take(first, row(at));
  expect(auditFrom(by, [...partsOf(first)].slice(0, -1))).toBeNull();
});

/** How much of everything an audit of so many days holds. */
function sizes(days: number): Readonly<Record<string, number>> {
  const audited = audit({ ...by, mapping: { ...mapping, history: 86_400_000 } });
  for (let at = 0; at < days * 48; at += 1) take(audited, row(at));
  const room = audited.playing?.stage.room ?? {};
  const maps = Object.entries(room).filter((field): field is [string, { readonly size: number }] => {
    const value: unknown = field[1];
    return typeof value === 'object' && value !== null && 'size' in value;
  });
  return {
    ...Object.fromEntries(maps.map(([name, { size }]) => [name, size])),
    history: [...audited.history.records()].length,
    duties: audited.listens.duties.size,
    watches: audited.listens.watches.size,
    matters: audited.matters.size,
    pending: audited.pending.size(),
  };
}

test('what an audit holds in memory does not grow with the length of the export', () => {
  const [short, long] = [sizes(5), sizes(10)];
  expect(Object.keys(long).length).toBeGreaterThan(40);
  for (const [name, size] of Object.entries(long)) expect([name, size]).toEqual([name, short[name]]);
});

test('steps are played by their times, and those of one time as they were read', () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  fc.assert(
    fc.property(times, (all) => {
      const pending = pendingSteps();
      const steps = all.map((at, line): Step => ({ ...(row(1)[0] as Step), at, line }));
      for (const step of steps) pending.add(step);
      const played: Step[] = [];
      for (let next = pending.next(20); next !== null; next = pending.next(20)) played.push(next);
      expect(played).toEqual(steps.toSorted((a, b) => a.at - b.at || a.line - b.line));
    }),
    propertySettings(100),
  );
});
