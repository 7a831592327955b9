import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';

test('a database of a test is migrated and its own', async () => {
  const t0 = performance.now();
  const one = await testDatabase();
  const t1 = performance.now();
  const two = await testDatabase();
  const t2 = performance.now();
  const client = new pg.Client({ connectionString: one.ownerUrl });
  await client.connect();
  const { rows } = await client.query('select * from heed.migration');
  console.log(rows, t1 - t0, t2 - t1);
  await client.end();
  const t3 = performance.now();
  await one.drop();
  console.log('drop', performance.now() - t3);
  await two.drop();
  expect(1).toBe(1);
});
