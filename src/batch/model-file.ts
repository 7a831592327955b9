import { sayProblem } from '../border/problem.ts';
import type { Model } from '../linkage/model.ts';
import { loadModel } from '../policy/linkage-model.ts';
import { BatchRefused } from './duckdb.ts';

/** The model in a file. Throws BatchRefused with what is wrong with it, by field. */
export function modelAt(file: string): Model {
  const read = loadModel(file);
  if (!read.ok) throw new BatchRefused(read.problems.map(sayProblem).join('\n'));
  return read.value;
}

/** A model as it is written. */
export function modelText(model: Model): string {
  return `${JSON.stringify(model, null, 1)}\n`;
}
