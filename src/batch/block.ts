import type { Column } from '../linkage/features.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import type { BlockingRule } from './rules.ts';

/** What one rule found, and what it left out because too many share it. */
export interface RuleFound {
  readonly id: string;
  readonly says: string;
  /** Pairs that share a key; other rules may find them too. */
  readonly pairs: number;
  /** Keys shared by more records than this are no key to anybody. */
  readonly sharedMax: number;
  /** Keys left out, and the most records that share one of them. */
  readonly keysLeftOut: number;
  readonly mostSharing: number;
}

/** A key shared by more records than this says too little to be worth its pairs. */
export const usualSharedMax = 100;
/** Pairs that a rule may cost among few records too: one that strangers often share, and any other. */
const pairsAtLeast = { wide: 350_000, other: 1_000_000 };

export interface Blocking {
  readonly records: number;
  /** Columns in which something is known. */
  readonly known: ReadonlySet<Column>;
  readonly isBetweenInputsOnly: boolean;
}

/** Keeps the keys of one rule that two records or more share, and not too many, as `keys (id, k)`. */
export async function keysOfRule(batch: Batch, rule: BlockingRule, blocking: Blocking): Promise<RuleFound> {
  const { rows, run } = batch;
  await run(`CREATE OR REPLACE TABLE every_key AS ${keySql(rule)}`);
  await run(
    'CREATE OR REPLACE TABLE key_size AS SELECT k, count(*)::UINTEGER AS g FROM every_key GROUP BY k HAVING g > 1',
  );
  const sizes = await rows<{ g: number; n: bigint }>('SELECT g, count(*) AS n FROM key_size GROUP BY g ORDER BY g');
  const least = rule.pairsForEach < 1 ? pairsAtLeast.wide : pairsAtLeast.other;
  const budget = Math.max(least, blocking.records * rule.pairsForEach);
  let pairs = 0;
  let sharedMax = usualSharedMax;
  for (const { g, n } of sizes) {
    if (g > usualSharedMax) break;
    const more = (Number(n) * g * (g - 1)) / 2;
    if (pairs + more > budget) {
      sharedMax = g - 1;
      break;
    }
    pairs += more;
  }
  const leftOut = sizes.filter(({ g }) => g > sharedMax);
  await run(
    `CREATE OR REPLACE TABLE keys AS SELECT e.id, e.k FROM every_key e SEMI JOIN ` +
      `(SELECT k FROM key_size WHERE g <= ${sharedMax}) s ON s.k = e.k`,
  );
  return {
    id: rule.id,
    says: rule.says,
    pairs,
    sharedMax,
    keysLeftOut: leftOut.reduce((sum, { n }) => sum + Number(n), 0),
    mostSharing: leftOut.at(-1)?.g ?? 0,
  };
}

/** Whether the inputs know enough for a rule. */
export function applies({ columns }: BlockingRule, known: ReadonlySet<Column>): boolean {
  return columns.every((column) => known.has(column));
}

/** The keys of one rule, one row for each key of a record. */
export function keySql({ columns, each, key }: BlockingRule): string {
  const isKnown = columns.map((column) => `${named(column)} <> ''`).join(' AND ');
  let from = `(SELECT * FROM feature WHERE ${isKnown})`;
  for (const column of each)
    from = `(SELECT *, unnest(string_split(${named(column)}, '|')) AS ${column}_one FROM ${from})`;
  const parts = key.map((part, at) => `${part} AS k${at}`);
  const names = key.map((_, at) => `k${at}`);
  const isWhole = names.map((name) => `${name} <> ''`).join(' AND ');
  const parted = `SELECT id, ${parts.join(', ')} FROM ${from}`;
  return `SELECT id, hash(${names.join(', ')}) AS k FROM (${parted}) WHERE ${isWhole}`;
}

/** Finds every pair that shares a key of any rule, each pair once, as the table `pair (l, r)` with l below r. */
export async function findPairs(
  batch: Batch,
  rules: readonly BlockingRule[],
  blocking: Blocking,
): Promise<readonly RuleFound[]> {
  const { run } = batch;
  const found: RuleFound[] = [];
  await run('CREATE OR REPLACE TABLE pair_found (l UINTEGER, r UINTEGER)');
  for (const rule of rules) {
    if (!applies(rule, blocking.known)) continue;
    found.push(await keysOfRule(batch, rule, blocking));
    await run(`INSERT INTO pair_found ${pairsOfKeys(blocking)}`);
  }
  await run('CREATE OR REPLACE TABLE pair AS SELECT DISTINCT l, r FROM pair_found');
  for (const table of ['pair_found', 'keys', 'every_key', 'key_size']) await run(`DROP TABLE IF EXISTS ${table}`);
  return found;
}

/** The pairs of records that share a key of the table `keys`. */
export function pairsOfKeys({ isBetweenInputsOnly }: Blocking): string {
  const across = isBetweenInputsOnly
    ? ' JOIN feature x ON x.id = a.id JOIN feature y ON y.id = b.id AND y.input <> x.input'
    : '';
  return `SELECT a.id AS l, b.id AS r FROM keys a JOIN keys b ON a.k = b.k AND a.id < b.id${across}`;
}
