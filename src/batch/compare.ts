import { type Comparison, comparisons, levelsSql } from '../linkage/comparisons.ts';
import type { Column, Features } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import type { Counted } from '../linkage/shares.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';

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

/** Compares every pair of the table `pair`, as the table `compared`; tells how many they are. */
export async function comparePairs({ run, rows }: Batch, of: ReadonlySet<string>): Promise<number> {
  await run(`CREATE TABLE compared AS ${comparedSql('SELECT l, r FROM pair', of)}`);
  await run('DROP TABLE pair');
  const [counted] = await rows<{ n: bigint }>('SELECT count(*) AS n FROM compared');
  return Number(counted?.n ?? 0);
}

/** Pairs with the level of every comparison, from a query that gives `l` and `r`. */
export function comparedSql(pairs: string, of: ReadonlySet<string>): string {
  return (
    `SELECT p.l AS l, p.r AS r, ${levelColumns(of)} FROM (${pairs}) p ` +
    'JOIN feature l ON l.id = p.l JOIN feature r ON r.id = p.r'
  );
}

/** How many pairs of a table, or of a query in brackets, show each pattern of levels. */
export async function patternsOf({ rows }: Batch, compared: string): Promise<readonly Counted[]> {
  const names = comparisons.map(({ id }) => levelColumn(id)).join(', ');
  const found = await rows<{ levels: readonly number[]; count: bigint }>(
    `SELECT [${names}]::UTINYINT[] AS levels, count(*) AS count FROM ${compared} GROUP BY ${names} ORDER BY 1`,
  );
  return found.map(({ levels, count }) => ({ levels, count: Number(count) }));
}
