import { presentStaff } from '../access/present.ts';
import type { County } from '../simulate/county.ts';
import { inventedCounty } from '../simulate/county.ts';
import { openingOf } from '../simulate/opening.ts';
import { historyOf } from '../simulate/records.ts';
import { manualClock } from '../engine/clocks.ts';
import { ownShelf } from '../sources/own-history.ts';
import { keepRecords } from '../sources/record-rows.ts';
import type { Positions } from '../positions/positions.ts';
import type { LiveSource } from '../sources/source.ts';
import type { Configuration, Configured } from './configuration.ts';
import { entryOf, giveOpening, isWriting, policyOf } from './openings.ts';
import type { Rooms, RunningRoom } from './rooms.ts';
import type { Store } from './store.ts';
import type { RunningTraffic } from './traffic.ts';
import { liveThrough, startTraffic } from './traffic.ts';

const seed = 20_261_121;
/** A new county has been at work for this long, so that whoever opens it finds a room in the midst of its night. */
const pastMs = 45 * 60_000;

export interface CountyAround {
  readonly configured: Configured;
  readonly store: Store;
  readonly rooms: Rooms;
  readonly sources: readonly LiveSource[];
  readonly positions: Positions;
  readonly say: (line: string) => void;
}

/** Opens the demonstration room, new or as it was left, and lets its invented county live. */
export async function openCounty(room: Configuration['rooms'][number], around: CountyAround): Promise<RunningTraffic> {
  const { rooms, store, sources, positions } = around;
  const county = inventedCounty();
  const known = await entryOf(store.journal, room);
  const isNew = !(await store.journal.rooms()).some((one) => one.room === room.room);
  const entry = isNew ? { ...known, createdAt: known.createdAt - pastMs } : known;
  if (isNew) {
    around.say(`${county.name} is being invented, and lives through its last ${pastMs / 60_000} minutes…`);
    const clock = manualClock(entry.createdAt);
    const running = await rooms.open(entry, sources, clock);
    await opened(running, room, { around, county });
    await liveThrough({ ...running, clock }, { county, seed, until: known.createdAt });
    await rooms.close(room.room);
  }
  const running = await rooms.open(entry, sources);
  // A second process stands by, and opens nothing while the first is there.
  if (await isWriting(running)) await opened(running, room, { around, county });
  const taken = async (): Promise<ReadonlySet<string>> => presentStaff(store.database.service, room.room, Date.now());
  return startTraffic(running, { county, seed, taken, positions });
}

/** Gives the opening; one that a crash cut off is gone on with. */
async function opened(
  running: RunningRoom,
  room: Configuration['rooms'][number],
  { around, county }: { readonly around: CountyAround; readonly county: County },
): Promise<void> {
  const { engine, entry } = running;
  await engine.untilWriting();
  const { policy, digest } = policyOf(room, around.configured);
  const opening = openingOf(county, { policy, digest, at: entry.createdAt });
  if (engine.head().seq >= opening.length) return;
  await keepRecords(around.store.database.service, ownShelf(entry.room), historyOf(county, entry.createdAt));
  await giveOpening(running, opening, 'world');
}
