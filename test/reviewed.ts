import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DecisionLine } from '../src/batch/decision-log.ts';
import { modelText } from '../src/batch/model-file.ts';
import type { Review } from '../src/review/review.ts';
import { openReview } from '../src/review/review.ts';
import { csvOf, linkedCsv, linkFolder, writtenTwice } from './linked.ts';
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

/** The folder of a run over invented people, these among them. */
export async function ranOver(more: readonly Row[] = []): Promise<string> {
  const { linked, folder } = await linkedCsv(csvOf([...writtenTwice(60), ...more]), { folder: linkFolder() });
  writeFileSync(join(folder, 'model.json'), modelText(linked.model));
  return folder;
}

/** Opens a review of a run that ends with the test. */
export async function reviewing(run: string, by = 'Ann Reviewer'): Promise<Review> {
  const bounds = { memoryBytes: 1_000_000_000, threads: 2 };
  const review = await openReview({ run, file: null, by, port: 0, bounds });
  onTestFinished(async () => {
    await review.close();
  });
  return review;
}
