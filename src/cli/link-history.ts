import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../batch/decisions.ts';
import type { Bounds } from '../batch/duckdb.ts';
import { historyInput, writePeople } from '../batch/history.ts';
import type { NamedFile } from '../batch/read.ts';
import { roomNow } from '../journal/erase.ts';
import { decidedSame } from '../room/link.ts';
import type { Room } from '../room/room.ts';
import { StartRefused } from '../serve/store.ts';
import type { PersonTold } from '../sources/own-people.ts';
import { ownPeople } from '../sources/own-people.ts';
import type { StoreOptions } from './in-store.ts';
import { inStore } from './in-store.ts';

/** What a room's own history brings to a run. */
export interface HistoryRead {
  readonly file: NamedFile;
  /** What the room has decided of these people, as it stands. */
  readonly decided: readonly Decision[];
  /** Records that are left out because they are restricted. */
  readonly restricted: number;
}

interface Reading extends StoreOptions {
  /** The folder in which what is read is kept until the work is done. */
  readonly beside: string;
  readonly bounds: Bounds;
}

/**
 * Reads the people of a room's own history and what the room decided of them, and works with that; what was read is
 * gone afterwards. Throws StartRefused where there is no such room.
 */
export async function withHistory<T>(
  room: string,
  { beside, bounds, ...options }: Reading,
  work: (read: HistoryRead) => Promise<T>,
): Promise<T> {
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(beside, '.history-'));
  try {
    return await work(await historyOf(room, options, { file: join(folder, 'people.parquet'), bounds }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function historyOf(
  room: string,
  options: StoreOptions,
  { file, bounds }: { readonly file: string; readonly bounds: Bounds },
): Promise<HistoryRead> {
  return inStore(options, async ({ journal, database }) => {
    const entry = (await journal.rooms()).find((one) => one.room === room);
    if (entry === undefined) throw new StartRefused([`There is no room ${room}.`]);
    const pairs = pairsDecidedIn((await roomNow(journal, entry)).room);
    const subjects = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
    let restricted = 0;
    const people = async function* (): AsyncGenerator<readonly PersonTold[]> {
      for await (const read of ownPeople(database.service, room)) {
        restricted += read.restricted;
        yield read.people;
      }
    };
    const names = await writePeople(people(), { file, subjects, bounds });
    const decided = pairs.flatMap(({ a, b, isSame }) => {
      const [one, other] = [names.get(a), names.get(b)];
      return one === undefined || other === undefined ? [] : [{ a: one, b: other, isSame }];
    });
    return { file: { input: historyInput, file }, decided, restricted };
  });
}

/** Pairs of subjects of which a room has decided whether they are one, as the last decision that stands has it. */
function pairsDecidedIn(room: Room): readonly Decision[] {
  const pairs = [...room.links.values()].flatMap(({ same }) => same);
  const each = new Map(pairs.map(({ subject, other }) => [[subject, other].toSorted().join(' '), [subject, other]]));
  return [...each.values()].flatMap(([a = '', b = '']) => {
    const verdict = decidedSame(room, a, b);
    return verdict === null ? [] : [{ a, b, isSame: verdict === 'confirmed' }];
  });
}
