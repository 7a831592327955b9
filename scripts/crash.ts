/**
 * Kills a running service again and again, under load, and then looks at what its log holds: `npm run crash`.
 * HEED_ROUNDS says how many kills (50), HEED_SEED another order of them.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/database/connect.ts';
import { freePort } from '../src/database/cluster.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { foldVersion } from '../src/journal/fold-version.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import { verifyRoom } from '../src/journal/verify.ts';
import type { StoredEvent } from '../src/room/define.ts';

const rounds = Number(process.env['HEED_ROUNDS'] ?? 50);
const seed = Number(process.env['HEED_SEED'] ?? 20_261_121);
const clients = 8;
const room = 'crash';
/** A command may take this long to be acknowledged, kills and all. */
const patienceMs = 60_000;
const main = fileURLToPath(new URL('../bin/heed.js', import.meta.url));
const national = fileURLToPath(new URL('../policy/national.yaml', import.meta.url));

/** Chance that is the same every time (mulberry32). */
function chance(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One of the two processes that would write for the room. */
interface Server {
  readonly port: number;
  readonly folder: string;
  process: ChildProcess | null;
  /** The session that every client shares. */
  cookie: Promise<string> | null;
}

function start(server: Server): void {
  const config = join(server.folder, 'heed.yaml');
  const env = { ...process.env, HEED_PORT: String(server.port), HEED_LOG: 'error' };
  const started = spawn(process.execPath, ['--max-semi-space-size=64', main, 'serve', '--config', config], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.once('exit', () => {
    if (server.process === started) server.process = null;
  });
  server.process = started;
}

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-crash-'));
  // The account that PostgreSQL runs as must be able to enter.
  chmodSync(folder, 0o711);
  const short = 'safeguards: { ungraded: { speaks: 1 s } }';
  const policy = readFileSync(national, 'utf8').replace('safeguards: {}', short);
  writeFileSync(join(folder, 'policy.yaml'), policy);
  writeFileSync(join(folder, 'phrases.yaml'), readFileSync(join(national, '..', 'phrases.yaml')));
  writeFileSync(
    join(folder, 'heed.yaml'),
    `environment: demonstration\ndata: data\nrooms:\n  - { room: ${room}, kind: exercise, county: false, ` +
      `policy: policy.yaml, administrator: owner-1 }\n`,
  );
  return folder;
}

/** What a client has been told. */
interface Told {
  readonly acknowledged: Map<string, string>;
  readonly refused: string[];
  repeated: number;
  longestMs: number;
}

async function signIn(port: number): Promise<string> {
  const origin = `http://127.0.0.1:${port}`;
  const response = await fetch(`${origin}/rooms/${room}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'heed-request': 'crash', origin },
    body: JSON.stringify({ kind: 'staff', id: 'owner-1' }),
    signal: AbortSignal.timeout(5_000),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Sends one command to one of the servers until it is acknowledged or refused, as a console would. */
async function send(servers: readonly Server[], command: string, told: Told): Promise<void> {
  const body = JSON.stringify({ id: command, data: { incident: `job-${command}`, summary: 'A fence is down' } });
  const beganAt = Date.now();
  let last = 'nothing';
  for (let turn = 0; Date.now() - beganAt < patienceMs; turn += 1) {
    const server = servers[turn % servers.length] as Server;
    const origin = `http://127.0.0.1:${server.port}`;
    try {
      server.cookie ??= signIn(server.port);
      const response = await fetch(`${origin}/rooms/${room}/commands/OpenIncident`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'heed-request': 'crash',
          origin,
          cookie: await server.cookie,
        },
        body,
        signal: AbortSignal.timeout(5_000),
      });
      const answer = (await response.json()) as { readonly outcome?: string; readonly repeated?: boolean };
      if (response.status === 200) {
        told.acknowledged.set(command, `job-${command}`);
        if (answer.repeated === true) told.repeated += 1;
        told.longestMs = Math.max(told.longestMs, Date.now() - beganAt);
        return;
      }
      if (response.status === 409) {
        told.refused.push(`${command}: ${JSON.stringify(answer).slice(0, 300)}`);
        return;
      }
      last = `${response.status} ${JSON.stringify(answer).slice(0, 200)}`;
      if (response.status === 401) server.cookie = null;
    } catch (error) {
      // Killed in the middle of it: asked again with the same id.
      last = String(error);
      server.cookie = null;
    }
    await pause(20);
  }
  throw new Error(`${command} was not acknowledged in ${patienceMs / 1_000} s; the last answer: ${last}`);
}

async function load(servers: readonly Server[], told: Told, stop: { isStopped: boolean }): Promise<void> {
  const client = async (name: number): Promise<void> => {
    for (let count = 0; !stop.isStopped; count += 1) await send(servers, `c${name}-${count}`, told);
  };
  await Promise.all(Array.from({ length: clients }, async (_, name) => client(name)));
}

