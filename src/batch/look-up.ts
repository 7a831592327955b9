import { createReadStream, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visible } from '../border/visible.ts';
import { calibrationError } from '../linkage/calibrate.ts';
import type { Features } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import type { JudgedClusters } from '../linkage/judge.ts';
import { judgeClusters } from '../linkage/judge.ts';
import type { Weighed } from '../linkage/weigh.ts';
import { weigh } from '../linkage/weigh.ts';
import { textIn } from '../sources/mapped-record.ts';
import { itemsIn } from '../sources/snapshot-items.ts';
import { ignored } from './decisions.ts';
import type { Batch, Bounds } from './duckdb.ts';
import { BatchRefused, named, openBatch, text } from './duckdb.ts';
import { modelAt } from './model-file.ts';
import { outputs } from './write.ts';

/** The path of what a run left in its folder. Throws BatchRefused where it is not there. */
export function fileOf(folder: string, name: keyof typeof outputs): string {
  const file = join(folder, outputs[name]);
  if (!existsSync(file))
    throw new BatchRefused(`${folder} holds no ${outputs[name]}: give --run the folder that heed link run wrote.`);
  return file;
}

/** Works in a database of its own, beside nothing, that is gone afterwards. */
export async function inBatch<T>(bounds: Bounds, work: (batch: Batch) => Promise<T>): Promise<T> {
  const batch = await openBatch(tmpdir(), bounds);
  try {
    return await work(batch);
  } finally {
    batch.close();
  }
}

/** Two records of a run, weighed again: the same steps that the run took. */
export interface Explained {
  readonly a: string;
  readonly b: string;
  readonly features: readonly [Features, Features];
  readonly isTogether: boolean;
  readonly weighed: Weighed;
}

interface Kept {
  readonly name: string;
  readonly key: string;
  readonly cluster: string;
  readonly features: Features;
}

/** Says why two records of a run were put together or not. */
export function explain(folder: string, pair: readonly [string, string], bounds: Bounds): Promise<Explained> {
  const model = modelAt(fileOf(folder, 'model'));
  return inBatch(bounds, async (batch) => {
    const [a, b] = [await recordIn(batch, folder, pair[0]), await recordIn(batch, folder, pair[1])];
    const features = [a.features, b.features] as const;
    return { a: a.name, b: b.name, features, isTogether: a.cluster === b.cluster, weighed: weigh(model, ...features) };
  });
}

/** A record by its name; its key alone will do where only one input has it. */
async function recordIn({ rows }: Batch, folder: string, name: string): Promise<Kept> {
  const columns = featureColumns.map(named).join(', ');
  const found = await rows<Record<string, string>>(
    `SELECT name, key, cluster, ${columns} FROM read_parquet(${text(fileOf(folder, 'records'))}) ` +
      `WHERE name = ${text(name)} OR key = ${text(name)} LIMIT 3`,
  );
  const exact = found.find((one) => one['name'] === name) ?? (found.length === 1 ? found[0] : undefined);
  if (exact === undefined)
    throw new BatchRefused(
      found.length === 0
        ? `The run has no record ${visible(name, 80)}.`
        : `Several inputs have a record ${visible(name, 80)}: say which, as in ` +
            `${visible(found[0]?.['name'] ?? '', 80)}.`,
    );
  const { name: full = '', key = '', cluster = '' } = exact;
  return { name: full, key, cluster, features: exact as unknown as Features };
}

/** Pairs at a threshold against the truth. */
export interface AtThreshold {
  readonly score: number;
  readonly found: number;
  readonly hits: number;
  readonly truth: number;
}

/** What a run came to against the truth. */
export interface Evaluated {
  readonly records: number;
  /** Records of the run that the truth says nothing of, and the other way round. */
  readonly unlabelled: number;
  readonly unknown: number;
  readonly clusters: JudgedClusters;
  readonly thresholds: readonly AtThreshold[];
  /**
   * Expected calibration error over pairs that were written for their own score: those written only because other
   * records tie them together are chosen by more than it.
   */
  readonly calibrationError: number;
}

const layout = {
  format: 'csv' as const,
  separator: ',',
  encoding: 'utf-8',
  named: ['record', 'person'].map((column) => ({ column, field: 'truth' })),
};

