import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { liveClock } from '../src/engine/clocks.ts';
import type { RoomEngine } from '../src/engine/engine.ts';
import type { Actor } from '../src/room/define.ts';
import { commandSchemas } from '../src/room/vocabulary.ts';
import { inDatabase } from './in-database.ts';
import { nationalPolicy, worldOf } from './room.ts';
import { spread } from './spread.ts';
import { takeUp } from './take-up.ts';

const measuredMs = 10_000;
const incidents = 200;

/** What the disk itself takes to make a page durable: below this nothing gets. */
function syncs(folder: string): string {
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(8_192, 1);
  const took: number[] = [];
  for (let n = 0; n < 500; n += 1) {
    const began = performance.now();
    writeSync(file, page, 0, page.length, n * page.length);
    fdatasyncSync(file);
    took.push(performance.now() - began);
  }
  closeSync(file);
  return `a page of 8 KiB written and synced: ${spread(took)}`;
}

let count = 0;

const world = { kind: 'world', id: 'world' } as const;
const handler = { kind: 'staff', id: 'handler-1' } as const;

async function give(engine: RoomEngine, type: string, data: unknown, actor: Actor): Promise<void> {
  count += 1;
  const whole = commandSchemas.get(type)?.parse(data);
  const answered = await engine.give({ id: `bench-${count}`, type, data: whole, actor, at: null, override: null });
  if (answered.kind !== 'recorded' || answered.outcome.kind !== 'done') throw new Error(JSON.stringify(answered));
}

async function entry(engine: RoomEngine): Promise<void> {
  const text = `A line of the log, number ${count}.`;
  await give(engine, 'AddEntry', { incident: `job-${count % incidents}`, text }, handler);
}

/** So many at a time: each client gives its next command once the one before is durable. */
async function saturated(engine: RoomEngine, clients: number): Promise<string> {
  const took: number[] = [];
  const endsAt = performance.now() + measuredMs;
  const client = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const at = performance.now();
      await entry(engine);
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = Math.round(took.length / (measuredMs / 1_000));
  return `${clients} at a time: ${perSecond} durable commands/s; ${spread(took)}`;
}

/** Commands given to a room's engine without HTTP, from decided to durable; one at a time is a commit for each. */
export async function benchEngine(): Promise<readonly string[]> {
  return inDatabase(async (embedded, folder) => {
    const { engine, end } = await takeUp(
      embedded,
      liveClock(0, () => undefined),
    );
    for (const one of worldOf(nationalPolicy().policy)) await give(engine, one.type, one.data, world);
    for (let place = 0; place < incidents; place += 1)
      await give(engine, 'OpenIncident', { incident: `job-${place}`, summary: 'A fence is down' }, handler);
    const lines = [syncs(folder)];
    for (const clients of [1, 16, 64, 256]) lines.push(await saturated(engine, clients));
    await end();
    return lines;
  });
}
