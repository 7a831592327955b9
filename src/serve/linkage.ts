import { sayProblem } from '../border/problem.ts';
import type { Model } from '../linkage/model.ts';
import { loadModel, shippedModel } from '../policy/linkage-model.ts';
import type { Configured } from './configuration.ts';
import { StartRefused } from './store.ts';

/** By what people are weighed here: the configured model, or the one that ships. Throws StartRefused. */
export function linkageModelOf({ settings, beside }: Configured): Model {
  const file = settings['linkage-model'];
  if (file === undefined) return shippedModel();
  const read = loadModel(beside(file));
  if (!read.ok) throw new StartRefused(read.problems.map(sayProblem));
  return read.value;
}
