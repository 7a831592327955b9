import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { visible } from '../border/visible.ts';
import type { Calibration } from '../linkage/calibrate.ts';
import { calibrate, calibrationError, errorKeptBack, probabilityOf } from '../linkage/calibrate.ts';
import type { Model } from '../linkage/model.ts';
import { textIn } from '../sources/mapped-record.ts';
import type { Placed } from '../sources/snapshot-items.ts';
import { itemsIn } from '../sources/snapshot-items.ts';
import { DecisionLog, standing } from './decision-log.ts';
import type { Batch } from './duckdb.ts';
import { BatchRefused, text } from './duckdb.ts';
import type { NamedFile } from './read.ts';
import { scoredSql } from './score.ts';

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

/** A pair of which one person said one thing and another the other: neither counts. */
export interface Disagreed {
  readonly a: string;
  readonly b: string;
  readonly same: readonly string[];
  readonly apart: readonly string[];
}

/** Decisions as they are read, with what of the file does not count. */
export interface DecisionsRead {
  readonly decisions: readonly Decision[];
  /** Pairs of which nobody could tell. */
  readonly unsure: number;
  readonly disagreed: readonly Disagreed[];
  /** Numbers of lines that are not whole. */
  readonly damaged: readonly number[];
}

export const noDecisions: DecisionsRead = { decisions: [], unsure: 0, disagreed: [], damaged: [] };

/**
 * Reads decisions: what `heed link review` wrote, or a table with the columns a, b and decision (same or apart). In the
 * first each person's last word on a pair stands, and where two do not agree neither counts.
 */
export async function readDecisions(file: string): Promise<DecisionsRead> {
  const first = firstByteOf(file);
  if (first === null) return noDecisions;
  if (first === '{'.charCodeAt(0)) return decidedInReview(file);
  const found: Decision[] = [];
  for await (const placed of itemsIn(createReadStream(file), layout)) found.push(decisionOf(placed, file));
  return { ...noDecisions, decisions: found };
}

function firstByteOf(file: string): number | null {
  const descriptor = openSync(file, 'r');
  try {
    const byte = Buffer.alloc(1);
    return readSync(descriptor, byte, 0, 1, 0) === 0 ? null : (byte[0] ?? null);
  } finally {
    closeSync(descriptor);
  }
}

function decidedInReview(file: string): DecisionsRead {
  const log = new DecisionLog(file, 'r');
  try {
    const [decisions, disagreed]: [Decision[], Disagreed[]] = [[], []];
    let unsure = 0;
    for (const { one: a, other: b, verdicts } of standing(log.lines()).values()) {
      const [same, apart] = (['same', 'apart'] as const).map((said) =>
        verdicts.filter(({ verdict }) => verdict === said).map(({ by }) => by),
      );
      if (same === undefined || apart === undefined) continue;
      if (same.length > 0 && apart.length > 0) disagreed.push({ a, b, same, apart });
      else if (same.length + apart.length > 0) decisions.push({ a, b, isSame: same.length > 0 });
      else unsure += 1;
    }
    return { decisions, unsure, disagreed, damaged: log.damaged() };
  } finally {
    log.close();
  }
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

/** What decisions made of a model's probabilities. */
export interface Calibrated {
  /** Decided pairs of these records, each with its score. */
  readonly pairs: number;
  readonly calibration: Calibration | null;
  /** Calibration errors: as the model was before, and on decisions kept back from calibrating; null for too few. */
  readonly errorBefore: number;
  readonly error: number | null;
}

/** Calibrates a model by the decided pairs, found by blocking or not; the table `feature` has the model's shares. */
export async function calibrated(batch: Batch, model: Model, of: ReadonlySet<string>): Promise<Calibrated> {
  await batch.run(
    'CREATE OR REPLACE TABLE decided_pair AS ' +
      'SELECT DISTINCT least(a, b) AS l, greatest(a, b) AS r, is_same FROM decided',
  );
  const scored = scoredSql('SELECT DISTINCT l, r FROM decided_pair', model, of);
  const decisions = await batch.rows<{ score: number; isSame: boolean }>(
    `SELECT s.score, d.is_same AS "isSame" FROM (${scored}) s ` +
      'JOIN decided_pair d ON d.l = s.l AND d.r = s.r ORDER BY s.l, s.r',
  );
  await batch.run('DROP TABLE decided_pair');
  const before = decisions.map(({ score, isSame }) => ({
    probability: probabilityOf(score, model.calibration),
    isSame,
  }));
  return {
    pairs: decisions.length,
    calibration: calibrate(decisions) ?? model.calibration,
    errorBefore: calibrationError(before).error,
    error: errorKeptBack(decisions),
  };
}
