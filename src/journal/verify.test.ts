import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { batchAfter, testJournal, written } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import type { Head } from './journal.ts';
import { verifyRoom } from './verify.ts';

const rehash = (seq: number, from: string, to: string): string =>
  `update heed.event set header = replace(header, '${from}', '${to}'),
    hash = encode(sha256(convert_to(replace(header, '${from}', '${to}'), 'UTF8')), 'hex') where seq = ${seq}`;
const swap = (table: string, columns: string): string =>
  `update heed.${table} a set (${columns}) = (select ${columns} from heed.${table} b where b.seq = 9 - a.seq)
    where a.seq in (4, 5)`;
const move = (from: number, to: number): string =>
  `update heed.event set seq = ${to} where seq = ${from}; update heed.body set seq = ${to} where seq = ${from}`;
const copy = (from: number, to: number): string =>
  `insert into heed.event select room, ${to}, header, hash, type, scope, incident, recorded_at
    from heed.event where seq = ${from};
  insert into heed.body select room, ${to}, salt, body from heed.body where seq = ${from}`;

describe('the log of a room', () => {
  let on: TestJournal;
  let head: Head;
  beforeEach(async () => {
    on = await testJournal();
    head = await written(on.journal, 9);
  });
  afterEach(async () => on.drop());

  test('that nobody touched is whole', async () => {
    const whole = { kind: 'whole', room: 'north', head, erased: 0, witnessed: 0 };
    expect(await verifyRoom(on.database.service, 'north')).toEqual(whole);
  });

  test('of a room without events is whole, and of none is a fault', async () => {
    await on.journal.create({ room: 'empty', kind: 'live', createdAt: 1 });
    expect((await verifyRoom(on.database.service, 'empty')).kind).toBe('whole');
    await expect(verifyRoom(on.database.service, 'nowhere')).rejects.toThrow('no room nowhere');
  });

  test.each([
    ['a changed header', "update heed.event set header = replace(header, 'handler-1', 'handler-2') where seq = 4", 4],
    ['a changed header with a new hash', rehash(4, 'handler-1', 'handler-2'), 4],
    ['a changed first header with a new hash', rehash(1, 'handler-1', 'handler-2'), 1],
    ['a changed last header with a new hash', rehash(9, 'handler-1', 'handler-2'), 9],
    [
      'a header that is no header',
      "update heed.event set header = '{}', hash = encode(sha256('{}'), 'hex') where seq = 4",
      4,
    ],
    ['a changed hash', "update heed.event set hash = repeat('0', 64) where seq = 4", 4],
    ['a changed body', "update heed.body set body = replace(body, 'line', 'lime') where seq = 4", 4],
    ['a changed salt', "update heed.body set salt = repeat('0', 32) where seq = 4", 4],
    ['a missing body', 'delete from heed.body where seq = 4', 4],
    ['swapped rows', swap('event', 'header, hash, type, scope, incident, recorded_at'), 4],
    ['swapped bodies', swap('body', 'salt, body'), 4],
    ['a missing first event', 'delete from heed.event where seq = 1; delete from heed.body where seq = 1', 1],
    ['a missing middle event', 'delete from heed.event where seq = 4; delete from heed.body where seq = 4', 4],
    ['missing last events', 'delete from heed.event where seq > 6; delete from heed.body where seq > 6', 7],
    ['no events at all', 'delete from heed.event; delete from heed.body', 1],
    ['an event put elsewhere', move(4, 40), 4],
    ['an event added at the end', copy(9, 10), 10],
    ['an event added far beyond the end', copy(9, 9_999_999), 9_999_999],
    ['a body added without its event', "insert into heed.body values ('north', 40, 'salt', '{}')", 40],
    ['an erasure without its event', "insert into heed.erasure values ('north', 40, 1, 41, 'a', 'b')", 40],
    [
      'a head that was put back',
      'update heed.writer set seq = 8, hash = (select hash from heed.event where seq = 8)',
      9,
    ],
    ['a head that was put on', 'update heed.writer set seq = 12', 10],
    ['a head with another hash', "update heed.writer set hash = repeat('0', 64)", 9],
    ['another type beside the header', "update heed.event set type = 'GradeSet' where seq = 4", 4],
    ['another scope beside the header', "update heed.event set scope = 'room' where seq = 4", 4],
    ['another incident beside the header', "update heed.event set incident = 'i2' where seq = 4", 4],
    ['no incident beside the header', 'update heed.event set incident = null where seq = 4', 4],
    ['another time beside the header', 'update heed.event set recorded_at = recorded_at + 1 where seq = 4', 4],
    [
      'a body that was taken away with a record of an erasure that nobody decided',
      "insert into heed.erasure values ('north', 4, 1, 8, 'owner-1', 'fim-1'); delete from heed.body where seq = 4",
      4,
    ],
    [
      'a body that was put back though its erasure is on record',
      "insert into heed.erasure values ('north', 4, 1, 8, 'owner-1', 'fim-1')",
      4,
    ],
  ])('with %s is broken at that event', async (_, statement, seq) => {
    await on.tamper(statement);
    expect(await verifyRoom(on.database.service, 'north')).toMatchObject({ kind: 'broken', room: 'north', seq });
  });

  test('that was changed twice is broken at the first place', async () => {
    await on.tamper(
      'delete from heed.body where seq = 7',
      "update heed.event set hash = repeat('0', 64) where seq = 3",
    );
    const verdict = await verifyRoom(on.database.service, 'north');
    expect(verdict).toEqual({ kind: 'broken', room: 'north', seq: 3, says: 'its header does not give its hash' });
  });

  test('is looked at while it is written to', async () => {
    const epoch = await on.journal.beginTurn('north', 'two');
    let at = head;
    const looking = new AbortController();
    const writing = (async () => {
      while (!looking.signal.aborted) {
        const appended = await on.journal.append(batchAfter(epoch, at, { count: 20 }));
        if (appended.kind === 'appended') at = appended.head;
      }
    })();
    for (let round = 0; round < 10; round += 1)
      expect((await verifyRoom(on.database.service, 'north')).kind).toBe('whole');
    looking.abort();
    await writing;
    expect(await verifyRoom(on.database.service, 'north')).toMatchObject({ kind: 'whole', head: at });
  });
});

