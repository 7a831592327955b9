import { z } from 'zod';
import { readDocument } from '../border/document.ts';
import type { Read } from '../border/problem.ts';
import type { Model } from '../linkage/model.ts';

const chance = z.number().gt(0).lt(1);
const share = z.number().min(0).max(1);
const frequencies = z.strictObject({
  values: z.record(z.string().max(1_000), share),
  floor: z.number().gt(0).max(1),
  generic: share.nullable(),
});

const modelFile = z.strictObject({
  format: z.literal('heed-linkage-model'),
  version: z.literal(1),
  made: z.strictObject({ at: z.string().max(40), from: z.string().max(400), how: z.string().max(2_000) }),
  prior: z.strictObject({ match: chance, household: z.number().min(0).lt(1) }),
  comparisons: z.record(
    z.string().max(40),
    z.record(z.string().max(40), z.strictObject({ m: chance, u: chance, h: chance })),
  ),
  frequencies: z.record(z.string().max(40), frequencies),
  thresholds: z.strictObject({ certain: z.number(), strong: z.number(), review: z.number() }),
  calibration: z
    .array(z.tuple([z.number(), share]))
    .max(100_000)
    .nullable(),
});

/** Characters of a model: thirteen columns of the commonest values. */
const limits = { maxBytes: 16 * 1_048_576, maxNodes: 400_000, maxKeyCharacters: 1_000 };

/** Reads a model file, or says what is wrong with it by line and field. */
export function readModel(bytes: Uint8Array | string, file: string): Read<Model> {
  return readDocument(bytes, { file, schema: modelFile, limits });
}

/** A model as it is written: figures without exponents, which no border takes. */
export function modelText(model: Model): string {
  return `${JSON.stringify(model, null, 1).replaceAll(/^(.*[ :])(-?)(\d)(?:\.(\d+))?e-(\d+)(,?)$/gm, unfolded)}\n`;
}

function unfolded(_: string, ...[before, sign, whole, rest = '', places, comma]: readonly string[]): string {
  const zeros = '0'.repeat(Number(places) - 1);
  return `${before ?? ''}${sign ?? ''}0.${zeros}${whole ?? ''}${rest}${comma ?? ''}`;
}
