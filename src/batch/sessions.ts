import type { Column } from '../linkage/features.ts';
import type { Batch } from './duckdb.ts';
import { keySql } from './block.ts';
import type { BlockingRule } from './rules.ts';
import { sameHouse, sameNames, samePhone, sameEmail, wholeDateOnly } from './rules.ts';

/** A block from whose pairs the rest of the evidence is learned: what the block makes equal is left out. */
export interface Session {
  readonly id: string;
  readonly says: string;
  readonly columns: readonly Column[];
  readonly rule: BlockingRule;
  /** Comparisons that the block decides, or as good as decides. */
  readonly excluded: readonly string[];
  readonly isOfHouseholds: boolean;
}

function session(rule: BlockingRule, excluded: readonly string[], isOfHouseholds = false): Session {
  const { id, says, columns } = rule;
  return { id, says, columns, rule, excluded, isOfHouseholds };
}

export const sessions: readonly Session[] = [
  session(wholeDateOnly, ['born']),
  session(sameNames, ['given', 'surname', 'sex'], true),
  session(samePhone, ['phone'], true),
  session(sameEmail, ['email'], true),
];

export const householdSession: Session = session(sameHouse, ['home'], true);

/** Pairs learned from in one session. */
const sessionPairs = 150_000;
/** Records of one key: more of them are no block but a list. */
const keyMax = 3_000;

/** A query for pairs of a session, whole keys of them, chosen by nothing but the keys themselves. */
export async function pairsOfSession({ rows, run }: Batch, { rule }: Session, records: number): Promise<string> {
  await run(`CREATE OR REPLACE TABLE every_key AS ${keySql(rule)}`);
  await run(
    `CREATE OR REPLACE TABLE key_size AS SELECT k, count(*)::UBIGINT AS g FROM every_key GROUP BY k ` +
      `HAVING g BETWEEN 2 AND ${Math.min(keyMax, Math.max(20, records))}`,
  );
  const [counted] = await rows<{ pairs: bigint | null }>('SELECT sum(g * (g - 1) / 2)::UBIGINT AS pairs FROM key_size');
  const every = Math.max(1, Math.ceil(Number(counted?.pairs ?? 0) / sessionPairs));
  await run(
    `CREATE OR REPLACE TABLE keys AS SELECT e.id, e.k FROM every_key e SEMI JOIN ` +
      `(SELECT k FROM key_size WHERE k % ${every} = 0) s ON s.k = e.k`,
  );
  return 'SELECT DISTINCT a.id AS l, b.id AS r FROM keys a JOIN keys b ON a.k = b.k AND a.id < b.id';
}
