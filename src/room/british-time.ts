/** What a clock and a calendar show: a date of the Gregorian calendar and a time of day. */
export interface ClockTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The two times that Britain keeps. */
export type BritishZone = 'GMT' | 'BST';

/** The instants that one British wall-clock time can mean. */
export type BritishReading =
  | { readonly kind: 'once'; readonly instant: number; readonly zone: BritishZone }
  /** The clocks had gone back: the same time came first in BST, then again in GMT. */
  | { readonly kind: 'repeated'; readonly bst: number; readonly gmt: number }
  /** The clocks had gone forward over it: no clock in Britain showed this time. */
  | { readonly kind: 'missing' };

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const summerMs = hourMs;

/** Britain kept UTC+1 all the year round until 31 October 1971, 02:00 UTC (British Standard Time Act 1968). */
const standardTimeEndedAt = 57_722_400_000;

/**
 * From which year, on the first Sunday on or after which day of March and October, at which hour UTC the clocks change
 * (Summer Time Act 1972 and its orders). A change of the law is one more row.
 */
const summerTimeRules = [
  { fromYear: 1972, marchDay: 16, octoberDay: 23, hourUtc: 2 },
  { fromYear: 1981, marchDay: 25, octoberDay: 23, hourUtc: 1 },
  { fromYear: 1990, marchDay: 25, octoberDay: 22, hourUtc: 1 },
  { fromYear: 1996, marchDay: 25, octoberDay: 25, hourUtc: 1 },
] as const;

/** The instant of a date and time read as UTC. */
export function instantOf(clock: ClockTime): number {
  const days = daysFromCivil(clock.year, clock.month, clock.day);
  return days * dayMs + clock.hour * hourMs + clock.minute * minuteMs + clock.second * secondMs + clock.millisecond;
}

/** The date and time in UTC at an instant. */
export function clockAt(instant: number): ClockTime {
  const days = Math.floor(instant / dayMs);
  const rest = instant - days * dayMs;
  const { year, month, day } = civilFromDays(days);
  // Written out: to spread an object and then add fields to it takes V8 fifty times as long.
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / hourMs),
    minute: Math.floor(rest / minuteMs) % 60,
    second: Math.floor(rest / secondMs) % 60,
    millisecond: rest % secondMs,
  };
}

/** Whether the date is on the calendar and the time on a clock: no 30 February, no 24:00, no leap second. */
export function isRealClockTime(clock: ClockTime): boolean {
  return (
    isWithin(clock.month, 1, 12) &&
    isWithin(clock.day, 1, daysInMonth(clock.year, clock.month)) &&
    isWithin(clock.hour, 0, 23) &&
    isWithin(clock.minute, 0, 59) &&
    isWithin(clock.second, 0, 59) &&
    isWithin(clock.millisecond, 0, 999)
  );
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Which time Britain keeps at an instant; exact from 1970 on, under today's rule for years to come. */
export function britishZoneAt(instant: number): BritishZone {
  if (instant < standardTimeEndedAt) return 'BST';
  const { year } = clockAt(instant);
  const rule = summerTimeRules.findLast((one) => one.fromYear <= year);
  if (rule === undefined) return 'GMT';
  const startsAt = firstSundayOnOrAfter(year, 3, rule.marchDay) * dayMs + rule.hourUtc * hourMs;
  const endsAt = firstSundayOnOrAfter(year, 10, rule.octoberDay) * dayMs + rule.hourUtc * hourMs;
  return startsAt <= instant && instant < endsAt ? 'BST' : 'GMT';
}

/** What the clocks in Britain show at an instant. */
export function britishClockAt(instant: number): ClockTime {
  return clockAt(instant + offsetMs(britishZoneAt(instant)));
}

/** What a time read off a clock in Britain can mean. */
export function readBritishClock(clock: ClockTime): BritishReading {
  const utc = instantOf(clock);
  const bst = utc - summerMs;
  const isBst = britishZoneAt(bst) === 'BST';
  const isGmt = britishZoneAt(utc) === 'GMT';
  if (isBst && isGmt) return { kind: 'repeated', bst, gmt: utc };
  if (isBst) return { kind: 'once', instant: bst, zone: 'BST' };
  return isGmt ? { kind: 'once', instant: utc, zone: 'GMT' } : { kind: 'missing' };
}

/** An instant in ISO 8601, UTC: `2026-02-03T21:04:30Z`, with milliseconds only where there are any. */
export function formatInstant(instant: number): string {
  const clock = clockAt(instant);
  const fraction = clock.millisecond === 0 ? '' : `.${padded(clock.millisecond, 3)}`;
  return `${dateText(clock)}T${timeText(clock)}${fraction}Z`;
}

/** An instant on the clocks of Britain: `2026-02-03 21:04:30`; GMT or BST is named where the hour came twice. */
export function formatLocal(instant: number): string {
  const clock = britishClockAt(instant);
  const text = `${dateText(clock)} ${timeText(clock)}`;
  return readBritishClock(clock).kind === 'repeated' ? `${text} ${britishZoneAt(instant)}` : text;
}

function offsetMs(zone: BritishZone): number {
  return zone === 'BST' ? summerMs : 0;
}

function dateText(clock: ClockTime): string {
  return `${padded(clock.year, 4)}-${padded(clock.month, 2)}-${padded(clock.day, 2)}`;
}

function timeText(clock: ClockTime): string {
  return `${padded(clock.hour, 2)}:${padded(clock.minute, 2)}:${padded(clock.second, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1 January 1970; 1 January 1970 was a Thursday. */
function firstSundayOnOrAfter(year: number, month: number, day: number): number {
  const days = daysFromCivil(year, month, day);
  const weekday = (((days + 4) % 7) + 7) % 7;
  return days + ((7 - weekday) % 7);
}

/** Days since 1 January 1970, counting the year from March so that the leap day comes last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(marchYear / 400);
  const yearOfCycle = marchYear - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * 146_097 + dayOfCycle - 719_468;
}

function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1_460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}
