import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import pg from 'pg';
import { openDatabase } from '../database/connect.ts';
import type { Database } from '../database/connect.ts';
import { genesis } from '../journal/chain.ts';
import type { Access } from './access.ts';
import { openAccessLog } from './access-log.ts';
import type { AccessLog } from './access-log.ts';
import { deniedListed } from './denied.ts';
import { verifyAccessLog } from './verify-access.ts';

let urls: TestDatabase;
let database: Database;
let owner: pg.Client;
let log: AccessLog;
let now = 0;
let room = '';
let rooms = 0;

beforeAll(async () => {
  urls = await testDatabase();
  database = openDatabase(urls, () => undefined);
  owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.close();
  await urls.drop();
});

beforeEach(() => {
  now = 1_700_000_000_000;
  rooms += 1;
  room = `room-${rooms}`;
  log = openAccessLog({ pool: database.service, room, now: () => now });
});

function read(change: Partial<Access> = {}): Access {
  return {
    type: 'Read',
    actor: { kind: 'staff', id: 'ada' },
    scope: 'incident:incident-1',
    incident: 'incident-1',
    upTo: 42,
    request: 'request-1',
    session: '0123456789abcdef',
    view: 'incident-page',
    query: null,
    purpose: null,
    from: '10.0.0.7',
    breakGlass: null,
    ...change,
  };
}

interface Line {
  readonly seq: number;
  readonly header: string;
  readonly body: string | null;
  readonly is_break_glass: boolean;
  readonly type: string;
}

async function lines(): Promise<readonly Line[]> {
  const { rows } = await database.service.query<Line>(
    `select e.seq, e.header, b.body, e.is_break_glass, e.type from heed.access_event e
      left join heed.access_body b using (room, seq) where e.room = $1 order by e.seq`,
    [room],
  );
  return rows;
}

/** Does what only a thief with the owner's rights could do. */
async function tamper(table: string, statement: string): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    'select tgname::text as name from pg_trigger where tgrelid = $1::regclass and not tgisinternal',
    [`heed.${table}`],
  );
  for (const { name } of rows) await owner.query(`alter table heed.${table} disable trigger ${name}`);
  await owner.query(statement.replaceAll('$room', pg.escapeLiteral(room)));
  for (const { name } of rows) await owner.query(`alter table heed.${table} enable always trigger ${name}`);
}

test('who was shown what, up to which event, why and from where is in the log before the answer is given', async () => {
  await log.note(read({ query: 'smith 1980', purpose: 'caller named him', breakGlass: 'glass-7' }));
  const [line] = await lines();
  expect(JSON.parse(line?.header ?? '')).toMatchObject({
    seq: 1,
    room,
    at: now,
    actor: { kind: 'staff', id: 'ada' },
    scope: 'incident:incident-1',
    type: 'Read',
    cause: 42,
    command: 'request-1',
    ids: { incident: 'incident-1', view: 'incident-page', session: '0123456789abcdef', breakGlass: 'glass-7' },
    previous: genesis.hash,
  });
  expect(JSON.parse(line?.body ?? '')).toEqual({
    query: 'smith 1980',
    purpose: 'caller named him',
    from: '10.0.0.7',
    count: 1,
  });
  expect(line?.is_break_glass).toBe(true);
  expect(line?.header).not.toContain('smith');
  expect(line?.header).not.toContain('10.0.0.7');
});

test('lines get their places in the order in which they were asked for', async () => {
  const seqs = await Promise.all(Array.from({ length: 1_200 }, async () => log.note(read())));
  expect(seqs).toEqual(Array.from({ length: 1_200 }, (_, place) => place + 1));
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'whole', head: { seq: 1_200 } });
});

test('several processes write one chain', async () => {
  const logs = Array.from({ length: 4 }, () => openAccessLog({ pool: database.service, room, now: () => now }));
  const seqs = await Promise.all(
    Array.from({ length: 200 }, async (_, place) => (logs[place % 4] ?? log).note(read({ request: `r-${place}` }))),
  );
  expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, place) => place + 1));
  expect(await verifyAccessLog(database.service, room)).toEqual({ kind: 'whole', head: await log.head(), erased: 0 });
});

test('a chain is found whole when it is empty, and goes on after another process began it', async () => {
  expect(await verifyAccessLog(database.service, room)).toEqual({ kind: 'whole', head: genesis, erased: 0 });
  await log.note(read());
  const next = openAccessLog({ pool: database.service, room, now: () => now });
  expect(await next.note(read())).toBe(2);
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'whole', head: { seq: 2 } });
});

test('nothing is shown when it cannot be written down, and the log goes on when it can again', async () => {
  await log.note(read());
  await owner.query('revoke insert on heed.access_event from heed_service');
  try {
    await expect(log.note(read())).rejects.toThrow(/permission denied/);
  } finally {
    await owner.query('grant insert on heed.access_event to heed_service');
  }
  expect(await log.note(read())).toBe(2);
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'whole', head: { seq: 2 } });
});

test('text that somebody typed is kept as it is, cut to its bound, and never breaks a line', async () => {
  const nasty = [
    '\0',
    '\uD800',
    '"}\n{"seq":1',
    "'); drop table heed.access_event; --",
    '\u202Egnp.exe',
    'é'.repeat(5_000),
  ];
  for (const query of nasty) await log.note(read({ query, purpose: query, from: query }));
  const bodies = (await lines()).map((line) => JSON.parse(line.body ?? '') as { query: string });
  expect(bodies.map(({ query }) => query)).toEqual(nasty.map((query) => query.slice(0, 2_000)));
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'whole' });
});

