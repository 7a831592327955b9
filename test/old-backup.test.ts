import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Client } from './live-api.ts';
import { signIn } from './live-api.ts';
import { testFolder } from './passing-folder.ts';
import type { Served } from './served.ts';
import { heed, served } from './served.ts';

const limitMs = 120_000;
const folder = testFolder();
let live: Served | null = null;

afterEach(async () => {
  await live?.end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Client> {
  live = await served({ folder });
  const owner = await signIn(live.origin, 'plain', 'owner-1', live.origin);
  await owner.does('SignOn', { staff: 'owner-1', position: 'desk-1' });
  return owner;
}

async function end(): Promise<void> {
  expect(await live?.end()).toBe(0);
  live = null;
}

async function opens(owner: Client, incident: string): Promise<void> {
  expect((await owner.does('OpenIncident', { incident, summary: 'A broken window' })).status).toBe(200);
}

test(
  'an old backup that is put back is told by the service, by an alarm in the room and by heed doctor',
  async () => {
    const [data, backup] = [join(folder, 'data', 'pg18'), join(folder, 'backup')];
    await opens(await start(), 'job-1');
    await end();
    execFileSync('cp', ['-a', data, backup]);
    await opens(await start(), 'job-2');
    await end();
    expect((await heed(folder, 'doctor')).says).toMatch(/well +witness of plain: The log has what was last witnessed/);

    rmSync(data, { recursive: true });
    execFileSync('cp', ['-a', backup, data]);
    const { status, says } = await heed(folder, 'doctor');
    expect(status).toBe(1);
    expect(says).toMatch(/ILL +witness of plain: [^]*An older backup was restored[^]*find the newest export/);

    const owner = await start();
    expect(live?.said()).toContain('the log is not the one that was witnessed');
    expect((await owner.get('/rooms/plain/duties')).text).toContain('log-altered');
    await opens(owner, 'job-3');
    // What is signed from here on does not cover up what was signed before.
    await end();
    expect((await heed(folder, 'doctor')).status).toBe(1);
  },
  limitMs,
);
