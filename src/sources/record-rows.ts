import type pg from 'pg';
import type { Projection } from '../database/projection.ts';
import { remembered } from '../linkage/remembered.ts';
import { comparedMax, farFrom, recordsOfKeyMax, sharedMax, weightOfKey } from './hits.ts';
import type { Candidates } from './hits.ts';
import {
  families,
  familyOf,
  hashOf,
  isNewestOf,
  isTelling,
  keyRows,
  keysAsked,
  keysOfRecord,
  wellFormed,
} from './keys.ts';
import type { Family } from './keys.ts';
import type { Question, Shelf, SourceRecord } from './source.ts';

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

const columns: readonly string[] = Object.values(families).flat();

/** The sum of what stands in the columns of keys: whether two sets of them are the same. */
const sumOfColumns = columns.map((column) => `coalesce(${column}, 0)::bigint`).join(' + ');
const columnsTyped = columns.map((column) => `${column} int`).join(', ');

/**
 * Whoever is found by something else than before has its keys written anew; a state older than the one on the shelf
 * changes nothing. Each row is looked up by its key (`offset 0`), whatever the planner believes of the tables' sizes.
 */
const keepText = `
with given as (
  select * from json_to_recordset($3::json) as g (
    kind text, record text, happened_at bigint, seq bigint, incident text,
    subjects text[], names text, signs text[], says text, channels text[],
    sum bigint, keys json)
), held as (
  select g.kind, g.record, h.number, h.seq, h.happened_at = g.happened_at and k.is_same as is_found
  from given g cross join lateral (
    select r.number, r.happened_at, r.seq from heed.record r
    where r.room = $1 and r.source = $2 and r.kind = g.kind and r.record = g.record offset 0
  ) h cross join lateral (
    select coalesce(sum(${sumOfColumns}), 0) = g.sum and bool_and(x.happened_at = g.happened_at) is not false as is_same
    from heed.record_keys x where x.record = h.number
  ) k
), kept as (
  insert into heed.record as r
    (room, source, kind, record, happened_at, seq, incident, subjects, names, signs, says, channels)
  select $1, $2, kind, record, happened_at, seq, incident, subjects, names, signs, says, channels from given
  on conflict (room, source, kind, record) do update set
    happened_at = excluded.happened_at, seq = excluded.seq, incident = excluded.incident,
    subjects = excluded.subjects, names = excluded.names, signs = excluded.signs, says = excluded.says,
    channels = excluded.channels, is_keyed = true
  where r.seq <= excluded.seq and ($4 or not r.is_keyed or
    (r.happened_at, r.incident, r.subjects, r.names, r.signs, r.says, r.channels) is distinct from
    (excluded.happened_at, excluded.incident, excluded.subjects, excluded.names, excluded.signs, excluded.says,
      excluded.channels))
  returning r.kind, r.record, r.number, r.happened_at
), changed as (
  select k.kind, k.record, k.number, k.happened_at
  from kept k left join held h using (kind, record) where h.is_found is not true
), gone as (
  delete from heed.record_keys x using changed c where x.record = c.number
)
insert into heed.record_keys (record, happened_at, ${columns.join(', ')})
select c.number, c.happened_at, ${columns.map((column) => `k.${column}`).join(', ')}
from changed c join given g using (kind, record) cross join lateral json_to_recordset(g.keys) as k (${columnsTyped})`;

const dropText = `
delete from heed.record r using (
  select held.number from json_to_recordset($3::json) as g (kind text, record text) cross join lateral (
    select r.number from heed.record r
    where r.room = $1 and r.source = $2 and r.kind = g.kind and r.record = g.record offset 0
  ) held
) d
where r.number = d.number`;

/**
 * What shares a key, in one column. As a range and in its order, so that the planner reads the index only as far as the
 * limit, however many share the key.
 */
function underKey(column: string, most: number): string {
  return `heed.record_keys where ${column} >= a.key and ${column} <= a.key order by ${column} desc limit ${most}`;
}

/** The newest that share a key of a family; one more than counts tells that there are more. */
function newestIn(family: Family): string {
  const most = recordsOfKeyMax + 1;
  const reads = families[family].map(
    (column) => `(select record, happened_at from heed.record_keys
        where ${column} >= a.key and ${column} <= a.key and happened_at <= (select $3::bigint)
        order by ${column} desc, happened_at desc limit ${most})`,
  );
  return `(
    select record, happened_at, least(count(*) over (), ${most}) as held,
      row_number() over (order by happened_at desc) > ${recordsOfKeyMax} as is_beyond
    from (${reads.join(' union all ')}) one order by happened_at desc limit ${most}
  ) k`;
}

/**
 * All that share a key of a family, where they are few enough. They are counted first, from the index alone: the rows
 * of those that are too many lie all over the table, and are never read.
 */
