import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noon } from '../../test/control-room.ts';
import { batchAfter, entryOf, eventAt, testJournal } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { genesis } from '../journal/chain.ts';
import type { StoredEvent } from '../room/define.ts';
import { emptyRoom } from '../room/room.ts';
import type { Room } from '../room/room.ts';
import type { Access } from './access.ts';
import { openAccessLog } from './access-log.ts';
import { eraseAccesses } from './erase-access.ts';
import type { AccessErasing } from './erase-access.ts';
import { verifyAccessLog } from './verify-access.ts';

let on: TestJournal;
let id = '';
let rooms = 0;

beforeAll(async () => {
  on = await testJournal([]);
});

afterAll(async () => on.drop());

beforeEach(async () => {
  rooms += 1;
  id = `room-${rooms}`;
  await on.journal.create({ room: id, kind: 'live', createdAt: noon });
  const log = openAccessLog({ pool: on.database.service, room: id, now: () => noon });
  for (const incident of ['incident-1', 'incident-2', null]) await log.note(read(incident));
});

function read(incident: string | null): Access {
  return {
    type: 'Read',
    actor: { kind: 'staff', id: 'ada' },
    scope: incident === null ? 'subject:subject-1' : `incident:${incident}`,
    incident,
    upTo: 1,
    request: 'request-1',
    session: null,
    view: 'search',
    query: 'smith 1980',
    purpose: null,
    from: '10.0.0.7',
    breakGlass: null,
  };
}

const sound: Partial<StoredEvent> = {
  type: 'ErasureDecided',
  second: 'supervisor-2',
  scope: 'subject:subject-1',
  ids: { subject: 'subject-1' },
  body: { seqs: [], accesses: [1, 3], reason: 'asked for, and nothing stands against it' },
};

async function decided(...events: readonly Partial<StoredEvent>[]): Promise<void> {
  const epoch = await on.journal.beginTurn(id, 'test');
  const entries = events.map((event, place) => entryOf(eventAt(place + 1, { room: id, ...event })));
  const appended = await on.journal.append(batchAfter(epoch, genesis, { room: id, entries }));
  expect(appended.kind).toBe('appended');
}

async function erase(change: Partial<Room> = {}): Promise<AccessErasing> {
  const room = { ...emptyRoom(id, 'live'), seq: 1, ...change };
  return eraseAccesses({ service: on.database.service, eraser: on.database.eraser, room }, 1);
}

async function bodies(): Promise<readonly number[]> {
  const { rows } = await on.database.service.query<{ seq: number }>(
    'select seq from heed.access_body where room = $1 order by seq',
    [id],
  );
  return rows.map((row) => row.seq);
}

test('the words beside an access go by a decision of two, and the chain stays whole', async () => {
  await decided(sound);
  expect(await erase()).toEqual({ kind: 'erased', erased: 2 });
  expect(await bodies()).toEqual([2]);
  expect(await verifyAccessLog(on.database.service, id)).toMatchObject({ kind: 'whole', head: { seq: 3 }, erased: 2 });
  expect(await erase()).toEqual({ kind: 'erased', erased: 0 });
});

test('nothing goes by what decides no erasure', async () => {
  await decided({});
  expect(await erase()).toMatchObject({ kind: 'refused' });
  await expect(on.database.eraser.query('select heed.erase_access_bodies($1, 1, 1)', [id])).rejects.toThrow(
    /decides no erasure/,
  );
  expect(await bodies()).toHaveLength(3);
});

test.each([null, 'handler-1'])('nothing goes by a decision of one (second: %s)', async (second) => {
  await decided({ ...sound, second });
  await expect(erase()).rejects.toThrow(/not decided by two people/);
  expect(await bodies()).toHaveLength(3);
});

test('nothing goes that tells of what is under legal hold', async () => {
  await decided(sound);
  for (const held of ['incident-1', 'subject-1']) {
    const { holds } = emptyRoom(id, 'live');
    expect(await erase({ holds: holds.set(held, 'harm-1') })).toMatchObject({ kind: 'refused' });
  }
  expect(await bodies()).toHaveLength(3);
});

test('nothing goes when a legal hold was placed after the room was looked at', async () => {
  await decided(sound, { type: 'LegalHoldPlaced' });
  await expect(erase()).rejects.toThrow(/legal hold was placed/);
  expect(await bodies()).toHaveLength(3);
});

test('nobody but the one role can do it, and that role can do nothing else', async () => {
  await decided(sound);
  const text = 'select heed.erase_access_bodies($1, 1, 1)';
  await expect(on.database.service.query(text, [id])).rejects.toThrow(/permission denied/);
  await expect(on.database.reader.query(text, [id])).rejects.toThrow(/permission denied/);
  for (const statement of [
    'select * from heed.access_body',
    'delete from heed.access_body',
    'select * from heed.access_event',
  ])
    await expect(on.database.eraser.query(statement)).rejects.toThrow(/permission denied/);
});

test('a body that is put back after it was erased is found', async () => {
  await decided(sound);
  const { rows } = await on.database.service.query<{ salt: string; body: string }>(
    'select salt, body from heed.access_body where room = $1 and seq = 1',
    [id],
  );
  await erase();
  await on.database.service.query('insert into heed.access_body values ($1, 1, $2, $3)', [
    id,
    rows[0]?.salt,
    rows[0]?.body,
  ]);
  expect(await verifyAccessLog(on.database.service, id)).toMatchObject({ kind: 'broken', seq: 1 });
});

test('a body for a line that there is not is found', async () => {
  await on.database.service.query("insert into heed.access_body values ($1, 9, 'salt', '{}')", [id]);
  expect(await verifyAccessLog(on.database.service, id)).toMatchObject({ kind: 'broken', seq: 9 });
});
