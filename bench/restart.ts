import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../src/database/connect.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import type { Embedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { catalogues } from '../src/engine/catalogues.ts';
import type { Clock } from '../src/engine/clock.ts';
import { manualClock } from '../src/engine/clocks.ts';
import { archiving, ripeIncidents } from '../src/engine/cold.ts';
import type { Order, RoomEngine } from '../src/engine/engine.ts';
import { metersOf } from '../src/engine/meters.ts';
import { startRoom } from '../src/engine/room-engine.ts';
import { foldVersion } from '../src/journal/fold-version.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import { takeTurn } from '../src/journal/turn.ts';
import { incidentOf } from '../src/room/belongings.ts';
import { projectionsOf } from '../src/sources/own-history.ts';
import type { LiveSource } from '../src/sources/source.ts';
import { nationalPolicy, worldOf } from './room.ts';
import { commandOf, endingOf, openingOf, seeded } from './traffic.ts';

const wanted = Number(process.env['HEED_BENCH_EVENTS'] ?? 2_000_000);
const start = Date.UTC(2026, 1, 3, 12, 0, 0);
const together = 250;
const hourMs = 3_600_000;
const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

/** A history in which nobody was ever heard of. */
const clean: LiveSource = {
  id: 'own-history',
  ask: async () => ({ result: 'no-trace', findings: [], tookMs: 0 }),
};

interface Taken {
  readonly engine: RoomEngine;
  readonly readyMs: number;
  readonly end: () => Promise<void>;
}

async function takeUp(embedded: Embedded, clock: Clock): Promise<Taken> {
  const database = openDatabase(embedded, quiet);
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
    takeTurn: async (signal) => takeTurn('bench', { connectionString: embedded.url, journal, holder: 'bench' }, signal),
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

let count = 0;

async function give(engine: RoomEngine, orders: readonly Omit<Order, 'id' | 'at' | 'override'>[]): Promise<void> {
  const answers = orders.map(async (order) => {
    count += 1;
    const answered = await engine.give({ ...order, id: `bench-${count}`, at: null, override: null });
    if (answered.kind !== 'recorded') throw new Error(answered.kind);
  });
  await Promise.all(answers);
}

/** Whole lives of incidents, many side by side, until the log is long enough; what is finished leaves the room. */
async function fill(engine: RoomEngine, advance: (byMs: number) => Promise<void>): Promise<void> {
  const chance = seeded(7);
  const world = { kind: 'world', id: 'world' } as const;
  await give(
    engine,
    worldOf(nationalPolicy().policy).map((one) => ({ ...one, actor: world })),
  );
  for (let n = 0; engine.head().seq < wanted; n += together) {
    const lives = Array.from({ length: together }, (_, place) => [
      ...openingOf(n + place, chance),
      ...endingOf(n + place, chance),
    ]);
    const steps = lives[0]?.length ?? 0;
    for (let place = 0; place < steps; place += 1) {
      const drafts = lives.map((life) => life[place]).filter((draft) => draft !== undefined);
      await give(
        engine,
        drafts.map((draft) => commandOf(draft, 0)).map(({ type, data, actor }) => ({ type, data, actor })),
      );
      await engine.idle();
    }
    await advance(hourMs);
    const now = engine.room().now;
    for (const incident of ripeIncidents(engine.room(), now)) await engine.give(archiving(incident, now));
  }
}

/** How long a room takes to be taken up with a long log: from its snapshot, and without one. */
export async function benchRestart(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
  chmodSync(folder, 0o711);
  const embedded = await startEmbedded({ folder });
  try {
    const migrated = await migrate(embedded.ownerUrl);
    if (migrated.kind === 'refused') throw new Error(migrated.message);
    const clock = manualClock(start);
    const first = await takeUp(embedded, clock);
    const began = performance.now();
    const advance = async (byMs: number): Promise<void> => {
      await clock.advance(clock.now() + byMs, async () => first.engine.idle().then(() => true));
    };
    await fill(first.engine, advance);
    const { seq } = first.engine.head();
    const open = first.engine.room().incidents.size;
    const filledMs = performance.now() - began;
    await first.end();
    const withSnapshot = await takeUp(embedded, manualClock(clock.now()));
    await withSnapshot.end();
    await forgetSnapshots(embedded.ownerUrl);
    const without = await takeUp(embedded, manualClock(clock.now()));
    await without.end();
    const perSecond = Math.round(seq / (filledMs / 1_000));
    return [
      `a log of ${seq} events, ${open} incidents in the room; written at ${perSecond} durable events/s`,
      `taken up from its snapshot: ${(withSnapshot.readyMs / 1_000).toFixed(2)} s; ` +
        `from the log alone: ${(without.readyMs / 1_000).toFixed(1)} s`,
    ];
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function forgetSnapshots(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('delete from heed.snapshot');
  await client.end();
}
