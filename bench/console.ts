import { randomBytes, randomUUID } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { sign } from '../src/telephony/signature.ts';
import { openBrowser } from '../test/browser.ts';
import { command, room, withService } from './service.ts';
import type { Bench } from './service.ts';

const incidents = 500;
const units = 2_000;
const eventsPerSecond = 50;
const entriesOfTen = 7;
/** Every so many events one incident is graded above the others, and the queue is in another order. */
const gradedEvery = 50;
/** How long is measured, in minutes; memory is looked at after each. */
const minutes = Number(process.env['HEED_BENCH_MINUTES'] ?? '1');
const tickMs = 100;
const pressMs = 250;
/** Before anything is measured. */
const settleMs = 5_000;
const key = { id: 'key-positions', secret: randomBytes(32).toString('base64') };
const configuration =
  `machines: [{ key: ${key.id}, machine: positions, rooms: [${room}], kinds: [positions], ` +
  'secret: { environment: HEED_BENCH_SECRET } }]\n';
const statuses = ['available', 'refreshments', 'at-station', 'committed'] as const;

const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** So many at once, until there is none left. */
async function atOnce(many: number, all: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...all];
  const one = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all(Array.from({ length: many }, one));
}

/** A room with so many open incidents and units on duty. */
async function filled(bench: Bench): Promise<void> {
  const grades = ['emergency', 'priority', 'scheduled'];
  await atOnce(16, [
    ...Array.from({ length: incidents }, (_, at) => async (): Promise<void> => {
      const incident = `job-${at}`;
      await command(bench, 'OpenIncident', { incident, summary: `A fence is down, number ${at}` });
      const grade = grades[at % 3];
      await command(bench, 'SetGrade', { incident, grade, reason: 'as told' });
    }),
    ...Array.from({ length: units }, (_, at) => async (): Promise<void> => {
      await command(bench, 'EnrolUnit', { unit: `unit-${at}`, skills: at % 4 === 0 ? ['single-crewed'] : [] });
    }),
  ]);
}

