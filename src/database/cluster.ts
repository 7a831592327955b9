import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, fchownSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { program } from './binaries.ts';
import { syncFolder } from './durable.ts';
import { codeOf, wordsOf } from './fault-words.ts';
import { isAlive, readPostmaster } from './postmaster.ts';

/** One embedded cluster: its programs, its data and whom it runs as. */
export interface Cluster {
  readonly programs: string;
  readonly data: string;
  readonly account: Account;
  readonly settings: Readonly<Record<string, string>>;
}

/** How an attempt to start a server ended. */
export type Launched =
  | { readonly kind: 'ready'; readonly pid: number }
  | { readonly kind: 'ended'; readonly lastWords: string };

const run = promisify(execFile);
const isWindows = process.platform === 'win32';
const initialiseLimitMs = 120_000;
const stopLimitMs = 60_000;
const pollMs = 10;
const logLimitBytes = 1_000_000;
const lastWordsLimit = 2_000;

/** Only these machines' own programs may connect, and only with a password. */
const hostRules = '# Written by Heed.\nhost all all 127.0.0.1/32 scram-sha-256\n';

/**
 * Given on the command line, where ALTER SYSTEM cannot change them. What a client sent is never logged: it may name
 * people, so errors go to the client alone.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

/** Makes the data folder, whole or not at all; another process that is faster wins. */
export async function initialise({ programs, data, account }: Cluster, password: string): Promise<void> {
  const place = dirname(data);
  await removeUnfinished(data);
  const unfinished = `${data}.${process.pid}.new`;
  const made = join(unfinished, 'data');
  const passwordFile = join(unfinished, 'password');
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    await Promise.all([give(unfinished, account), give(passwordFile, account)]);
    const options = ['--username=heed_admin', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-instructions'];
    const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await run(program(programs, 'initdb'), ['-D', made, '--data-checksums', ...options, ...text], {
      ...identity(account),
      cwd: place,
      env: environment(),
      timeout: initialiseLimitMs,
    });
    await writeFile(join(made, 'pg_hba.conf'), hostRules);
    await rename(made, data);
    await syncFolder(place);
  } catch (error) {
    if (!existsSync(data))
      throw new Error(`PostgreSQL's data could not be made in ${place}: ${wordsOf(error)}`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Removes what processes that were killed while making the data folder have left. */
async function removeUnfinished(data: string): Promise<void> {
  const start = `${basename(data)}.`;
  const names = (await readdir(dirname(data))).filter((name) => name.startsWith(start) && name.endsWith('.new'));
  const left = names.filter((name) => !isAlive(Number(name.slice(start.length, -'.new'.length))));
  await Promise.all(left.map((name) => rm(join(dirname(data), name), { recursive: true, force: true })));
}

/** Starts the server in a process group of its own, so that Ctrl-C reaches Heed alone, and waits for it. */
export async function launch(cluster: Cluster, port: number): Promise<Launched> {
  const { programs, data, account } = cluster;
  const log = openLog(data);
  const options = Object.entries({ ...settings, ...cluster.settings, port: String(port) });
  const parameters = options.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [file, parts] = isWindows
    ? [program(programs, 'pg_ctl'), ['start', '-w', '-D', data, '-o', parameters.join(' ')]]
    : [program(programs, 'postgres'), ['-D', data, ...parameters]];
  const child = spawn(file, parts, {
    ...identity(account),
    cwd: dirname(data),
    env: environment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.handle, log.handle],
  });
  closeSync(log.handle);
  child.unref();
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(lastWords(log)));
  });
  if (isWindows) await ended;
  const gone = ended.then((text) => ({ kind: 'ended', lastWords: text }) as const);
  const stopped = new AbortController();
  const ready = untilReady(data, isWindows ? undefined : child.pid, stopped.signal);
  const first = await Promise.race([ready, gone]);
  stopped.abort();
  return first;
}

/** Waits until the server of this process id is ready; forever if need be, since a recovery may take long. */
async function untilReady(data: string, pid: number | undefined, stop: AbortSignal): Promise<Launched> {
  for (;;) {
    const found = readPostmaster(data);
    if (found?.isReady === true && (pid === undefined || found.pid === pid)) return { kind: 'ready', pid: found.pid };
    if (stop.aborted) return { kind: 'ended', lastWords: '' };
    await pause(pollMs);
  }
}

/** Stops a server without waiting for its clients, and returns when it is gone. */
export async function stopServer({ programs, data, account }: Cluster, pid: number): Promise<void> {
  if (isWindows) {
    await run(program(programs, 'pg_ctl'), ['stop', '-w', '-m', 'fast', '-D', data], identity(account));
    return;
  }
  signal(pid, 'SIGINT');
  if (await isGone(pid, stopLimitMs)) return;
  signal(pid, 'SIGQUIT');
  if (!(await isGone(pid, stopLimitMs))) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

async function isGone(pid: number, limitMs: number): Promise<boolean> {
  const limit = performance.now() + limitMs;
  while (performance.now() < limit) {
    if (!isAlive(pid)) return true;
    await pause(pollMs);
  }
  return !isAlive(pid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

interface Log {
  readonly file: string;
  readonly handle: number;
  readonly from: number;
}

/** The server's log beside its data; a long one is put aside, and the one put aside before it goes. */
function openLog(data: string): Log {
  const file = `${data}.log`;
  const size = sizeOf(file);
  if (size > logLimitBytes) renameSync(file, `${file}.1`);
  const handle = openSync(file, 'a', 0o600);
  const { uid, gid } = statSync(dirname(data));
  if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
  return { file, handle, from: size > logLimitBytes ? 0 : size };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the server wrote before it ended; nothing if its folder has gone meanwhile. */
function lastWords({ file, from }: Log): string {
  if (sizeOf(file) <= from) return '';
  return readFileSync(file).subarray(from).toString('utf8').slice(-lastWordsLimit).trim();
}

function identity({ uid, gid }: Account): Pick<Account, 'uid' | 'gid'> {
  return uid === undefined ? {} : { uid, gid };
}

async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** Nothing of Heed's own environment, which may hold secrets, and none of PostgreSQL's variables. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
