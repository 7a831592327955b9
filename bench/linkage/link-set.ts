import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPairs } from '../../src/batch/block.ts';
import type { Batch } from '../../src/batch/duckdb.ts';
import { openBatch, text } from '../../src/batch/duckdb.ts';
import { normalise } from '../../src/batch/features.ts';
import { knownColumns } from '../../src/batch/frequencies.ts';
import type { RawField } from '../../src/batch/link-mapping.ts';
import type { Linked } from '../../src/batch/link.ts';
import { link } from '../../src/batch/link.ts';
import type { Evaluated } from '../../src/batch/look-up.ts';
import { evaluate } from '../../src/batch/look-up.ts';
import { modelText } from '../../src/batch/model-file.ts';
import { readInputs } from '../../src/batch/read.ts';
import { blockingRules } from '../../src/batch/rules.ts';
import { outputs } from '../../src/batch/write.ts';
import { featureColumns } from '../../src/linkage/features.ts';
import type { PutDown } from './put-down.ts';
import { files, mappingOf } from './put-down.ts';
import { at, bounds } from './settings.ts';

/** Counts against the truth. */
export interface Counts {
  readonly hits: number;
  readonly found: number;
  readonly truth: number;
}

/** Errors of one origin of name: its true pairs, and the pairs found with a record of it. */
export interface OfOrigin {
  readonly origin: string;
  readonly people: number;
  /** True pairs that scored at the threshold; that stand in one cluster. */
  readonly pairs: Counts;
  readonly together: Counts;
}

/** What linking a set came to. */
export interface SetResult {
  readonly name: string;
  readonly linked: Pick<Linked, 'stages' | 'peakBytes' | 'compared' | 'grouped' | 'rules'>;
  /** The most that the process held outside the heap of Node, which is DuckDB's for the most part; and on disk. */
  readonly outsideBytes: number;
  readonly diskBytes: number;
  /** True pairs that any blocking rule proposes. */
  readonly blocked: Counts;
  /** Pairs by their own score at the threshold, before clustering. */
  readonly pairs: Counts;
  readonly clusters: Evaluated['clusters'];
  readonly calibrationError: number;
  readonly origins: readonly OfOrigin[];
}

const input = 'people';

/** Links a set at the one setting and judges what came of it. */
export async function linkSet(set: PutDown): Promise<SetResult> {
  const mapping = mappingOf(set);
  const linking = {
    files: [{ input, file: files.people(set.folder) }],
    mapping,
    bounds,
    at,
    told: () => undefined,
  };
  const folder = files.out(set.folder);
  const watch = watchMemory(folder);
  const linked = await link(linking, { folder, model: null, decisionsFile: null });
  const { outsideBytes, diskBytes } = watch.end();
  writeFileSync(join(folder, outputs.model), modelText(linked.model));
  const { stages, peakBytes, compared, grouped } = linked;
  const { clusters, calibrationError } = await evaluate(folder, files.truth(set.folder), bounds);
  const strong = linked.model.thresholds.strong;
  const batch = await openBatch(set.folder, bounds);
  try {
    await keepTruth(batch, set);
    const pairs = await scoredPairs(batch, folder, strong);
    const origins = await byOrigin(batch, folder, strong);
    const blocked = await blockedPairs(batch, set);
    return {
      name: set.name,
      linked: { stages, peakBytes, compared, grouped, rules: linked.rules },
      outsideBytes,
      diskBytes,
      blocked,
      pairs,
      clusters,
      calibrationError,
      origins,
    };
  } finally {
    batch.close();
  }
}

const lookedEveryMs = 50;

