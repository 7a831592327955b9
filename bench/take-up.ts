/** A room taken up for a benchmark; run as a program, as a new process does, and says how many milliseconds it took. */
import { pathToFileURL } from 'node:url';
import { openDatabase } from '../src/database/connect.ts';
import type { DatabaseUrls } from '../src/database/connect.ts';
import { catalogues } from '../src/engine/catalogues.ts';
import type { Clock } from '../src/engine/clock.ts';
import { manualClock } from '../src/engine/clocks.ts';
import type { RoomEngine } from '../src/engine/engine.ts';
import { metersOf } from '../src/engine/meters.ts';
import { startRoom } from '../src/engine/room-engine.ts';
import { foldVersion } from '../src/journal/fold-version.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import { takeTurn } from '../src/journal/turn.ts';
import { incidentOf } from '../src/room/belongings.ts';
import { projectionsOf } from '../src/sources/own-history.ts';
import type { LiveSource } from '../src/sources/source.ts';

const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

/** A history in which nobody was ever heard of. */
const clean: LiveSource = {
  id: 'own-history',
  ask: async () => ({ result: 'no-trace', findings: [], tookMs: 0 }),
};

/** A room that writes, and how long it took from being asked for: milliseconds. */
export interface Taken {
  readonly engine: RoomEngine;
  readonly readyMs: number;
  readonly end: () => Promise<void>;
}

/** Takes up the room `bench` of a database. */
export async function takeUp(urls: DatabaseUrls, clock: Clock): Promise<Taken> {
  const database = openDatabase(urls, quiet);
  const journal = postgresJournal(database, { foldVersion: foldVersion() });
  const entry = { room: 'bench', kind: 'exercise' as const, createdAt: 0 };
  await journal.create(entry);
  const began = performance.now();
  const engine = startRoom({
    entry,
    journal,
    clock,
    catalogueOf: catalogues(),
    incidentOf,
    projectionsOf,
    sources: new Map([[clean.id, clean]]),
    takeTurn: async (signal) => takeTurn('bench', { connectionString: urls.url, journal, holder: 'bench' }, signal),
    log,
    meters: metersOf('bench'),
  });
  await engine.untilWriting();
  const readyMs = performance.now() - began;
  const end = async (): Promise<void> => {
    await engine.stop();
    await journal.close();
    await database.close();
  };
  return { engine, readyMs, end };
}

const [, program, urls, now] = process.argv;
if (program !== undefined && import.meta.url === pathToFileURL(program).href) {
  const taken = await takeUp(JSON.parse(urls ?? '') as DatabaseUrls, manualClock(Number(now)));
  console.log(Math.round(taken.readyMs));
  await taken.end();
}
