import { createReadStream } from 'node:fs';
import { visible } from '../border/visible.ts';
import { textIn } from '../sources/mapped-record.ts';
import type { Placed } from '../sources/snapshot-items.ts';
import { itemsIn } from '../sources/snapshot-items.ts';
import type { Batch } from './duckdb.ts';
import { BatchRefused, text } from './duckdb.ts';
import type { NamedFile } from './read.ts';

/** A pair that somebody decided; records by their names, `input:key`. */
export interface Decision {
  readonly a: string;
  readonly b: string;
  readonly isSame: boolean;
}

const layout = {
  format: 'csv' as const,
  separator: ',',
  encoding: 'utf-8',
  named: ['a', 'b', 'decision'].map((column) => ({ column, field: 'decisions' })),
};

/** Reads decisions: a table with the columns a, b and decision (same or apart). */
export async function readDecisions(file: string): Promise<readonly Decision[]> {
  const found: Decision[] = [];
  for await (const placed of itemsIn(createReadStream(file), layout)) found.push(decisionOf(placed, file));
  return found;
}

/** A list where a text belongs reads as nothing, and is refused as such. */
export function ignored(): void {}

function decisionOf({ line, item, ...rest }: Placed, file: string): Decision {
  if (item === null) throw new BatchRefused(`${file}, line ${line}: ${'reason' in rest ? rest.reason : ''}`);
  const [a, b, decision] = ['a', 'b', 'decision'].map((column) =>
    textIn({ item, empty: [], tell: ignored }, column, column),
  );
  if (a === undefined || b === undefined || a === '' || b === '')
    throw new BatchRefused(`${file}, line ${line}: expected two records; found one or none`);
  if (decision !== 'same' && decision !== 'apart')
    throw new BatchRefused(
      `${file}, line ${line}: decision: expected same or apart; found ${visible(decision ?? '', 40)}`,
    );
  return { a, b, isSame: decision === 'same' };
}

/** What became of decisions: those about records that are not among the inputs do nothing. */
export interface Applied {
  readonly given: number;
  readonly applied: number;
}

/** Keeps decisions by record as the table `decided (a, b, is_same)`. */
export async function keepDecisions(
  batch: Batch,
  decisions: readonly Decision[],
  files: readonly NamedFile[],
): Promise<Applied> {
  const { run, append, rows } = batch;
  await run('CREATE TABLE decided_named (a VARCHAR, b VARCHAR, is_same BOOLEAN)');
  const columns = [decisions.map(({ a }) => a), decisions.map(({ b }) => b), decisions.map(({ isSame }) => isSame)];
  await append('decided_named', pieces(columns));
  const input = `list_extract([${files.map((one) => text(one.input)).join(', ')}], input + 1)`;
  const called = `(SELECT id, ${input} || ':' || key AS name FROM record)`;
  await run(
    decisions.length === 0
      ? 'CREATE TABLE decided (a UINTEGER, b UINTEGER, is_same BOOLEAN)'
      : `CREATE TABLE decided AS SELECT x.id AS a, y.id AS b, d.is_same FROM decided_named d ` +
          `JOIN ${called} x ON x.name = d.a JOIN ${called} y ON y.name = d.b WHERE x.id <> y.id`,
  );
  const [counted] = await rows<{ n: bigint }>('SELECT count(*) AS n FROM decided');
  return { given: decisions.length, applied: Number(counted?.n ?? 0) };
}

function* pieces(
  columns: readonly (readonly (string | boolean)[])[],
): Generator<readonly (readonly (string | boolean)[])[]> {
  const many = columns[0]?.length ?? 0;
  for (let at = 0; at < many; at += 2_048) yield columns.map((column) => column.slice(at, at + 2_048));
}

/** Scores of the decided pairs that were compared, for calibration. */
export async function decidedScores({ rows }: Batch): Promise<readonly { score: number; isSame: boolean }[]> {
  return rows(
    'SELECT e.score, d.is_same AS "isSame" FROM decided d ' +
      'JOIN edge e ON e.l = least(d.a, d.b) AND e.r = greatest(d.a, d.b)',
  );
}
