import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { openDatabase } from '../database/connect.ts';
import type { Database } from '../database/connect.ts';
import type { Sessions, Start } from './sessions.ts';
import { openSessions, sessionSettings, sessionsPerActor } from './sessions.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let test1: TestDatabase;
let database: Database;
let sessions: Sessions;
let now = 0;
let room = '';
let rooms = 0;

beforeAll(async () => {
  test1 = await testDatabase();
  database = openDatabase(test1, () => undefined);
});

afterAll(async () => {
  await database.close();
  await test1.drop();
});

beforeEach(() => {
  now = 1_700_000_000_000;
  rooms += 1;
  room = `room-${rooms}`;
  sessions = openSessions({ pool: database.service, settings: sessionSettings.parse({}), now: () => now });
});

function somebody(change: Partial<Start> = {}): Start {
  return {
    room,
    actor: { kind: 'staff', id: 'ada' },
    way: 'directory',
    roles: null,
    idToken: null,
    replaces: undefined,
    ...change,
  };
}

test('a token opens the session it was given for, in its room and no other', async () => {
  const { token, session } = await sessions.start(somebody({ roles: ['handler'] }));
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await sessions.of(room, token)).toEqual(session);
  expect(session).toMatchObject({ room, actor: { kind: 'staff', id: 'ada' }, way: 'directory', roles: ['handler'] });
  expect(await sessions.of('another-room', token)).toBeNull();
});

test.each(['', 'x', 'a'.repeat(43), `${'a'.repeat(43)}'`, "' or true --", '\0'.repeat(43), 'a'.repeat(100_000)])(
  'nothing is opened by a token that was made up (%#)',
  async (token) => {
    await sessions.start(somebody());
    expect(await sessions.of(room, token)).toBeNull();
    expect(await sessions.end(room, token)).toBeNull();
  },
);

