import { z } from 'zod';
import { line } from '../room/define.ts';
import { column, columnWords } from '../sources/record-mapping.ts';

const separator = z.string().min(1).max(5).meta({ description: 'what parts several values in one column, such as ;' });

/** Values from columns, each of which may hold several. */
const listed = z.union([
  column,
  z.strictObject({ columns: z.array(column).min(1).max(10), split: separator.optional() }),
]);

/** Where the parts of one person are found. */
const person = z.strictObject({
  /** The whole name, where it does not stand in parts. */
  name: columnWords.optional(),
  given: columnWords.optional(),
  middle: columnWords.optional(),
  surname: columnWords.optional(),
  born: columnWords.optional(),
  premises: columnWords.optional(),
  street: columnWords.optional(),
  town: columnWords.optional(),
  postcode: columnWords.optional(),
  phones: listed.optional(),
  emails: listed.optional(),
  accounts: z.strictObject({ platform: columnWords, handle: listed }).optional(),
  vehicles: listed.optional(),
  sex: columnWords.optional(),
  birthplace: columnWords.optional(),
  occupation: columnWords.optional(),
  idents: listed.optional(),
});

const input = z.strictObject({
  format: z.enum(['csv', 'ndjson', 'parquet']),
  separator: z.string().length(1, 'one character, such as ; or a tab').default(','),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).default('utf-8'),
  /** What stands in a column that is empty, such as NULL or N/A. */
  empty: z.array(z.string().max(40)).max(20).default([]),
  /** What a record is called in its own system; with its input it is the name of the record in everything written. */
  id: columnWords,
  person,
});
export type LinkInput = z.output<typeof input>;

/** A mapping file of `heed link`: what is read, and where a person is found in it. `docs/linkage.md` explains it. */
export const linkMapping = z.strictObject({
  title: line,
  /** By the name that the command line gives to a file: `register=people.csv`. */
  inputs: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, figures and -'), input)
    .refine((inputs) => Object.keys(inputs).length >= 1 && Object.keys(inputs).length <= 20, {
      error: 'At least one input, at most 20.',
    }),
  /** Whether records of one input are compared with one another, with those of the others, or both. */
  link: z.enum(['within-and-between', 'between']).default('within-and-between'),
});
export type LinkMapping = z.output<typeof linkMapping>;

/** A field of a person, each of which is one text in a record as it was read. */
export type RawField = keyof LinkInput['person'];

export const rawFields = Object.keys(person.shape) as readonly RawField[];

/** Every column of a table that an input reads, with the field of the mapping that names it. */
export function columnsRead(
  name: string,
  { id, person: of }: LinkInput,
): readonly {
  readonly column: string;
  readonly field: string;
}[] {
  const found: { column: string; field: string }[] = [];
  const add = (field: string, from: unknown): void => {
    if (typeof from === 'string') found.push({ column: from, field });
    else if (Array.isArray(from)) for (const one of from as readonly string[]) found.push({ column: one, field });
    else if (typeof from === 'object' && from !== null && !('is' in from))
      for (const [key, inner] of Object.entries(from)) if (key !== 'split') add(`${field}.${key}`, inner);
  };
  add(`inputs.${name}.id`, id);
  for (const [field, from] of Object.entries(of)) add(`inputs.${name}.person.${field}`, from);
  return found;
}
