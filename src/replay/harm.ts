import type { Path } from '../border/problem.ts';
import type { CaseFile } from './case-file.ts';
import type { Play, Timed, TimedAct } from './timeline.ts';
import { clockInstant, gapOf, momentOf } from './timeline.ts';
import type { HarmTime } from './turn.ts';

/** The commands of a case as the file assumes them, and as they are played. */
export interface Timelines {
  readonly assumed: readonly TimedAct[];
  readonly played: readonly TimedAct[];
}

const path: Path = ['harm', 'at'];

/**
 * When the harm came, in this play. Without a date it is on the day of the first command, as in `expect`; a gap counts
 * from the last command.
 */
export function harmOf(harm: CaseFile['harm'], { assumed, played }: Timelines, play: Play): Timed<HarmTime | null> {
  if (harm === undefined) return { ok: true, value: null };
  const first = assumed[0]?.at ?? 0;
  const clock = typeof harm.at === 'string' ? harm.at : null;
  const at = momentOf(harm.at, clock === null ? (assumed.at(-1)?.at ?? first) : first, { play: 'assumed', path });
  if (!at.ok) return at;
  if (clock !== null && !/^\d{4}-/.test(clock) && at.value < first)
    return misplaced(path, 'This is before the first command. A time on another day needs its date.');
  const earliest = boundOf(harm.earliest, at.value, 'earliest');
  if (!earliest.ok) return earliest;
  const latest = boundOf(harm.latest, at.value, 'latest');
  if (!latest.ok) return latest;
  if ((earliest.value ?? at.value) > at.value || (latest.value ?? at.value) < at.value)
    return misplaced(['harm'], 'The harm must lie between its earliest and its latest time; a new day needs its date.');
  const moved = typeof harm.at === 'string' ? at.value : (played.at(-1)?.at ?? first) + gapOf(harm.at, play);
  const within = Math.min(Math.max(moved, earliest.value ?? moved), latest.value ?? moved);
  return { ok: true, value: { at: within, earliest: earliest.value ?? within, latest: latest.value ?? within } };
}

function boundOf(text: string | undefined, at: number, field: string): Timed<number | null> {
  return text === undefined ? { ok: true, value: null } : clockInstant(text, at, ['harm', field]);
}

function misplaced(where: Path, message: string): Timed<never> {
  return { ok: false, misplaced: { path: where, message } };
}
