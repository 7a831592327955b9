import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/database/cluster.ts';
import { readConfiguration } from '../src/serve/configuration.ts';
import type { Service } from '../src/serve/service.ts';
import { startService } from '../src/serve/service.ts';
import type { Client } from './live-api.ts';
import { signIn } from './live-api.ts';
import { testFolder } from './passing-folder.ts';
import { quickMachine } from './quick-machine.ts';
import { heed, plain, served } from './served.ts';

const limitMs = 120_000;
const minuteMs = 60_000;
/** A minute passes in three seconds. */
const machine = quickMachine(20);

let folder: string;
let service: Service | null = null;
let owner: Client;

beforeAll(async () => {
  folder = testFolder();
  const file = join(folder, 'heed.yaml');
  writeFileSync(file, plain);
  const configured = readConfiguration(file, { HEED_PORT: String(await freePort()) });
  if (!configured.ok) throw new Error(configured.problems.map((one) => one.message).join(' '));
  const log = pino({ level: 'silent' });
  service = await startService({ configured: configured.value, environment: {}, version: 'test', log, machine });
  owner = await signIn(service.address, 'plain', 'owner-1', service.address);
  await owner.does('SignOn', { staff: 'owner-1', position: 'desk-1' });
}, limitMs);

afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether the system owner has an alarm about the clock. */
async function isAlarmed(): Promise<boolean> {
  const { sourcesDown } = (await owner.get('/rooms/plain/board')).json;
  const { text } = await owner.get('/rooms/plain/duties');
  const isDown = (sourcesDown as readonly { readonly source: string }[]).some((one) => one.source === 'clock');
  return isDown && text.includes('source-down');
}

async function clockOf(): Promise<{ readonly status: number; readonly clock: unknown }> {
  const { status, json } = await owner.get('/ready');
  return { status, clock: (json['checks'] as Readonly<Record<string, unknown>>)['clock'] };
}

async function opens(incident: string): Promise<number> {
  return (await owner.does('OpenIncident', { incident, summary: 'A broken window' })).status;
}

const soon = { timeout: 20_000, interval: 50 };

test(
  'a clock put forward takes the room with it: what is due is raised, and the alarm is over after a minute',
  async () => {
    expect(await opens('job-1')).toBe(200);
    expect((await owner.get('/rooms/plain/duties')).text).not.toContain('ungraded');
    machine.move(30 * minuteMs);
    expect(await clockOf()).toMatchObject({ status: 200, clock: { ok: true } });
    await expect.poll(isAlarmed, soon).toBe(true);
    expect((await owner.get('/rooms/plain/duties')).text).toContain('ungraded');
    expect(await opens('job-2')).toBe(200);
    await expect.poll(isAlarmed, soon).toBe(false);
  },
  limitMs,
);

test(
  'a clock put back leaves the room counting on, alarmed and not ready, until it is set right',
  async () => {
    machine.move(-10 * minuteMs);
    await expect.poll(clockOf, soon).toMatchObject({
      status: 503,
      clock: { ok: false, says: expect.stringContaining('stands 600 s behind the room’s') as string },
    });
    await expect.poll(isAlarmed, soon).toBe(true);
    expect(await opens('job-3')).toBe(200);
    machine.move(10 * minuteMs);
    await expect.poll(clockOf, soon).toMatchObject({ status: 200, clock: { ok: true } });
    await expect.poll(isAlarmed, soon).toBe(false);
  },
  limitMs,
);

test(
  'a machine whose clock stands behind the log is told so by heed doctor, and no room goes back in time on it',
  async () => {
    await service?.stop();
    service = null;
    const { status, says } = await heed(folder, 'doctor');
    expect(status).toBe(1);
    expect(says).toMatch(
      /ILL +clock: The log of plain is \d+ s ahead of this machine’s clock\.\n +Set the clock right/,
    );
    const again = await served({ folder });
    try {
      const ready = await fetch(`${again.origin}/ready`);
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('behind the room’s')]);
    } finally {
      await again.end();
    }
  },
  limitMs,
);
