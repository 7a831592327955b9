import { join } from 'node:path';
import { type Comparison, comparisons, type Level } from '../linkage/comparisons.ts';
import { featureColumns } from '../linkage/features.ts';
import type { Model } from '../linkage/model.ts';
import { countedOf, worthOf } from '../linkage/weigh.ts';
import type { Batch } from './duckdb.ts';
import { named, text } from './duckdb.ts';
import { levelColumn } from './compare.ts';
import { bitsColumn, steppedSql } from './score.ts';
import type { NamedFile } from './read.ts';

/** Everything that a run leaves behind, by what it is called in its folder. */
export const outputs = {
  clusters: 'clusters.parquet',
  clustersCsv: 'clusters.csv',
  pairs: 'pairs.parquet',
  records: 'records.parquet',
  model: 'model.json',
  rejects: 'rejects.ndjson',
  report: 'report.html',
  json: 'report.json',
} as const;

/** What speaks for and against a pair, in words: "surname sounds alike +5.1, telephone different -2.0". */
function explanationSql(of: readonly Comparison[], model: Model): string {
  const said = of.map((one) => {
    const words = one.levels.flatMap((level, at) =>
      level.isNull === true ? [] : [`WHEN ${at} THEN ${saidSql(one, level, model)}`],
    );
    return `CASE ${levelColumn(one.id)} ${words.join(' ')} END`;
  });
  return said.length === 0 ? "''" : `concat_ws(', ', ${said.join(', ')})`;
}

/** One level in words with its bits, signed and to one place: ready made where they are the same for every pair. */
function saidSql(one: Comparison, level: Level, model: Model): string {
  const words = `${one.says} ${level.says} `;
  if (countedOf(model, level) !== null || level.isOfName === true)
    return `${text(words)} || printf('%+.1f', ${bitsColumn(one.id)})`;
  const bits = worthOf(model, one, level).match;
  return text(`${words}${bits < 0 ? '' : '+'}${bits.toFixed(1)}`);
}

function plain(bits: string): string {
  return `(1 / (1 + pow(2e0, -(${bits}))))`;
}

/** The probability of a score by a model's calibration, as `probabilityOf` gives it. */
export function probabilitySql(score: string, { calibration }: Model): string {
  if (calibration === null || calibration.length === 0) return plain(score);
  const points = calibration.map(([at, probability]) => {
    const bits = Math.log2(probability / (1 - probability));
    return [at, Math.max(-50, Math.min(50, bits))] as const;
  });
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return plain(score);
  const between = points.slice(1).map(([to, toBits], place) => {
    const [from, fromBits] = points[place] ?? first;
    const way = to === from ? '0' : `(${score} - (${from})) / (${to - from})`;
    return `WHEN ${score} < ${to} THEN ${fromBits} + ${way} * (${toBits - fromBits})`;
  });
  return plain(
    `CASE WHEN ${score} <= ${first[0]} THEN ${first[1]} + ${score} - (${first[0]}) ${between.join(' ')} ` +
      `ELSE ${last[1]} + ${score} - (${last[0]}) END`,
  );
}

/** A cell that no spreadsheet works out as a formula. */
function cellSql(value: string): string {
  const isFormula = `regexp_matches(${value}, '^[\\s\\x00]*[=+\\-@|%＝＋－＠]')`;
  return `CASE WHEN ${isFormula} THEN '''' || ${value} ELSE ${value} END`;
}

/** Gives every record its name and the name of its cluster, as the table `placed (id, name, input, key, cluster)`. */
export async function place({ run }: Batch, files: readonly NamedFile[]): Promise<void> {
  const input = `list_extract([${files.map((one) => text(one.input)).join(', ')}], r.input + 1)`;
  await run(
    `CREATE TABLE called AS SELECT r.id, ${input} AS input, r.key, ${input} || ':' || r.key AS name FROM record r`,
  );
  await run(
    'CREATE TABLE placed AS SELECT n.id, n.name, n.input, n.key, h.name AS cluster, c.head FROM called n ' +
      'JOIN cluster c ON c.id = n.id JOIN called h ON h.id = c.head',
  );
  await run('DROP TABLE called');
}

export interface Writing {
  readonly folder: string;
  readonly model: Model;
  readonly of: ReadonlySet<string>;
}

/** Writes the pairs that somebody may want to see, with what speaks for and against them. */
async function writePairs(
  { run }: Pick<Batch, 'run'>,
  { file, model, of }: Omit<Writing, 'folder'> & { readonly file: string },
): Promise<void> {
  const said = comparisons.filter(({ id }) => of.has(id));
  const levels = said.map(({ id }) => `e.${levelColumn(id)}`).join(', ');
  const probability = probabilitySql('e.score', model);
  const stands = `CASE WHEN e.is_same THEN 'same' WHEN e.relative >= 0.5 THEN 'relative' ELSE 'possible' END`;
  // Most pairs are shown to nobody: they are left out before anything is joined that would have to be copied.
  const some =
    'SELECT e.*, a.head = b.head AS is_same FROM edge e JOIN cluster a ON a.id = e.l JOIN cluster b ON b.id = e.r ' +
    `WHERE e.score >= ${model.thresholds.review} OR e.relative >= 0.5 OR a.head = b.head`;
  await run(
    `CREATE TABLE shown AS SELECT e.l, e.r, a.name AS a, b.name AS b, e.score, ${probability} AS probability, ` +
      `e.relative, ${stands} AS stands, d.l IS NOT NULL AS is_decided, ${levels} FROM (${some}) e ` +
      'JOIN placed a ON a.id = e.l JOIN placed b ON b.id = e.r ' +
      'LEFT JOIN (SELECT DISTINCT least(a, b) AS l, greatest(a, b) AS r FROM decided) d ' +
      'ON d.l = least(e.l, e.r) AND d.r = greatest(e.l, e.r)',
  );
  const stepped = steppedSql('shown', model, [...of]);
  await run(
    `COPY (SELECT a, b, score, probability, relative, stands, is_decided, ` +
      `${explanationSql(said, model)} AS explanation FROM (${stepped})) TO ${file} (FORMAT parquet)`,
  );
  await run('DROP TABLE shown');
}

/** Writes clusters, pairs and the records as they were compared. */
export async function writeTables({ run, rows }: Batch, { folder, model, of }: Writing): Promise<{ pairs: number }> {
  const file = (name: keyof typeof outputs): string => text(join(folder, outputs[name]));
  await run(`COPY (SELECT cluster, name AS record, input, key FROM placed) TO ${file('clusters')} (FORMAT parquet)`);
  const cells = ['cluster', 'name', 'input', 'key'].map((column) => `${cellSql(column)} AS ${column}`);
  await run(
    `COPY (SELECT ${cells.join(', ')} FROM placed) TO ${file('clustersCsv')} (FORMAT csv, HEADER, FORCE_QUOTE *)`,
  );
  await writePairs({ run }, { file: file('pairs'), model, of });
  const features = featureColumns.map((column) => `f.${named(column)}`).join(', ');
  await run(
    `COPY (SELECT p.name, p.input, p.key, p.cluster, ${features} FROM placed p JOIN feature f ON f.id = p.id) ` +
      `TO ${file('records')} (FORMAT parquet)`,
  );
  const [counted] = await rows<{ n: bigint }>(`SELECT count(*) AS n FROM read_parquet(${file('pairs')})`);
  return { pairs: Number(counted?.n ?? 0) };
}
