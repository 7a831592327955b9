import { describe, expect, test } from 'vitest';
import type { TimeForms } from './written-time.ts';
import { isTimeForm, readTime } from './written-time.ts';

const british: TimeForms = { forms: ['iso'], zone: 'britain', repeated: 'refuse' };
const slashed: TimeForms = { ...british, forms: ['dd/mm/yyyy hh:mi:ss', 'dd/mm/yyyy hh:mi', 'dd/mm/yyyy'] };

function at(text: string, forms: TimeForms): string {
  const read = readTime(text, forms);
  return read.ok ? new Date(read.instant).toISOString() : read.reason;
}

describe('a time as another system writes it', () => {
  test.each([
    ['2026-02-03T21:04:30Z', british, '2026-02-03T21:04:30.000Z'],
    ['2026-07-03 21:04', british, '2026-07-03T20:04:00.000Z'],
    ['2026-07-03 21:04:09.123', british, '2026-07-03T20:04:09.000Z'],
    ['2026-07-03T21:04+0200', british, '2026-07-03T19:04:00.000Z'],
    ['2026-07-03 21:04', { ...british, zone: 'utc' }, '2026-07-03T21:04:00.000Z'],
    ['2026-02-03', british, '2026-02-03T00:00:00.000Z'],
    ['3/2/2026 9:04:30', slashed, '2026-02-03T09:04:30.000Z'],
    ['03/07/2026', slashed, '2026-07-02T23:00:00.000Z'],
    ['03-Feb-2026 21:04', { ...british, forms: ['dd-mon-yyyy hh:mi'] }, '2026-02-03T21:04:00.000Z'],
    ['3 FEBRUARY 2026', { ...british, forms: ['dd mon yyyy'] }, '2026-02-03T00:00:00.000Z'],
    ['20260203210430', { ...british, forms: ['yyyymmddhhmiss'] }, '2026-02-03T21:04:30.000Z'],
    ['1770152670', { ...british, forms: ['epoch-seconds'] }, '2026-02-03T21:04:30.000Z'],
    ['1770152670500', { ...british, forms: ['epoch-milliseconds'] }, '2026-02-03T21:04:30.500Z'],
  ] as const)('%s is read', (text, forms, instant) => {
    expect(at(text, forms)).toBe(instant);
  });

  test.each([
    ['30/02/2026 10:00', slashed, 'expected a date on the calendar and a time from 00:00 to 23:59:59'],
    ['03/02/26 10:00', slashed, 'expected a time written as dd/mm/yyyy hh:mi:ss or dd/mm/yyyy hh:mi or dd/mm/yyyy'],
    ['03-Fog-2026', { ...british, forms: ['dd-mon-yyyy'] }, 'expected a date on the calendar and a time'],
    ['1969-12-31 10:00', british, 'expected a time from 1970 to 2099'],
    ['9999-12-31T00:00:00Z', british, 'expected a time from 1970 to 2099'],
    ['2026-03-29 01:30', british, 'expected a time that clocks in Britain showed: they went forward over it'],
    ['2026-10-25 01:30', british, 'expected to know which is meant: the clocks went back and this hour came twice'],
    ['', british, 'expected a time written as iso'],
  ] as const)('%s is refused', (text, forms, reason) => {
    expect(at(text, forms)).toContain(reason);
  });

  test('in the hour that came twice is the one that the mapping means', () => {
    expect(at('2026-10-25 01:30', { ...british, repeated: 'first' })).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25 01:30', { ...british, repeated: 'second' })).toBe('2026-10-25T01:30:00.000Z');
  });
});

test.each(['dd/mm', 'dd/dd/mm/yyyy', 'mm mon dd yyyy', 'hh:mi', 'a date'])('%s is no form of time', (form) => {
  expect(isTimeForm(form)).toBe(false);
});