/** Looks again and again at what the process holds outside Node's own heap, and at what stands on the disk. */
function watchMemory(folder: string): { readonly end: () => { outsideBytes: number; diskBytes: number } } {
  const most = { outsideBytes: 0, diskBytes: 0 };
  const look = (): void => {
    const { rss, heapTotal } = process.memoryUsage();
    most.outsideBytes = Math.max(most.outsideBytes, rss - heapTotal);
    most.diskBytes = Math.max(most.diskBytes, bytesUnder(folder));
  };
  const timer = setInterval(look, lookedEveryMs);
  return {
    end: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** What the files in a folder take; one that goes while it is looked at counts nothing. */
function bytesUnder(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    return 0;
  }
}

async function keepTruth({ run }: Batch, { folder }: PutDown): Promise<void> {
  await run(
    `CREATE TABLE truth AS SELECT record, '${input}:' || record AS name, person, coalesce(origin, '') AS origin FROM ` +
      `read_csv(${text(files.truth(folder))}, header=true, all_varchar=true, delim=',', ` +
      `quote='"', auto_detect=false, columns={record: 'VARCHAR', person: 'VARCHAR', origin: 'VARCHAR'})`,
  );
}

const truePairs =
  'SELECT coalesce(sum(n * (n - 1) / 2), 0)::BIGINT FROM (SELECT count(*) AS n FROM truth GROUP BY person)';

interface Row {
  readonly hits: bigint | number | null;
  readonly found: bigint | number | null;
  readonly truth: bigint | number | null;
}

function countsOf(row: Row | undefined): Counts {
  return { hits: Number(row?.hits ?? 0), found: Number(row?.found ?? 0), truth: Number(row?.truth ?? 0) };
}

async function scoredPairs({ rows }: Batch, folder: string, strong: number): Promise<Counts> {
  const [found] = await rows<Row>(
    `SELECT count(*) AS found, count(*) FILTER (x.person = y.person) AS hits, (${truePairs}) AS truth ` +
      `FROM read_parquet(${text(join(folder, outputs.pairs))}) p JOIN truth x ON x.name = p.a ` +
      `JOIN truth y ON y.name = p.b WHERE p.score >= ${strong}`,
  );
  return countsOf(found);
}

/** What the rules propose of the true pairs, the records read and normalised once more for it. */
async function blockedPairs(batch: Batch, set: PutDown): Promise<Counts> {
  const mapping = mappingOf(set);
  const { records } = await readInputs(batch, mapping, [{ input, file: files.people(set.folder) }]);
  await normalise(batch, new Set(Object.keys(mapping.inputs[input]?.person ?? {}) as RawField[]));
  const known = await knownColumns(batch, featureColumns);
  await findPairs(batch, blockingRules, { records, known, isBetweenInputsOnly: false });
  const [found] = await batch.rows<Row>(
    `SELECT (SELECT count(*) FROM pair) AS found, (${truePairs}) AS truth, (SELECT count(*) FROM pair p ` +
      'JOIN record l ON l.id = p.l JOIN record r ON r.id = p.r JOIN truth x ON x.record = l.key ' +
      'JOIN truth y ON y.record = r.key AND y.person = x.person) AS hits',
  );
  return countsOf(found);
}

/** Errors by origin of name: a pair counts for the origin of either of its records, once where both are of one. */
async function byOrigin({ rows }: Batch, folder: string, strong: number): Promise<readonly OfOrigin[]> {
  const parquet = (name: keyof typeof outputs): string => `read_parquet(${text(join(folder, outputs[name]))})`;
  const found = await rows<Record<string, bigint | string>>(`
    WITH scored AS (SELECT a, b FROM ${parquet('pairs')} WHERE score >= ${strong}),
    placed AS (SELECT t.name, t.person, t.origin, c.cluster FROM truth t
      JOIN ${parquet('clusters')} c ON c.record = t.name),
    together AS (SELECT x.name AS a, y.name AS b FROM placed x
      JOIN placed y ON x.cluster = y.cluster AND x.name < y.name),
    judged AS (SELECT 'pairs' AS kind, a, b FROM scored UNION ALL SELECT 'together', a, b FROM together),
    sided AS (SELECT kind, x.origin AS one, y.origin AS other, x.person = y.person AS hit FROM judged
      JOIN truth x ON x.name = a JOIN truth y ON y.name = b),
    counted AS (SELECT kind, origin, count(*) AS found, count(*) FILTER (hit) AS hits FROM
      (SELECT kind, one AS origin, hit FROM sided UNION ALL SELECT kind, other, hit FROM sided WHERE other <> one)
      GROUP BY ALL),
    sizes AS (SELECT origin, person, count(*) AS n FROM truth WHERE origin <> '' GROUP BY ALL),
    of AS (SELECT origin, count(*) AS people, sum(n * (n - 1) / 2)::BIGINT AS truth FROM sizes GROUP BY origin)
    SELECT o.origin, o.people, o.truth,
      coalesce(p.found, 0) AS pairs_found, coalesce(p.hits, 0) AS pairs_hits,
      coalesce(t.found, 0) AS together_found, coalesce(t.hits, 0) AS together_hits
    FROM of o LEFT JOIN counted p ON p.origin = o.origin AND p.kind = 'pairs'
      LEFT JOIN counted t ON t.origin = o.origin AND t.kind = 'together' ORDER BY o.people DESC, o.origin`);
  return found.map((row) => {
    const number = (column: string): number => Number(row[column] ?? 0);
    const counts = (kind: 'pairs' | 'together'): Counts => ({
      hits: number(`${kind}_hits`),
      found: number(`${kind}_found`),
      truth: number('truth'),
    });
    return {
      origin: String(row['origin']),
      people: number('people'),
      pairs: counts('pairs'),
      together: counts('together'),
    };
  });
}
