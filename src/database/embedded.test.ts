import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { ordinaryAccounts, runChild } from '../../test/child.ts';
import { untilGone } from '../../test/database.ts';
import { testFolder } from '../../test/passing-folder.ts';
import { query } from '../../test/query.ts';
import { startEmbedded } from './embedded.ts';
import type { Embedded, EmbeddedOptions } from './embedded.ts';
import { isAlive } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const started: Embedded[] = [];

type Said = Pick<Embedded, 'ownerUrl' | 'url' | 'isAdopted' | 'data'> & {
  readonly pid: number;
  readonly lines: readonly string[];
};

afterEach(async () => {
  for (const embedded of started.splice(0)) await embedded.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Data that a first start has made, for the tests that are about later ones. */
let prepared: Promise<string> | undefined;

afterAll(async () => {
  if (prepared !== undefined) rmSync(await prepared, { recursive: true, force: true });
});

async function prepare(): Promise<string> {
  const made = testFolder();
  const embedded = await startEmbedded({ folder: made, fallbacks: [] });
  await query(embedded.ownerUrl, 'create table kept as select 7 as seven');
  await embedded.stop();
  return made;
}

/** A folder with data of its own, whose table `kept` holds a seven. */
async function usedFolder(): Promise<string> {
  prepared ??= prepare();
  const made = folder();
  execFileSync('cp', ['-a', `${await prepared}/.`, made]);
  return made;
}

function folder(): string {
  const made = testFolder();
  folders.push(made);
  return made;
}

async function start(options: EmbeddedOptions): Promise<Embedded> {
  const embedded = await startEmbedded({ fallbacks: [], ...options });
  started.push(embedded);
  return embedded;
}

function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function pidOf(embedded: Pick<Embedded, 'pid'>): number {
  const pid = embedded.pid();
  if (pid === undefined) throw new Error('the server does not run');
  return pid;
}

/** The command line of every process, as everybody on the machine can see it. */
function commandLines(): string {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => readCommand(pid).replaceAll('\0', ' ')).join('\n');
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('a first start makes the data, a second adopts the server, and the last to stop stops it', async () => {
  const place = folder();
  const first = await start({ folder: place });
  const pid = pidOf(first);
  expect(first.data).toMatch(/\/pg18$/);
  const second = await start({ folder: place });
  expect([first.isAdopted, second.isAdopted]).toEqual([false, true]);
  expect(pidOf(second)).toBe(pid);
  expect(second.url).toBe(first.url);
  await first.stop();
  expect(await query(second.url, 'select current_user')).toEqual([{ current_user: 'heed_service' }]);
  await second.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(join(first.data, 'postmaster.pid'))).toBe(false);
});

test('a next start has the rows, the roles and the passwords of the first', async () => {
  const next = await start({ folder: await usedFolder() });
  expect(next.isAdopted).toBe(false);
  expect(await query(next.ownerUrl, 'select seven from kept')).toEqual([{ seven: 7 }]);
  for (const url of [next.url, next.readerUrl, next.eraserUrl]) await query(url, 'select 1');
});

test('the server is durable, on loopback, wants a password, sorts by code point, and Ctrl-C misses it', async () => {
  const embedded = await start({ folder: await usedFolder() });
  const [row] = await query(
    embedded.ownerUrl,
    `select current_setting('listen_addresses') as listens, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commits,
      current_setting('data_checksums') as sums, 'Z' < 'a' as sorted, upper('é') as upper,
      (select datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding) from pg_database
        where datname = current_database()) as locale`,
  );
  const durable = { listens: '127.0.0.1', fsync: 'on', pages: 'on', commits: 'on', sums: 'on' };
  expect(row).toEqual({ ...durable, locale: 'b C.UTF-8 UTF8', sorted: true, upper: 'É' });
  const [, , , port = '', sockets] = readFileSync(join(embedded.data, 'postmaster.pid'), 'utf8').split('\n');
  expect(sockets).toBe('');
  await expect(query(`postgres://heed_service:guess@127.0.0.1:${port}/heed`, 'select 1')).rejects.toThrow(/password/);
  // Only the first of a process group has a group of its own number.
  expect(process.kill(-pidOf(embedded), 0)).toBe(true);
});

test('passwords stand in one file that only its owner may read, on no command line and in no log', async () => {
  const place = await usedFolder();
  const embedded = await start({ folder: place });
  const file = `${embedded.data}.passwords.json`;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const passwords = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  expect(new Set(passwords).size).toBe(5);
  const written = readFileSync(`${embedded.data}.log`, 'utf8') + commandLines();
  expect(written).toContain(`-D ${embedded.data}`);
  expect(passwords.filter((password) => password.length < 40 || written.includes(password))).toEqual([]);
  const names = ['pg18', 'pg18.log', 'pg18.passwords.json', 'pg18.users'];
  expect(readdirSync(place).toSorted(byCodeUnit)).toEqual(names);
});

test('what a client sent is not logged, even when it fails', async () => {
  const { ownerUrl, data } = await start({ folder: await usedFolder() });
  await expect(query(ownerUrl, "select 'Ada Byron'::int")).rejects.toThrow(/Ada Byron/);
  await query(ownerUrl, 'create table person (name text primary key)');
  await query(ownerUrl, "insert into person values ('Ada Byron')");
  await expect(query(ownerUrl, "insert into person values ('Ada Byron')")).rejects.toThrow(/duplicate/);
  expect(readFileSync(`${data}.log`, 'utf8')).not.toContain('Byron');
});

test('a killed server comes back with every committed row', async () => {
  const place = await usedFolder();
  const embedded = await start({ folder: place, isRevived: false });
  await query(embedded.ownerUrl, 'insert into kept select generate_series(1, 1000)');
  const pid = pidOf(embedded);
  process.kill(pid, 'SIGKILL');
  await untilGone(pid);
  expect(embedded.pid()).toBeUndefined();
  const again = await start({ folder: place });
  expect(again.url).toBe(embedded.url);
  expect(await query(again.ownerUrl, 'select sum(seven)::int as sum from kept')).toEqual([{ sum: 500_507 }]);
});

test('a server that dies under Heed is started again on its port by itself', async () => {
  const lines: string[] = [];
  const embedded = await start({ folder: await usedFolder(), log: (line) => lines.push(line) });
  process.kill(pidOf(embedded), 'SIGKILL');
  await expect
    .poll(async () => query(embedded.ownerUrl, 'select seven from kept').catch(() => []), { timeout: 20_000 })
    .toEqual([{ seven: 7 }]);
  expect(lines[0]).toMatch(/stopped by itself/);
});

test.each([
  ['of a process that is gone', () => 2 ** 22 - 3],
  ['that another program has by now', () => process.pid],
])('a stale lock file with a process id %s is no obstacle', async (_, pid) => {
  const place = await usedFolder();
  const data = join(place, 'pg18');
  const lock = join(data, 'postmaster.pid');
  writeFileSync(lock, `${pid()}\n${data}\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n`, { mode: 0o600 });
  chownSync(lock, statSync(data).uid, statSync(data).gid);
  const next = await start({ folder: place });
  expect(next.isAdopted).toBe(false);
  expect(await query(next.ownerUrl, 'select seven from kept')).toEqual([{ seven: 7 }]);
});

test('after Heed itself is killed its server is adopted, and stopped by the last', async () => {
  const place = await usedFolder();
  const killed = await runChild<Said>(['start', place]);
  await killed.kill();
  expect(isAlive(killed.said.pid)).toBe(true);
  const next = await start({ folder: place });
  expect([next.isAdopted, pidOf(next)]).toEqual([true, killed.said.pid]);
  expect(await query(next.ownerUrl, 'select seven from kept')).toEqual([{ seven: 7 }]);
  await next.stop();
  await untilGone(killed.said.pid);
});

test('two processes that start one new folder at once share one server', async () => {
  const place = folder();
  const [one, two] = await Promise.all([runChild<Said>(['start', place]), runChild<Said>(['start', place])]);
  expect([one, two].filter(({ said }) => said.isAdopted)).toHaveLength(1);
  expect(one.said.url).toBe(two.said.url);
  expect(await one.end()).toBe(0);
  expect(isAlive(two.said.pid)).toBe(true);
  expect(await two.end()).toBe(0);
  await untilGone(two.said.pid);
});

test('a port that is taken is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(start({ folder: await usedFolder(), port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
  taken.close();
});

