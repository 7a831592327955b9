import type pg from 'pg';
import type { Room } from '../room/room.ts';
import type { UnitPosition, UntakenWhy } from '../room/unit-position.ts';
import { whyUntaken } from '../room/unit-position.ts';
import { readPositions, writePositions } from './position-rows.ts';

/** Everybody is told of what changed no more often than this, of all units together. */
const gatherMs = 1_000;
/** What is held is written down this often: a service that starts anew knows where units last were. */
const writeMs = 5_000;

/** A position that was not taken, and why. */
export interface Untaken {
  readonly unit: string;
  readonly why: UntakenWhy;
}

/** Where the units of one room are, as far as their equipment says: the newest of each. */
export interface Positions {
  readonly all: () => readonly UnitPosition[];
  /** Takes what is newer than what is held; gives what was not taken. */
  readonly take: (
    told: readonly UnitPosition[],
    around: { readonly room: Room; readonly now: number },
  ) => readonly Untaken[];
  /** Tells of what changed, gathered over a second. Gives the way to leave. */
  readonly follow: (told: (changed: readonly UnitPosition[]) => void) => () => void;
  /** Resolves once what was written down before is held again. */
  readonly loaded: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The positions of every room of a service. */
export interface RoomPositions {
  readonly of: (room: string) => Positions;
  readonly stop: () => Promise<void>;
}

export interface PositionsAround {
  readonly pool: pg.Pool;
  /** Told when the table cannot be read or written: positions are then held in memory alone. */
  readonly note: (says: string) => void;
}

/** Positions by room, each room's begun when somebody first asks for it. */
export function roomPositions(around: PositionsAround): RoomPositions {
  const held = new Map<string, Positions>();
  return {
    of: (room) => {
      const positions = held.get(room) ?? positionsOf(room, around);
      held.set(room, positions);
      return positions;
    },
    stop: async () => {
      await Promise.all([...held.values()].map(async (one) => one.stop()));
      held.clear();
    },
  };
}

function positionsOf(room: string, { pool, note }: PositionsAround): Positions {
  const newest = new Map<string, UnitPosition>();
  const followers = new Set<(changed: readonly UnitPosition[]) => void>();
  const told = gathered((units) => {
    const changed = at(newest, units);
    for (const follower of followers) follower(changed);
  }, gatherMs);
  const written = gathered((units) => void write(at(newest, units)), writeMs);
  let writing: Promise<void> = Promise.resolve();
  const write = async (positions: readonly UnitPosition[]): Promise<void> => {
    if (positions.length === 0) return;
    writing = writing.then(async () => writePositions(pool, room, positions)).catch(fault);
    await writing;
  };
  const fault = (error: unknown): void =>
    note(`positions of ${room} are in memory alone: ${error instanceof Error ? error.name : 'unknown'}`);
  const load = async (): Promise<void> => {
    for (const one of await readPositions(pool, room))
      if ((newest.get(one.unit)?.takenAt ?? -1) < one.takenAt) put(one);
  };
  const put = (one: UnitPosition): void => {
    newest.set(one.unit, one);
    told.add(one.unit);
  };
  const loaded = load().catch(fault);
  return {
    all: () => [...newest.values()],
    take: (positions, { room: state, now }) => {
      const untaken: Untaken[] = [];
      for (const one of positions) {
        const why = whyUntaken(state, one, { held: newest.get(one.unit), now });
        if (why === null) {
          put(one);
          written.add(one.unit);
        } else untaken.push({ unit: one.unit, why });
      }
      return untaken;
    },
    follow: (follower) => {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    loaded,
    stop: async () => {
      told.stop();
      await loaded;
      await write(at(newest, written.stop()));
    },
  };
}

function at(newest: ReadonlyMap<string, UnitPosition>, units: ReadonlySet<string>): readonly UnitPosition[] {
  return [...units].map((unit) => newest.get(unit)).filter((one) => one !== undefined);
}

interface Gathered {
  readonly add: (unit: string) => void;
  /** Ends it; gives what nobody was told of. */
  readonly stop: () => ReadonlySet<string>;
}

/** Tells of what came together, at most so often; while nothing comes, no timer runs. */
function gathered(tell: (units: ReadonlySet<string>) => void, everyMs: number): Gathered {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const taken = (): ReadonlySet<string> => {
    const units = waiting;
    waiting = new Set();
    timer = null;
    return units;
  };
  return {
    add: (unit) => {
      waiting.add(unit);
      timer ??= setTimeout(() => tell(taken()), everyMs);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      return taken();
    },
  };
}
