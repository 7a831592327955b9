import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlRoom, people } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { testJournal } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { propertySettings } from '../../test/runs.ts';
import { genesis } from '../journal/chain.ts';
import type { Head } from '../journal/journal.ts';
import { incidentOf } from '../room/belongings.ts';
import { letsIn, restrictionOn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import { accessProjections, fenceOf } from './fence.ts';
import { asReader } from './reader.ts';

let on: TestJournal;

beforeAll(async () => {
  on = await testJournal([]);
});

afterAll(async () => on.drop());

const leader = 'on-call-superintendent';
const everybody = [...Object.keys(people), leader, 'nobody-at-all'];

/** A room of the pure kind and its log in the database under an id of its own, kept in step. */
interface Kept {
  readonly id: string;
  readonly control: ControlRoom;
  readonly room: () => Room;
  readonly does: (who: string, type: string, data: unknown) => Promise<void>;
  readonly follow: () => Promise<void>;
}

let rooms = 0;

async function keptRoom(): Promise<Kept> {
  rooms += 1;
  const id = `room-${rooms}`;
  await on.journal.create({ room: id, kind: 'replay', createdAt: 0 });
  const epoch = await on.journal.beginTurn(id, 'test');
  const control = controlRoom([]);
  const room = (): Room => ({ ...control.room(), id });
  let head: Head = genesis;
  const follow = async (): Promise<void> => {
    const events = control
      .events()
      .slice(head.seq)
      .map((event) => ({ ...event, room: id }));
    if (events.length === 0) return;
    const appended = await on.journal.append({
      room: id,
      epoch,
      after: head,
      entries: events.map((event) => ({ event, incident: incidentOf(room(), event) })),
      commands: [],
      projections: accessProjections(room(), events),
    });
    if (appended.kind !== 'appended') throw new Error(appended.kind);
    ({ head } = appended);
  };
  await follow();
  return {
    id,
    control,
    room,
    follow,
    does: async (who, type, data) => {
      control.does(who, type, data);
      await follow();
    },
  };
}

async function seqsSeenBy(room: string, staff: string | null, at: number): Promise<readonly number[]> {
  return asReader(on.database.reader, { room, staff, at }, async (reading) => {
    const { rows } = await reading.query<{ seq: number }>('select seq from heed.event order by seq');
    const { rows: bodies } = await reading.query<{ seq: number }>('select seq from heed.body order by seq');
    expect(bodies).toEqual(rows);
    return rows.map((row) => row.seq);
  });
}

/** What the room's own rule says somebody may see of its log. */
function seqsAllowed(room: Room, staff: string, at: number): readonly number[] {
  return Array.from({ length: room.seq }, (_, place) => place + 1).filter((seq) => {
    const home = room.belongings.get(`#${seq}`);
    const restriction = home === undefined ? null : restrictionOn(room, home);
    return restriction === null || letsIn(room, restriction, staff, at);
  });
}

/** Whether everybody sees in the database what the room's rule allows them; says who does not. */
async function strangeTo(kept: Kept, at: number = kept.room().now): Promise<readonly string[]> {
  const room = kept.room();
  const seen = await Promise.all(
    everybody.map(async (staff) => [staff, await seqsSeenBy(room.id, staff, at)] as const),
  );
  return seen
    .filter(([staff, seqs]) => JSON.stringify(seqs) !== JSON.stringify(seqsAllowed(room, staff, at)))
    .map(([staff]) => staff);
}

async function restricted(): Promise<Kept> {
  const kept = await keptRoom();
  const { control } = kept;
  control.call('contact-1', { words: 'the inspector hit me' });
  await kept.follow();
  control.opens('incident-1', { contact: 'contact-1', grade: 'emergency' });
  control.opens('incident-2', { by: 'handler-2', grade: 'priority' });
  await kept.follow();
  await kept.does(leader, 'RestrictIncident', {
    incident: 'incident-1',
    readers: ['supervisor-1'],
    desk: 'specialist',
    reason: 'about one of us',
  });
  return kept;
}

describe('the database hides what the room hides', () => {
  test('from the first word of its caller on, and from nobody who must know', async () => {
    const kept = await restricted();
    expect(await strangeTo(kept)).toEqual([]);
    const room = kept.control.room();
    const hidden = (staff: string): number => room.seq - seqsAllowed(room, staff, room.now).length;
    expect(hidden('handler-2')).toBeGreaterThan(5);
    expect(hidden('supervisor-1')).toBe(0);
    expect(hidden('specialist-1')).toBe(0);
    const statement = kept.control.facts('StatementRecorded')[0]?.seq ?? 0;
    expect(await seqsSeenBy(kept.id, 'handler-2', room.now)).not.toContain(statement);
    expect(await seqsSeenBy(kept.id, 'supervisor-1', room.now)).toContain(statement);
  });

  test('as readers are admitted, withdrawn, let through the glass, and when all may read again', async () => {
    const kept = await restricted();
    const incident = 'incident-1';
    await kept.does('handler-2', 'BreakGlass', { incident, reason: 'she is on my line' });
    expect(await strangeTo(kept)).toEqual([]);
    const { now } = kept.control.room();
    expect(await strangeTo(kept, now + 3_599_999)).toEqual([]);
    expect(await strangeTo(kept, now + 3_600_000)).toEqual([]);
    expect(seqsAllowed(kept.control.room(), 'handler-2', now)).not.toEqual(
      seqsAllowed(kept.control.room(), 'handler-2', now + 3_600_000),
    );
    for (const [type, staff] of [
      ['AdmitReader', 'handler-2'],
      ['WithdrawReader', 'handler-2'],
      ['WithdrawReader', 'specialist-1'],
      ['AdmitReader', 'specialist-1'],
    ] as const) {
      await kept.does(leader, type, { incident, staff, reason: 'as it must be' });
      expect(await strangeTo(kept)).toEqual([]);
    }
    await kept.does(leader, 'LiftRestriction', { incident, reason: 'it is over' });
    expect(await strangeTo(kept)).toEqual([]);
    expect(await seqsSeenBy(kept.id, 'handler-2', now)).toHaveLength(kept.control.room().seq);
  });

  test('as the desk goes home, and what is joined to it', async () => {
    const kept = await restricted();
    await kept.does('specialist-1', 'SignOff', { staff: 'specialist-1' });
    expect(await strangeTo(kept)).toEqual([]);
    kept.control.call('contact-2', { handler: 'handler-2', words: 'it is about the same man' });
    await kept.follow();
    await kept.does('handler-2', 'JoinContact', { contact: 'contact-2', incident: 'incident-1' });
    await kept.does('supervisor-1', 'JoinIncidents', {
      incident: 'incident-2',
      into: 'incident-1',
      reason: 'the same matter',
    });
    expect(await strangeTo(kept)).toEqual([]);
    await kept.does('supervisor-1', 'AddEntry', { incident: 'incident-1', text: 'told nobody else' });
    expect(await strangeTo(kept)).toEqual([]);
  });

  test('whatever is done to it, in whatever order', async () => {
    const incident = fc.constantFrom('incident-1', 'incident-2');
    const staff = fc.constantFrom(...Object.keys(people));
    const reason = 'as it must be';
    const deed = fc.oneof(
      fc.record({ incident, staff }).map((data) => ['AdmitReader', { ...data, reason }] as const),
      fc.record({ incident, staff }).map((data) => ['WithdrawReader', { ...data, reason }] as const),
      incident.map((one) => ['RestrictIncident', { incident: one, readers: ['fim-1'], desk: 'fim', reason }] as const),
      incident.map((one) => ['LiftRestriction', { incident: one, reason }] as const),
      fc.record({ incident }).map((data) => ['BreakGlass', { ...data, reason }] as const),
      fc.constant(['JoinIncidents', { incident: 'incident-2', into: 'incident-1', reason }] as const),
      fc.constant(['JoinContact', { contact: 'contact-2', incident: 'incident-2' }] as const),
      fc.constant(['EndContact', { contact: 'contact-1', ending: 'ended' }] as const),
      staff.map((one) => ['SignOff', { staff: one }] as const),
      staff.map((one) => ['SignOn', { staff: one, position: 'desk-9' }] as const),
      incident.map((one) => ['AddEntry', { incident: one, text: 'a line' }] as const),
    );
    const who = fc.constantFrom(leader, leader, ...Object.keys(people));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(who, deed), { minLength: 1, maxLength: 12 }), async (deeds) => {
        const kept = await restricted();
        kept.control.call('contact-2', { handler: 'handler-2', words: 'somebody else' });
        await kept.follow();
        for (const [actor, [type, data]] of deeds) {
          await kept.does(actor, type, data);
          expect(await strangeTo(kept)).toEqual([]);
        }
      }),
      propertySettings(8),
    );
  });

  test('after the fence was lost and was put up anew from the room', async () => {
    const kept = await restricted();
    await on.database.service.query('delete from heed.restriction; delete from heed.restriction_reader');
    await on.database.service.query("insert into heed.restriction values ($1, '#1', 'made-up')", [kept.id]);
    for (const { text, values } of fenceOf(kept.room())) await on.database.service.query(text, [...values]);
    expect(await strangeTo(kept)).toEqual([]);
  });
});

