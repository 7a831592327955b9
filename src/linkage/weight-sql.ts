import { type Comparison, comparisons, type Level } from './comparisons.ts';
import type { Chances, CountedColumn, Frequencies, Model } from './model.ts';
import { chancesOf, countedOf, priorOf, wholeNames, worthOf } from './weigh.ts';

/** How the columns are called that a weight is computed from. */
export interface WeightColumns {
  /** The level of a comparison, as `levelsSql` gives it. */
  readonly level: (comparison: string) => string;
  /**
   * The share of all records that bear a value of one side's record, NULL or 0 where it was not counted; of several
   * values the one borne most, as `frequencyOf` gives it.
   */
  readonly frequency: (column: CountedColumn, side: 'l' | 'r') => string;
  /** How many times as often as by chance the two names of one side's record go together; NULL or 1 if not listed. */
  readonly together: (side: 'l' | 'r') => string;
}

/** What each comparison says of a pair as expressions of DuckDB, each a DOUBLE, by comparison, in bits. */
export interface StepsSql {
  /** For one person: what the steps of `weigh` are. */
  readonly match: Readonly<Record<string, string>>;
  /** For two of one household. */
  readonly household: Readonly<Record<string, string>>;
}

/** Weights as expressions of DuckDB, each a DOUBLE: the same as `weigh` gives, to 1e-9. */
export interface WeightSql {
  readonly score: string;
  readonly relative: string;
  readonly identity: string;
}

/** A number as DuckDB reads a DOUBLE, every figure kept. */
export function double(value: number): string {
  return value.toExponential();
}

/** The columns whose frequencies this model asks for. */
export function countedColumns(model: Model): readonly CountedColumn[] {
  const asked = comparisons.flatMap(({ levels }) => levels.map(({ frequency }) => frequency));
  return [...new Set(asked)].filter((one) => one !== undefined).filter((one) => model.frequencies[one] !== undefined);
}

/** What every comparison of which a model says something gives a pair. */
export function stepsSql(model: Model, columns: WeightColumns): StepsSql {
  const said = comparisons.filter(({ id }) => model.comparisons[id] !== undefined);
  const by = (side: 'match' | 'household'): Readonly<Record<string, string>> =>
    Object.fromEntries(said.map((one) => [one.id, casesOf({ model, columns, one }, side)]));
  const match = by('match');
  const usual = togetherSql(said, columns);
  if (usual === null || Object.keys(model.together).length === 0) return { match, household: by('household') };
  const { id, sql } = usual;
  return { match: { ...match, [id]: `(${match[id] ?? '0e0'} - ${sql})` }, household: by('household') };
}

/** What is taken away where both names agree and often go together, and the comparison of which it is a part. */
function togetherSql(
  said: readonly Comparison[],
  columns: WeightColumns,
): { readonly id: string; readonly sql: string } | null {
  const names = said.filter(({ levels }) => levels.some(({ isOfName }) => isOfName === true));
  const last = names.at(-1);
  if (last === undefined || names.length < wholeNames) return null;
  const agree = names.map(({ id, levels }) => {
    const places = levels.flatMap(({ isOfName }, at) => (isOfName === true ? [at] : []));
    return `${columns.level(id)} IN (${places.join(', ')})`;
  });
  const usual = `greatest(1e0, coalesce(${columns.together('l')}, 1e0), coalesce(${columns.together('r')}, 1e0))`;
  return { id: last.id, sql: `(CASE WHEN ${agree.join(' AND ')} THEN log2(${usual}) ELSE 0e0 END)` };
}

function sumOf(bits: readonly string[]): string {
  return bits.length === 0 ? '0e0' : bits.join(' + ');
}

/** The whole of a model's weights from the steps, each of which stands in it several times: name a column for each. */
export function weightSql(model: Model, steps: StepsSql): WeightSql {
  const household = sumOf(Object.values(steps.household));
  const sum = sumOf(Object.values(steps.match));
  const identity = comparisons
    .filter(({ isIdentity }) => isIdentity === true)
    .flatMap(({ id }) => steps.match[id] ?? []);
  const { prior } = model;
  const unrelated = 1 - prior.match - prior.household;
  const others = `(${double(prior.household)} * pow(2e0, ${household}) + ${double(unrelated)})`;
  return {
    identity: `(${sumOf(identity)})`,
    score: `(${double(priorOf(model))} + ${sum} + log2(${double(1 - prior.match)} / ${others}))`,
    relative:
      `(${double(prior.household)} * pow(2e0, ${household}) / ` +
      `(${double(prior.match)} * pow(2e0, ${sum}) + ${others}))`,
  };
}

interface Of {
  readonly model: Model;
  readonly columns: WeightColumns;
  readonly one: Comparison;
}

/** One comparison's bits by its level. */
function casesOf({ model, columns, one }: Of, side: 'match' | 'household'): string {
  const cases = one.levels.flatMap((level, at) => {
    const chances = chancesOf(model, one, level);
    if (chances === null) return [];
    const worth = worthOf(model, one, level)[side];
    const counted = countedOf(model, level);
    const value =
      counted === null ? double(worth) : countedSql({ counted, chances, frequency: borne(level, columns) }, side);
    return [`WHEN ${at} THEN ${value}`];
  });
  return cases.length === 0 ? '0e0' : `(CASE ${columns.level(one.id)} ${cases.join(' ')} ELSE 0e0 END)`;
}

/** How often the value is borne that the two share: of the two records' the less. */
function borne({ frequency }: Level, { frequency: named }: WeightColumns): string {
  if (frequency === undefined) return '0e0';
  return `least(coalesce(${named(frequency, 'l')}, 0e0), coalesce(${named(frequency, 'r')}, 0e0))`;
}

interface CountedSql {
  readonly counted: Frequencies;
  readonly chances: Chances;
  readonly frequency: string;
}

function countedSql({ counted, chances, frequency }: CountedSql, side: 'match' | 'household'): string {
  const f = `greatest(${double(counted.floor)}, ${frequency})`;
  const value = side === 'match' ? `log2(${double(chances.m)} / ${f})` : kinSql(chances, f);
  return counted.generic === null ? value : `(CASE WHEN ${f} >= ${double(counted.generic)} THEN 0e0 ELSE ${value} END)`;
}

function kinSql({ u, h }: Chances, f: string): string {
  const kin = (h - u) / (1 - u);
  return kin > 0 ? `log2(${double(kin)} / ${f} + ${double(1 - kin)})` : double(Math.log2(h / u));
}