function databasePid(folder: string): number | null {
  try {
    return Number(readFileSync(join(folder, 'data', 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

function kill(pid: number | null | undefined): void {
  if (pid === null || pid === undefined || !Number.isInteger(pid)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Kills a server and waits until it is gone. */
async function ended({ process: running }: Server): Promise<void> {
  if (running === null) return;
  const exit = once(running, 'exit');
  kill(running.pid);
  await exit;
}

async function isReady(server: Server): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${server.port}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => null,
  );
  return response?.ok ?? false;
}

async function untilReady(servers: readonly Server[]): Promise<void> {
  for (const endsAt = Date.now() + patienceMs; Date.now() < endsAt; await pause(50))
    for (const server of servers) if (await isReady(server)) return;
  throw new Error('no server became ready');
}

async function untilAcknowledged({ acknowledged }: Told): Promise<void> {
  const { size } = acknowledged;
  for (const endsAt = Date.now() + patienceMs; acknowledged.size < size + clients; await pause(50))
    if (Date.now() > endsAt) throw new Error(`no ${clients} commands were acknowledged in ${patienceMs / 1_000} s`);
}

const kinds = ['server', 'other', 'database', 'both', 'all'] as const;

async function killRounds(
  servers: readonly [Server, Server],
  folder: string,
  told: Told,
): Promise<Record<string, number>> {
  const next = chance(seed);
  const counts: Record<string, number> = {};
  const began = Date.now();
  for (let round = 1; round <= rounds; round += 1) {
    await untilReady(servers);
    // A machine that is busy takes its time to start a server: it is killed in the midst of work, not before it.
    await untilAcknowledged(told);
    await pause(200 + next() * 800);
    const kind = kinds[Math.floor(next() * kinds.length)] ?? 'server';
    counts[kind] = (counts[kind] ?? 0) + 1;
    const [one, other] = servers;
    if (kind === 'database' || kind === 'both' || kind === 'all') kill(databasePid(folder));
    const ends: Promise<void>[] = [];
    if (kind !== 'other' && kind !== 'database') ends.push(ended(one));
    if (kind === 'other' || kind === 'all') ends.push(ended(other));
    await Promise.all(ends);
    for (const server of servers) if (server.process === null) start(server);
    process.stdout.write(`round ${round}: ${kind}, ${Math.round((Date.now() - began) / 1_000)} s\n`);
  }
  return counts;
}

interface Seen {
  readonly opened: ReadonlyMap<string, number>;
  readonly raised: number;
  readonly late: number;
  readonly missing: readonly string[];
  readonly events: number;
}

function lookAt(events: readonly StoredEvent[]): Seen {
  const opened = new Map<string, number>();
  const duties = new Map<string, string>();
  const raised = new Set<string>();
  let late = 0;
  for (const { type, ids, body } of events) {
    const incident = ids['incident'];
    if (type === 'IncidentOpened' && incident !== undefined) opened.set(incident, (opened.get(incident) ?? 0) + 1);
    if (type === 'DutyOpened' && (body as { safeguard: string }).safeguard === 'ungraded')
      duties.set(incident ?? '', ids['duty'] ?? '');
    if (type === 'DutyRaised') {
      raised.add(ids['duty'] ?? '');
      if ((body as { late: boolean }).late) late += 1;
    }
  }
  const missing = [...opened.keys()].filter((incident) => !raised.has(duties.get(incident) ?? ''));
  return { opened, raised: raised.size, late, missing, events: events.length };
}

async function readAll(folder: string): Promise<{ readonly seen: Seen; readonly verdict: string }> {
  const embedded = await startEmbedded({ folder: join(folder, 'data') });
  const database = openDatabase(embedded, () => undefined);
  const journal = postgresJournal(database, { foldVersion: foldVersion() });
  try {
    const events: StoredEvent[] = [];
    for (let page = await journal.read(room, 0, 5_000); page.length > 0; ) {
      events.push(...page);
      page = await journal.read(room, events.length, 5_000);
    }
    const verdict = await verifyRoom(database.service, room);
    return { seen: lookAt(events), verdict: verdict.kind };
  } finally {
    await journal.close();
    await database.close();
    await embedded.stop();
  }
}

const folder = folderFor();
const servers = [
  { port: await freePort(), folder, process: null, cookie: null },
  { port: await freePort(), folder, process: null, cookie: null },
] as [Server, Server];
const told: Told = { acknowledged: new Map(), refused: [], repeated: 0, longestMs: 0 };
const stop = { isStopped: false };
for (const server of servers) start(server);
await untilReady(servers);
const loading = load(servers, told, stop);
const counts = await killRounds(servers, folder, told);
await untilReady(servers);
stop.isStopped = true;
await loading;
// What was armed has a second to speak.
await pause(3_000);
for (const { process: one } of servers) {
  one?.kill('SIGTERM');
  if (one !== null) await once(one, 'exit');
}
const { seen, verdict } = await readAll(folder);
const lost = [...told.acknowledged.values()].filter((incident) => !seen.opened.has(incident));
const doubled = [...seen.opened].filter(([, times]) => times > 1);
rmSync(folder, { recursive: true, force: true });
const killed = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
const { acknowledged, repeated, refused, longestMs } = told;
const { events, raised, late, missing } = seen;
for (const line of [
  `${rounds} kills (${killed.join(', ')}), two processes throughout`,
  `${acknowledged.size} commands acknowledged, ${repeated} of them to a repeat; longest ${longestMs} ms`,
  `lost ${lost.length}, doubled ${doubled.length}, refused ${refused.length}; chain ${verdict}, ${events} events`,
  `duties that fell due: ${raised} raised, ${late} of them late and said so, ${missing.length} never`,
])
  process.stdout.write(`${line}\n`);
for (const one of [...lost, ...doubled.map(([incident]) => incident), ...told.refused, ...seen.missing].slice(0, 10))
  process.stdout.write(`  ${one}\n`);
const isWell = lost.length + doubled.length + told.refused.length + seen.missing.length === 0 && verdict === 'whole';
process.exitCode = isWell && told.acknowledged.size > 0 ? 0 : 1;
