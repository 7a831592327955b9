import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testJournal } from './journal-log.ts';
import type { TestJournal } from './journal-log.ts';
import { night, nights, opening } from './nights.ts';
import type { Given } from './nights.ts';
import { propertySettings } from './runs.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { evolve } from '../src/room/fold.ts';
import type { Room } from '../src/room/room.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { memorySource } from '../src/sources/memory.ts';
import { ownHistory, ownShelf, projectionsOf } from '../src/sources/own-history.ts';
import { keepRecords } from '../src/sources/record-rows.ts';
import { rebuildRecords } from '../src/sources/rebuild.ts';
import { recordsAfter } from '../src/sources/records.ts';
import type { SourceRecord } from '../src/sources/source.ts';

let on: TestJournal;
beforeAll(async () => {
  on = await testJournal([]);
});
afterAll(async () => on.drop());

interface Step {
  readonly room: Room;
  readonly events: readonly StoredEvent[];
}

let rooms = 0;

/** A night in a room of its own: its steps, and its log. */
function played(commands: readonly Given[]) {
  rooms += 1;
  const id = `night-${rooms}`;
  const steps: Step[] = [];
  const renamed = (room: Room): Room => ({ ...room, id });
  const { events } = night(commands, safeguards, ({ room, events: some }) => {
    steps.push({ room: renamed(room), events: some });
  });
  const log = {
    head: async () => Promise.resolve({ seq: events.length }),
    read: async (_: string, after: number, limit: number) => Promise.resolve(events.slice(after, after + limit)),
  };
  return { id, steps, events, log };
}

async function project(steps: readonly Step[]): Promise<void> {
  for (const { room, events } of steps)
    for (const { text, values } of projectionsOf(room, events)) await on.database.service.query(text, [...values]);
}

async function standing(room: string) {
  const records = await on.asOwner.query(
    `select kind, record, happened_at, incident, subjects, names, signs, says, is_keyed
     from heed.record where room = $1 order by kind, record`,
    [room],
  );
  const keys = await on.asOwner.query(
    `select r.kind, r.record, to_jsonb(k) - 'record' as keys from heed.record_keys k
     join heed.record r on r.number = k.record where r.room = $1 order by 1, 2, (to_jsonb(k) - 'record')::text`,
    [room],
  );
  return { records: records.rows as unknown[], keys: keys.rows as unknown[] };
}

/** The night with its first incident gone from the room, as days after it was closed. */
function archived({ id, steps, events }: ReturnType<typeof played>) {
  const last = steps.at(-1)?.room;
  const before = events.at(-1);
  if (last === undefined || before === undefined) throw new Error('a night without events');
  const gone: StoredEvent = {
    ...before,
    seq: before.seq + 1,
    type: 'IncidentArchived',
    ids: { incident: 'i1' },
    body: {},
    command: 'archive',
    cause: null,
  };
  const all = [...events, gone];
  return {
    id,
    steps: [...steps, { room: { ...evolve(last, gone), id }, events: [gone] }],
    log: {
      head: async () => Promise.resolve({ seq: all.length }),
      read: async (_: string, after: number, limit: number) => Promise.resolve(all.slice(after, after + limit)),
    },
  };
}

async function rebuilt(room: string, log: ReturnType<typeof played>['log']) {
  return rebuildRecords({ pool: on.database.service, log, room, kind: 'live' });
}

