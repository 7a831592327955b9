import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from './database.ts';
import { testDatabase } from './database.ts';
import type { Asked, Client, Json, LiveApi } from './live-api.ts';
import { liveApi, machineSecret } from './live-api.ts';
import { readStream } from './stream-reader.ts';
import type { Heard } from './stream-reader.ts';
import { roomPositions } from '../src/positions/positions.ts';
import { reportMoves } from '../src/serve/unit-moves.ts';
import { sign } from '../src/telephony/signature.ts';

let database: TestDatabase;
let api: LiveApi;
let dispatcher: Client;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  dispatcher = await api.as('dispatcher-1');
  for (const unit of ['kilo-1', 'kilo-2', 'kilo-3']) await api.send('world', 'EnrolUnit', { unit });
  await api.send('world', 'EnrolUnit', { unit: 'kilo-off', status: 'off-duty' });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

interface Sent {
  readonly unit: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly errorM?: number | null;
  readonly takenAt: string;
}

const start = Date.now();
const after = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
const here = { latitude: 55.701, longitude: 2.61 };

async function tell(positions: readonly unknown[], id = 'key-1'): Promise<Asked> {
  const path = `/rooms/${api.room}/ingress/positions`;
  const body = JSON.stringify({ positions });
  const parts = { method: 'POST', path, body };
  const signed = sign({ id, secret: machineSecret }, parts, { now: Date.now(), nonce: randomUUID() });
  return api.stranger.post(path, body, signed);
}

async function told(...positions: readonly Sent[]): Promise<Json> {
  const asked = await tell(positions);
  if (asked.status !== 200) throw new Error(asked.text);
  return asked.json;
}

async function held(client: Client): Promise<ReadonlyMap<string, Json>> {
  const { json } = await client.get(`/rooms/${api.room}/positions?purpose=where+they+are`);
  return new Map((json['positions'] as readonly Json[]).map((one) => [String(one['unit']), one]));
}

function unitsIn(heard: Heard): readonly string[] {
  return (heard.data['positions'] as readonly Json[]).map((one) => String(one['unit']));
}

