import type { ClientBase, Pool, QueryResultRow } from 'pg';
import type { StoredEvent } from '../room/define.ts';
import type { Copies, Link, Opened } from './chain.ts';
import { at, copyFault, eventOf, genesis, open } from './chain.ts';
import type { Head } from './journal.ts';

/** Whatever takes a statement: a pool, or one connection of it. */
export type Asks = Pick<Pool | ClientBase, 'query'>;

/** An event as the log's tables hold it, the record of its erasure included. */
export interface EventRow extends Link, Copies {
  readonly erasure: ErasureRecord | null;
}

/** Who decided that a body goes, when it went, and the event that decided it. */
export interface ErasureRecord {
  readonly at: number;
  readonly decision: number;
  readonly by: string;
  readonly second: string;
}

interface Columns extends QueryResultRow {
  readonly seq: number;
  readonly header: string;
  readonly hash: string;
  readonly type: string;
  readonly scope: string;
  readonly incident: string | null;
  readonly recorded_at: number;
  readonly salt: string | null;
  readonly body: string | null;
  readonly erased_at: number | null;
  readonly decision: number | null;
  readonly erased_by: string | null;
  readonly erased_second: string | null;
}

const columns = `e.seq, e.header, e.hash, e.type, e.scope, e.incident, e.recorded_at, b.salt, b.body,
  x.at as erased_at, x.decision, x.by as erased_by, x.second as erased_second`;

// A body is looked up for each event, whatever the planner believes of the tables' sizes.
const apart = `
left join lateral (
  select b.salt, b.body from heed.body b where b.room = e.room and b.seq = e.seq offset 0
) b on true
left join lateral (
  select x.at, x.decision, x.by, x.second from heed.erasure x where x.room = e.room and x.seq = e.seq offset 0
) x on true`;

const pageText = `
select w.seq as head_seq, w.hash as head_hash, ${columns}
from heed.writer w
left join heed.event e on e.room = w.room and e.seq > $2 and e.seq <= $2 + $3
${apart}
where w.room = $1
order by e.seq`;

// An incident's own events, and those of its contacts from before they were joined to it.
const incidentText = `
with own as (
  select e.seq, e.type, e.header from heed.event e where e.room = $1 and e.incident = $2
), contact as (
  select distinct o.header::json #>> '{ids,contact}' as id from own o
  where o.type in ('IncidentOpened', 'ContactJoined')
), found as (
  select o.seq from own o
  union
  select e.seq from contact c join heed.event e
    on e.room = $1 and e.incident is null and e.header::json #>> '{ids,contact}' = c.id
)
select ${columns}
from found f join heed.event e on e.room = $1 and e.seq = f.seq
${apart}
order by e.seq`;

const contactText = `
select ${columns}
from heed.event e
${apart}
where e.room = $1 and e.incident is null and e.header::json #>> '{ids,contact}' = $2
order by e.seq`;

const ofTypeText = `
select ${columns}
from heed.event e
${apart}
where e.room = $1 and e.type = $2
order by e.seq`;

const hashText = 'select hash from heed.event where room = $1 and seq = $2';

/** The rows after a seq, at most so many, with the writer's head as it stood at that same moment. */
export interface Page {
  readonly head: { readonly seq: number; readonly hash: string };
  readonly rows: readonly EventRow[];
}

/** Reads a page of the log as it stands. Throws where there is no such room. */
export async function readPage(database: Asks, room: string, { after, limit }: Range): Promise<Page> {
  const { rows } = await database.query<Columns & { head_seq: number; head_hash: string }>({
    name: 'heed-page',
    text: pageText,
    values: [room, after, limit],
  });
  const [first] = rows;
  if (first === undefined) throw new Error(`there is no room ${room} in the log`);
  const found = rows.filter((row) => (row.seq as number | null) !== null).map(rowOf);
  return { head: { seq: first.head_seq, hash: first.head_hash }, rows: found };
}

export interface Range {
  readonly after: number;
  readonly limit: number;
}

