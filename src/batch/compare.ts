import { type Comparison, comparisons, levelsSql } from '../linkage/comparisons.ts';
import type { Column, Features } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import type { Counted } from '../linkage/shares.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import type { Sides } from './slices.ts';
import { sliceSql } from './slices.ts';

/** The comparisons of which these columns can say something. */
export function comparable(known: ReadonlySet<Column>): ReadonlySet<string> {
  const full = Object.fromEntries(featureColumns.map((column) => [column, known.has(column) ? 'x' : '']));
  const features = full as unknown as Features;
  const says = ({ levels }: Comparison): boolean =>
    levels.find(({ holds }) => holds(features, features))?.isNull !== true;
  return new Set(comparisons.filter(says).map(({ id }) => id));
}

/** The column of a comparison's level. */
export function levelColumn(comparison: string): string {
  return named(`level_${comparison}`);
}

/** The level of every comparison of a pair `l`, `r` of features; where the inputs know nothing, the null level. */
export function levelColumns(of: ReadonlySet<string>): string {
  return comparisons
    .map((one) => {
      const nothing = one.levels.findIndex(({ isNull }) => isNull === true);
      return `${of.has(one.id) ? levelsSql(one) : `${nothing}::UTINYINT`} AS ${levelColumn(one.id)}`;
    })
    .join(', ');
}

/** Pairs with the level of every comparison, from a query that gives `l` and `r`. */
export function comparedSql(pairs: string, of: ReadonlySet<string>, sides?: Sides): string {
  return (
    `SELECT p.l AS l, p.r AS r, ${levelColumns(of)} FROM (${pairs}) p ` +
    `JOIN ${sliceSql('feature', sides?.l)} l ON l.id = p.l JOIN ${sliceSql('feature', sides?.r)} r ON r.id = p.r`
  );
}

/** How many of the pairs that a query gives as `l` and `r` show each pattern of levels. */
export async function patternsOf(
  { run, rows }: Batch,
  pairs: string,
  of: ReadonlySet<string>,
): Promise<readonly Counted[]> {
  await run(`CREATE OR REPLACE TABLE some_pair AS ${pairs}`);
  // Few pairs of many records: to join them with all of those would cost far more than to compare them.
  await run(
    'CREATE OR REPLACE TABLE some_feature AS SELECT f.* FROM feature f ' +
      'SEMI JOIN (SELECT l AS id FROM some_pair UNION ALL SELECT r FROM some_pair) p ON p.id = f.id',
  );
  const names = comparisons.map(({ id }) => levelColumn(id)).join(', ');
  const compared =
    `SELECT ${levelColumns(of)} FROM some_pair p ` +
    'JOIN some_feature l ON l.id = p.l JOIN some_feature r ON r.id = p.r';
  const found = await rows<{ levels: readonly number[]; count: bigint }>(
    `SELECT [${names}]::UTINYINT[] AS levels, count(*) AS count FROM (${compared}) GROUP BY ${names} ORDER BY 1`,
  );
  for (const table of ['some_pair', 'some_feature']) await run(`DROP TABLE ${table}`);
  return found.map(({ levels, count }) => ({ levels, count: Number(count) }));
}

/** Candidate pairs that are compared to tell how many of all are of one person: more tell it no better. */
const candidatesMax = 500_000;

/** The patterns of candidate pairs; of very many those between records sampled by their marks, counted for the rest. */
export async function candidatePatterns(
  batch: Batch,
  of: ReadonlySet<string>,
  most = candidatesMax,
): Promise<readonly Counted[]> {
  const [counted] = await batch.rows<{ n: bigint }>('SELECT count(*) AS n FROM pair');
  const every = Math.ceil(Math.sqrt(Number(counted?.n ?? 0) / most));
  if (every <= 1) return patternsOf(batch, 'SELECT l, r FROM pair', of);
  await batch.run(`CREATE OR REPLACE TABLE sampled AS SELECT id FROM feature WHERE mark % ${every} = 0`);
  const pairs = 'SELECT p.l, p.r FROM pair p SEMI JOIN sampled a ON a.id = p.l SEMI JOIN sampled b ON b.id = p.r';
  const found = await patternsOf(batch, pairs, of);
  return found.map(({ levels, count }) => ({ levels, count: count * every ** 2 }));
}
