import type pg from 'pg';
import type { Projection } from '../database/projection.ts';
import type { Question, SourceRecord } from './source.ts';
import { comparedMax, recordsOfKeyMax, weightOfKey } from './hits.ts';
import type { Candidates } from './hits.ts';
import { keysAsked, keysOfRecord, wellFormed } from './keys.ts';

/** The records of one source in one room. */
export interface Shelf {
  readonly room: string;
  readonly source: string;
}

/** A record on its way to its shelf; `seq` is the event, or the import, as of which it stands so. */
export interface KeptRecord {
  readonly record: SourceRecord;
  readonly incident: string | null;
  readonly seq: number;
}

/** Records written in one statement. */
const keptAtOnce = 500;
/** Records looked through in one statement. */
const pageOfShelf = 2_000;

/** Whatever takes a statement: a pool, or one connection of it. */
export type Asks = Pick<pg.Pool | pg.ClientBase, 'query'>;

export type RecordId = Pick<SourceRecord, 'kind' | 'id'>;

// Each row is looked up by its whole primary key (`offset 0`), whatever the planner believes of the tables' sizes.
const keyOf = `lateral (
    select x.ctid as place from heed.record_key x
    where x.room = $1 and x.source = $2 and x.key = c.key and x.happened_at = c.happened_at
      and x.kind = c.kind and x.record = c.record offset 0
  ) f`;

/** Keys that are no longer its own go, new ones come; a state older than the one on the shelf changes nothing. */
const keepText = `
with given as (
  select * from json_to_recordset($3::json) as g (
    kind text, record text, happened_at bigint, seq bigint, incident text,
    subjects text[], names text, signs text[], says text, keys text[])
), changed as (
  select g.kind, g.record, held.happened_at, old.key
  from given g cross join lateral (
    select r.happened_at, r.keys, r.seq from heed.record r
    where r.room = $1 and r.source = $2 and r.kind = g.kind and r.record = g.record offset 0
  ) held cross join unnest(held.keys) as old (key)
  where held.seq <= g.seq and (held.happened_at <> g.happened_at or not (old.key = any (g.keys)))
), kept as (
  insert into heed.record as r
    (room, source, kind, record, happened_at, seq, incident, subjects, names, signs, says, keys)
  select $1, $2, kind, record, happened_at, seq, incident, subjects, names, signs, says, keys from given
  on conflict (room, source, kind, record) do update set
    happened_at = excluded.happened_at, seq = excluded.seq, incident = excluded.incident,
    subjects = excluded.subjects, names = excluded.names, signs = excluded.signs, says = excluded.says,
    keys = excluded.keys
  where r.seq <= excluded.seq and ($4 or
    (r.happened_at, r.incident, r.subjects, r.names, r.signs, r.says, r.keys) is distinct from
    (excluded.happened_at, excluded.incident, excluded.subjects, excluded.names, excluded.signs, excluded.says,
      excluded.keys))
  returning r.kind, r.record, r.happened_at, r.keys
), gone as (
  delete from heed.record_key k using changed c, ${keyOf} where k.ctid = f.place
)
insert into heed.record_key (room, source, key, happened_at, kind, record)
select $1, $2, key, happened_at, kind, record from kept, unnest(kept.keys) as key
on conflict do nothing`;

const dropText = `
with c as (
  select g.kind, g.record, held.place, held.happened_at, key
  from json_to_recordset($3::json) as g (kind text, record text) cross join lateral (
    select r.ctid as place, r.happened_at, r.keys from heed.record r
    where r.room = $1 and r.source = $2 and r.kind = g.kind and r.record = g.record offset 0
  ) held left join unnest(held.keys) as key on true
), keyless as (
  delete from heed.record_key k using c, ${keyOf} where k.ctid = f.place
)
delete from heed.record r using c where r.ctid = c.place`;

/** The newest records under each key, those first that share the rarest with the question: what memory does by hand. */
const nearText = `
with found as (
  select k.kind, k.record, k.happened_at, ${weightOfKey} / count(*) over (partition by a.key) as weight,
    row_number() over (partition by a.key order by k.happened_at desc, k.kind desc, k.record desc) as place
  from unnest($4::text[]) as a (key) cross join lateral (
    select kind, record, happened_at from heed.record_key
    where room = $1 and source = $2 and key = a.key and happened_at <= $3 and not (record = any ($5::text[]))
    order by happened_at desc, kind desc, record desc
    limit ${recordsOfKeyMax + 1}
  ) k
), near as (
  select kind, record, happened_at, sum(weight) as weight from found where place <= ${recordsOfKeyMax}
  group by kind, record, happened_at
  order by weight desc, happened_at desc, kind desc, record desc
  limit ${comparedMax + 1}
)
select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says,
  exists (select from found where place > ${recordsOfKeyMax}) as is_cut
from near n cross join lateral (
  select * from heed.record r
  where r.room = $1 and r.source = $2 and r.kind = n.kind and r.record = n.record offset 0
) r
order by n.weight desc, n.happened_at desc, n.kind desc, n.record desc`;

