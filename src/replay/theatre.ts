import type { Path } from '../border/problem.ts';
import type { Actor, StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Outcome } from '../room/step.ts';
import type { CaseFile } from './case-file.ts';

/** Events of one play. A night's work makes some thousands; years of a duty that nobody meets make millions. */
export const eventsMax = 200_000;

/** One command that opens a world, and where it stands in the case file. */
export interface Opening {
  readonly type: string;
  readonly data: unknown;
  readonly path: Path;
}

/** What a case asks of the place where it is played: a room of its own, a command in it, or that time go by. */
export type Cue =
  | {
      readonly kind: 'open';
      readonly room: string;
      readonly startedAt: number;
      readonly opening: readonly Opening[];
      readonly sources: CaseFile['world']['sources'];
    }
  | {
      readonly kind: 'give';
      readonly type: string;
      readonly data: unknown;
      readonly actor: Actor;
      readonly at: number;
      readonly override: string | null;
    }
  | { readonly kind: 'run'; readonly until: number };

/** How things stand after a cue. */
export interface Scene {
  readonly room: Room;
  readonly now: number;
  readonly events: readonly StoredEvent[];
  /** What became of the command, or of the first opening command that was refused. */
  readonly outcome: Outcome | null;
  /** How many opening commands were done. */
  readonly opened: number;
  /** The log grew past its bound: a duty left open climbs again and again for as long as the case lasts. */
  readonly isTooLong: boolean;
}

/** A case as the cues that it gives, whoever answers them. */
export type Script<T> = Generator<Cue, T, Scene>;

/** Plays a script where each cue is answered at once. */
export function perform<T>(script: Script<T>, answer: (cue: Cue) => Scene): T {
  let next = script.next();
  while (next.done !== true) next = script.next(answer(next.value));
  return next.value;
}

/** Plays a script where each cue takes its time: on a server. */
export async function performAfar<T>(script: Script<T>, answer: (cue: Cue) => Promise<Scene>): Promise<T> {
  let next = script.next();
  while (next.done !== true) next = script.next(await answer(next.value));
  return next.value;
}