test('what is no id does not get into a header', async () => {
  const evil = 'Smith, 07700 900123';
  await log.note(read({ scope: evil, incident: evil, request: evil, session: evil, view: evil, breakGlass: evil }));
  const [line] = await lines();
  expect(line?.header).not.toContain('Smith');
  expect(JSON.parse(line?.header ?? '')).toMatchObject({
    scope: 'room',
    ids: { view: 'none', breakGlass: 'none' },
  });
  expect(line?.is_break_glass).toBe(true);
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'whole' });
});

test('refused attempts are listed up to a bound, and counted beyond it', async () => {
  const attempt = read({ type: 'Denied', query: 'not mine' });
  for (let times = 0; times < deniedListed + 30; times += 1) await log.denied(attempt);
  expect(await lines()).toHaveLength(deniedListed);
  await log.denied(read({ type: 'Denied', actor: { kind: 'staff', id: 'bob' } }));
  expect(await lines()).toHaveLength(deniedListed + 1);
  now += 60_000;
  await log.denied(attempt);
  const after = (await lines()).slice(deniedListed + 1);
  expect(after.map(({ type }) => type)).toEqual(['DeniedRepeatedly', 'Denied']);
  expect(JSON.parse(after[0]?.body ?? '')).toMatchObject({ count: 30, query: 'not mine' });
});

test('attempts that were counted are not lost when the service stops', async () => {
  for (let times = 0; times < deniedListed + 3; times += 1) await log.denied(read({ type: 'Denied' }));
  await log.flush();
  const last = (await lines()).at(-1);
  expect(last?.type).toBe('DeniedRepeatedly');
  expect(JSON.parse(last?.body ?? '')).toMatchObject({ count: 3 });
  await log.flush();
  expect(await lines()).toHaveLength(deniedListed + 1);
});

function stranger(place: number): Access {
  return read({
    type: 'SignInRefused',
    actor: { kind: 'machine', id: 'sign-in' },
    session: null,
    from: `10.0.${place}`,
  });
}

test('a flood of strangers fills neither the memory nor the log', async () => {
  await Promise.all(Array.from({ length: 5_200 }, async (_, place) => log.denied(stranger(place))));
  expect(await lines()).toHaveLength(5_000 + deniedListed);
  await log.flush();
  expect(JSON.parse((await lines()).at(-1)?.body ?? '')).toMatchObject({ from: 'several', count: 200 - deniedListed });
});

test.each([
  ['a header', 'access_event', `update heed.access_event set header = replace(header, 'ada', 'bob')`, 3],
  ['a hash', 'access_event', `update heed.access_event set hash = repeat('0', 64)`, 3],
  [
    'a header with its hash',
    'access_event',
    `update heed.access_event set header = replace(header, 'request-1', 'request-2'),
    hash = encode(sha256(convert_to(replace(header, 'request-1', 'request-2'), 'UTF8')), 'hex')`,
    4,
  ],
  ['a body', 'access_body', `update heed.access_body set body = replace(body, '10.0.0.7', '10.0.0.8')`, 3],
  ['a salt', 'access_body', `update heed.access_body set salt = 'x'`, 3],
  ['a column beside the header', 'access_event', `update heed.access_event set actor = 'staff:bob'`, 3],
  ['the mark of a broken glass', 'access_event', 'update heed.access_event set is_break_glass = true', 3],
  ['an incident', 'access_event', 'update heed.access_event set incident = null', 3],
  ['a body that is taken away', 'access_body', 'delete from heed.access_body', 3],
  ['a line that is taken away', 'access_event', 'delete from heed.access_event', 4],
])('%s changed by a thief is found', async (_, table, statement, seq) => {
  for (let times = 0; times < 5; times += 1) await log.note(read());
  const where = `where room = $room and seq = 3`;
  await tamper(table, `${statement} ${where}`);
  expect(await verifyAccessLog(database.service, room)).toMatchObject({ kind: 'broken', seq });
});

test('lines cut off at the end are found by the head that was signed elsewhere', async () => {
  for (let times = 0; times < 5; times += 1) await log.note(read());
  const signed = await log.head();
  await tamper('access_event', 'delete from heed.access_event where room = $room and seq = 5');
  await tamper('access_body', 'delete from heed.access_body where room = $room and seq = 5');
  const verdict = await verifyAccessLog(database.service, room);
  expect(verdict).toMatchObject({ kind: 'whole', head: { seq: 4 } });
  expect(verdict).not.toMatchObject({ head: signed });
});

test('lines of another room do not pass for this one’s', async () => {
  await log.note(read());
  const other = `${room}-other`;
  await owner.query(
    `insert into heed.access_event select $2, seq, header, hash, type, actor, scope, incident, false, recorded_at
      from heed.access_event where room = $1`,
    [room, other],
  );
  expect(await verifyAccessLog(database.service, other)).toMatchObject({ kind: 'broken', seq: 1 });
});

test.each(['update heed.access_event set hash = hash', 'delete from heed.access_event', 'truncate heed.access_event'])(
  'the running service cannot: %s; nor can the owner of the table',
  async (statement) => {
    await log.note(read());
    await expect(database.service.query(statement)).rejects.toThrow(/permission denied|refused/);
    await expect(owner.query(statement)).rejects.toThrow(/refused/);
  },
);

test.each(['update heed.access_body set salt = salt', 'delete from heed.access_body', 'truncate heed.access_body'])(
  'the running service cannot: %s; nor can the owner of the table',
  async (statement) => {
    await log.note(read());
    await expect(database.service.query(statement)).rejects.toThrow(/permission denied|refused/);
    await expect(owner.query(statement)).rejects.toThrow(/refused/);
  },
);

test('the role that reads for people can see nothing of it', async () => {
  await expect(database.reader.query('select * from heed.access_event')).rejects.toThrow(/permission denied/);
  await expect(database.reader.query('select * from heed.access_body')).rejects.toThrow(/permission denied/);
});
