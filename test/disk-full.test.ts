import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Client } from './live-api.ts';
import { signIn } from './live-api.ts';
import type { Served } from './served.ts';
import { heed, served } from './served.ts';
import { smallDisk } from './small-disk.ts';

const limitMs = 120_000;
/** Room for a database, and for more than the least that must be free. */
const disk = smallDisk(768);
let live: Served | null = null;

afterAll(async () => {
  await live?.end();
  if (typeof disk !== 'string') disk.remove();
});

interface Ready {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly says: string }>>;
}

async function ready(origin: string): Promise<Ready> {
  return (await fetch(`${origin}/ready`)).json() as Promise<Ready>;
}

/** Opens incidents, one after the other, for as long as they are done. Gives what the first that was not came to. */
async function openUntilNot(owner: Client, opened: string[]): Promise<{ readonly id: string; readonly told: string }> {
  for (;;) {
    const id = `job-${opened.length + 1}`;
    const told = await open(owner, id);
    if (told !== '200 done') return { id, told };
    opened.push(id);
  }
}

async function open(owner: Client, id: string): Promise<string> {
  const data = { incident: id, summary: 'A broken window'.padEnd(190, '.') };
  const { status, json } = await owner.does('OpenIncident', data, { id: `open-${id}` });
  return `${status} ${status === 200 ? 'done' : String(json['code'])}`;
}

/** The incidents that an export says were opened, in their order. */
function opensIn(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const opens = lines.filter((line) => line.includes('IncidentOpened'));
  return opens.map((line) => /job-\d+/.exec(line)?.[0] ?? line);
}

test(
  'a disk that fills loses nothing that was acknowledged, and the service goes on once there is room',
  async ({ skip }) => {
    if (typeof disk === 'string') return skip(disk);
    live = await served({ folder: disk.folder });
    const { origin } = live;
    const owner = await signIn(origin, 'plain', 'owner-1', origin);
    const opened: string[] = [];
    for (let place = 1; place <= 20; place += 1) {
      expect(await open(owner, `job-${place}`)).toBe('200 done');
      opened.push(`job-${place}`);
    }
    expect(await ready(origin)).toMatchObject({ ready: true, checks: { disk: { ok: true } } });

    disk.fill();
    const refused = await openUntilNot(owner, opened);
    expect(refused.told).toBe('503 not-recorded');
    const told = await ready(origin);
    expect(told).toMatchObject({ ready: false, checks: { disk: { ok: false } } });
    expect(told.checks['disk']?.says).toMatch(/^Only 0 MiB free/);
    expect((await heed(disk.folder, 'doctor')).says).toMatch(/ILL +disk: 0 MiB free[^]*Make room/);

    disk.makeRoom();
    await expect.poll(async () => open(owner, refused.id), { timeout: 60_000, interval: 200 }).toBe('200 done');
    opened.push(refused.id);
    await expect.poll(async () => (await ready(origin)).ready, { timeout: 20_000 }).toBe(true);
    expect(await live.end()).toBe(0);
    expect(await heed(disk.folder, 'verify')).toMatchObject({
      status: 0,
      says: expect.stringContaining('plain: whole') as string,
    });
    const file = join(disk.folder, 'log.ndjson');
    expect(await heed(disk.folder, 'export', 'plain', file)).toMatchObject({ status: 0 });
    expect(opensIn(file)).toEqual(opened);
  },
  limitMs,
);
