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
    : { ok: false, misplaced: { path, message: `${read.error.issues[0]?.message ?? 'not a time'}` } };
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
  const shortest = moment['at-least'] ?? moment.after;
  const longest = moment['at-most'] ?? moment.after;
  if (shortest > moment.after || longest < moment.after)
    return {
      ok: false,
      misplaced: { path: played.path, message: 'The assumed gap must lie between at-least and at-most.' },
    };
  const gap = { assumed: moment.after, shortest, longest }[played.play];
  return { ok: true, value: previous + gap };
}

/** Gives every command its instants, in the order of when the room learned them. */
export function timed(
  acts: readonly { readonly act: Act; readonly path: Path }[],
  play: Play,
): Timed<readonly TimedAct[]> {
  const all: TimedAct[] = [];
  let previous: number | null = null;
  let learned = 0;
  for (const { act, path } of acts) {
    const at = momentOf(act.at, previous, { play, path: [...path, 'at'] });
    if (!at.ok) return at;
    const recorded: Timed<number> =
      act.recorded === undefined ? at : momentOf(act.recorded, at.value, { play, path: [...path, 'recorded'] });
    if (!recorded.ok) return recorded;
    if (recorded.value < at.value)
      return {
        ok: false,
        misplaced: { path: [...path, 'recorded'], message: 'It cannot be recorded before it happened.' },
      };
    if (recorded.value < learned && play !== 'assumed') {
      // A bound that would pass a known time ends at it: the order of a case is never in doubt.
      all.push({
        act,
        path,
        at: Math.min(Math.max(at.value, previous ?? 0), learned),
        recordedAt: learned,
        isAssumed: true,
      });
      previous = learned;
      continue;
    }
    if (recorded.value < learned) {
      const message = `Recorded time goes backwards: this is before the command above it, ${formatLocal(learned)}. A time on the next day needs its date.`;
      return { ok: false, misplaced: { path: [...path, act.recorded === undefined ? 'at' : 'recorded'], message } };
    }
    previous = at.value;
    learned = recorded.value;
    all.push({ act, path, at: at.value, recordedAt: recorded.value, isAssumed: typeof act.at !== 'string' });
  }
  return { ok: true, value: all };
}