/** A row of `heed.record` as it is read. */
export interface RecordColumns {
  readonly kind: SourceRecord['kind'];
  readonly record: string;
  readonly happened_at: number;
  readonly subjects: readonly string[];
  readonly names: string;
  readonly signs: SourceRecord['signs'];
  readonly says: string;
  readonly is_cut: boolean;
}

/** Puts records on a shelf, each in place of the one of its kind and id; the last of several counts. */
export function keepStatement(shelf: Shelf, kept: readonly KeptRecord[], isRebuilt = false): Projection {
  const rows = new Map(kept.map((one) => [`${one.record.kind} ${one.record.id}`, rowOf(one)]));
  const values = [shelf.room, shelf.source, JSON.stringify([...rows.values()]), isRebuilt];
  return { name: 'records-kept', text: keepText, values };
}

/** Puts records on a shelf whatever stands there, many at a time. */
export async function keepRecords(asks: Asks, shelf: Shelf, records: readonly SourceRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += keptAtOnce) {
    const some = records.slice(at, at + keptAtOnce).map((record) => ({ record, incident: null, seq: 0 }));
    const { text, values } = keepStatement(shelf, some);
    await asks.query(text, [...values]);
  }
}

/** Removes, of a page of a shelf, what stands as of before a position. */
const removeText = `
with page as (
  select ctid as place, kind, record, happened_at, keys, seq from heed.record
  where room = $1 and source = $2 and (kind, record) > ($4, $5)
  order by kind, record limit ${pageOfShelf}
), c as (
  select kind, record, happened_at, key from page, unnest(page.keys) as key where page.seq < $3
), keyless as (
  delete from heed.record_key k using c, ${keyOf} where k.ctid = f.place
), gone as (
  delete from heed.record r using page p where p.seq < $3 and r.ctid = p.place
)
select kind, record, (select count(*) from page where seq < $3) as removed from page
order by kind desc, record desc limit 1`;

/** A place on a shelf, and how much was removed up to it. */
export interface Removed {
  readonly kind: string;
  readonly record: string;
  readonly removed: number;
}

/** Where a shelf begins. */
export const shelfStart: Removed = { kind: '', record: '', removed: 0 };

/** Removes what stands as of before a position from the next page of a shelf; null behind the last. */
export async function removeNext(
  asks: Asks,
  { room, source }: Shelf,
  { seq, after }: { readonly seq: number; readonly after: Removed },
): Promise<Removed | null> {
  const { rows } = await asks.query<Removed>(removeText, [room, source, seq, after.kind, after.record]);
  return rows[0] ?? null;
}

/** Takes records off a shelf. */
export function dropStatement(shelf: Shelf, dropped: readonly RecordId[]): Projection {
  const rows = dropped.map(({ kind, id }) => ({ kind, record: id }));
  return { name: 'records-dropped', text: dropText, values: [shelf.room, shelf.source, JSON.stringify(rows)] };
}

/** Reads what shares a key with the question. */
export function nearStatement(shelf: Shelf, question: Question): Projection {
  const values = [shelf.room, shelf.source, question.at, keysAsked(question), question.apartFrom];
  return { name: 'records-near', text: nearText, values };
}

const standingText = `
select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says, false as is_cut
from json_to_recordset($3::json) as g (kind text, record text) cross join lateral (
  select * from heed.record r
  where r.room = $1 and r.source = $2 and r.kind = g.kind and r.record = g.record offset 0
) r
where r.seq = $4`;

/** Those of these records that stand on a shelf as of this very position. */
export async function recordsStanding(
  asks: Asks,
  { room, source }: Shelf,
  { seq, of }: { readonly seq: number; readonly of: readonly RecordId[] },
): Promise<readonly SourceRecord[]> {
  const ids = JSON.stringify(of.map(({ kind, id }) => ({ kind, record: id })));
  const { rows } = await asks.query<RecordColumns>(standingText, [room, source, ids, seq]);
  return rows.map(recordOf);
}

/** What reading found: the records to compare, and whether there were more. */
export function candidatesIn(rows: readonly RecordColumns[]): Candidates {
  const isCut = rows.length > comparedMax || rows.some((row) => row.is_cut);
  return { records: rows.slice(0, comparedMax).map(recordOf), isCut };
}

function rowOf({ record, incident, seq }: KeptRecord): Readonly<Record<string, unknown>> {
  return {
    kind: record.kind,
    record: record.id,
    happened_at: record.when,
    seq,
    incident,
    subjects: record.subjects,
    names: JSON.stringify(record.names),
    signs: record.signs,
    says: wellFormed(record.says),
    keys: keysOfRecord(record),
  };
}

function recordOf(row: RecordColumns): SourceRecord {
  return {
    id: row.record,
    kind: row.kind,
    when: row.happened_at,
    names: JSON.parse(row.names) as SourceRecord['names'],
    subjects: row.subjects,
    signs: row.signs,
    says: row.says,
  };
}