test('data of another version, or without its passwords, is refused and left alone', async () => {
  const place = folder();
  mkdirSync(join(place, 'pg17'));
  await expect(start({ folder: place })).rejects.toThrow(/holds pg17.*export.*import/);
  const other = folder();
  mkdirSync(join(other, 'pg18'));
  await expect(start({ folder: other })).rejects.toThrow(/passwords are not: restore/);
  expect(readdirSync(join(other, 'pg18'))).toEqual([]);
});

test('passwords that are not the server’s own are refused', async () => {
  const place = await usedFolder();
  const embedded = await start({ folder: place });
  const file = `${embedded.data}.passwords.json`;
  const passwords = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  writeFileSync(file, JSON.stringify({ ...passwords, heed_admin: 'another' }));
  await expect(start({ folder: place })).rejects.toThrow(/not those of its server/);
});

test('behind a closed folder root keeps the data elsewhere and says so; its owner keeps it there', async () => {
  const closed = folder();
  chmodSync(closed, 0o700);
  const asked = join(closed, 'deeper', 'data');
  const fallback = folder();
  const lines: string[] = [];
  const options = { folder: asked, fallbacks: [fallback], log: (line: string) => lines.push(line) };
  const embedded = await start(options);
  expect(embedded.data.startsWith(isRoot ? fallback : asked)).toBe(true);
  expect(lines.some((line) => line.includes(asked) && line.includes(fallback))).toBe(isRoot);
  await embedded.stop();
  chmodSync(closed, 0o711);
  const next = await start(options);
  expect(next.data).toBe(embedded.data);
});

test.each(ordinaryAccounts())('$name, an ordinary account, has a server and its data for itself', async (account) => {
  const place = folder();
  chownSync(place, account.uid ?? 0, account.gid ?? 0);
  chmodSync(place, 0o700);
  const first = await runChild<Said>(['start', place], account);
  expect(first.said.lines).toEqual([]);
  expect(statSync(first.said.data).uid).toBe(account.uid);
  expect(await first.end()).toBe(0);
  expect(isAlive(first.said.pid)).toBe(false);
  // Root may open it too, and leaves nothing behind that its owner could not use.
  const root = await start({ folder: place });
  await root.stop();
  const again = await runChild<Said>(['start', place], account);
  expect(await again.end()).toBe(0);
});

test.each(ordinaryAccounts().map(() => ({ uid: 54_321, gid: 54_321 })))(
  'a uid $uid without an entry in the list of users is told to use a server of its own',
  async (account) => {
    const place = folder();
    chownSync(place, account.uid, account.gid);
    await expect(runChild(['start', place], account)).rejects.toThrow(/54321.*no entry.*DATABASE_URL/s);
  },
);
