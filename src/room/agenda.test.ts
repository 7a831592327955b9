import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import type { Agenda, AgendaEntry } from './agenda.ts';
import { schedule, withoutFirst } from './agenda.ts';

function drained(agenda: Agenda | null): readonly AgendaEntry[] {
  const entries: AgendaEntry[] = [];
  for (let rest = agenda; rest !== null; rest = withoutFirst(rest)) entries.push(rest.entry);
  return entries;
}

const entry = fc.record({ at: fc.nat(50), seq: fc.nat(20), steps: fc.nat(5), duty: fc.constant('duty-1') });

test('whatever is scheduled comes out by time, then by the duty that was opened first, then by its steps', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 100 }), (entries) => {
      const agenda = entries.reduce<Agenda | null>((held, one) => schedule(held, one), null);
      const expected = entries.toSorted((a, b) => a.at - b.at || a.seq - b.seq || a.steps - b.steps);
      expect(drained(agenda)).toEqual(expected);
    }),
    propertySettings(200),
  );
});

test('an agenda is never changed by what is scheduled after it', () => {
  const first = schedule(null, { at: 5, seq: 1, steps: 0, duty: 'duty-1' });
  schedule(first, { at: 1, seq: 2, steps: 0, duty: 'duty-2' });
  expect(drained(first).map((one) => one.duty)).toEqual(['duty-1']);
});
