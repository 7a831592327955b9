import pg from 'pg';
import type { Database } from '../database/connect.ts';
import { append, recordedCommands } from './append.ts';
import type { Journal, RoomEntry } from './journal.ts';
import type { Asks } from './rows.ts';
import { headOf, readContactEvents, readEvents, readIncidentEvents } from './rows.ts';
import { keepSnapshot, restore } from './snapshots.ts';

/** Rooms whose batches are on their way to the database at once; more wait for a connection. */
const writersMax = 4;

export interface JournalOptions {
  /** Digest of the program that folds: a snapshot of another is never used. */
  readonly foldVersion: string;
  /** Told of a snapshot that could not be used, and why; the log itself has everything. */
  readonly note?: (says: string) => void;
}

/** A journal and the connections that it writes over. */
export interface PostgresJournal extends Journal {
  readonly close: () => Promise<void>;
}

const createText = `
with made as (
  insert into heed.room (room, kind, created_at) values ($1, $2, $3) on conflict do nothing returning room, kind
), writer as (
  insert into heed.writer (room) select room from made
)
select kind from made union all select kind from heed.room where room = $1`;

// A room that is half read in from an export is none, so nobody writes for it.
const roomsText = `
select r.room, r.kind, r.created_at from heed.room r
where not exists (select from heed.import i where i.room = r.room and i.done_at is null)
order by r.room`;

const turnText = `
update heed.writer w set epoch = w.epoch + 1, holder = $2
where w.room = $1 and not exists (select from heed.import i where i.room = w.room and i.done_at is null)
returning w.epoch`;

/** The journal of a PostgreSQL database that has been migrated. */
export function postgresJournal(database: Pick<Database, 'service'>, options: JournalOptions): PostgresJournal {
  const pool = database.service;
  const snapshots = { ...options, loaded: new Map<string, number>() };
  const writers = new pg.Pool({ ...pool.options, application_name: 'heed append', pipeline: true, max: writersMax });
  // Whoever was waiting on a connection that breaks is told; an idle one is simply replaced.
  writers.on('error', ignore);
  writers.on('connect', (client) => client.on('error', ignore));
  return {
    rooms: async () => rooms(pool),
    create: async (entry) => create(pool, entry),
    beginTurn: async (room, holder) => beginTurn(pool, room, holder),
    head: async (room) => headOf(pool, room),
    append: async (batch) => append(writers, batch),
    commandsRecorded: async (room, ids) => recordedCommands(pool, room, ids),
    read: async (room, after, limit) => readEvents(pool, room, { after, limit }),
    readIncident: async (room, incident) => readIncidentEvents(pool, room, incident),
    readContact: async (room, contact) => readContactEvents(pool, room, contact),
    restore: async (entry) => restore(pool, entry, snapshots),
    keepSnapshot: async (room, head) => keepSnapshot(pool, { room, head, ...snapshots }),
    close: async () => writers.end(),
  };
}

function ignore(): void {}

async function rooms(pool: Asks): Promise<readonly RoomEntry[]> {
  const { rows } = await pool.query<Omit<RoomEntry, 'createdAt'> & { created_at: number }>(roomsText);
  return rows.map(({ room, kind, created_at }) => ({ room, kind, createdAt: created_at }));
}

/** Makes a room unless it is there. False when it exists with another kind. */
export async function create(pool: Asks, { room, kind, createdAt }: RoomEntry): Promise<boolean> {
  const { rows } = await pool.query<{ kind: string }>(createText, [room, kind, createdAt]);
  if (rows.length > 0) return rows[0]?.kind === kind;
  // Somebody else made it while this statement ran.
  const again = await pool.query<{ kind: string }>('select kind from heed.room where room = $1', [room]);
  return again.rows[0]?.kind === kind;
}

async function beginTurn(pool: Asks, room: string, holder: string): Promise<number> {
  const { rows } = await pool.query<{ epoch: number }>(turnText, [room, holder]);
  const [turn] = rows;
  if (turn === undefined) throw new Error(`nobody can write for room ${room}: it is not there, or not wholly read in`);
  return turn.epoch;
}
