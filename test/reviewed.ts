import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DecisionLine } from '../src/batch/decision-log.ts';
import { modelText } from '../src/batch/model-file.ts';
import type { Review } from '../src/review/review.ts';
import { openReview } from '../src/review/review.ts';
import { csvOf, invented, linkedCsv, linkFolder, writtenTwice } from './linked.ts';
import type { Row } from './linked.ts';

/** A line of a decisions file; what a test does not say is of no matter to it. */
export function decidedLine(what: Partial<DecisionLine>): DecisionLine {
  const at = '2026-01-02T03:04:05.000Z';
  return {
    one: 'people:1',
    other: 'people:2',
    verdict: 'same',
    by: 'Ann',
    at,
    reason: null,
    score: 0,
    model: 'none',
    ...what,
  };
}

/** Somebody whose record is full of what would harm a page or mislead its reader, twice. */
export const hostile: readonly Row[] = ['x', 'y'].map((mark) => ({
  ...invented(1_000),
  id: `=cmd()<img src=x onerror="document.title='run'">\u202e${mark}`,
  given: `<script>document.title='run'</script>${'Long'.repeat(25_000)}`,
  surname: mark === 'x' ? '<b>Bold</b>erson' : '\u202eBolderson',
  phone: mark === 'x' ? '' : '+1-800-x"><svg onload=alert(1)>',
}));

/** A run over invented people, these among them, in a folder that lasts until `remove`. */
export async function ranOver(
  more: readonly Row[] = [],
): Promise<{ readonly run: string; readonly remove: () => void }> {
  const made = mkdtempSync(join(tmpdir(), 'heed-review-'));
  const { linked, folder } = await linkedCsv(csvOf([...writtenTwice(60), ...more]), { folder: made });
  writeFileSync(join(folder, 'model.json'), modelText(linked.model));
  return { run: folder, remove: () => rmSync(made, { recursive: true, force: true }) };
}

/** Opens a review of a run that ends with the test, with a new file of decisions if none is named. */
export async function reviewing(
  run: string,
  { by = 'Ann Reviewer', file }: { readonly by?: string; readonly file?: string } = {},
): Promise<Review> {
  const bounds = { memoryBytes: 1_000_000_000, threads: 2 };
  const kept = file ?? join(linkFolder(), 'decisions.ndjson');
  const review = await openReview({ run, file: kept, by, port: 0, bounds });
  onTestFinished(async () => {
    await review.close();
  });
  return review;
}

/** The decisions in a file, as they stand there. */
export function linesOf(file: string): readonly DecisionLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DecisionLine);
}
