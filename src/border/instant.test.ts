import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { duration, formatInstant, formatLocal, instant } from './instant.ts';

const lastInstant = 4_102_444_800_000;

/** What an instant or a duration is read as: its number, or the reason why not. */
function read(schema: ReturnType<typeof instant>, written: unknown): number | string {
  const result = schema.safeParse(written);
  return result.success ? result.data : (result.error.issues[0]?.message ?? '');
}

describe('an instant', () => {
  test.each([
    ['2026-02-03T21:04:30Z', '2026-02-03T21:04:30Z'],
    ['2026-02-03T21:04Z', '2026-02-03T21:04:00Z'],
    ['2026-02-03T21:04:30.25Z', '2026-02-03T21:04:30.250Z'],
    ['2026-02-03T21:04:30+01:00', '2026-02-03T20:04:30Z'],
    ['2026-02-03T21:04:30-05:30', '2026-02-04T02:34:30Z'],
    ['2026-02-03 21:04', '2026-02-03T21:04:00Z'],
    ['2026-02-03T21:04:30', '2026-02-03T21:04:30Z'],
    ['2026-07-03 21:04', '2026-07-03T20:04:00Z'],
    ['2026-07-03 21:04 BST', '2026-07-03T20:04:00Z'],
    ['2026-10-25 01:30 BST', '2026-10-25T00:30:00Z'],
    ['2026-10-25 01:30 GMT', '2026-10-25T01:30:00Z'],
    ['2026-10-25 01:30+01:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25 01:30Z', '2026-10-25T01:30:00Z'],
    ['2024-02-29 00:00', '2024-02-29T00:00:00Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
    ['2099-12-31T23:59:59Z', '2099-12-31T23:59:59Z'],
  ])('written %s is %s', (written, utc) => {
    expect(read(instant(), written)).toBe(Date.parse(utc));
  });

  const form = 'expected an instant such as 2026-02-03T21:04:30Z, or British local time such as 2026-02-03 21:04';
  const calendar = 'expected a date on the calendar and a time from 00:00 to 23:59:59';
  test.each([
    ['', `${form}; found ""`],
    ['yesterday', `${form}; found "yesterday"`],
    ['2026-02-03', `${form}; found "2026-02-03": the time of day is missing`],
    ['21:04', `${form}; found "21:04": the date is missing`],
    ['03/02/2026 21:04', `${form}; found "03/02/2026 21:04"`],
    ['2026-02-03 9:04', `${form}; found "2026-02-03 9:04"`],
    ['2026-02-03T21:04:30z', `${form}; found "2026-02-03T21:04:30z"`],
    ['2026-02-03T21:04:30.1234Z', `${form}; found "2026-02-03T21:04:30.1234Z"`],
    [' 2026-02-03 21:04', `${form}; found " 2026-02-03 21:04"`],
    ['2026-02-03 21:04\n', `${form}; found "2026-02-03 21:04\\n"`],
    ['２０26-02-03 21:04', `${form}; found "２０26-02-03 21:04"`],
    ['2026-02-30 21:04', `${calendar}; found "2026-02-30 21:04"`],
    ['2026-02-03 24:00', `${calendar}; found "2026-02-03 24:00": midnight is 00:00 of the next day`],
    ['2026-06-30T23:59:60Z', `${calendar}; found "2026-06-30T23:59:60Z"`],
    ['2026-02-03T21:04:30+14:30', 'expected an offset from -14:00 to +14:00; found "2026-02-03T21:04:30+14:30"'],
    ['2026-02-03T21:04:30+01:60', 'expected an offset from -14:00 to +14:00; found "2026-02-03T21:04:30+01:60"'],
    ['1969-12-31T23:59:59Z', 'expected an instant from 1970 to 2099; found "1969-12-31T23:59:59Z"'],
    ['2100-01-01T00:00:01Z', 'expected an instant from 1970 to 2099; found "2100-01-01T00:00:01Z"'],
    ['2026-07-03 21:04 GMT', 'expected BST, which Britain kept on that day; found "2026-07-03 21:04 GMT"'],
    ['2026-02-03 21:04 BST', 'expected GMT, which Britain kept on that day; found "2026-02-03 21:04 BST"'],
    [
      '2026-10-25 01:30',
      'expected an offset, because the clocks went back and this hour came twice; found "2026-10-25 01:30": ' +
        'write 2026-10-25 01:30+01:00 for the first time it came (BST) or 2026-10-25 01:30Z for the second (GMT)',
    ],
    [
      '2026-03-29 01:30',
      'expected a time that clocks in Britain showed (they went forward over this hour); found "2026-03-29 01:30": ' +
        'if UTC was meant, write 2026-03-29T01:30:00Z',
    ],
  ])('written %j is refused with what was expected', (written, message) => {
    expect(read(instant(), written)).toBe(message);
  });

  test('both ways that the repeated hour may be written are accepted, an hour apart', () => {
    const message = String(read(instant(), '2026-10-25T01:15:30'));
    const [, first = '', second = ''] = /write (\S+) for .* or (\S+) for/.exec(message) ?? [];
    expect(Number(read(instant(), second)) - Number(read(instant(), first))).toBe(3_600_000);
  });

  test('an instant that Heed writes, in either form, is read back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastInstant }), (at) => {
        const second = at - (at % 1_000);
        expect(read(instant(), formatInstant(at))).toBe(at);
        expect(read(instant(), formatLocal(second))).toBe(second);
      }),
      propertySettings(300),
    );
  });

  test('whatever is written ends in an instant or a reason', () => {
    const near = fc.stringMatching(
      /^[12][09]\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d)?(Z|[+-]\d\d:\d\d| BST)?$/,
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (written) => {
        const result = read(instant(), written);
        const isInstant = Number.isSafeInteger(result) && Number(result) >= 0 && Number(result) <= lastInstant;
        expect(isInstant || /^expected .+; found "/s.test(String(result))).toBe(true);
      }),
      propertySettings(500),
    );
  });
});

describe('a duration', () => {
  test.each([
    ['0 s', 0],
    ['90 s', 90_000],
    ['5 min', 300_000],
    ['2 h', 7_200_000],
    ['3 d', 259_200_000],
    ['28 d', 2_419_200_000],
    ['28d', 2_419_200_000],
    ['3652 d', 315_532_800_000],
  ])('written %s is %i ms', (written, ms) => {
    expect(read(duration(), written)).toBe(ms);
  });

  const form = 'expected a duration such as 90 s, 5 min, 2 h or 28 d';
  test.each([
    ['5', `${form}; found "5": the unit is missing`],
    ['5 minutes', `${form}; found "5 minutes": write 5 min`],
    ['1 hour', `${form}; found "1 hour": write 1 h`],
    ['2 Days', `${form}; found "2 Days": write 2 d`],
    ['30 secs', `${form}; found "30 secs": write 30 s`],
    ['1.5 h', `${form}; found "1.5 h": use whole numbers and a smaller unit`],
    ['5 m', `${form}; found "5 m"`],
    ['-5 min', `${form}; found "-5 min"`],
    ['1 h 30 min', `${form}; found "1 h 30 min"`],
    ['5  min', `${form}; found "5  min"`],
    ['', `${form}; found ""`],
    ['3653 d', 'expected a duration of at most 3652 d; found "3653 d"'],
    ['9999999999 s', `${form}; found "9999999999 s"`],
  ])('written %j is refused with what was expected', (written, message) => {
    expect(read(duration(), written)).toBe(message);
  });
});
