import type { CountedColumn, Model } from '../linkage/model.ts';
import { countedColumns, stepsSql, type StepsSql, weightSql } from '../linkage/weight-sql.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import { comparedSql, levelColumn } from './compare.ts';
import type { Sides } from './slices.ts';
import { sliceRecords, sliceSql, slicesOf, within } from './slices.ts';
import { oneValued, shareColumn, togetherColumn } from './frequencies.ts';

/** The column of the bits that a comparison gives a pair. */
export function bitsColumn(comparison: string): string {
  return named(`bits_${comparison}`);
}

/** The columns of a table of pairs with their levels, with the bits that each of these comparisons gives them. */
export function steppedSql(table: string, model: Model, said: readonly string[]): string {
  const { match } = stepsOf(model);
  const bits = said.map((id) => `(${match[id] ?? '0e0'})::FLOAT AS ${bitsColumn(id)}`);
  return `SELECT *, ${bits.join(', ')} FROM (${withSharesSql(table, model)})`;
}

/**
 * Pairs with their score, from a query that gives `l` and `r`, with what names and birth weigh, how likely they are two
 * of one household, and the level of each comparison.
 */
export function scoredSql(pairs: string, model: Model, of: ReadonlySet<string>): string {
  return weighedSql(`(${comparedSql(pairs, of)})`, model, of);
}

/** The same from a table of pairs with levels. Every step is worked out once, below the sums in which it stands. */
function weighedSql(compared: string, model: Model, of: ReadonlySet<string>, sides?: Sides): string {
  const { match, household } = stepsOf(model);
  const bits = called(match, bitsColumn);
  const kin = called(household, kinColumn);
  const pair = ['l', 'r', ...[...of].map(levelColumn)].join(', ');
  const weights = weightSql(model, { match: bits.names, household: kin.names });
  const steps = [...bits.columns, ...kin.columns].join(', ');
  return (
    `SELECT ${pair}, ${weights.score} AS score, ${weights.relative} AS relative, ${weights.identity} AS identity ` +
    `FROM (SELECT ${pair}, ${steps} FROM (${withSharesSql(compared, model, sides)}))`
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
  return stepsSql(model, { level: levelColumn, frequency: shareAsked, together: sideTogether });
}

/** A table of pairs with what both sides' values are borne by. */
function withSharesSql(pairs: string, model: Model, sides?: Sides): string {
  return (
    `SELECT p.*, ${sharesOf(model).join(', ')} FROM ${pairs} p ` +
    `JOIN ${sliceSql('share', sides?.l)} ls ON ls.id = p.l JOIN ${sliceSql('share', sides?.r)} rs ON rs.id = p.r`
  );
}

function sharesOf(model: Model): readonly string[] {
  return (['l', 'r'] as const).flatMap((side) => [
    ...countedColumns(model)
      .filter((column) => asked(column, side) === side)
      .map((column) => `${side}s.${shareColumn(column)} AS ${sideShare(column, side)}`),
    `${side}s.${togetherColumn} AS ${sideTogether(side)}`,
  ]);
}

/** The side that is asked how often a value is borne: where both have the very same, it is enough to ask one. */
function asked(column: CountedColumn, side: 'l' | 'r'): 'l' | 'r' {
  return oneValued.has(column) ? 'l' : side;
}

function shareAsked(column: CountedColumn, side: 'l' | 'r'): string {
  return sideShare(column, asked(column, side));
}

function sideShare(column: CountedColumn, side: 'l' | 'r'): string {
  return named(`${side}_share_${column}`);
}

function sideTogether(side: 'l' | 'r'): string {
  return named(`${side}_${togetherColumn}`);
}

/** Up to so many slices all pairs are looked through for those of two slices; for more they are put in order first. */
const slicesScanned = 4;

/** Puts the table `pair` in the order of slices, so that no more of it is read than what belongs to two of them. */
async function bySlices({ run }: Batch, size: number): Promise<void> {
  await run(`CREATE TABLE sliced AS SELECT l, r FROM pair ORDER BY l // ${size}, r // ${size}`);
  await run('DROP TABLE pair');
  await run('ALTER TABLE sliced RENAME TO pair');
}

export interface Scoring {
  readonly records: number;
  readonly model: Model;
  readonly of: ReadonlySet<string>;
}

/**
 * Compares and scores every pair of the table `pair`, as the table `edge`; tells how many they are. Slice by slice, so
 * that the records of both sides lie in memory: pairs go to and fro among all records, and so would the disk.
 */
export async function scorePairs(batch: Batch, { records, model, of }: Scoring): Promise<number> {
  const { run, rows } = batch;
  const size = sliceRecords(batch);
  if (records / size > slicesScanned) await bySlices(batch, size);
  await run(`CREATE OR REPLACE TABLE edge AS ${scoredSql('SELECT l, r FROM pair', model, of)} WITH NO DATA`);
  for (const sides of slicesOf(records, size)) {
    const pairs = `SELECT l, r FROM pair WHERE ${within('l', sides.l)} AND ${within('r', sides.r)}`;
    await run(`CREATE OR REPLACE TABLE compared AS ${comparedSql(pairs, of, sides)}`);
    await run(`INSERT INTO edge ${weighedSql('compared', model, of, sides)}`);
  }
  for (const table of ['pair', 'compared']) await run(`DROP TABLE ${table}`);
  const [counted] = await rows<{ n: bigint }>('SELECT count(*) AS n FROM edge');
  return Number(counted?.n ?? 0);
}