test('the database holds neither the token nor what the directory gave', async () => {
  const { token } = await sessions.start(somebody({ idToken: 'the.id.token' }));
  const { rows } = await database.service.query<{ row: string }>(
    'select s::text || encode(hint, $2) as row from heed.session s where room = $1',
    [room, 'escape'],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(token);
  expect(rows[0]?.row).not.toContain('the.id.token');
});

test('what the directory gave comes back at sign-out, to whoever holds the token', async () => {
  const { token } = await sessions.start(somebody({ idToken: 'the.id.token' }));
  expect(await sessions.end(room, token)).toEqual({
    actor: { kind: 'staff', id: 'ada' },
    way: 'directory',
    idToken: 'the.id.token',
  });
  expect(await sessions.of(room, token)).toBeNull();
  expect(await sessions.end(room, token)).toBeNull();
});

test('a row that somebody altered signs its owner out all the same', async () => {
  const { token } = await sessions.start(somebody({ idToken: 'the.id.token' }));
  await database.service.query("update heed.session set hint = hint || '\\x00' where room = $1", [room]);
  expect(await sessions.end(room, token)).toMatchObject({ idToken: null });
});

test('a session planted beforehand opens nothing: signing in gives a new token and ends the old', async () => {
  const planted = await sessions.start(somebody({ actor: { kind: 'staff', id: 'mallory' } }));
  const own = await sessions.start(somebody({ replaces: planted.token }));
  expect(own.token).not.toBe(planted.token);
  expect(await sessions.of(room, planted.token)).toBeNull();
  expect((await sessions.of(room, own.token))?.actor.id).toBe('ada');
});

test('a made-up token to be replaced does no harm', async () => {
  const { token } = await sessions.start(somebody({ replaces: 'made-up' }));
  expect(await sessions.of(room, token)).not.toBeNull();
});

test('without a request for two hours a session is over; each request counts', async () => {
  const { token } = await sessions.start(somebody());
  for (let hours = 0; hours < 3; hours += 1) {
    now += 2 * hourMs - minuteMs;
    expect(await sessions.of(room, token)).not.toBeNull();
  }
  now += 2 * hourMs;
  expect(await sessions.of(room, token)).toBeNull();
});

test('after its longest time a session is over however busy it was', async () => {
  const { token, session } = await sessions.start(somebody());
  while (now + hourMs < session.endsAt) {
    now += hourMs;
    expect(await sessions.of(room, token)).not.toBeNull();
  }
  now = session.endsAt;
  expect(await sessions.of(room, token)).toBeNull();
});

test('a clock that goes back does not make a session last longer', async () => {
  const { token, session } = await sessions.start(somebody());
  now += hourMs;
  await sessions.of(room, token);
  now -= 30 * minuteMs;
  expect(await sessions.of(room, token)).not.toBeNull();
  now = session.endsAt;
  expect(await sessions.of(room, token)).toBeNull();
});

test('every session of somebody can be ended at once, and nobody else’s', async () => {
  const first = await sessions.start(somebody());
  const second = await sessions.start(somebody());
  const other = await sessions.start(somebody({ actor: { kind: 'staff', id: 'bob' } }));
  const machine = await sessions.start(somebody({ actor: { kind: 'machine', id: 'ada' } }));
  expect(await sessions.endAll(room, { kind: 'staff', id: 'ada' })).toBe(2);
  expect(await sessions.of(room, first.token)).toBeNull();
  expect(await sessions.of(room, second.token)).toBeNull();
  expect(await sessions.of(room, other.token)).not.toBeNull();
  expect(await sessions.of(room, machine.token)).not.toBeNull();
});

test('somebody who signs in at one desk too many leaves the desk they signed in at first', async () => {
  const tokens: string[] = [];
  for (let desk = 0; desk <= sessionsPerActor; desk += 1) {
    now += 1;
    tokens.push((await sessions.start(somebody())).token);
  }
  const open = await Promise.all(tokens.map(async (token) => (await sessions.of(room, token)) !== null));
  expect(open).toEqual([false, ...Array.from({ length: sessionsPerActor }, () => true)]);
});

test('an attempt to sign in can be spent once, however many ask at once', async () => {
  const attempt = { room, digest: 'a'.repeat(64), until: now + minuteMs };
  const spent = await Promise.all(Array.from({ length: 8 }, async () => sessions.spend(attempt)));
  expect(spent.filter((isNew) => isNew)).toHaveLength(1);
  expect(await sessions.spend({ ...attempt, room: 'another-room' })).toBe(true);
});

test('what has long been over is removed, and what is open stays', async () => {
  const over = await sessions.start(somebody());
  await sessions.end(room, over.token);
  await sessions.spend({ room, digest: 'b'.repeat(64), until: now + minuteMs });
  now += 25 * hourMs;
  const { token } = await sessions.start(somebody());
  await sessions.sweep();
  const { rows } = await database.service.query<{ sessions: number; attempts: number }>(
    `select (select count(*) from heed.session where room = $1) as sessions,
      (select count(*) from heed.spent_attempt where room = $1) as attempts`,
    [room],
  );
  expect(rows).toEqual([{ sessions: 1, attempts: 0 }]);
  expect(await sessions.of(room, token)).not.toBeNull();
});

test('the opening of a world does not sign in', async () => {
  await expect(sessions.start(somebody({ actor: { kind: 'world', id: 'world' } }))).rejects.toThrow(/does not sign in/);
});

test('the role that reads for people can see no session', async () => {
  await expect(database.reader.query('select * from heed.session')).rejects.toThrow(/permission denied/);
  await expect(database.reader.query('select * from heed.spent_attempt')).rejects.toThrow(/permission denied/);
});

test.each([[{ idle: '30 s' }], [{ longest: '25 h' }], [{ idle: '3 h', longest: '2 h' }], [{ idle: 'never' }]])(
  'settings of %o are refused',
  (settings) => {
    expect(sessionSettings.safeParse(settings).success).toBe(false);
  },
);
