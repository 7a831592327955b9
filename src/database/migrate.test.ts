import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runChild } from '../../test/child.ts';
import { testDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { query } from '../../test/query.ts';
import { roleUrls } from './connect.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { Migrated } from './migrate.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase({ isMigrated: false });
  folder = mkdtempSync(join(tmpdir(), 'heed-migrations-'));
  write('001-first.sql', 'create table heed.first (n integer);\ninsert into heed.first values (1);\n');
  write('002-second.sql', 'create table second as select n + 1 as n from first;\n');
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function recorded(): Promise<readonly unknown[]> {
  const rows = await query(database.adminUrl, 'select name from heed.migration order by number');
  return rows.map((row) => row['name']);
}

test('each step is applied once, in order, as the owner of the schema', async () => {
  const both = ['001-first.sql', '002-second.sql'];
  expect(await migrate(database.ownerUrl, folder)).toEqual({ kind: 'migrated', applied: both });
  expect(await migrate(database.ownerUrl, folder)).toEqual({ kind: 'migrated', applied: [] });
  write('003-third.sql', 'insert into second values (9);\n');
  expect(await migrate(database.ownerUrl, folder)).toEqual({ kind: 'migrated', applied: ['003-third.sql'] });
  expect(await query(database.ownerUrl, 'select n from heed.second order by n')).toEqual([{ n: 2 }, { n: 9 }]);
  const owners = "select distinct tableowner from pg_tables where schemaname = 'heed'";
  expect(await query(database.adminUrl, owners)).toEqual([{ tableowner: 'heed_owner' }]);
});

test('two processes that migrate at once apply each step once', async () => {
  write('003-slow.sql', 'select pg_sleep(0.2);\ninsert into first values (3);\n');
  const parts = ['migrate', database.ownerUrl, folder];
  const [one, two] = await Promise.all([runChild<Migrated>(parts), runChild<Migrated>(parts)]);
  expect([await one.end(), await two.end()]).toEqual([0, 0]);
  const applied = [one, two].flatMap(({ said }) => (said.kind === 'migrated' ? said.applied : [said.message]));
  expect(new Set(applied)).toEqual(new Set(['001-first.sql', '002-second.sql', '003-slow.sql']));
  expect(applied).toHaveLength(3);
  expect(await query(database.ownerUrl, 'select n from heed.first order by n')).toEqual([{ n: 1 }, { n: 3 }]);
});

test('many that migrate at once in a database without roles or schema apply each step once', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, async () => migrate(database.adminUrl, folder)));
  expect(all.flatMap((one) => (one.kind === 'migrated' ? one.applied : [one.message]))).toHaveLength(2);
});

test('a step that fails leaves nothing of itself, and those before it stand', async () => {
  write('002-second.sql', 'create table half (n integer);\nselect 1 / 0;\n');
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('Migration 002-second.sql failed: division by zero');
  expect(await recorded()).toEqual(['001-first.sql']);
  expect(await query(database.ownerUrl, "select to_regclass('heed.half') as half")).toEqual([{ half: null }]);
});

test.each<readonly [string, () => void, RegExp]>([
  ['was changed', () => write('001-first.sql', 'select 1;'), /001-first.sql is not the same.*new migration/],
  ['was renamed', () => rename('001-first.sql', '001-other.sql'), /has had 001-first.sql, and 001-other.sql/],
  ['is of a newer version', () => rmSync(join(folder, '002-second.sql')), /002-second.sql, which this version/],
])('a released step that %s is refused', async (_, change, message) => {
  await migrate(database.ownerUrl, folder);
  change();
  write('003-third.sql', 'create table third (n integer);');
  const refused = await migrate(database.ownerUrl, folder);
  expect(refused).toEqual({ kind: 'refused', message: expect.stringMatching(message) as string, statements: [] });
  expect(await recorded()).toEqual(['001-first.sql', '002-second.sql']);
});

function rename(from: string, to: string): void {
  rmSync(join(folder, from));
  write(to, 'select 1;');
}

test('a step numbered before one that was applied is refused', async () => {
  rmSync(join(folder, '001-first.sql'));
  write('002-second.sql', 'select 1;');
  await migrate(database.ownerUrl, folder);
  write('001-first.sql', 'select 1;');
  const refused = await migrate(database.ownerUrl, folder);
  expect(refused).toMatchObject({ kind: 'refused', message: expect.stringMatching(/would come before it/) as string });
});

test('a checkout with other line ends is the same step', async () => {
  await migrate(database.ownerUrl, folder);
  write('002-second.sql', 'create table second as select n + 1 as n from first;\r\n');
  expect(await migrate(database.ownerUrl, folder)).toEqual({ kind: 'migrated', applied: [] });
});

test.each([
  ['first.sql', /expected a name such as/],
  ['1-first.sql', /expected a name such as/],
  ['002-other.sql', /another migration has this number/],
])('a folder with a file named %s is refused', async (name, message) => {
  write(name, 'select 1;');
  await expect(readMigrations(folder)).rejects.toThrow(message);
});

test('the released steps are numbered and read', async () => {
  const released = await readMigrations();
  expect(released.length).toBeGreaterThan(0);
  expect(released.map(({ number }) => number)).toEqual(released.map((_, index) => index + 1));
});

test('a user who may not make roles is told what an administrator must run, and that suffices', async () => {
  const user = `plain_${database.name}`;
  await query(database.adminUrl, `create role ${user} login password 'plain'`);
  const plain = new URL(database.adminUrl);
  plain.username = user;
  plain.password = 'plain';
  const refused = await migrate(plain.href, folder);
  const statements = refused.kind === 'refused' ? refused.statements : [];
  expect(refused).toMatchObject({ kind: 'refused', message: expect.stringMatching(/administrator/) as string });
  expect(statements).toContain(`grant heed_service to "${user}"`);
  expect(statements).toContain('create schema heed authorization heed_owner');
  for (const statement of statements) await query(database.adminUrl, statement);
  expect(await migrate(plain.href, folder)).toMatchObject({ kind: 'migrated' });
  const urls = roleUrls(plain.href);
  for (const [url, role] of [
    [urls.ownerUrl, 'heed_owner'],
    [urls.url, 'heed_service'],
    [urls.readerUrl, 'heed_reader'],
    [urls.eraserUrl, 'heed_eraser'],
  ] as const) {
    expect(await query(url, 'select current_user::text, session_user::text')).toEqual([
      { current_user: role, session_user: user },
    ]);
  }
  await query(database.adminUrl, `drop owned by ${user}; drop role ${user}`);
});