describe('where units are', () => {
  test('is taken from a machine with its key, held beside the log, and shown with its error and time', async () => {
    const head = api.engine.head().seq;
    expect(await told({ unit: 'kilo-1', ...here, errorM: 12, takenAt: after(-60) })).toEqual({ taken: 1, untaken: [] });
    expect((await held(dispatcher)).get('kilo-1')).toEqual({
      unit: 'kilo-1',
      ...here,
      errorM: 12,
      takenAt: after(-60),
    });
    expect(api.engine.head().seq).toBe(head);
    expect(api.said()).not.toContain('55.701');
  });

  test('is the newest word of each unit: what is older, unknown, off duty, nowhere or ahead is told of', async () => {
    await told({ unit: 'kilo-2', ...here, takenAt: after(-30) });
    const asked = await told(
      { unit: 'kilo-2', latitude: 55.8, longitude: 2.6, takenAt: after(-40) },
      { unit: 'nobody', ...here, takenAt: after(-30) },
      { unit: 'kilo-off', ...here, takenAt: after(-30) },
      { unit: 'kilo-3', latitude: 0, longitude: 0, takenAt: after(-30) },
      { unit: 'kilo-3', ...here, takenAt: after(9_000) },
      { unit: 'kilo-3', ...here, errorM: null, takenAt: after(-20) },
    );
    expect(asked).toEqual({
      taken: 1,
      untaken: [
        { unit: 'kilo-2', why: 'older' },
        { unit: 'nobody', why: 'unknown-unit' },
        { unit: 'kilo-off', why: 'off-duty' },
        { unit: 'kilo-3', why: 'no-fix' },
        { unit: 'kilo-3', why: 'ahead-of-time' },
      ],
    });
    expect((await held(dispatcher)).get('kilo-2')).toMatchObject(here);
  });

  test.each([
    ['a latitude beyond the pole', { latitude: 91 }, 'positions[0].latitude'],
    ['an error of nought', { errorM: 0 }, 'positions[0].errorM'],
    ['no time', { takenAt: undefined }, 'positions[0].takenAt'],
    ['a name that is no id', { unit: '<b>kilo</b>' }, 'positions[0].unit'],
    ['a field that nobody knows', { speed: 3 }, 'positions[0]'],
  ])('with %s is refused whole at the border, with the field', async (_says, wrong, field) => {
    const asked = await tell([{ unit: 'kilo-1', ...here, takenAt: after(0), ...wrong }]);
    expect(asked.status).toBe(422);
    expect(JSON.stringify(asked.json['faults'])).toContain(field);
  });

  test('is taken from nobody without a key for it', async () => {
    expect((await tell([{ unit: 'kilo-1', ...here, takenAt: after(0) }], 'key-2')).status).toBe(401);
    expect((await api.stranger.get(`/rooms/${api.room}/positions`)).status).toBe(401);
  });

  test('comes on the stream: all of it at first, then what changes, gathered, with no place in the log', async () => {
    const reader = await readStream(api, dispatcher);
    const first = await reader.until((one) => one.event === 'positions');
    expect(unitsIn(first)).toEqual(expect.arrayContaining(['kilo-1', 'kilo-2', 'kilo-3']));
    await told({ unit: 'kilo-1', ...here, takenAt: after(0) });
    await reader.until((one) => one !== first && one.event === 'positions' && unitsIn(one).includes('kilo-1'));
    const before = reader.heard.length;
    for (const second of [1, 2, 3])
      await told({ unit: 'kilo-2', latitude: 55.7 + second / 100, longitude: 2.6, takenAt: after(second) });
    const next = await reader.until((one) => reader.heard.indexOf(one) >= before && one.event === 'positions');
    expect(next.data['positions']).toEqual([
      { unit: 'kilo-2', latitude: 55.73, longitude: 2.6, errorM: null, takenAt: start + 3_000 },
    ]);
    expect(next.id).toBeNull();
    reader.close();
  });

  test('is hidden of a unit that is at something hidden, on the stream too', async () => {
    const leader = await api.as('fim-1');
    await api.send('fim-1', 'OpenIncident', { incident: 'i-closed', kinds: [], summary: 'closed door' });
    const restriction = { readers: ['fim-1', 'supervisor-1'], desk: 'specialist', reason: 'one of our own' };
    await api.send('fim-1', 'RestrictIncident', { incident: 'i-closed', ...restriction });
    await api.send('fim-1', 'AssignUnit', { deployment: 'd-closed', incident: 'i-closed', unit: 'kilo-3' });
    const [theirs, leaders] = [await readStream(api, dispatcher), await readStream(api, leader)];
    const all = await leaders.until((one) => one.event === 'positions');
    expect(unitsIn(all)).toContain('kilo-3');
    await theirs.until((one) => one.event === 'positions');
    await told(
      { unit: 'kilo-3', latitude: 55.6, longitude: 2.5, takenAt: after(5) },
      { unit: 'kilo-1', latitude: 55.6, longitude: 2.5, takenAt: after(5) },
    );
    await leaders.until((one) => one.event === 'positions' && one !== all && unitsIn(one).includes('kilo-3'));
    await theirs.until((one) => one.event === 'positions' && JSON.stringify(one.data).includes('55.6'));
    expect(theirs.heard.filter((one) => one.event === 'positions').flatMap(unitsIn)).not.toContain('kilo-3');
    expect([...(await held(dispatcher)).keys()]).not.toContain('kilo-3');
    expect([...(await held(leader)).keys()]).toContain('kilo-3');
    theirs.close();
    leaders.close();
  });

  test('is known again after a stop, as it was last', async () => {
    const pool = api.database.service;
    const before = roomPositions({ pool, note: () => undefined });
    const positions = before.of('elsewhere');
    const { units } = api.engine.room();
    const room = { ...api.engine.room(), units };
    const one = { unit: 'kilo-1', ...here, errorM: 7, takenAt: 5_000 };
    positions.take([one], { room, now: 5_000 });
    await before.stop();
    const again = roomPositions({ pool, note: () => undefined });
    await again.of('elsewhere').loaded;
    expect(again.of('elsewhere').all()).toEqual([one]);
    await again.stop();
  });

  test('makes one fact of many positions: that a unit which was sent has set off', async () => {
    const held = roomPositions({ pool: api.database.service, note: () => undefined });
    const positions = held.of('moves');
    reportMoves(api.engine, positions);
    await api.send('dispatcher-1', 'OpenIncident', { incident: 'i-far', kinds: [], summary: 'far away' });
    await api.send('dispatcher-1', 'AssignUnit', { deployment: 'd-far', incident: 'i-far', unit: 'kilo-2' });
    const moved = new Promise<readonly string[]>((resolve) => {
      const types: string[] = [];
      api.engine.follow(({ events }) => {
        types.push(...events.map(({ type }) => type));
        if (types.includes('UnitMoved')) resolve(types);
      });
    });
    const at = api.engine.room().now + 1_000;
    const goes = async (latitude: number, place: number): Promise<void> => {
      const changed = new Promise<void>((resolve) => {
        const leave = positions.follow(() => resolve(leave()));
      });
      const one = { unit: 'kilo-2', latitude, longitude: 2.6, errorM: 10, takenAt: at + place };
      positions.take([one], { room: api.engine.room(), now: at });
      await changed;
    };
    await goes(55.7, 0);
    await goes(55.7005, 1);
    expect(api.engine.room().deployments.get('d-far')?.moved).toBe(false);
    await goes(55.71, 2);
    await moved;
    expect(api.engine.room().deployments.get('d-far')?.moved).toBe(true);
    await held.stop();
  });
});
