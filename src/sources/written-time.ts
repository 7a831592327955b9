import type { ClockTime } from '../room/british-time.ts';
import { formatInstant, instantOf, isRealClockTime, readBritishClock } from '../room/british-time.ts';

/** The instants that records may have: from 1970 to 2099, as the room keeps them. */
const lastInstant = 4_102_444_799_999;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const parts: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  mm: String.raw`(?<month>\d{1,2})`,
  mon: String.raw`(?<name>[A-Za-z]{3})[A-Za-z]*`,
  dd: String.raw`(?<day>\d{1,2})`,
  hh: String.raw`(?<hour>\d{1,2})`,
  mi: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})(?:[.,]\d+)?`,
};
const partForm = /yyyy|mon|mm|dd|hh|mi|ss/g;

/** How times are written in a system: `iso`, epochs, or a pattern of yyyy, mm or mon, dd, hh, mi and ss. */
export interface TimeForms {
  readonly forms: readonly string[];
  /** What clock they were read off. */
  readonly zone: 'britain' | 'utc';
  /** What is meant in the hour that comes twice, in October. */
  readonly repeated: 'refuse' | 'first' | 'second';
}

/** An instant, or why the text is none; the reason never repeats the text. */
export type Timed = { readonly ok: true; readonly instant: number } | { readonly ok: false; readonly reason: string };

/** Whether a pattern can be read: each part once, the date whole. */
export function isTimeForm(form: string): boolean {
  if (form === 'iso' || form === 'epoch-seconds' || form === 'epoch-milliseconds') return true;
  const found: readonly string[] = form.match(partForm) ?? [];
  const has = (part: string): boolean => found.includes(part);
  return new Set(found).size === found.length && has('yyyy') && has('dd') && has('mm') !== has('mon');
}

/** Reads a time as one of the forms that a system writes. */
export function readTime(text: string, { forms, zone, repeated }: TimeForms): Timed {
  for (const form of forms) {
    const read = form.startsWith('epoch-') ? readEpoch(text, form) : readClock(text, form);
    if (read === null) continue;
    if (typeof read === 'number') return bounded(read);
    if (!isRealClockTime(read.clock)) return refused('a date on the calendar and a time from 00:00 to 23:59:59');
    if (read.offsetMs !== null) return bounded(instantOf(read.clock) - read.offsetMs);
    return zone === 'utc' ? bounded(instantOf(read.clock)) : british(read.clock, repeated);
  }
  return refused(`a time written as ${forms.join(' or ')}`);
}

interface Clocked {
  readonly clock: ClockTime;
  /** How far it is from UTC, where that is written with it. */
  readonly offsetMs: number | null;
}

function readEpoch(text: string, form: string): number | null {
  if (!/^\d{1,14}(?:\.\d+)?$/.test(text)) return null;
  return Math.trunc(form === 'epoch-seconds' ? Number(text) * 1_000 : Number(text));
}

const isoDate = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`;
const isoTime = String.raw`(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?`;
const isoForm = new RegExp(`^${isoDate}(?:[T ]${isoTime}(?<zone>Z|[+-]\\d{2}:?\\d{2})?)?$`);

function readClock(text: string, form: string): Clocked | null {
  const found = (form === 'iso' ? isoForm : patternOf(form)).exec(text.trim())?.groups;
  if (found === undefined) return null;
  const month = found['name'] === undefined ? Number(found['month']) : months.indexOf(found['name'].toLowerCase()) + 1;
  const clock: ClockTime = {
    year: Number(found['year']),
    month,
    day: Number(found['day']),
    hour: Number(found['hour'] ?? 0),
    minute: Number(found['minute'] ?? 0),
    second: Number(found['second'] ?? 0),
    millisecond: 0,
  };
  return { clock, offsetMs: offsetOf(found['zone']) };
}

function patternOf(form: string): RegExp {
  const escaped = form.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(partForm, (part) => parts[part] ?? part)}$`);
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function british(clock: ClockTime, repeated: TimeForms['repeated']): Timed {
  const reading = readBritishClock(clock);
  if (reading.kind === 'once') return bounded(reading.instant);
  if (reading.kind === 'missing') return refused('a time that clocks in Britain showed: they went forward over it');
  if (repeated === 'refuse')
    return refused('to know which is meant: the clocks went back and this hour came twice (setting `repeated`)');
  return bounded(repeated === 'first' ? reading.bst : reading.gmt);
}

function bounded(instant: number): Timed {
  return instant >= 0 && instant <= lastInstant
    ? { ok: true, instant }
    : refused(`a time from ${formatInstant(0).slice(0, 4)} to ${formatInstant(lastInstant).slice(0, 4)}`);
}

function refused(expected: string): Timed {
  return { ok: false, reason: `expected ${expected}` };
}
