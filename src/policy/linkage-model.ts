import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defaultLimits } from '../border/limits.ts';
import { nearestOf } from '../border/nearest.ts';
import { fieldOf, type Problem, sayProblem } from '../border/problem.ts';
import { comparisons } from '../linkage/comparisons.ts';
import type { Model } from '../linkage/model.ts';
import { bytesOf } from './bytes.ts';

/** The model that ships: assumed, trained on nobody's records. */
const shippedModelFile = fileURLToPath(new URL('../../policy/linkage-model.json', import.meta.url));

/** A trained model lists many names; more bytes than any policy has. */
const maxBytes = 64 * 1024 * 1024;

/** Never 0 or 1: nothing that people write down proves anything by itself. */
const chance = z
  .number()
  .min(1e-12)
  .max(1 - 1e-12);
const chances = z.strictObject({ m: chance, u: chance, h: chance });
const share = z.number().min(0).max(1);

const frequencies = z.strictObject({
  values: z.record(z.string().min(1).max(64), share),
  floor: z.number().min(1e-12).max(1),
  generic: z.number().min(1e-12).max(1).nullable(),
});

const columns = [...new Set(comparisons.flatMap(({ levels }) => levels.map(({ frequency }) => frequency)))];
const counted = columns.filter((one) => one !== undefined);

/** Score and probability pairs, both rising; one alone where everything decided has one score. */
const calibration = z
  .array(z.tuple([z.number(), z.number().min(0).max(1)]))
  .min(1)
  .max(10_000)
  .refine(
    (points) => points.every(([score, p], at) => at === 0 || isRising(points[at - 1], [score, p])),
    'expected scores that rise and probabilities that do not fall',
  );

function isRising(before: readonly [number, number] | undefined, [score, p]: readonly [number, number]): boolean {
  return before !== undefined && score > before[0] && p >= before[1];
}

/** Room for rounding in shares that add up to all. */
const slack = 1e-6;

/** That every comparison and level is one of ours, and that the levels of one comparison are shares of one whole. */
function checkLevels(written: Model['comparisons'], context: z.RefinementCtx): void {
  const ids = comparisons.map(({ id }) => id);
  for (const [id, levels] of Object.entries(written)) {
    const known = comparisons.find((one) => one.id === id);
    if (known === undefined) {
      context.addIssue({ code: 'custom', path: [id], message: strange(id, ids, 'comparison') });
      continue;
    }
    const names = known.levels.filter(({ isNull }) => isNull !== true).map((level) => level.id);
    for (const level of Object.keys(levels))
      if (!names.includes(level))
        context.addIssue({ code: 'custom', path: [id, level], message: strange(level, names, `level of ${id}`) });
    for (const side of ['m', 'u', 'h'] as const)
      if (Object.values(levels).reduce((sum, one) => sum + one[side], 0) > 1 + slack)
        context.addIssue({ code: 'custom', path: [id], message: `The ${side} of all levels add up to more than 1.` });
  }
}

function strange(name: string, known: readonly string[], kind: string): string {
  const nearest = nearestOf(name, known);
  return `There is no ${kind} "${name}"${nearest === undefined ? '' : `: did you mean "${nearest}"?`}`;
}

const said = z.string().min(1).max(2_000);

/** A model file, as it is written and as it is read. */
const modelSchema = z
  .strictObject({
    format: z.literal('heed-linkage-model'),
    version: z.literal(1),
    made: z.strictObject({ at: z.iso.date(), from: said, how: said }),
    prior: z
      .strictObject({ match: chance, household: z.number().min(0).max(1) })
      .refine(({ match, household }) => match + household < 1, 'expected shares that leave room for the unrelated'),
    comparisons: z.record(z.string(), z.record(z.string(), chances)).superRefine(checkLevels),
    frequencies: z.partialRecord(z.enum(counted as [string, ...string[]]), frequencies),
    together: z.record(z.string().min(3).max(129), z.number().min(1)).default({}),
    thresholds: z
      .strictObject({ certain: z.number(), strong: z.number(), review: z.number() })
      .refine(
        ({ certain, strong, review }) => certain >= strong && strong >= review,
        'expected certain >= strong >= review',
      ),
    calibration: calibration.nullable(),
  })
  .transform((model) => model as Model);

export type LoadedModel =
  | { readonly ok: true; readonly value: Model }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a model file, JSON as a machine writes it: what is wrong comes back with the field and what was expected. */
export function loadModel(file: string): LoadedModel {
  const bytes = bytesOf(file, maxBytes);
  const refused = (field: string, message: string): Problem => ({ file, line: 1, column: 1, field, message });
  if (!bytes.ok) return { ok: false, problems: [refused('', `Cannot read: ${bytes.message}.`)] };
  const json = jsonIn(bytes.value);
  if (json === undefined)
    return { ok: false, problems: [refused('', 'expected a model as JSON; found something else')] };
  const read = modelSchema.safeParse(json);
  if (read.success) return { ok: true, value: read.data };
  const issues = read.error.issues.slice(0, defaultLimits.maxProblems);
  return {
    ok: false,
    problems: issues.map(({ path, message }) => refused(fieldOf(path.map(asStep)), message)),
  };
}

function asStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

let held: Model | undefined;

/** The model that ships, read once in each process. */
export function shippedModel(): Model {
  if (held !== undefined) return held;
  const read = loadModel(shippedModelFile);
  if (!read.ok) throw new Error(read.problems.map(sayProblem).join('\n'));
  held = read.value;
  return held;
}
