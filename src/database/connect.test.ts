import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { query } from '../../test/query.ts';
import { openDatabase, roleUrls } from './connect.ts';
import type { Database } from './connect.ts';

let made: TestDatabase;
let database: Database;
const lines: string[] = [];

beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made, (line) => lines.push(line));
});

afterAll(async () => {
  await database.close();
  await made.drop();
});

function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Ends every connection of Heed's pools to this database, as a failing server would. */
async function cut(): Promise<void> {
  await query(
    made.adminUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'heed %'`,
  );
}

test('each pool works as its role, under its own name and limits', async () => {
  const asked = `select current_user::text as role, current_setting('application_name') as name,
    current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`;
  const limits = { lock: '5s', idle: '30s' };
  const pools = [database.service, database.reader, database.eraser];
  const answers = await Promise.all(pools.map(async (pool) => (await pool.query(asked)).rows[0] as object));
  expect(answers).toEqual([
    { role: 'heed_service', name: 'heed service', statement: '10s', ...limits },
    { role: 'heed_reader', name: 'heed reader', statement: '15s', ...limits },
    { role: 'heed_eraser', name: 'heed eraser', statement: '1min', ...limits },
  ]);
});

test('bigint columns are numbers, and one that no number can hold is a fault', async () => {
  const { rows } = await database.service.query<{ at: unknown }>('select 1765000000123::bigint as at');
  expect(rows).toEqual([{ at: 1_765_000_000_123 }]);
  await expect(database.service.query('select 9007199254740993::bigint')).rejects.toThrow(/beyond 2\^53/);
  expect((await database.service.query('select 1 as one, 2.50::numeric as two')).rows).toEqual([
    { one: 1, two: '2.50' },
  ]);
});

test('a connection that breaks while idle or while lent out ends nothing, and the next one works', async () => {
  await Promise.all([database.service, database.reader, database.eraser].map(async (pool) => pool.query('select 1')));
  lines.length = 0;
  const lent = await database.service.connect();
  await lent.query('begin');
  await cut();
  const named = (): readonly string[] => lines.map((line) => /broke \((\w+)\)/.exec(line)?.[1] ?? line);
  await expect.poll(() => named().toSorted(byCodeUnit), { timeout: 10_000 }).toEqual(['eraser', 'reader', 'service']);
  await expect(lent.query('select 1')).rejects.toThrow(/not queryable|terminat/);
  lent.release(true);
  expect((await database.service.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect((await database.reader.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('TLS is as the URL says: asked for where the server has none, there is no connection', async () => {
  const url = new URL(made.url);
  url.searchParams.set('sslmode', 'verify-full');
  const strict = openDatabase({ ...made, url: url.href }, () => undefined);
  const [{ ssl } = {}] = await query(made.adminUrl, "select current_setting('ssl') as ssl");
  await expect(strict.service.query('select 1')).rejects.toThrow(ssl === 'on' ? /certificate/ : /SSL/);
  await strict.close();
});

test('the URL of a role keeps what the URL of the server says', () => {
  const urls = roleUrls('postgres://user:p%40ss@db.example:6432/heed?sslmode=verify-full&options=-c%20jit%3Doff');
  const { readerUrl } = urls;
  const client = new pg.Client({ connectionString: readerUrl });
  expect([client.user, client.password, client.host, client.port]).toEqual(['user', 'p@ss', 'db.example', 6432]);
  const { searchParams } = new URL(readerUrl);
  expect([searchParams.get('sslmode'), searchParams.get('options')]).toEqual([
    'verify-full',
    '-c jit=off -c role=heed_reader',
  ]);
});
