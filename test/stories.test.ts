import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/database/cluster.ts';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import { runCase, runCaseAfar, timingsOf } from '../src/replay/case.ts';
import { memoryTheatre } from '../src/replay/memory-theatre.ts';
import type { Report } from '../src/replay/report.ts';
import { firstDifference } from '../src/replay/sameness.ts';
import type { Cue, Scene } from '../src/replay/theatre.ts';
import { formatInstant } from '../src/room/british-time.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { status } from './at-console.ts';
import { openBrowser } from './browser.ts';
import { CaseAtConsoles } from './case-at-consoles.ts';
import type { Consoles } from './case-at-consoles.ts';
import type { CutLine } from './cut-line.ts';
import { lineTo } from './cut-line.ts';
import { untilGone } from './database.ts';
import { testFolder } from './passing-folder.ts';
import { isFullCheck } from './runs.ts';
import type { Served } from './served.ts';
import { plain, served } from './served.ts';

const folder = fileURLToPath(new URL('../cases/founding/', import.meta.url));
const founding = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.twin.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length));
const limitMs = isFullCheck ? 3_600_000 : 300_000;
/** Of a case of months so many contacts are worked at the consoles; all where thousands of runs are asked for. */
const contactsMost = isFullCheck ? Infinity : 3;

let live: Served;
let line: CutLine;
let configuration: string;
const cut = testFolder();
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  line = await lineTo(port);
  configuration = `${plain}origins: ['${line.origin}', 'http://127.0.0.1:${port}']\n`;
  live = await served({ configuration, port });
  browser = await openBrowser();
}, limitMs);
afterAll(async () => {
  await browser.close();
  await line.close();
  await live.close();
  rmSync(cut, { recursive: true, force: true });
}, limitMs);

/** A case played in memory, and by people at consoles. */
async function bothWays(name: string, more: Partial<Consoles> = {}): Promise<{ pure: Report; played: Report }> {
  const file = begunOf(name);
  const consoles = new CaseAtConsoles({ browser, origin: line.origin, serviceOrigin: live.origin, ...more });
  try {
    const pure = runCase(file, { safeguards });
    const played = await runCaseAfar(file, { safeguards }, firstAt(consoles));
    if (!pure.ok || !played.ok) throw new Error(JSON.stringify([pure, played].map((one) => !one.ok && one.problems)));
    expect(consoles.told.untyped).toEqual([]);
    expect(consoles.told.unseen).toEqual([]);
    expect(consoles.told.typed.length).toBeGreaterThan(10);
    return { pure: pure.report, played: played.report };
  } finally {
    await consoles.close();
  }
}

/** The file of a case: as it is, or for a longer one its beginning, which expects nothing. */
function begunOf(name: string): string {
  const file = `${folder}${name}.yaml`;
  const text = readFileSync(file, 'utf8');
  const contacts = [...text.matchAll(/^ {2}- .*do: PresentContact/gm)];
  const after = contacts[contactsMost];
  if (after === undefined) return file;
  const begun = join(cut, `${name}.yaml`);
  writeFileSync(begun, text.slice(0, after.index));
  return begun;
}

/** The case itself is played at the consoles; the plays that vary it, which nobody sits through, in memory. */
function firstAt(consoles: CaseAtConsoles): (cue: Cue) => Promise<Scene> {
  const policy = loadPolicy(nationalPolicyFile, timingsOf(safeguards));
  if (!policy.ok) throw new Error('The national policy cannot be read.');
  const memory = memoryTheatre(catalogueOf(safeguards, policy.value.reader.read));
  let opened = 0;
  return async (cue) => {
    if (cue.kind === 'open') opened += 1;
    return opened <= 1 ? consoles.answer(cue) : memory(cue);
  };
}

test.each(founding)(
  '%s: typed by the people of the room, each at their own browser, Heed refuses and demands as in the replay',
  async (name) => {
    const { pure, played } = await bothWays(name);
    expect(firstDifference(pure, played)).toBeNull();
    expect(played.expectations.filter((one) => !one.held)).toEqual([]);
  },
  limitMs,
);

/** What a room said to what was done, whenever that was: what it refused and why, and what it demanded of whom. */
function saidBy({ acts, refusals, duties }: Report): unknown {
  return {
    acts: acts.map(({ by, command, outcome }) => ({ by, command, outcome })),
    refusals: refusals.map(({ command, gates }) => ({ command, gates: gates.map((one) => one.safeguard) })),
    duties: duties.map(({ safeguard, about, owner }) => `${safeguard} ${about} ${owner}`).toSorted(),
  };
}

/** Kills the service, and starts it again once the console says that it keeps what was typed meanwhile. */
async function killedAndBack({ room, now, page }: Parameters<NonNullable<Consoles['before']>>[1]): Promise<void> {
  await status(page, '1 of yours not recorded yet');
  live = await served({ configuration, folder: live.folder, port: live.port });
  const headers = { 'heed-request': 'test', origin: live.origin, 'content-type': 'application/json' };
  // A replay’s clock is its opener’s to keep: the room is opened again two minutes on.
  const body = JSON.stringify({ room, startedAt: formatInstant(now + 120_000), opening: [] });
  expect((await fetch(`${live.origin}/replays`, { method: 'POST', headers, body })).status).toBe(201);
  line.mend();
}

test(
  'the service killed in the middle of a call: what was typed meanwhile is kept, recorded once, and the case goes on',
  async () => {
    const back: Promise<void>[] = [];
    const before: Consoles['before'] = async (typed, at) => {
      if (typed !== linesBeforeTheKill || back.length > 0) return;
      line.cut();
      live.process.kill('SIGKILL');
      await untilGone(live.process.pid ?? 0);
      await status(at.page, 'Not connected');
      back.push(killedAndBack(at));
    };
    const { pure, played } = await bothWays('abandoned-call', { before });
    await Promise.all(back);
    expect(back).toHaveLength(1);
    expect(saidBy(played)).toEqual(saidBy(pure));
  },
  limitMs,
);

/** The sixth line claims checks that nobody made. */
const linesBeforeTheKill = 7;