describe('the role that reads for people', () => {
  test('sees nothing at all where nobody has said for whom', async () => {
    await restricted();
    for (const table of ['event', 'body', 'record', 'room', 'erasure', 'source_import']) {
      const { rows } = await on.database.reader.query(`select * from heed.${table}`);
      expect(rows).toEqual([]);
    }
  });

  test('sees nothing of another room', async () => {
    const kept = await restricted();
    expect(await seqsSeenBy(`${kept.id}-other`, 'supervisor-1', kept.control.room().now)).toEqual([]);
    expect(await seqsSeenBy('', 'supervisor-1', kept.control.room().now)).toEqual([]);
  });

  test('sees what is open, and nothing that is restricted, for nobody by name', async () => {
    const kept = await restricted();
    const room = kept.control.room();
    expect(await seqsSeenBy(kept.id, null, room.now)).toEqual(seqsAllowed(room, 'nobody-at-all', room.now));
  });

  test('counts only what it shows', async () => {
    const kept = await restricted();
    const room = kept.control.room();
    const counted = await asReader(
      on.database.reader,
      { room: kept.id, staff: 'handler-2', at: room.now },
      async (reading) => {
        const { rows } = await reading.query<{ count: number; last: number }>(
          'select count(*) as count, max(e.seq) as last from heed.event e join heed.body b using (room, seq)',
        );
        return rows[0];
      },
    );
    const allowed = seqsAllowed(room, 'handler-2', room.now);
    expect(counted).toEqual({ count: allowed.length, last: allowed.at(-1) });
  });

  test('sees no record of what is restricted: by its incident, by its own id, or by whom it is about', async () => {
    const kept = await restricted();
    const record = (id: string, incident: string | null, subjects: readonly string[]): readonly unknown[] => [
      kept.id,
      'own-history',
      'incident',
      id,
      1,
      1,
      incident,
      subjects,
      '[]',
      [],
      'said',
    ];
    await on.database.service.query("insert into heed.restriction values ($1, 'subject-1', 'incident-1')", [kept.id]);
    for (const row of [
      record('open-1', null, []),
      record('open-2', 'incident-2', ['subject-2']),
      record('hidden-1', 'incident-1', []),
      record('incident-1', null, []),
      record('hidden-2', 'incident-2', ['subject-2', 'subject-1']),
    ])
      await on.database.service.query('insert into heed.record values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
        ...row,
      ]);
    const seen = async (staff: string): Promise<readonly string[]> =>
      asReader(on.database.reader, { room: kept.id, staff, at: kept.control.room().now }, async (reading) => {
        const { rows } = await reading.query<{ record: string }>('select record from heed.record order by record');
        return rows.map((row) => row.record);
      });
    expect(await seen('handler-2')).toEqual(['open-1', 'open-2']);
    expect(await seen('supervisor-1')).toHaveLength(5);
  });

  test.each([
    'select * from heed.restriction',
    'select * from heed.restriction_reader',
    'select * from heed.command',
    'select * from heed.snapshot',
    'select * from heed.record_keys',
    'select * from heed.access_event',
    'insert into heed.event select * from heed.event',
    'update heed.event set hash = hash',
    'delete from heed.body',
    'alter table heed.event disable row level security',
    'drop policy reader on heed.event',
    'create or replace function heed.may_read_record(named text[]) returns boolean language sql return true',
    'select * from heed.shut',
  ])('cannot: %s', async (statement) => {
    await expect(on.database.reader.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  test('does not see more with row security turned off: the database refuses to answer', async () => {
    const kept = await restricted();
    const reading = asReader(
      on.database.reader,
      { room: kept.id, staff: 'handler-2', at: kept.control.room().now },
      async (client) => {
        await client.query('set local row_security = off');
        return client.query('select * from heed.event');
      },
    );
    await expect(reading).rejects.toThrow(/row-level security/);
  });

  test('cannot write, even where it may, while it reads for somebody', async () => {
    const reading = asReader(on.database.reader, { room: 'room-1', staff: 'ada', at: 0 }, async (client) =>
      client.query('create temporary table found (a integer)'),
    );
    await expect(reading).rejects.toThrow(/read-only transaction|permission denied/);
  });
});

describe('reading as somebody', () => {
  test('is a fault for a login that the fence does not hold, and nothing is read', async () => {
    let isRead = false;
    const reading = asReader(on.asOwner, { room: 'room-1', staff: 'ada', at: 0 }, async () => {
      isRead = true;
      return Promise.resolve();
    });
    await expect(reading).rejects.toThrow(/owns the tables/);
    expect(isRead).toBe(false);
  });

  test('leaves nothing behind for the next user of a connection, however it ends', async () => {
    const kept = await restricted();
    const at = kept.control.room().now;
    const endings = [async () => Promise.resolve(), async () => Promise.reject(new Error('the work failed'))];
    for (const ending of endings) {
      const reader = { room: kept.id, staff: 'supervisor-1', at };
      await asReader(on.database.reader, reader, ending).catch(() => undefined);
      const { rows } = await on.database.reader.query<{ room: string; staff: string; at: string; count: number }>(
        `select coalesce(current_setting('heed.room', true), '') as room,
          coalesce(current_setting('heed.staff', true), '') as staff,
          coalesce(current_setting('heed.at', true), '') as at, (select count(*) from heed.event) as count`,
      );
      expect(rows).toEqual([{ room: '', staff: '', at: '', count: 0 }]);
    }
  });

  test('keeps many people apart who read at once over few connections', async () => {
    const kept = await restricted();
    const room = kept.control.room();
    const asked = Array.from({ length: 60 }, (_, place) => everybody[place % everybody.length] ?? leader);
    const seen = await Promise.all(asked.map(async (staff) => seqsSeenBy(kept.id, staff, room.now)));
    expect(seen).toEqual(asked.map((staff) => seqsAllowed(room, staff, room.now)));
  });

  test('is done with names that would break out of a statement, were they put into one', async () => {
    const { id } = await restricted();
    for (const evil of ["supervisor-1' or true --", "'; reset role; --", '\\', '%'])
      expect(await seqsSeenBy(id, evil, 0)).not.toContain(0);
    await expect(seqsSeenBy(id, 'a\0b', 0)).rejects.toThrow(/0x00|invalid/);
  });
});
