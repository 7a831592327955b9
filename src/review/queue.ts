import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Batch, Bounds } from '../batch/duckdb.ts';
import { BatchRefused, text } from '../batch/duckdb.ts';
import { fileOf, inBatch } from '../batch/look-up.ts';
import { modelAt } from '../batch/model-file.ts';
import type { Row } from '../batch/seen.ts';
import { columnsOf, featuresIn } from '../batch/seen.ts';
import type { Features } from '../linkage/features.ts';
import type { Model } from '../linkage/model.ts';

/** Two records of a run that somebody is to look at. */
export interface Pair {
  readonly one: string;
  readonly other: string;
  readonly features: readonly [Features, Features];
}

/** What a run leaves to be decided by hand. */
export interface Queue {
  readonly model: Model;
  /** SHA-256 of the model file, so that every decision says over which scores it was made. */
  readonly digest: string;
  /** The most telling first. */
  readonly pairs: readonly Pair[];
}

/** Pairs that are held for one sitting; whoever decided them all starts again. */
const pairsMax = 5_000;

/**
 * The pairs of a run in the order in which deciding them tells most. Those in the middle between being shown and being
 * put together come first; the further away a stretch of scores, the more seldom a pair of it, so that calibration has
 * something of each. The order depends on nothing but the scores and the names. What was decided before the run is not
 * asked again.
 */
export async function readQueue(
  folder: string,
  { bounds, decided }: { readonly bounds: Bounds; readonly decided: number },
): Promise<Queue> {
  const file = fileOf(folder, 'model');
  const model = modelAt(file);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const pairs = await inBatch(bounds, (batch) => pairsIn(batch, { folder, model, most: pairsMax + decided }));
  if (pairs.length === 0) throw new BatchRefused(`${folder} holds no pair that anybody could decide.`);
  return { model, digest, pairs };
}

interface Wanted {
  readonly folder: string;
  readonly model: Model;
  readonly most: number;
}

async function pairsIn({ rows }: Batch, { folder, model, most }: Wanted): Promise<readonly Pair[]> {
  const { review, strong } = model.thresholds;
  const middle = (review + strong) / 2;
  const records = `read_parquet(${text(fileOf(folder, 'records'))})`;
  const found = await rows<Row>(
    `WITH pair AS (SELECT least(a, b) AS one, greatest(a, b) AS other, score - (${middle}) AS away ` +
      `FROM read_parquet(${text(fileOf(folder, 'pairs'))}) WHERE NOT is_decided), ` +
      'ranked AS (SELECT *, floor(away) AS stretch, row_number() OVER (PARTITION BY floor(away) ' +
      'ORDER BY md5(one || chr(10) || other), one, other) AS place FROM pair), ' +
      'due AS (SELECT one, other, place * (0.5 + abs(stretch + 0.5)) AS due, abs(away) AS away FROM ranked ' +
      `ORDER BY due, away, one, other LIMIT ${most}) ` +
      `SELECT d.one, d.other, ${columnsOf('l')}, ${columnsOf('r')} FROM due d JOIN ${records} l ON l.name = d.one ` +
      `JOIN ${records} r ON r.name = d.other ORDER BY d.due, d.away, d.one, d.other`,
  );
  return found.map((row) => ({
    one: String(row['one']),
    other: String(row['other']),
    features: [featuresIn(row, 'l'), featuresIn(row, 'r')],
  }));
}
