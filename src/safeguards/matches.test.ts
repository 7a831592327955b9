import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { findingsOn } from './findings.ts';

const ada = { kind: 'person', name: 'Ada Marsh' };
const rose = { kind: 'person', name: 'Rose Marsh' };
const karl = { kind: 'person', name: 'Karl Dent' };

/** A call that names these people; the record of an earlier matter of Ada and Carl is found for each, this surely. */
function found(control: ControlRoom, strengths: Readonly<Record<string, string>>): void {
  const named = { ada, rose, karl } as Readonly<Record<string, unknown>>;
  for (const subject of ['ada', 'rose', 'carl'])
    control.does('handler-1', 'RecordSubject', {
      subject,
      identity: named[subject] ?? { kind: 'person', name: 'Carl Dent' },
    });
  const subjects = Object.fromEntries(Object.keys(strengths).map((one) => [one, [named[one], 'caller'] as const]));
  control.call('c1', { words: 'he will not stop', subjects });
  const finding = { id: 'old-1', kind: 'incident', when: 1_700_000_000_000, source: 'own', says: 'messages' };
  for (const [subject, strength] of Object.entries(strengths)) {
    control.does('handler-1', 'RequestCheck', { check: `k-${subject}`, source: 'own', subject, contact: 'c1' });
    const others = ['ada', 'carl'].filter((one) => one !== subject);
    const findings = [{ ...finding, subject, others, strength }];
    control.does('heed', 'CompleteCheck', { check: `k-${subject}`, result: 'found', findings });
  }
}

test('a weak match by a bare name never hides the sure one of the same record', () => {
  for (const strengths of [
    { ada: 'certain', karl: 'weak' },
    { karl: 'weak', ada: 'certain' },
  ]) {
    const control = controlRoom([]);
    found(control, strengths);
    expect(findingsOn(control.room(), ['c1'])).toMatchObject([{ id: 'old-1', subject: 'ada', strength: 'certain' }]);
    expect(findingsOn(control.room(), ['c1'])[0]?.others).toEqual(['carl', 'karl']);
  }
});

test('a bare name beside a relative of somebody in that record is more than a name', () => {
  const control = controlRoom([]);
  found(control, { rose: 'weak', karl: 'weak' });
  expect(findingsOn(control.room(), ['c1']).map((one) => one.strength)).toEqual(['weak']);
  control.does('handler-1', 'Relate', { from: 'rose', to: 'ada', relation: 'family' });
  expect(findingsOn(control.room(), ['c1']).map((one) => one.strength)).toEqual(['strong']);
});

test('a bare name alone stays weak', () => {
  const control = controlRoom([]);
  found(control, { karl: 'weak' });
  expect(findingsOn(control.room(), ['c1']).map((one) => one.strength)).toEqual(['weak']);
});