function fewIn(family: Family): string {
  const counts = families[family].map(
    (column) => `(select count(*) from (select from ${underKey(column, sharedMax + 1)}) x)`,
  );
  const reads = families[family].map((column) => `(select record, happened_at from ${underKey(column, sharedMax)})`);
  return `(select ${counts.join(' + ')} as held offset 0) h left join lateral (
      select record, happened_at from (${reads.join(' union all ')}) one where h.held <= ${sharedMax}
    ) one on true cross join lateral (
      select one.record, one.happened_at, h.held, h.held > ${sharedMax} as is_beyond
      where one.record is not null or h.held > ${sharedMax}
    ) k`;
}

/** What shares the keys of a family that stand in a parameter; a row of no record tells that there was more. */
function foundIn(family: Family, parameter: number): string {
  const found = isNewestOf(family) ? newestIn(family) : fewIn(family);
  return `select ${isTelling(family)} as is_telling, k.record, k.happened_at, (${weightOfKey} / k.held)::int as weight,
    k.is_beyond from unnest((select $${parameter}::int[])) as a (key) cross join lateral ${found}`;
}

const familyNames = Object.keys(families) as Family[];

/**
 * The newest records under each key, those first that share the rarest with the question: what memory does by hand.
 * What is asked stands in sub-selects: a plan made for its values then seems no cheaper than the one that is kept, and
 * the statement, longer to plan than to run, is planned once.
 */
const nearText = `
with shared as (
  ${familyNames.map((family, at) => foundIn(family, at + 5)).join('\n  union all\n  ')}
), summed as (
  select record, happened_at, sum(weight) as weight, bool_or(is_telling) as is_telling, max(sum(weight)) over () as most
  from shared where not is_beyond and happened_at <= (select $3::bigint) group by record, happened_at
), likely as (
  select record, happened_at, weight from summed where is_telling or weight * ${farFrom} >= most
  order by weight desc, happened_at desc
  limit (select ${comparedMax + 1} + cardinality($4::text[]))
), near as (
  select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says, r.channels, n.weight
  from likely n cross join lateral (select * from heed.record r where r.number = n.record offset 0) r
  where r.room = $1 and r.source = $2 and not (r.record = any ((select $4::text[])::text[]))
  order by n.weight desc, n.happened_at desc, r.kind desc, r.record desc
  limit ${comparedMax + 1}
)
select n.kind, n.record, n.happened_at, n.subjects, n.names, n.signs, n.says, n.channels, f.is_cut
from (select exists (select from shared where is_beyond) as is_cut) f left join near n on true
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
  readonly channels: readonly string[];
  readonly is_cut: boolean;
}

/** A row that tells only that there was more than is looked at. */
export interface CutColumns {
  readonly record: null;
  readonly is_cut: boolean;
}

/** Puts records on a shelf, each in place of the one of its kind and id; the last of several counts. */
export function keepStatement(shelf: Shelf, kept: readonly KeptRecord[], isRebuilt = false): Projection {
  const rows = new Map(kept.map((one) => [`${one.record.kind} ${one.record.id}`, rowOf(shelf, one)]));
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
  select number, kind, record, seq from heed.record
  where room = $1 and source = $2 and (kind, record) > ($4, $5)
  order by kind, record limit ${pageOfShelf}
), gone as (
  delete from heed.record r using page p where p.seq < $3 and r.number = p.number
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
  const keys = keysAsked(question);
  const hashes = familyNames.map((family) =>
    keys.filter((key) => familyOf(key) === family).map((key) => hashOf(shelf, key)),
  );
  const values = [shelf.room, shelf.source, question.at, question.apartFrom, ...hashes];
  return { name: 'records-near', text: nearText, values };
}

const standingText = `
select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says, r.channels, false as is_cut
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

/** What reading found: the records to compare, and whether there were more. A row of no record tells only that. */
export function candidatesIn(rows: readonly (RecordColumns | CutColumns)[]): Candidates {
  const isCut = rows.length > comparedMax || rows.some((row) => row.is_cut);
  const found = rows.filter((row): row is RecordColumns => row.record !== null);
  return { records: found.slice(0, comparedMax).map(recordOf), isCut };
}

function rowOf(shelf: Shelf, { record, incident, seq }: KeptRecord): Readonly<Record<string, unknown>> {
  const keys = keyRows(shelf, keysOfRecord(record));
  const sum = keys.flatMap((row) => Object.values(row)).reduce((all, one) => all + one, 0);
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
    channels: record.channels ?? [],
    sum,
    keys,
  };
}

/** Names that are remembered read: who is on record once is found again, and compared without being read again. */
const namesMax = 5_000;
const namesIn = remembered((text) => JSON.parse(text) as SourceRecord['names'], namesMax);

export function recordOf(row: RecordColumns): SourceRecord {
  return {
    id: row.record,
    kind: row.kind,
    when: row.happened_at,
    names: namesIn(row.names),
    subjects: row.subjects,
    signs: row.signs,
    says: row.says,
    channels: row.channels,
  };
}
