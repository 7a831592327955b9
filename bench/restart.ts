import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Embedded } from '../src/database/embedded.ts';
import { manualClock } from '../src/engine/clocks.ts';
import { archiving, ripeIn } from '../src/engine/cold.ts';
import type { Order, RoomEngine } from '../src/engine/engine.ts';
import { inDatabase } from './in-database.ts';
import { nationalPolicy, worldOf } from './room.ts';
import { takeUp } from './take-up.ts';
import { commandOf, endingOf, openingOf, seeded } from './traffic.ts';

const wanted = Number(process.env['HEED_BENCH_EVENTS'] ?? 2_000_000);
const start = Date.UTC(2026, 1, 3, 12, 0, 0);
const together = 250;
/** So long until the next: 1,500 incidents a day, a large force's share that needs the room. */
const apartMs = 4 * 3_600_000;
const program = fileURLToPath(new URL('take-up.ts', import.meta.url));

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
    await advance(apartMs);
    const { now } = engine.room();
    await Promise.all(ripeIn(engine.room(), now).map(async (cold) => engine.give(archiving(cold, now))));
  }
}

/** Milliseconds until a process that has just been started writes for the room. */
async function restarted({ ownerUrl, url, readerUrl, eraserUrl }: Embedded, now: number): Promise<number> {
  const urls = JSON.stringify({ ownerUrl, url, readerUrl, eraserUrl });
  const options = ['--max-semi-space-size=64', '--import', 'tsx', program, urls, `${now}`];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return Number(stdout);
}

/** How long a room takes to be taken up with a long log: from its snapshot, and without one. */
export async function benchRestart(): Promise<readonly string[]> {
  return inDatabase(async (embedded) => {
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
    const withSnapshot = await restarted(embedded, clock.now());
    await forgetSnapshots(embedded.ownerUrl);
    const without = await restarted(embedded, clock.now());
    const perSecond = Math.round(seq / (filledMs / 1_000));
    return [
      `a log of ${seq} events, ${open} incidents in the room; written at ${perSecond} durable events/s`,
      `taken up from its snapshot: ${(withSnapshot / 1_000).toFixed(2)} s; ` +
        `from the log alone: ${(without / 1_000).toFixed(1)} s`,
    ];
  });
}

async function forgetSnapshots(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('delete from heed.snapshot');
  await client.end();
}
