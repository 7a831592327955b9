import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestServer } from '../../test/database.ts';
import { testServer } from '../../test/database.ts';
import type { LiveRoom } from '../../test/live-room.ts';
import { liveRoom, openRoom } from '../../test/live-room.ts';
import { query } from '../../test/query.ts';
import type { Answered } from './engine.ts';

let server: TestServer;
let live: LiveRoom;

beforeEach(async () => {
  server = await testServer();
  live = await liveRoom(server);
  await live.untilWriting();
  await openRoom(live);
});

afterEach(async () => {
  await live.close();
  await server.stop();
});

function ring(contact: string): Promise<Answered> {
  const id = `ring-${contact}`;
  return live.send('telephony', 'PresentContact', { contact, channel: '999' }, { id });
}

/** Sends until it is recorded, as a console does with what it has kept. */
async function ringUntilRecorded(contact: string): Promise<Answered> {
  for (;;) {
    const answered = await ring(contact);
    if (answered.kind === 'recorded') return answered;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('while the database is away nothing is acknowledged; once it is back the same commands are done', async () => {
  await ring('call-1');
  await server.kill();
  const refused = await ring('call-2');
  expect(refused.kind).toBe('not-recorded');
  expect(live.engine.room().contacts.has('call-1')).toBe(true);
  await server.start();
  await ringUntilRecorded('call-2');
  const log = await live.journal.read(live.engine.id, 0, 1_000);
  const presented = log.filter((event) => event.type === 'ContactPresented').map((event) => event.ids['contact']);
  expect(presented).toEqual(['call-1', 'call-2']);
});

test('what was acknowledged when the database was killed under load is there, once', async () => {
  const contacts = Array.from({ length: 400 }, (_, place) => `call-${place}`);
  const sent = contacts.map(async (contact, place) => {
    await new Promise((resolve) => setTimeout(resolve, place));
    return ring(contact);
  });
  await sent[150];
  await server.kill();
  const first = await Promise.all(sent);
  await server.start();
  await Promise.all(contacts.map(ringUntilRecorded));
  const log = await live.journal.read(live.engine.id, 0, 5_000);
  const presented = log.filter((event) => event.type === 'ContactPresented').map((event) => event.ids['contact']);
  expect(first.some((one) => one.kind === 'not-recorded')).toBe(true);
  expect(new Set(presented)).toEqual(new Set(contacts));
  expect(presented).toHaveLength(contacts.length);
});

test('an order on its way to the log is answered when the turn is lost and then its connection', async () => {
  const holder = new pg.Client({ connectionString: server.adminUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query('select * from heed.writer for update');
  const answered = ring('call-1');
  await expect.poll(async () => count(waiting('heed append'))).toBe(1);
  await query(server.adminUrl, `select pg_terminate_backend(pid) from ${sessions('heed writer testshire')}`);
  await expect.poll(() => live.engine.state()).toBe('stalled');
  await query(server.adminUrl, `select pg_terminate_backend(pid) from ${waiting('heed append')}`);
  expect(await answered).toMatchObject({ kind: 'not-recorded' });
  await holder.end();
});

function sessions(name: string): string {
  return `pg_stat_activity where application_name = '${name}'`;
}

function waiting(name: string): string {
  return `${sessions(name)} and wait_event_type = 'Lock'`;
}

async function count(from: string): Promise<number> {
  return (await query(server.adminUrl, `select 1 from ${from}`)).length;
}
