import type { Model } from '../linkage/model.ts';
import { countedColumns, stepsSql, type StepsSql, weightSql } from '../linkage/weight-sql.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import { levelColumn, levelColumns } from './compare.ts';
import { shareColumn, togetherColumn } from './frequencies.ts';

/** The column of the bits that a comparison gives a pair. */
export function bitsColumn(comparison: string): string {
  return named(`bits_${comparison}`);
}

/** Pairs with the level and the bits of each of these comparisons, from a query that gives `l` and `r`. */
export function steppedSql(pairs: string, model: Model, said: readonly string[]): string {
  const { match } = stepsOf(model);
  const bits = said.map((id) => `(${match[id] ?? '0e0'})::FLOAT AS ${bitsColumn(id)}`);
  const columns = ['l', 'r', ...said.map(levelColumn), ...bits];
  return `SELECT ${columns.join(', ')} FROM (${leveledSql(pairs, model, new Set(said))})`;
}

/**
 * Pairs with their score, from a query that gives `l` and `r`, with what names and birth weigh, and how likely they are
 * two of one household.
 */
export function scoredSql(pairs: string, model: Model, of: ReadonlySet<string>): string {
  return weightedSql(leveledSql(pairs, model, of), model);
}

/** The same from pairs with levels and shares. Every step is worked out once, below the sums in which it stands. */
function weightedSql(leveled: string, model: Model): string {
  const { match, household } = stepsOf(model);
  const bits = called(match, bitsColumn);
  const kin = called(household, kinColumn);
  const weights = weightSql(model, { match: bits.names, household: kin.names });
  return (
    `SELECT l, r, ${weights.score} AS score, ${weights.relative} AS relative, ${weights.identity} AS identity FROM ` +
    `(SELECT ${['l', 'r', ...bits.columns, ...kin.columns].join(', ')} FROM (${leveled}))`
  );
}

function kinColumn(comparison: string): string {
  return named(`kin_${comparison}`);
}

interface Called {
  readonly names: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
}

/** Expressions by comparison, each under the name of its column. */
function called(steps: Readonly<Record<string, string>>, nameOf: (comparison: string) => string): Called {
  const entries = Object.entries(steps);
  return {
    names: Object.fromEntries(entries.map(([id]) => [id, nameOf(id)])),
    columns: entries.map(([id, sql]) => `${sql} AS ${nameOf(id)}`),
  };
}

function stepsOf(model: Model): StepsSql {
  return stepsSql(model, { level: levelColumn, frequency: sideShare, together: sideTogether });
}

function leveledSql(pairs: string, model: Model, of: ReadonlySet<string>): string {
  return (
    `SELECT p.l AS l, p.r AS r, ${[levelColumns(of), ...sharesOf(model)].join(', ')} FROM (${pairs}) p ` +
    `JOIN feature l ON l.id = p.l JOIN feature r ON r.id = p.r ${sharesOfBoth}`
  );
}

const sharesOfBoth = 'JOIN share ls ON ls.id = p.l JOIN share rs ON rs.id = p.r';

function sharesOf(model: Model): readonly string[] {
  return (['l', 'r'] as const).flatMap((side) => [
    ...countedColumns(model).map((column) => `${side}s.${shareColumn(column)} AS ${sideShare(column, side)}`),
    `${side}s.${togetherColumn} AS ${sideTogether(side)}`,
  ]);
}

function sideShare(column: Parameters<typeof shareColumn>[0], side: 'l' | 'r'): string {
  return named(`${side}_share_${column}`);
}

function sideTogether(side: 'l' | 'r'): string {
  return named(`${side}_${togetherColumn}`);
}

/** Scores every pair of the table `compared`, as the table `edge`. */
export async function scorePairs({ run }: Batch, model: Model): Promise<void> {
  const leveled = `SELECT p.*, ${sharesOf(model).join(', ')} FROM compared p ${sharesOfBoth}`;
  await run(`CREATE OR REPLACE TABLE edge AS ${weightedSql(leveled, model)}`);
  await run('DROP TABLE compared');
}