describe('whoever tries to change what is written', () => {
  let on: TestJournal;
  beforeAll(async () => {
    on = await testJournal();
    await written(on.journal, 3);
    await on.asOwner.query("insert into heed.command values ('north', 'c1', 'd', '{}', 1)");
    await on.asOwner.query("insert into heed.answer values ('north', 'c1', 1, '{}')");
  });
  afterAll(async () => on.drop());

  const tables = ['event', 'body', 'command', 'answer', 'erasure', 'room'];
  const tries = tables.flatMap((table) => [
    [table, `update heed.${table} set room = room`],
    [table, `delete from heed.${table}`],
    [table, `truncate heed.${table} cascade`],
  ]);

  test.each(tries)('of heed.%s is refused, the owner of the tables included: %s', async (_, statement) => {
    const { service, reader, eraser } = on.database;
    for (const pool of [service, reader, eraser])
      await expect(pool.query(statement)).rejects.toThrow('permission denied');
    await expect(on.asOwner.query(statement)).rejects.toThrow('is refused');
    expect((await verifyRoom(on.database.service, 'north')).kind).toBe('whole');
  });

  test('the service may not say that a body was erased, nor the eraser erase by itself', async () => {
    const { service, eraser, reader } = on.database;
    const record = "insert into heed.erasure values ('north', 1, 1, 2, 'a', 'b')";
    for (const pool of [service, eraser, reader]) await expect(pool.query(record)).rejects.toThrow('permission denied');
    const erase = "select heed.erase_bodies('north', 2, array[1]::bigint[], 3)";
    for (const pool of [service, reader]) await expect(pool.query(erase)).rejects.toThrow('permission denied');
    await expect(eraser.query(erase)).rejects.toThrow('decides no erasure');
  });

  test('the eraser may read nothing of it', async () => {
    for (const table of [...tables, 'writer', 'snapshot'])
      await expect(on.database.eraser.query(`select from heed.${table}`)).rejects.toThrow('permission denied');
  });
});

test('who rules the whole server is refused too, with triggers switched off for the session', async () => {
  const on = await testJournal();
  const ruler = new pg.Client({ connectionString: on.urls.adminUrl });
  await ruler.connect();
  try {
    await ruler.query('set session_replication_role = replica');
    await ruler.query("insert into heed.body values ('north', 1, 'salt', '{}')");
    for (const table of ['event', 'command', 'erasure', 'room', 'body', 'answer'])
      for (const statement of [`update heed.${table} set room = room`, `truncate heed.${table} cascade`])
        await expect(ruler.query(statement)).rejects.toThrow('is refused');
    for (const table of ['event', 'command', 'erasure', 'room', 'body'])
      await expect(ruler.query(`delete from heed.${table}`)).rejects.toThrow('is refused');
  } finally {
    await ruler.end();
    await on.drop();
  }
});
