import type { Path } from '../border/problem.ts';
import { instant } from '../border/instant.ts';
import { formatLocal } from '../room/british-time.ts';
import type { Act, When } from './case-file.ts';

/** How the assumed gaps of a case are played: as written, each at its shortest, each at its longest. */
export const plays = ['assumed', 'shortest', 'longest'] as const;
export type Play = (typeof plays)[number];

/** A command of a case with its instants. */
export interface TimedAct {
  readonly act: Act;
  /** Where it stands in the file. */
  readonly path: Path;
  readonly at: number;
  readonly recordedAt: number;
  /** Its moment is an assumed gap, not a known time. */
  readonly isAssumed: boolean;
}

export interface Misplaced {
  readonly path: Path;
  readonly message: string;
}

export type Timed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly misplaced: Misplaced };

const schema = instant();

/** The instant of a clock time; a time without a date is on the British day of `previous`. */
export function clockInstant(text: string, previous: number | null, path: Path): Timed<number> {
  const hasDate = /^\d{4}-/.test(text);
  if (!hasDate && previous === null)
    return {
      ok: false,
      misplaced: { path, message: `The first time of a case needs its date, such as 2026-02-03 ${text}.` },
    };
  const read = schema.safeParse(hasDate ? text : `${formatLocal(previous ?? 0).slice(0, 10)} ${text}`);
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, misplaced: { path, message: read.error.issues[0]?.message ?? 'expected a time' } };
}

/** The instant of a moment, after the one before it. */
export function momentOf(
  moment: When,
  previous: number | null,
  played: { readonly play: Play; readonly path: Path },
): Timed<number> {
  if (typeof moment === 'string') return clockInstant(moment, previous, played.path);
  if (previous === null)
    return {
      ok: false,
      misplaced: { path: played.path, message: 'The first time of a case cannot be a gap; give it a date and time.' },
    };
  const [shortest, longest] = [gapOf(moment, 'shortest'), gapOf(moment, 'longest')];
  if (shortest > moment.after || longest < moment.after)
    return {
      ok: false,
      misplaced: { path: played.path, message: 'The assumed gap must lie between at-least and at-most.' },
    };
  return { ok: true, value: previous + gapOf(moment, played.play) };
}

/** The length of an assumed gap in this play. */
export function gapOf(gap: Exclude<When, string>, play: Play): number {
  if (play === 'assumed') return gap.after;
  return (play === 'shortest' ? gap['at-least'] : gap['at-most']) ?? gap.after;
}

/** Gives every command its instants, in the order of when the room learned them. */
export function timed(
  acts: readonly { readonly act: Act; readonly path: Path }[],
  play: Play,
): Timed<readonly TimedAct[]> {
  const assumed = asAssumed(acts);
  return !assumed.ok || play === 'assumed' ? assumed : { ok: true, value: stretched(assumed.value, play) };
}

/** The instants as the file gives and assumes them; what it says of its own order must hold. */
function asAssumed(acts: readonly { readonly act: Act; readonly path: Path }[]): Timed<readonly TimedAct[]> {
  const all: TimedAct[] = [];
  let previous: number | null = null;
  let learned = 0;
  for (const { act, path } of acts) {
    const at = momentOf(act.at, previous, { play: 'assumed', path: [...path, 'at'] });
    if (!at.ok) return at;
    const recorded = recordedOf(act, at.value, path);
    if (!recorded.ok) return recorded;
    if (recorded.value < learned) {
      const before = `this is before the command above it, ${formatLocal(learned)}`;
      const message = `Recorded time goes backwards: ${before}. A time on the next day needs its date.`;
      return { ok: false, misplaced: { path: [...path, act.recorded === undefined ? 'at' : 'recorded'], message } };
    }
    previous = at.value;
    learned = recorded.value;
    all.push({ act, path, at: at.value, recordedAt: recorded.value, isAssumed: isAssumed(act) });
  }
  return { ok: true, value: all };
}

/** When the room learned of a command that happened then. */
export function recordedOf(act: Act, at: number, path: Path): Timed<number> {
  if (act.recorded === undefined) return { ok: true, value: at };
  const recorded = momentOf(act.recorded, at, { play: 'assumed', path: [...path, 'recorded'] });
  if (!recorded.ok || recorded.value >= at) return recorded;
  const message = 'It cannot be recorded before it happened. A time on the next day needs its date.';
  return { ok: false, misplaced: { path: [...path, 'recorded'], message } };
}

/** Whether an assumed gap stands in a command's times. */
export function isAssumed(act: Act): boolean {
  return typeof act.at !== 'string' || (act.recorded !== undefined && typeof act.recorded !== 'string');
}

/**
 * The same commands with every gap at its bound. Known times stay where they are, and with them the days of the times
 * without a date; a gap that would pass a known time ends at it, for the order of a case is never in doubt.
 */
function stretched(assumed: readonly TimedAct[], play: Play): readonly TimedAct[] {
  const limits = knownFrom(assumed);
  const all: TimedAct[] = [];
  let previous = assumed[0]?.at ?? 0;
  let learned = 0;
  for (const [place, one] of assumed.entries()) {
    const limit = limits[place] ?? Infinity;
    const { act } = one;
    const at = typeof act.at === 'string' ? one.at : previous + gapOf(act.at, play);
    const known = typeof act.recorded === 'string' ? one.recordedAt : at;
    const told = typeof act.recorded === 'object' ? at + gapOf(act.recorded, play) : known;
    const recordedAt = Math.min(Math.max(told, learned), limit);
    previous = Math.min(at, recordedAt);
    learned = recordedAt;
    all.push({ ...one, at: previous, recordedAt });
  }
  return all;
}

/** For each command the next known instant at which the room learned one, its own included. */
function knownFrom(assumed: readonly TimedAct[]): readonly number[] {
  const limits: number[] = [];
  let next = Infinity;
  for (const { act, recordedAt } of assumed.toReversed()) {
    if (typeof (act.recorded ?? act.at) === 'string') next = recordedAt;
    limits.push(next);
  }
  return limits.toReversed();
}
