import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { openBatch, text } from '../../src/batch/duckdb.ts';
import type { Judged } from '../../src/linkage/judge.ts';
import { sayShare, shareOf } from '../../src/linkage/wilson.ts';
import type { Counts, OfOrigin, SetResult } from './link-set.ts';
import { nameBook } from './names.ts';
import { Population } from './population.ts';
import type { RecordSet } from './put-down.ts';
import { putDown } from './put-down.ts';
import { fields } from './record.ts';
import type { Field, LinkRecord } from './record.ts';
import { records } from './records.ts';
import { pathOf, readSet, recordOf, truthSets } from './sets.ts';
import type { TruthSet } from './sets.ts';
import { bounds, populations, referenceSeconds, rivals, seeds } from './settings.ts';

type Print = (line: string) => void;

/** What of the batch is measured: these sets alone, or all; an invented population of that many people alone. */
export interface BatchOptions {
  readonly sets: readonly string[];
  readonly people: number | null;
}

/** Years of records into people: how long it takes, how much memory, and how right it is, at one setting. */
export async function benchBatch({ sets, people }: BatchOptions, print: Print): Promise<void> {
  print(`${availableParallelism()} cores; at most ${bounds.memoryBytes / 2 ** 30} GB, ${bounds.threads} threads`);
  const reference = await referenceQuery();
  const r = reference / referenceSeconds;
  print(`reference query ${reference.toFixed(2)} s: r = ${r.toFixed(2)}; ${loadNow()}`);
  const isAsked = ({ name }: { readonly name: string }): boolean => sets.length === 0 || sets.includes(name);
  if (people === null)
    for (const set of truthSets.filter(isAsked)) {
      const read = await truthRecords(set);
      if (read === null) print(`${set.name}: its file is not here, nothing was measured`);
      else printResult(await linked(read), print);
    }
  if (sets.length === 0)
    for (const many of people === null ? populations : [people]) printResult(await linked(invented(many)), print);
}

/** Errors by the origin of the name, on an invented population. */
export async function benchFairness(people: number, print: Print): Promise<void> {
  const result = await linked(invented(people));
  printResult(result, print);
  print('by origin of the name, with intervals in which the true share lies in 95 of 100 such counts:');
  for (const one of result.origins) print(sayOrigin(one));
}

/** The records of a truth set; null where its file is absent. */
async function truthRecords(set: TruthSet): Promise<RecordSet | null> {
  const read = set.format === 'csv' ? await readSet(set) : await readParquet(set);
  const mapped = fields.filter((field) => set.columns.fields[field] !== undefined);
  return read === null ? null : { name: set.name, fields: mapped, records: read };
}

async function readParquet(set: TruthSet): Promise<readonly LinkRecord[] | null> {
  const path = pathOf(set);
  if (path === null) return null;
  const batch = await openBatch(tmpdir(), bounds);
  try {
    const all = await batch.rows<Readonly<Record<string, string | null>>>(
      `SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${text(path)})`,
    );
    return all.map((row) =>
      recordOf(new Map(Object.entries(row).map(([column, value]) => [column, value?.trim() ?? ''])), set.columns),
    );
  } finally {
    batch.close();
  }
}

const inventedFields: readonly Field[] = fields.filter(
  (field) => !['name', 'birthplace', 'occupation', 'ident'].includes(field),
);

/** Records of an invented population of that many people. */
export function invented(people: number, book = nameBook()): RecordSet {
  const population = new Population(people, seeds.population, book);
  const name = people === 650_000 ? 'a million invented records' : `invented, ${people} people`;
  return { name, fields: inventedFields, records: records(population, seeds.records) };
}

/** Links a set in a process of its own. */
async function linked(set: RecordSet): Promise<SetResult> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
  try {
    const result = join(folder, 'result.json');
    const script = join(import.meta.dirname, 'link-child.ts');
    const down = JSON.stringify(putDown(set, folder));
    const child = spawn(process.execPath, [...process.execArgv, script, down, result], { stdio: 'inherit' });
    const [status] = (await once(child, 'exit')) as [number | null];
    if (status !== 0) throw new Error(`linking ${set.name} ended with ${status}`);
    return JSON.parse(readFileSync(result, 'utf8')) as SetResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The median of three runs of the query by which machines are compared, on two threads. */
async function referenceQuery(): Promise<number> {
  const batch = await openBatch(tmpdir(), { ...bounds, threads: 2 });
  try {
    const took: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const startedAt = performance.now();
      await batch.rows(
        `select count(*) from range(20000000) t(i)
          where jaro_winkler_similarity('person'||(i%100000), 'persan'||(i%99991)) > 0.95`,
      );
      took.push((performance.now() - startedAt) / 1_000);
    }
    return took.toSorted((a, b) => a - b)[1] ?? Number.NaN;
  } finally {
    batch.close();
  }
}

function loadNow(): string {
  return `load ${loadavg()[0]?.toFixed(1) ?? '?'}`;
}

/** A share to four places; what nobody can tell stands as null in JSON. */
const share = (value: number | null): string => (value === null || Number.isNaN(value) ? 'none' : value.toFixed(4));
const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

function sayJudged({ precision, recall, f1 }: Judged): string {
  return `P ${share(precision.share)} R ${share(recall.share)} F1 ${share(f1)}`;
}

function judgedOf({ hits, found, truth }: Counts): Judged {
  return { precision: shareOf(hits, found), recall: shareOf(hits, truth), f1: (2 * hits) / (found + truth) };
}

function printResult(result: SetResult, print: Print): void {
  const { name, linked: run, blocked, pairs, clusters } = result;
  const seconds = run.stages.reduce((sum, one) => sum + one.seconds, 0);
  const cpuSeconds = run.stages.reduce((sum, one) => sum + one.cpuSeconds, 0);
  print(`${name}: ${clusters.exact.precision.of} people found where ${clusters.exact.recall.of} are; ${loadNow()}`);
  print(`  ${run.stages.map((one) => `${one.stage} ${one.seconds.toFixed(1)}`).join(', ')}`);
  print(`  ${seconds.toFixed(1)} s in all, ${cpuSeconds.toFixed(1)} s of processors`);
  print(
    `  at most ${megabytes(run.peakBytes)}, outside the heap ${megabytes(result.outsideBytes)}, ` +
      `on disk ${megabytes(result.diskBytes)}`,
  );
  print(`  rules propose ${blocked.found} pairs: block recall ${share(blocked.hits / blocked.truth)}`);
  print(`  pairs ${sayJudged(judgedOf(pairs))}`);
  const { precision, recall, f1 } = clusters.bCubed;
  print(`  clusters ${sayJudged(clusters.pairs)}; B-cubed P ${share(precision)} R ${share(recall)} F1 ${share(f1)}`);
  print(`  largest ${run.grouped.largest}; expected calibration error ${share(result.calibrationError)}`);
  for (const rival of rivals[name] ?? []) print(`  ${rival.who}: F1 ${share(rival.f1)}, ${rival.seconds} s`);
}

function missed(counts: Counts): string {
  return sayShare(shareOf(counts.truth - counts.hits, counts.truth));
}

function wrong(counts: Counts): string {
  return sayShare(shareOf(counts.found - counts.hits, counts.found));
}

function sayOrigin({ origin, people, pairs, together }: OfOrigin): string {
  return (
    `  ${origin} (${people} people): missed at the threshold ${missed(pairs)}, after clustering ${missed(together)}; ` +
    `wrong at the threshold ${wrong(pairs)}, after clustering ${wrong(together)}`
  );
}
