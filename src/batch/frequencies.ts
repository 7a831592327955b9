import type { Column } from '../linkage/features.ts';
import type { CountedColumn, Frequencies, Model } from '../linkage/model.ts';
import { comparisons, levelsSql } from '../linkage/comparisons.ts';
import { countedColumns } from '../linkage/weight-sql.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';

const counted: readonly CountedColumn[] = [
  'given',
  'surname',
  'givenRoot',
  'surnameRoot',
  'postcode',
  'town',
  'phone',
  'email',
  'account',
  'vehicle',
  'birthplace',
  'occupation',
  'ident',
];

/** Values that a model lists of one column; what is borne less often is taken together. */
const listedMax = 2_000;

/**
 * From how many records on a value that should be one person's own is everybody's: the number of a hospital, of a
 * refuge, of whoever typed it in.
 */
const sharedFrom: Readonly<Partial<Record<CountedColumn, number>>> = {
  phone: 40,
  email: 40,
  account: 40,
  vehicle: 40,
  ident: 20,
};

/** How often the values of every counted column are borne, over all records. */
export async function frequenciesIn(
  batch: Batch,
  { records, known }: { readonly records: number; readonly known: ReadonlySet<Column> },
): Promise<Model['frequencies']> {
  const found: Partial<Record<CountedColumn, Frequencies>> = {};
  for (const column of counted) if (known.has(column)) found[column] = await frequencyOfColumn(batch, column, records);
  return found;
}

/**
 * A model that was learned elsewhere, with what these records share too widely: a number that is everybody's here
 * weighs nothing, whether or not its model has ever seen it. What it weighs else stays as it was.
 */
export async function withWidelyShared(
  batch: Batch,
  model: Model,
  { records, known }: { readonly records: number; readonly known: ReadonlySet<Column> },
): Promise<Model> {
  const frequencies: Partial<Record<CountedColumn, Frequencies>> = { ...model.frequencies };
  for (const column of counted) {
    if (sharedFrom[column] === undefined || !known.has(column)) continue;
    const { values, generic } = await frequencyOfColumn(batch, column, records);
    const shared = Object.entries(values).filter(([, share]) => generic !== null && share >= generic);
    if (shared.length === 0) continue;
    const held = model.frequencies[column];
    frequencies[column] = {
      values: { ...held?.values, ...Object.fromEntries(shared) },
      floor: held?.floor ?? model.comparisons[column]?.['same']?.u ?? 1 / records,
      generic: Math.min(held?.generic ?? 1, generic ?? 1),
    };
  }
  return { ...model, frequencies };
}

async function frequencyOfColumn({ run, rows }: Batch, column: CountedColumn, records: number): Promise<Frequencies> {
  const values = oneValued.has(column) ? named(column) : `unnest(string_split(${named(column)}, '|'))`;
  await run(
    `CREATE OR REPLACE TABLE value_count AS SELECT value, count(*) AS n FROM ` +
      `(SELECT ${values} AS value FROM feature WHERE ${named(column)} <> '') GROUP BY value`,
  );
  const top = await rows<{ value: string; n: bigint }>(
    `SELECT value, n FROM value_count WHERE n > 1 ORDER BY n DESC, value LIMIT ${listedMax}`,
  );
  const least = Number(top.at(-1)?.n ?? 1n);
  const [rest] = await rows<{ floor: number | null }>(
    `SELECT sum(n * n) / sum(n) AS floor FROM value_count WHERE n <= ${least}`,
  );
  await run('DROP TABLE value_count');
  const from = sharedFrom[column];
  return {
    values: Object.fromEntries(top.map(({ value, n }) => [value, Number(n) / records])),
    floor: Math.min(1, (rest?.floor ?? 1) / records),
    // Of so few records no value can be borne by that many.
    generic: from === undefined || from > records ? null : Math.max(from / records, leastGeneric),
  };
}

/** In few records a few bearers are a large share of all, and no sign of anything. */
const leastGeneric = 0.000_02;

/** Whole names that a model lists at most, those of most people. */
const namesMax = 100_000;
/** Bytes of a name that is listed. */
const nameBytesMax = 120;
/** Names of so many dates of birth are borne by many, whatever slips are among them. */
const slipsUpTo = 30;

/** Levels of two dates of birth that only different people have, but for mistakes. */
export const unlikeBirths: readonly string[] = ['near', 'different'];

const births = comparisons.filter(({ id }) => id === 'born');
const isSlipSql = births
  .map((one) => {
    const unlike = one.levels.flatMap(({ id }, at) => (unlikeBirths.includes(id) ? [at] : []));
    return `${levelsSql(one)} NOT IN (${unlike.join(', ')})`;
  })
  .join(' AND ');

interface Naming {
  readonly known: ReadonlySet<Column>;
  readonly frequencies: Model['frequencies'];
  /** Share of pairs of one person whose dates of birth differ altogether. */
  readonly unlike: number;
}

/**
 * How many times as often as by chance given names and surnames go together, where several people bear both. Dates of
 * birth tell people from records; as many of them as one person's records may have by mistake are left out.
 */
