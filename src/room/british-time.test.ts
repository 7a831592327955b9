import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import {
  britishClockAt,
  britishZoneAt,
  type ClockTime,
  clockAt,
  formatInstant,
  formatLocal,
  instantOf,
  isRealClockTime,
  readBritishClock,
} from './british-time.ts';

const firstInstant = 0;
const lastInstant = Date.UTC(2101, 0, 1) - 1;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const anInstant = fc.integer({ min: firstInstant, max: lastInstant });

/** The clock time of a text such as `2026-10-25 01:30`. */
function clock(text: string): ClockTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[- :]/).map(Number);
  return { year, month, day, hour, minute, second, millisecond: 0 };
}

const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What the time-zone data of the platform says that London's clocks show. */
function londonText(instant: number): string {
  const parts = new Map(londonClock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** How many hours of a month, of those before four in the morning, are read as this kind. */
function hoursOf(kind: string, year: number, month: number): number {
  const hours = Array.from({ length: 31 * 4 }, (_, hour) => ({ day: 1 + Math.floor(hour / 4), hour: hour % 4 }));
  const times = hours.map((time) => ({ year, month, ...time, minute: 30, second: 0, millisecond: 0 }));
  return times.filter((time) => readBritishClock(time).kind === kind).length;
}

describe('the calendar', () => {
  test('an instant becomes a clock time in UTC and back, from 1970 to 2100', () => {
    fc.assert(
      fc.property(anInstant, (instant) => {
        expect(instantOf(clockAt(instant))).toBe(instant);
        expect(isRealClockTime(clockAt(instant))).toBe(true);
      }),
      propertySettings(500),
    );
  });

  test('it agrees with the calendar of the platform on every day from 1970 to 2100', () => {
    const days = Array.from({ length: Math.ceil(lastInstant / dayMs) }, (_, day) => day * dayMs);
    const wrong = days.filter((day) => formatInstant(day) !== new Date(day).toISOString().replace('.000', ''));
    expect(wrong).toEqual([]);
    expect(formatInstant(lastInstant)).toBe('2100-12-31T23:59:59.999Z');
  });

  test('it reaches back before 1970', () => {
    expect(formatInstant(-1)).toBe('1969-12-31T23:59:59.999Z');
    expect(formatInstant(instantOf(clock('1600-02-29 12:00')))).toBe('1600-02-29T12:00:00Z');
  });

  test.each([
    ['2024-02-29 00:00', true],
    ['2026-02-29 00:00', false],
    ['2000-02-29 00:00', true],
    ['2100-02-29 00:00', false],
    ['2026-04-31 00:00', false],
    ['2026-12-31 23:59:59', true],
    ['2026-13-01 00:00', false],
    ['2026-00-01 00:00', false],
    ['2026-01-00 00:00', false],
    ['2026-01-01 24:00', false],
    ['2026-01-01 00:60', false],
    ['2026-06-30 23:59:60', false],
  ])('whether %s is a real time is %s', (text, isReal) => {
    expect(isRealClockTime(clock(text))).toBe(isReal);
  });
});

describe('British time', () => {
  test.each([
    ['1970-01-01T00:00:00Z', '1970-01-01 01:00:00'],
    ['1971-10-31T01:59:59Z', '1971-10-31 02:59:59 BST'],
    ['1971-10-31T02:00:00Z', '1971-10-31 02:00:00 GMT'],
    ['1972-03-19T01:59:59Z', '1972-03-19 01:59:59'],
    ['1972-03-19T02:00:00Z', '1972-03-19 03:00:00'],
    ['1989-10-29T00:59:59Z', '1989-10-29 01:59:59 BST'],
    ['1995-10-22T01:00:00Z', '1995-10-22 01:00:00 GMT'],
    ['1996-10-27T00:59:59Z', '1996-10-27 01:59:59 BST'],
    ['2004-07-15T12:00:00Z', '2004-07-15 13:00:00'],
    ['2026-02-03T21:04:30Z', '2026-02-03 21:04:30'],
    ['2026-03-29T00:59:59Z', '2026-03-29 00:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29 02:00:00'],
    ['2026-06-30T23:30:00Z', '2026-07-01 00:30:00'],
    ['2026-10-24T23:59:59Z', '2026-10-25 00:59:59'],
    ['2026-10-25T00:00:00Z', '2026-10-25 01:00:00 BST'],
    ['2026-10-25T00:59:59Z', '2026-10-25 01:59:59 BST'],
    ['2026-10-25T01:00:00Z', '2026-10-25 01:00:00 GMT'],
    ['2026-10-25T01:59:59Z', '2026-10-25 01:59:59 GMT'],
    ['2026-10-25T02:00:00Z', '2026-10-25 02:00:00'],
    ['2026-12-31T23:59:59Z', '2026-12-31 23:59:59'],
  ])('at %s the clocks show %s', (utc, local) => {
    const instant = Date.parse(utc);
    expect(formatInstant(instant)).toBe(utc);
    expect(formatLocal(instant)).toBe(local);
  });

  test('it agrees with the time-zone data of the platform, hour by hour around every change from 1970 to 2037', () => {
    const years = Array.from({ length: 68 }, (_, index) => 1970 + index);
    const days = years.flatMap((year) => [Date.UTC(year, 2, 15), Date.UTC(year, 9, 15)]);
    const hours = days.flatMap((day) => Array.from({ length: 17 * 24 }, (_, hour) => day + hour * hourMs));
    const wrong = hours.filter((hour) => formatLocal(hour).slice(0, 19) !== londonText(hour));
    expect(wrong.map(formatInstant)).toEqual([]);
    expect(londonText(Date.UTC(2026, 6, 1))).toBe('2026-07-01 01:00:00');
  });

  test('what the clocks show at an instant can be read back as that instant', () => {
    fc.assert(
      fc.property(anInstant, (instant) => {
        const zone = britishZoneAt(instant);
        const reading = readBritishClock(britishClockAt(instant));
        const once = { kind: 'once', instant, zone };
        const repeated = { ...reading, kind: 'repeated', [zone === 'BST' ? 'bst' : 'gmt']: instant };
        expect([once, repeated]).toContainEqual(reading);
      }),
      propertySettings(500),
    );
  });

  test('the hour that comes twice in October has two readings, an hour apart, and its neighbours have one', () => {
    expect(readBritishClock(clock('2026-10-25 00:59:59')).kind).toBe('once');
    for (const time of ['01:00', '01:30', '01:59:59']) {
      const reading = readBritishClock(clock(`2026-10-25 ${time}`));
      const gmt = instantOf(clock(`2026-10-25 ${time}`));
      expect(reading).toEqual({ kind: 'repeated', bst: gmt - hourMs, gmt });
    }
    expect(readBritishClock(clock('2026-10-25 02:00')).kind).toBe('once');
  });

  test('the hour that March leaves out has no reading, and its neighbours have one', () => {
    expect(readBritishClock(clock('2026-03-29 00:59:59'))).toMatchObject({ kind: 'once', zone: 'GMT' });
    for (const time of ['01:00', '01:30', '01:59:59']) {
      expect(readBritishClock(clock(`2026-03-29 ${time}`))).toEqual({ kind: 'missing' });
    }
    expect(readBritishClock(clock('2026-03-29 02:00'))).toMatchObject({ kind: 'once', zone: 'BST' });
  });

  test('every year from 1972 to 2100 leaves out one hour and repeats one', () => {
    for (let year = 1972; year <= 2100; year += 1) {
      const counts = [hoursOf('missing', year, 3), hoursOf('repeated', year, 10)];
      expect([year, ...counts]).toEqual([year, 1, 1]);
    }
  });
});
