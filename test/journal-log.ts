import fc from 'fast-check';
import pg from 'pg';
import { openDatabase, wholeNumbers } from '../src/database/connect.ts';
import type { Database } from '../src/database/connect.ts';
import { genesis } from '../src/journal/chain.ts';
import type { Batch, Entry, Head } from '../src/journal/journal.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import type { PostgresJournal } from '../src/journal/postgres-journal.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { controlRoom, noon } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { testDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';

/** A journal on a database of its own, with what a test needs to look behind it. */
export interface TestJournal {
  readonly urls: TestDatabase;
  readonly database: Database;
  readonly journal: PostgresJournal;
  /** What the journal noted, in order. */
  readonly notes: string[];
  /** As the owner of the tables, who is refused like everybody. */
  readonly asOwner: pg.Pool;
  /** Runs statements with every trigger off, as an intruder would who rules the database. */
  readonly tamper: (...statements: readonly string[]) => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** Opens a journal on a fresh database, with the rooms of these ids. */
export async function testJournal(rooms: readonly string[] = ['north'], foldVersion = 'one'): Promise<TestJournal> {
  const urls = await testDatabase();
  const database = openDatabase(urls, () => undefined);
  const notes: string[] = [];
  const journal = postgresJournal(database, { foldVersion, note: (says) => notes.push(says) });
  const asOwner = new pg.Pool({ connectionString: urls.ownerUrl, types: wholeNumbers });
  asOwner.on('error', () => undefined);
  for (const room of rooms) await journal.create({ room, kind: 'live', createdAt: noon });
  return {
    urls,
    database,
    journal,
    notes,
    asOwner,
    tamper: async (...statements) => tamper(asOwner, statements),
    drop: async () => {
      await Promise.all([journal.close(), database.close(), asOwner.end()]);
      await urls.drop();
    },
  };
}

const guarded = ['event', 'body', 'command', 'answer', 'erasure', 'room'];

function switched(how: 'disable' | 'enable'): string {
  return guarded.map((table) => `alter table heed.${table} ${how} trigger user;`).join(' ');
}

async function tamper(owner: pg.Pool, statements: readonly string[]): Promise<void> {
  const all = `${switched('disable')} ${statements.join('; ')}; ${switched('enable')}`;
  await owner.query(`begin; ${all} commit`);
}

/** One event of a log that is about nothing in particular. */
export function eventAt(seq: number, change: Partial<StoredEvent> = {}): StoredEvent {
  return {
    seq,
    room: 'north',
    at: noon + seq * 1_000,
    recordedAt: noon + seq * 1_000,
    actor: { kind: 'staff', id: 'handler-1' },
    second: null,
    scope: 'incident:i1',
    type: 'EntryAdded',
    version: 1,
    cause: null,
    command: `command-${seq}`,
    ids: { incident: 'i1' },
    body: { text: `line ${seq}`, source: 'handler', readings: [] },
    ...change,
  };
}

export function entryOf(event: StoredEvent): Entry {
  return { event, incident: event.ids['incident'] ?? null };
}

/** A batch after a head: so many plain events, unless other events are given. */
export function batchAfter(
  epoch: number,
  after: Head,
  change: Partial<Batch> & { readonly count?: number } = {},
): Batch {
  const { count = 1, ...rest } = change;
  const entries = Array.from({ length: count }, (_, place) => entryOf(eventAt(after.seq + place + 1)));
  return { room: 'north', epoch, after, entries, commands: [], projections: [], ...rest };
}

/** Writes a log of so many plain events; gives its head. */
export async function written(journal: TestJournal['journal'], count: number, room = 'north'): Promise<Head> {
  const epoch = await journal.beginTurn(room, 'test');
  const entries = Array.from({ length: count }, (_, place) => entryOf(eventAt(place + 1, { room })));
  const appended = await journal.append({ room, epoch, after: genesis, entries, commands: [], projections: [] });
  if (appended.kind !== 'appended') throw new Error(appended.kind);
  return appended.head;
}

/** A room in which somebody rang, with every safeguard on and three hours of duties falling due. */
export function playedRoom(): ControlRoom {
  const control = controlRoom(safeguards);
  control.call('c1', { words: 'he is at the door', subjects: { s1: [{ kind: 'person', name: 'Ann Lee' }, 'victim'] } });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.wait('3 h');
  return control;
}

/** Writes the whole log of a room that was played in memory, in batches; gives its head. */
export async function writtenLog(
  journal: TestJournal['journal'],
  events: readonly StoredEvent[],
  incidentOf: (event: StoredEvent) => string | null = (event) => event.ids['incident'] ?? null,
): Promise<Head> {
  const room = events[0]?.room ?? 'room-1';
  await journal.create({ room, kind: 'replay', createdAt: noon });
  const epoch = await journal.beginTurn(room, 'test');
  let head = genesis;
  for (let from = 0; from < events.length; from += 50) {
    const part = events.slice(from, from + 50);
    const entries = part.map((event) => ({ event, incident: incidentOf(event) }));
    const ids = [...new Set(part.map((event) => event.command))];
    const recorded = new Set((await journal.commandsRecorded(room, ids)).map((one) => one.id));
    const commands = ids
      .filter((one) => !recorded.has(one))
      .map((one) => ({ id: one, digest: one, outcome: { kind: 'done', seq: from + 1 } }) as const);
    const appended = await journal.append({ room, epoch, after: head, entries, commands, projections: [] });
    if (appended.kind !== 'appended') throw new Error(appended.kind);
    head = appended.head;
  }
  return head;
}

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 30 }));
const whole = fc.nat(4_102_444_800_000);

/** Events with anything in them that their types allow, in order from 1; texts of any code units. */
export const anyEvents: fc.Arbitrary<readonly StoredEvent[]> = fc
  .array(
    fc.record({
      at: whole,
      recordedAt: whole,
      actor: fc.record({ kind: fc.constantFrom('staff', 'machine'), id }),
      second: fc.option(id),
      scope: fc.oneof(
        fc.constant('room'),
        id.map((one) => `incident:${one}`),
      ),
      type: fc.stringMatching(/^[A-Z][A-Za-z]{2,20}$/),
      version: fc.integer({ min: 1, max: 9 }),
      cause: fc.option(fc.nat(1_000)),
      command: id,
      ids: fc.dictionary(id, id, { maxKeys: 4 }),
      body: fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((events) => events.map((event, place) => ({ ...event, seq: place + 1, room: 'north' })));