/** Judges a run by the truth: a table with the columns record and person. */
export function evaluate(folder: string, truthFile: string, bounds: Bounds): Promise<Evaluated> {
  return inBatch(bounds, async (batch) => {
    const given = await keepTruth(batch, truthFile);
    const records = text(fileOf(folder, 'records'));
    const [known] = await batch.rows<{ n: bigint }>(
      `SELECT count(*) AS n FROM read_parquet(${records}) r SEMI JOIN truth t ON t.record = r.name`,
    );
    const by = Number(known?.n ?? 0) > 0 ? 'name' : 'key';
    await batch.run(
      `CREATE TABLE labelled AS SELECT r.name, dense_rank() OVER (ORDER BY r.cluster) - 1 AS found, ` +
        `dense_rank() OVER (ORDER BY t.person) - 1 AS truth FROM read_parquet(${records}) r ` +
        `JOIN truth t ON t.record = r.${by}`,
    );
    const [counted] = await batch.rows<{ all: bigint; labelled: bigint }>(
      `SELECT (SELECT count(*) FROM read_parquet(${records})) AS "all", (SELECT count(*) FROM labelled) AS labelled`,
    );
    const labelled = Number(counted?.labelled ?? 0);
    if (labelled === 0) throw new BatchRefused(`${truthFile}: none of its records is in the run.`);
    const clusters = await judged(batch, labelled);
    const thresholds = await tradeOff(batch, folder);
    return {
      records: labelled,
      unlabelled: Number(counted?.all ?? 0) - labelled,
      unknown: given - labelled,
      clusters,
      thresholds,
      calibrationError: await errorOf(batch, folder),
    };
  });
}

async function keepTruth(batch: Batch, file: string): Promise<number> {
  const records: string[] = [];
  const people: string[] = [];
  for await (const { line, item } of itemsIn(createReadStream(file), layout)) {
    const [record, person] = ['record', 'person'].map((column) =>
      item === null ? '' : textIn({ item, empty: [], tell: ignored }, column, column),
    );
    if (record === undefined || person === undefined || record === '' || person === '')
      throw new BatchRefused(`${file}, line ${line}: expected a record and a person; found one or none.`);
    records.push(record);
    people.push(person);
  }
  await batch.run('CREATE TABLE truth (record VARCHAR, person VARCHAR)');
  await batch.append('truth', pieces(records, people));
  return records.length;
}

function* pieces(a: readonly string[], b: readonly string[]): Generator<readonly (readonly string[])[]> {
  for (let at = 0; at < a.length; at += 2_048) yield [a.slice(at, at + 2_048), b.slice(at, at + 2_048)];
}

async function judged(batch: Batch, many: number): Promise<JudgedClusters> {
  const [found, truth] = [new Int32Array(many), new Int32Array(many)];
  let at = 0;
  for await (const chunk of batch.chunks('SELECT found::INTEGER, truth::INTEGER FROM labelled')) {
    const [mine, known] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let row = 0; row < chunk.rowCount; row += 1) {
      found[at] = mine.getItem(row) as number;
      truth[at] = known.getItem(row) as number;
      at += 1;
    }
  }
  return judgeClusters(found, truth);
}

const steps = [-2, 0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15];

async function tradeOff({ rows }: Batch, folder: string): Promise<readonly AtThreshold[]> {
  const [all] = await rows<{ truth: bigint }>(
    'SELECT coalesce(sum(n * (n - 1) / 2), 0)::BIGINT AS truth FROM ' +
      '(SELECT count(*) AS n FROM labelled GROUP BY truth)',
  );
  const sums = steps.flatMap((score, at) => [
    `count(*) FILTER (p.score >= ${score}) AS found${at}`,
    `count(*) FILTER (p.score >= ${score} AND a.truth = b.truth) AS hits${at}`,
  ]);
  const [found] = await rows<Record<string, bigint>>(
    `SELECT ${sums.join(', ')} FROM read_parquet(${text(fileOf(folder, 'pairs'))}) p ` +
      'JOIN labelled a ON a.name = p.a JOIN labelled b ON b.name = p.b',
  );
  return steps.map((score, at) => ({
    score,
    found: Number(found?.[`found${at}`] ?? 0),
    hits: Number(found?.[`hits${at}`] ?? 0),
    truth: Number(all?.truth ?? 0),
  }));
}

async function errorOf({ rows }: Batch, folder: string): Promise<number> {
  const { review } = modelAt(fileOf(folder, 'model')).thresholds;
  const forecasts = await rows<{ probability: number; isSame: boolean; count: number }>(
    `SELECT round(p.probability, 3) AS probability, a.truth = b.truth AS "isSame", count(*)::DOUBLE AS count ` +
      `FROM read_parquet(${text(fileOf(folder, 'pairs'))}) p JOIN labelled a ON a.name = p.a ` +
      `JOIN labelled b ON b.name = p.b WHERE p.score >= ${review} GROUP BY ALL`,
  );
  return calibrationError(forecasts).error;
}
