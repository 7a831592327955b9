import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase, testServer } from '../../test/database.ts';
import { query } from '../../test/query.ts';
import { judgeSettings, unsafeSettings } from './settings.ts';
import type { UnsafeSetting } from './settings.ts';

const safe = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  server_encoding: 'UTF8',
  server_version_num: '150000',
};

async function unsafeOf(url: string, before = 'select 1'): Promise<readonly UnsafeSetting[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(before);
    return await unsafeSettings(client);
  } finally {
    await client.end();
  }
}

test('a server as Heed starts it is safe, whatever the commit waits for beyond its own disk', async () => {
  const database = await testDatabase();
  expect(await unsafeOf(database.url)).toEqual([]);
  expect(await unsafeOf(database.url, 'set synchronous_commit = local')).toEqual([]);
  const [off] = await unsafeOf(database.url, 'set synchronous_commit = off');
  expect([off?.setting, off?.value]).toEqual(['synchronous_commit', 'off']);
  await database.drop();
});

test('a server that would lose what was acknowledged is named setting by setting, with the remedy', async () => {
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const server = await testServer({ settings });
  const unsafe = await unsafeOf(server.url);
  expect(unsafe.map(({ setting, value }) => [setting, value])).toEqual(Object.entries(settings));
  expect(unsafe.map(({ setting, remedy }) => remedy.startsWith(`ALTER SYSTEM SET ${setting} = on`))).not.toContain(
    false,
  );
  await server.stop();
});

test('a database of another encoding is unsafe', async () => {
  const database = await testDatabase();
  const name = `${database.name}_ascii`;
  await query(database.adminUrl, `create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
  const url = new URL(database.adminUrl);
  url.pathname = `/${name}`;
  const [unsafe] = await unsafeOf(url.href);
  expect([unsafe?.setting, unsafe?.value]).toEqual(['server_encoding', 'SQL_ASCII']);
  expect(unsafe?.remedy).toContain("ENCODING 'UTF8'");
  await query(database.adminUrl, `drop database ${name}`);
  await database.drop();
});

test.each([
  ['server_version_num', '149999'],
  ['fsync', 'off'],
  ['full_page_writes', 'off'],
  ['synchronous_commit', 'off'],
  ['server_encoding', 'LATIN1'],
])('%s of %s alone is refused', (setting, value) => {
  expect(judgeSettings(safe)).toEqual([]);
  expect(judgeSettings({ ...safe, [setting]: value })).toMatchObject([{ setting, value }]);
});
