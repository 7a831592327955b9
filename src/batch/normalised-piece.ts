import type { Column, PersonRecord } from '../linkage/features.ts';
import { featuresOf } from '../linkage/features.ts';
import type { RawField } from './link-mapping.ts';
import { parting } from './raw-sql.ts';

/** Raw texts to be normalised: what they are of, and what is wanted of each. */
export interface RawPiece {
  /** The fields of a text, in their order in it. */
  readonly raw: readonly RawField[];
  readonly columns: readonly Column[];
  /** The texts as one, parted. */
  readonly piece: string;
}

/** What the texts of a piece come to: for each column its words as one text, parted, in the order of the texts. */
export function wordsOfPiece({ raw, columns, piece }: RawPiece): readonly string[] {
  const words: string[][] = columns.map(() => []);
  for (const key of piece.split(parting.record)) {
    const features = featuresOf(recordOf(raw, key.split(parting.field)));
    for (const [at, column] of columns.entries()) words[at]?.push(features[column]);
  }
  return words.map((some) => some.join(parting.record));
}

const several = new Set<RawField>(['phones', 'emails', 'vehicles', 'idents']);

/** A record of a person from the raw texts of some of its fields. */
function recordOf(fields: readonly RawField[], values: readonly string[]): PersonRecord {
  const record: Record<string, unknown> = {};
  fields.forEach((field, at) => {
    const value = values[at] ?? '';
    if (value === '') return;
    if (field === 'accounts') record[field] = accountsOf(value);
    else record[field] = several.has(field) ? value.split(parting.value) : value;
  });
  return record;
}

function accountsOf(value: string): PersonRecord['accounts'] {
  const [platform = '', handles = ''] = value.split(parting.platform);
  return handles.split(parting.value).map((handle) => ({ platform, handle }));
}