/** Events after a seq, in order; throws at the first that is not as it was written, or that is missing. */
export async function readEvents(database: Asks, room: string, range: Range): Promise<readonly StoredEvent[]> {
  const [{ head, rows }, before] = await Promise.all([
    readPage(database, room, range),
    hashAt(database, room, range.after),
  ]);
  const events: StoredEvent[] = [];
  let previous = before;
  for (const row of rows) {
    const expected = range.after + events.length + 1;
    if (row.seq !== expected) throw new Error(`${at(room, expected)} is missing from the log`);
    const { header, body } = whole(room, row);
    if (previous !== null && header.previous !== previous)
      throw new Error(`${at(room, row.seq)}: it does not follow the event before it`);
    previous = row.hash;
    events.push(eventOf(header, body));
  }
  const end = Math.min(head.seq, range.after + range.limit);
  if (range.after + events.length < end)
    throw new Error(
      `${at(room, range.after + events.length + 1)} is missing from the log, which stands at ${head.seq}`,
    );
  return events;
}

/** Every event of an incident and its contacts, in order; throws at the first that is not as it was written. */
export async function readIncidentEvents(
  database: Asks,
  room: string,
  incident: string,
): Promise<readonly StoredEvent[]> {
  const query = { name: 'heed-incident', text: incidentText, values: [room, incident] };
  const { rows } = await database.query<Columns>(query);
  return rows.map((row) => eventIn(room, row));
}

/** Every event of a contact that belongs to no incident, in order; throws at the first that is not as written. */
export async function readContactEvents(
  database: Asks,
  room: string,
  contact: string,
): Promise<readonly StoredEvent[]> {
  const query = { name: 'heed-contact', text: contactText, values: [room, contact] };
  const { rows } = await database.query<Columns>(query);
  return rows.map((row) => eventIn(room, row));
}

/** Where the chain of a room stands. */
export async function headOf(pool: Asks, room: string): Promise<Head> {
  const query = { name: 'heed-head', text: 'select seq, hash from heed.writer where room = $1', values: [room] };
  const { rows } = await pool.query<{ seq: number; hash: string }>(query);
  const [head] = rows;
  if (head === undefined) throw new Error(`there is no room ${room} in the log`);
  return { seq: head.seq, hash: head.hash };
}

/** Every event of one type, in order; throws at the first that is not as it was written. Reads the whole log for it. */
export async function readOfType(database: Asks, room: string, type: string): Promise<readonly StoredEvent[]> {
  const { rows } = await database.query<Columns>(ofTypeText, [room, type]);
  return rows.map((row) => eventIn(room, row));
}

/** The hash of one event, or null where there is none. */
export async function hashAt(database: Asks, room: string, seq: number): Promise<string | null> {
  if (seq === genesis.seq) return genesis.hash;
  const values = [room, seq];
  const { rows } = await database.query<{ hash: string }>({ name: 'heed-hash', text: hashText, values });
  return rows[0]?.hash ?? null;
}

/** Opens a row by itself, whatever stands before and after it. */
export function examine(room: string, row: EventRow): Opened {
  const link = open(room, row);
  if (!link.isWhole) return link;
  const says = bodyFault(row) ?? copyFault(link.header, row);
  return says === null ? link : { isWhole: false, says };
}

function bodyFault({ body, erasure }: EventRow): string | null {
  if (body === null && erasure === null) return 'its body is missing, and no erasure of it is on record';
  return body !== null && erasure !== null ? 'its body is there, though its erasure is on record' : null;
}

function whole(room: string, row: EventRow): Extract<Opened, { readonly isWhole: true }> {
  const link = examine(room, row);
  if (!link.isWhole) throw new Error(`${at(room, row.seq)}: ${link.says}`);
  return link;
}

function eventIn(room: string, row: Columns): StoredEvent {
  const { header, body } = whole(room, rowOf(row));
  return eventOf(header, body);
}

function rowOf(row: Columns): EventRow {
  const { seq, header, hash, salt, body, type, scope, incident } = row;
  return { seq, header, hash, salt, body, type, scope, incident, recordedAt: row.recorded_at, erasure: erasureOf(row) };
}

function erasureOf(row: Columns): ErasureRecord | null {
  const { erased_at, decision, erased_by, erased_second } = row;
  if (erased_at === null || decision === null || erased_by === null || erased_second === null) return null;
  return { at: erased_at, decision, by: erased_by, second: erased_second };
}