/** Every unit a little further than it was, as their equipment tells it once a second. */
async function move(bench: Bench, second: number): Promise<void> {
  const takenAt = new Date().toISOString();
  const positions = Array.from({ length: units }, (_, at) => ({
    unit: `unit-${at}`,
    latitude: 55.6 + (at % 50) * 0.004 + Math.sin(second / 20 + at) * 0.002,
    longitude: 2.4 + Math.floor(at / 50) * 0.01 + Math.cos(second / 20 + at) * 0.003,
    errorM: 12,
    takenAt,
  }));
  const path = `/rooms/${room}/ingress/positions`;
  const body = JSON.stringify({ positions });
  const headers = sign(key, { method: 'POST', path, body }, { now: Date.now(), nonce: randomUUID() });
  const answer = await fetch(new URL(path, bench.origin), {
    method: 'POST',
    body,
    headers: { ...headers, 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(`positions: ${answer.status} ${await answer.text()}`);
}

/** Lets the room live, so many events a second; says how many it gave and how to end it. */
function traffic(bench: Bench): { readonly end: () => Promise<number> } {
  const given: Promise<void>[] = [];
  const ending = new AbortController();
  const act = async (at: number): Promise<void> => {
    const risen = Math.floor(at / gradedEvery) * 3 + 2;
    if (at % gradedEvery === 0 && risen < incidents)
      await command(bench, 'SetGrade', { incident: `job-${risen}`, grade: 'emergency', reason: 'worse than told' });
    else if (at % 10 < entriesOfTen)
      await command(bench, 'AddEntry', { incident: `job-${at % incidents}`, text: `A line, number ${at}.` });
    else await command(bench, 'SetUnitStatus', { unit: `unit-${at % units}`, status: statuses[at % 4] });
  };
  const run = async (): Promise<void> => {
    const began = performance.now();
    for (let second = 0; !ending.signal.aborted; await pause(tickMs)) {
      const past = (performance.now() - began) / 1_000;
      const due = Math.floor(past * eventsPerSecond) - given.length;
      given.push(...Array.from({ length: due }, async (_, more) => act(given.length + more)));
      if (past < second) continue;
      await move(bench, second);
      second += 1;
    }
    await Promise.all(given);
  };
  const running = run();
  return {
    end: async () => {
      ending.abort();
      await running;
      return given.length;
    },
  };
}

/** What the page notes of itself while it is worked at. */
const notes = `
  globalThis.begin = () => { globalThis.heard = { took: [], arrived: [], tops: [] }; };
  begin();
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.interactionId > 0) heard.took.push(one.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  new MutationObserver((all) => {
    for (const one of all) for (const node of one.addedNodes) {
      const said = /sent-at-(\\d+)/.exec(node.textContent ?? '');
      if (said !== null) requestAnimationFrame(() => heard.arrived.push(Date.now() - Number(said[1])));
    }
  }).observe(document, { subtree: true, childList: true });
  const look = () => {
    const held = document.querySelector('[aria-label="incidents"] [aria-selected="true"]');
    if (held !== null) heard.tops.push(Math.round(held.getBoundingClientRect().top));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

interface Heard {
  readonly took: readonly number[];
  readonly arrived: readonly number[];
  readonly tops: readonly number[];
}

async function figure(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)?.value ?? 0;
}

/** The page's memory after what is no longer needed was given back, in megabytes. */
async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await figure(session, 'JSHeapUsedSize')) / 2 ** 20;
}

/** Works at the desk: types, and goes through completions; the queue is held by its row all the while. */
async function work(page: Page, untilMs: number): Promise<number> {
  const line = 'sg priority he has left the house';
  let pressed = 0;
  while (performance.now() < untilMs) {
    const letter = line[pressed % (line.length + 1)];
    if (letter === undefined) await page.keyboard.press('Escape');
    await (letter === undefined ? page.locator('#line, [role=combobox]').fill('') : page.keyboard.press(letter));
    pressed += 1;
    await pause(pressMs);
  }
  return pressed;
}

function share(sorted: readonly number[], of: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? 0;
}

/** Of so many pressed keys those that took 16 ms or more are told of; the others count as less. */
function keysText(took: readonly number[], pressed: number): string {
  const sorted = [...Array.from({ length: Math.max(0, pressed - took.length) }, () => 0), ...took].toSorted(
    (a, b) => a - b,
  );
  const said = (of: number): string => (share(sorted, of) === 0 ? 'under 16' : share(sorted, of).toFixed(0));
  return `a key to its paint: p50 ${said(0.5)}, p98 ${said(0.98)}, longest ${said(1)} ms (${pressed} keys)`;
}

function arrivedText(arrived: readonly number[]): string {
  const sorted = arrived.toSorted((a, b) => a - b);
  const [p50, p95] = [share(sorted, 0.5), share(sorted, 0.95)];
  return `a command to another console's paint: p50 ${p50}, p95 ${p95} ms (${sorted.length} times)`;
}

interface Measuring {
  readonly page: Page;
  /** The incident that lies open, to which what is timed from console to console is added. */
  readonly watched: string;
  readonly minutes: number;
}

async function measured(bench: Bench, { page, watched, minutes: many }: Measuring): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate('begin()');
  await page.getByRole('combobox', { name: 'Command line' }).focus();
  await page.getByRole('listbox', { name: 'incidents' }).hover();
  const lines: string[] = [];
  let pressed = 0;
  for (let minute = 0; minute < many; minute += 1) {
    const [task, at] = [await figure(session, 'TaskDuration'), performance.now()];
    const sending = setInterval(() => {
      void command(bench, 'AddEntry', { incident: watched, text: `sent-at-${Date.now()}` });
    }, 1_000);
    pressed += await work(page, at + 60_000);
    clearInterval(sending);
    const busy = ((await figure(session, 'TaskDuration')) - task) / ((performance.now() - at) / 1_000);
    lines.push(
      `minute ${minute + 1}: main thread ${(busy * 100).toFixed(0)} %, heap ${(await heapMb(session)).toFixed(1)} MB`,
    );
  }
  const { took, arrived, tops } = await page.evaluate<Heard>('heard');
  const jumps = tops.filter((top, at) => at > 0 && Math.abs(top - (tops[at - 1] ?? 0)) > 1).length;
  return [
    keysText(took, pressed),
    arrivedText(arrived),
    `the held row moved in ${jumps} of ${tops.length} frames`,
    ...lines,
  ];
}

/** The console in a browser with a full room: its keys, its main thread, its lists and its memory. */
export async function benchConsole(): Promise<readonly string[]> {
  return withService({ configuration, env: { HEED_BENCH_SECRET: key.secret } }, async (bench) => {
    await filled(bench);
    const browser = await openBrowser();
    try {
      const context = await browser.newContext({ baseURL: bench.origin, viewport: { width: 1920, height: 1080 } });
      const [name = '', value = ''] = bench.cookie.split('=');
      await context.addCookies([{ name, value, url: bench.origin }]);
      const page = await context.newPage();
      const began = performance.now();
      await page.goto('/#/dispatch');
      const rows = page.getByRole('listbox', { name: 'incidents' }).getByRole('option');
      await rows.first().waitFor();
      const loaded = performance.now() - began;
      // Held in the middle of what is seen, while others rise above it.
      await rows.nth(5).click();
      const [, watched = ''] = /incident=([\w-]+)/.exec(page.url()) ?? [];
      await page.getByRole('article', { name: `Incident ${watched}` }).waitFor();
      await page.evaluate(notes);
      const living = traffic(bench);
      await pause(settleMs);
      const from = performance.now();
      const lines = await measured(bench, { page, watched, minutes });
      await page.keyboard.press('F9');
      await page.locator('.maplibregl-canvas').waitFor();
      await pause(settleMs);
      const withMap = await measured(bench, { page, watched, minutes: 1 });
      const count = await living.end();
      const perSecond = count / ((performance.now() - from + settleMs) / 1_000);
      return [
        `${incidents} open incidents, ${units} units moving once a second, ${perSecond.toFixed(0)} events a second, ` +
          'service and browser on this machine',
        `opened in ${(loaded / 1_000).toFixed(1)} s`,
        ...lines,
        'with the map beside it, drawn by the processor where there is no graphics card:',
        ...withMap,
      ];
    } finally {
      await browser.close();
    }
  });
}
