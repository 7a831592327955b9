import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { propertySettings } from '../../test/runs.ts';
import { openDatabase } from '../database/connect.ts';
import { migrate, migrationsFolder } from '../database/migrate.ts';
import { hashOf } from './keys.ts';
import { ownHistory } from './own-history.ts';
import { rekeyRecords } from './rekey.ts';
import type { Question } from './source.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeEach(async () => {
  database = await testDatabase({ isMigrated: false });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

/** The database as the release before hashed keys left it, with one record on it. */
async function before(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-migrations-'));
  try {
    for (const name of readdirSync(migrationsFolder).filter((one) => one < '006'))
      cpSync(join(migrationsFolder, name), join(folder, name));
    await migrate(database.ownerUrl, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const names = JSON.stringify([{ kind: 'person', name: 'Katharine Dunmore', born: '1984-03-07' }]);
  await owner.query(
    `insert into heed.record (room, source, kind, record, happened_at, seq, subjects, names, signs, says, keys)
     values ('north', 'own-history', 'incident', 'inc-1', 1, 7, '{s1}', $1, '{}', 'said', '{subject:s1}')`,
    [names],
  );
}

const kate: Question = {
  subject: 'asked',
  identity: { kind: 'person', name: 'Kate Dunmoor', born: '1984-03-07' },
  beside: [],
  apartFrom: [],
  at: 1_000,
};

test('records of the release before are found by the keys of this one, once they are made anew', async () => {
  await before();
  await migrate(database.ownerUrl);
  const { service, close } = openDatabase(database, () => undefined);
  const ask = async (question: Question) =>
    ownHistory({ pool: service, now: () => 0 }, 'north').ask(question, new AbortController().signal);
  expect((await ask({ ...kate, subject: 's1' })).findings).toMatchObject([{ id: 'inc-1', strength: 'certain' }]);
  expect((await ask(kate)).result).toBe('no-trace');
  expect(await rekeyRecords(service)).toBe(1);
  expect(await rekeyRecords(service)).toBe(0);
  expect((await ask(kate)).findings).toMatchObject([{ id: 'inc-1', strength: 'strong' }]);
  expect((await ask({ ...kate, subject: 's1' })).findings).toMatchObject([{ id: 'inc-1', strength: 'certain' }]);
  await close();
});

test('the database makes the same four bytes of a key', async () => {
  await migrate(database.ownerUrl);
  const part = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(part, part, part, async (room, source, subject) => {
      const { rows } = await owner.query<{ hash: number }>('select heed.key_hash($1, $2, $3) as hash', [
        room,
        source,
        `exact:subject|${subject}`,
      ]);
      expect(rows[0]?.hash).toBe(hashOf({ room, source }, `exact:subject|${subject}`));
    }),
    propertySettings(30),
  );
});