describe('the own history of a night', () => {
  test('rebuilt from the log is what was projected command by command, and what memory was told', async () => {
    await fc.assert(
      fc.asyncProperty(nights, async (commands) => {
        const one = archived(played(commands));
        await project(one.steps);
        const projected = await standing(one.id);
        await rebuilt(one.id, one.log);
        expect(await standing(one.id)).toEqual(projected);
        expect(projected.records.length).toBeGreaterThan(0);
      }),
      propertySettings(15),
    );
  });

  test('is rebuilt whole where nothing, something else or half of it stood', async () => {
    const one = played(opening);
    await project(one.steps);
    const projected = await standing(one.id);
    const strange: SourceRecord = {
      id: 'i99',
      kind: 'incident',
      when: 1,
      names: [{ kind: 'phone', number: '07700 900999' }],
      subjects: [],
      signs: [],
      says: 'never in the log',
    };
    await keepRecords(on.database.service, ownShelf(one.id), [strange]);
    await on.asOwner.query(`update heed.record set says = 'changed', signs = '{}' where room = $1`, [one.id]);
    await on.asOwner.query(`update heed.record_keys set exact_a = null, pair = 1`);
    const told = await rebuilt(one.id, one.log);
    expect(told).toEqual({ events: one.events.length, kept: projected.records.length, removed: 1 });
    expect(await standing(one.id)).toEqual(projected);
  });

  test('answers from the database what the same events made memory answer', async () => {
    await fc.assert(
      fc.asyncProperty(nights, async (commands) => {
        const one = played(commands);
        const memory = memorySource({ id: 'own-history', records: [] });
        await project(one.steps);
        for (const { room, events } of one.steps)
          for (const change of events.flatMap((event) => recordsAfter(room, event)))
            if (change.kind === 'kept') memory.remember(change.record);
            else memory.forget(change.record);
        const source = ownHistory({ pool: on.database.service, now: () => 0 }, one.id);
        const { room } = one.steps.at(-1) ?? {};
        for (const subject of room?.subjects.values() ?? []) {
          const question = {
            subject: 'new',
            identity: subject.identity,
            beside: [],
            apartFrom: [],
            at: room?.now ?? 0,
          };
          expect(await source.ask(question, new AbortController().signal)).toEqual(memory.ask(question));
        }
      }),
      propertySettings(15),
    );
  });

  test('holds of every incident on record what the room holds of it, whatever happened last', () => {
    fc.assert(
      fc.property(nights, (commands) => {
        const { steps } = played(commands);
        const held = new Map<string, SourceRecord>();
        for (const { room, events } of steps)
          for (const change of events.flatMap((event) => recordsAfter(room, event)))
            if (change.kind === 'kept' && change.incident !== null) held.set(change.incident, change.record);
        const last = steps.findLast(({ events }) => events.length > 0);
        const [event] = last?.events ?? [];
        if (last === undefined || event === undefined) throw new Error('a night without events');
        for (const [incident, { names: _, ...record }] of held) {
          const again = recordsAfter(last.room, { ...event, type: 'KindsSet', ids: { incident } });
          expect(again).toMatchObject([{ record }]);
        }
        expect(held.size).toBeGreaterThan(0);
      }),
      propertySettings(60),
    );
  });

  test('keeps no word of what was erased, until it is rebuilt from what the log still holds', async () => {
    const one = played(opening);
    await project(one.steps);
    const named = one.events.find((event) => event.type === 'SubjectRecorded' && event.ids['subject'] === 's4');
    if (named === undefined) throw new Error('no number was recorded');
    const header = JSON.stringify({ seq: named.seq, ids: named.ids });
    await on.asOwner.query(
      `insert into heed.event (room, seq, header, hash, type, scope, incident, recorded_at)
       values ($1, $2, $3, '', $4, '', null, 0)`,
      [one.id, named.seq, header, named.type],
    );
    await on.asOwner.query(
      `insert into heed.erasure (room, seq, at, decision, by, second) values ($1, $2, 0, 0, 'a', 'b')`,
      [one.id, named.seq],
    );
    const blank = await standing(one.id);
    expect(blank.records).toMatchObject([
      { kind: 'incident', says: '[erased]', names: '[]', subjects: ['s1', 's2', 's3', 's4'] },
    ]);
    expect(JSON.stringify(blank)).not.toMatch(/0123|Person/);
    const events = one.events.map((event) => (event === named ? { ...event, body: null } : event));
    const log = {
      ...one.log,
      read: async (_: string, after: number, limit: number) => Promise.resolve(events.slice(after, after + limit)),
    };
    await rebuilt(one.id, log);
    const after = await standing(one.id);
    expect(after.records).toMatchObject([{ says: 'report', subjects: ['s1', 's2', 's3'] }]);
    expect(JSON.stringify(after)).not.toContain('0123');
    expect(JSON.stringify(after)).toContain('Person 0');
  });
});
