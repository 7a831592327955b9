import { z } from 'zod';
import { type ClockTime, formatInstant, instantOf, isRealClockTime, readBritishClock } from '../room/british-time.ts';
import { visible } from './visible.ts';

export { formatInstant, formatLocal } from '../room/british-time.ts';

/** The core keeps instants from 1 January 1970 to 1 January 2100. */
const lastInstant = 4_102_444_800_000;
/** Ten years, the longest that the core keeps. */
const longestDurationMs = 315_576_000_000;

const instantWords = 'an instant such as 2026-02-03T21:04:30Z, or British local time such as 2026-02-03 21:04';
const durationWords = 'a duration such as 90 s, 5 min, 2 h or 28 d';

const instantForm =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2}| GMT| BST)?$/;
const durationForm = /^(\d{1,9}) ?(s|min|h|d)$/;

const unitMs: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const longestOffsetMinutes = 14 * 60;

/** A reading of a text as a number, or why it is not one. */
type Reading = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

/**
 * An instant in a file: ISO 8601 with Z or an offset, or British local time without one. A local time that came twice,
 * in October, or never, in March, is refused with the ways to write what was meant.
 */
export function instant(): z.ZodType<number, string> {
  return fromText(instantWords, readInstant);
}

/** A length of time in a file, `90 s`, `5 min`, `2 h` or `28 d`, as milliseconds. */
export function duration(): z.ZodType<number, string> {
  return fromText(durationWords, readDuration);
}

function fromText(words: string, read: (text: string) => Reading): z.ZodType<number, string> {
  return z
    .string({ error: () => words })
    .meta({ description: words })
    .transform((text, context) => {
      const reading = read(text);
      if (reading.ok) return reading.value;
      context.addIssue({ code: 'custom', message: reading.message });
      return z.NEVER;
    });
}

function readInstant(text: string): Reading {
  const parts = instantForm.exec(text);
  if (parts === null) return refused(instantWords, text, whatIsMissing(text));
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = parts;
  const clock: ClockTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0')),
  };
  if (!isRealClockTime(clock)) {
    const advice = hour === '24' ? ': midnight is 00:00 of the next day' : '';
    return refused('a date on the calendar and a time from 00:00 to 23:59:59', text, advice);
  }
  const reading =
    zone === undefined || zone.startsWith(' ') ? readLocal(clock, zone?.slice(1), text) : readOffset(clock, zone, text);
  if (!reading.ok || (reading.value >= 0 && reading.value <= lastInstant)) return reading;
  return refused('an instant from 1970 to 2099', text, '');
}

function readOffset(clock: ClockTime, zone: string, text: string): Reading {
  if (zone === 'Z') return { ok: true, value: instantOf(clock) };
  const minutesOfHour = Number(zone.slice(4));
  const minutes = Number(zone.slice(1, 3)) * 60 + minutesOfHour;
  if (minutesOfHour > 59 || minutes > longestOffsetMinutes) return refused('an offset from -14:00 to +14:00', text, '');
  return { ok: true, value: instantOf(clock) - (zone.startsWith('-') ? -minutes : minutes) * 60_000 };
}

/** Reads a time off a clock in Britain; GMT or BST may be named, and must be where both are possible. */
function readLocal(clock: ClockTime, zone: string | undefined, text: string): Reading {
  const reading = readBritishClock(clock);
  if (reading.kind === 'missing') {
    const advice = `: if UTC was meant, write ${formatInstant(instantOf(clock))}`;
    return refused('a time that clocks in Britain showed (they went forward over this hour)', text, advice);
  }
  if (reading.kind === 'repeated') {
    if (zone !== undefined) return { ok: true, value: zone === 'BST' ? reading.bst : reading.gmt };
    const advice = `: write ${text}+01:00 for the first time it came (BST) or ${text}Z for the second (GMT)`;
    return refused('an offset, because the clocks went back and this hour came twice', text, advice);
  }
  if (zone === undefined || zone === reading.zone) return { ok: true, value: reading.instant };
  return refused(`${reading.zone}, which Britain kept on that day`, text, '');
}

function whatIsMissing(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return ': the time of day is missing';
  return /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) ? ': the date is missing' : '';
}

function readDuration(text: string): Reading {
  const [, figure, unit = ''] = durationForm.exec(text) ?? [];
  const scale = unitMs[unit];
  if (figure === undefined || scale === undefined) return refused(durationWords, text, durationAdvice(text));
  const value = Number(figure) * scale;
  return value <= longestDurationMs ? { ok: true, value } : refused('a duration of at most 3652 d', text, '');
}

function durationAdvice(text: string): string {
  if (/\d[.,]\d/.test(text)) return ': use whole numbers and a smaller unit';
  if (/^\d+$/.test(text)) return ': the unit is missing';
  const [, figure, unit] = /^(\d{1,9}) ?(sec|min|hour|hr|day)[a-z]{0,4}$/i.exec(text) ?? [];
  return figure === undefined || unit === undefined ? '' : `: write ${figure} ${unitNamed(unit.toLowerCase())}`;
}

function unitNamed(word: string): string {
  return word === 'min' ? 'min' : word.charAt(0);
}

function refused(expected: string, text: string, advice: string): Reading {
  return { ok: false, message: `expected ${expected}; found "${visible(text, 60)}"${advice}` };
}