export async function togetherIn({ rows, run }: Batch, asked: Naming): Promise<Model['together']> {
  const { known, frequencies, unlike } = asked;
  if (!(['given', 'surname', 'born'] as const).every((column) => known.has(column))) return {};
  await run(`CREATE OR REPLACE TABLE bearer AS SELECT given, surname, born, count(*) AS c,
    count(*) OVER (PARTITION BY given, surname) AS n, sum(count(*)) OVER (PARTITION BY given, surname) AS records
    FROM feature WHERE given <> '' AND surname <> '' AND born <> '' GROUP BY given, surname, born`);
  const share = (column: 'given' | 'surname'): string =>
    `SELECT ${column}, greatest(${frequencies[column]?.floor ?? 0}, count(*) / any_value(many.n)) AS share
      FROM bearer, many GROUP BY ${column}`;
  const found = await rows<{ name: string; times: number }>(`
    WITH many AS (SELECT count(*)::DOUBLE AS n FROM bearer),
    mine AS (${share('given')}), theirs AS (${share('surname')}),
    slip AS (SELECT DISTINCT r.given, r.surname, r.born FROM bearer l JOIN bearer r ON l.given = r.given
      AND l.surname = r.surname AND l.born <> r.born AND (l.c, l.born) > (r.c, r.born)
      WHERE r.n BETWEEN 2 AND ${slipsUpTo} AND ${isSlipSql}),
    counted AS (SELECT given, surname, count(*) AS n, (any_value(records) - 1) * ${unlike} AS stray
      FROM bearer b ANTI JOIN slip s USING (given, surname, born) WHERE b.n > 1 GROUP BY given, surname)
    SELECT given || ' ' || surname AS name,
      round((c.n - 1 - stray - 2 * sqrt(stray)) / many.n / mine.share / theirs.share, 2) AS times
    FROM counted c JOIN mine USING (given) JOIN theirs USING (surname), many
    WHERE times > 1 AND strlen(name) < ${nameBytesMax} ORDER BY c.n DESC, name LIMIT ${namesMax}`);
  await run('DROP TABLE bearer');
  return Object.fromEntries(found.map(({ name, times }) => [name, times]));
}

/** Columns that hold one value at most; the others may hold several, parted by '|'. */
export const oneValued: ReadonlySet<CountedColumn> = new Set(['given', 'surname', 'postcode', 'town']);

/** The column of how often a record's value is borne. */
export function shareColumn(column: CountedColumn): string {
  return named(`share_${column}`);
}

/** The column of how many times as often as by chance a record's names go together. */
export const togetherColumn = 'together';

/**
 * Makes the table `share (id, …)`: for each counted column the share of all records that bear a record's value, of
 * several the one borne most, and how often its names go together.
 */
export async function withShares(batch: Batch, model: Model): Promise<void> {
  const columns = countedColumns(model);
  const joins: string[] = [];
  const shares: string[] = [];
  for (const column of columns) {
    const table = `borne_${column}`;
    await batch.run(`CREATE OR REPLACE TABLE ${table} (value VARCHAR, share DOUBLE)`);
    await batch.append(table, pieces(Object.entries(model.frequencies[column]?.values ?? {})));
    const isSeveral = !oneValued.has(column);
    const one = `SELECT value, share FROM ${table}`;
    const several =
      `SELECT f.value, max(b.share) AS share FROM (SELECT DISTINCT ${named(column)} AS value FROM feature ` +
      `WHERE contains(${named(column)}, '|')) f, unnest(string_split(f.value, '|')) AS x(v) ` +
      `JOIN ${table} b ON b.value = x.v GROUP BY f.value`;
    joins.push(
      `LEFT JOIN (${isSeveral ? `${one} UNION ALL ${several}` : one}) ${table} ON ${table}.value = f.${named(column)}`,
    );
    shares.push(`coalesce(${table}.share, 0) AS ${shareColumn(column)}`);
  }
  await batch.run('CREATE OR REPLACE TABLE borne_together (value VARCHAR, share DOUBLE)');
  await batch.append('borne_together', pieces(Object.entries(model.together)));
  joins.push("LEFT JOIN borne_together t ON t.value = f.given || ' ' || f.surname");
  shares.push(`coalesce(t.share, 1) AS ${togetherColumn}`);
  await batch.run(`CREATE TABLE share AS SELECT ${['f.id', ...shares].join(', ')} FROM feature f ${joins.join(' ')}`);
  for (const column of [...columns, togetherColumn]) await batch.run(`DROP TABLE borne_${column}`);
}

function* pieces(entries: readonly (readonly [string, number])[]): Generator<readonly [string[], number[]]> {
  for (let at = 0; at < entries.length; at += 2_048) {
    const some = entries.slice(at, at + 2_048);
    yield [some.map(([value]) => value), some.map(([, share]) => share)];
  }
}

/** A column of the features that nothing is known in says nothing. */
export async function knownColumns({ rows }: Batch, columns: readonly Column[]): Promise<ReadonlySet<Column>> {
  const counts = columns.map((column) => `count(*) FILTER (${named(column)} <> '') AS ${named(column)}`).join(', ');
  const [found] = await rows<Record<Column, bigint>>(`SELECT ${counts} FROM feature`);
  return new Set(columns.filter((column) => Number(found?.[column] ?? 0) > 0));
}
