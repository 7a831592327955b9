import { comparisons } from '../linkage/comparisons.ts';
import type { Model } from '../linkage/model.ts';
import { weightSql } from '../linkage/weight-sql.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import { levelColumn, levelColumns } from './compare.ts';
import { shareColumn } from './frequencies.ts';

/** The column of the bits that a comparison gives a pair. */
export function bitsColumn(comparison: string): string {
  return named(`bits_${comparison}`);
}

/**
 * Pairs with their score, from a query that gives `l` and `r`: the levels, the bits of each comparison that can say
 * something, what names and birth weigh, and how likely they are two of one household.
 */
export function scoredSql(pairs: string, model: Model, of: ReadonlySet<string>): string {
  const columns = Object.keys(model.frequencies) as (keyof Model['frequencies'])[];
  const shares = columns.flatMap((column) =>
    (['l', 'r'] as const).map((side) => `${side}.${shareColumn(column)} AS ${sideShare(column, side)}`),
  );
  const weights = weightSql(model, { level: levelColumn, frequency: sideShare });
  const said = comparisons.filter(({ id }) => of.has(id)).map(({ id }) => id);
  const bits = said.map((id) => `(${weights.match[id] ?? '0'})::FLOAT AS ${bitsColumn(id)}`);
  const kept = ['l', 'r', ...said.map(levelColumn), ...bits];
  return (
    `SELECT ${kept.join(', ')}, ${weights.score} AS score, ${weights.isRelative} AS relative, ` +
    `${weights.identity} AS identity FROM (SELECT p.l AS l, p.r AS r, ` +
    `${[levelColumns(of), ...shares].join(', ')} FROM (${pairs}) p ` +
    'JOIN feature l ON l.id = p.l JOIN feature r ON r.id = p.r)'
  );
}

function sideShare(column: Parameters<typeof shareColumn>[0], side: 'l' | 'r'): string {
  return named(`${side}_share_${column}`);
}

/** Scores every pair of the table `pair`, as the table `edge`. */
export async function scorePairs({ run }: Batch, model: Model, of: ReadonlySet<string>): Promise<void> {
  await run(`CREATE OR REPLACE TABLE edge AS ${scoredSql('SELECT l, r FROM pair', model, of)}`);
  await run('DROP TABLE pair');
}
