import { expect, test } from 'vitest';
import { testServer } from '../../test/database.ts';
import { query } from '../../test/query.ts';
import { roleUrls } from './connect.ts';
import { migrate } from './migrate.ts';
import { heedRoles } from './roles.ts';

test('a user who may make roles needs no administrator on a server that knows nothing of Heed', async () => {
  const server = await testServer();
  const admin = new URL(server.adminUrl);
  admin.pathname = '/postgres';
  await query(admin.href, 'drop database heed with (force)');
  for (const role of heedRoles) await query(admin.href, `drop role ${role}`);
  await query(admin.href, "create role plain login createrole createdb password 'plain'");
  const plain = new URL(admin);
  plain.username = 'plain';
  plain.password = 'plain';
  await query(plain.href, 'create database control_room');
  plain.pathname = '/control_room';
  expect(await migrate(plain.href)).toMatchObject({ kind: 'migrated' });
  expect(await migrate(plain.href)).toEqual({ kind: 'migrated', applied: [] });
  const tables = "select distinct tableowner from pg_tables where schemaname = 'heed'";
  expect(await query(roleUrls(plain.href).ownerUrl, tables)).toEqual([{ tableowner: 'heed_owner' }]);
  expect(await query(roleUrls(plain.href).url, 'select current_user::text as role')).toEqual([
    { role: 'heed_service' },
  ]);
  const mayTamper = "select has_schema_privilege('heed', 'create') as may";
  expect(await query(roleUrls(plain.href).url, mayTamper)).toEqual([{ may: false }]);
  await server.stop();
});
