import { z } from 'zod';
import { finding } from '../room/check.ts';
import { line } from '../room/define.ts';
import { isTimeForm } from './written-time.ts';

export const column = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'a column of the table by its name; of JSON a field, or a pointer such as /person/name' });

/** Words from one column, from several with a space between them, or always the same. */
export const columnWords = z.union([column, z.array(column).min(1).max(6), z.strictObject({ is: line })]);

const separator = z.string().min(1).max(5).meta({ description: 'what parts several values in one column, such as ;' });
const pointer = z
  .string()
  .regex(/^(?:\/[^/]*)+$/, 'a pointer into JSON, such as /people')
  .max(200);

/** For JSON: the list whose items are named, each with the columns that follow. */
const each = pointer.optional();

export const named = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    each,
    name: columnWords,
    born: column.optional(),
    alias: column.optional(),
    split: separator.optional(),
  }),
  z.strictObject({
    kind: z.literal('place'),
    each,
    premises: columnWords.optional(),
    street: columnWords,
    town: columnWords.optional(),
    postcode: columnWords.optional(),
    /** Every place of this kind is a public one. */
    public: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('phone'), each, number: columnWords, split: separator.optional() }),
  z.strictObject({
    kind: z.literal('vehicle'),
    each,
    mark: columnWords.optional(),
    description: columnWords.optional(),
    split: separator.optional(),
  }),
  z.strictObject({
    kind: z.literal('account'),
    each,
    platform: columnWords,
    handle: columnWords,
    split: separator.optional(),
  }),
]);

const sign = finding.shape.signs.unwrap().element;
export const codes = <T extends z.ZodType>(of: T): z.ZodRecord<z.ZodString, T> =>
  z.record(z.string().min(1).max(200), of);

const signs = z.union([
  z.strictObject({ always: z.array(sign).min(1).max(20) }),
  z.strictObject({ column, split: separator.optional(), codes: codes(z.array(sign).max(20)) }),
]);

/** How a time is written. */
export const timeForm = z.string().min(1).max(60).refine(isTimeForm, {
  error: 'A form of time is iso, epoch-seconds, epoch-milliseconds, or a pattern such as dd/mm/yyyy hh:mi:ss.',
});

/** How one record of another system becomes a record that can be asked about. */
export const recordMapping = z.strictObject({
  id: z.union([column, z.array(column).min(1).max(6)]),
  kind: z.union([finding.shape.kind, z.strictObject({ column, codes: codes(finding.shape.kind) })]),
  when: z.strictObject({
    from: z.union([column, z.array(column).min(1).max(3)]),
    forms: z.array(timeForm).min(1).max(6).default(['iso']),
    zone: z.enum(['britain', 'utc']).default('britain'),
    repeated: z.enum(['refuse', 'first', 'second']).default('refuse'),
  }),
  names: z.array(named).min(1).max(40),
  signs: z.array(signs).max(20).default([]),
  /** Words with columns in braces: `Crime {Crime No}: {Offence}`. */
  says: line,
  /** What stands in a column that is empty, such as NULL or N/A. */
  empty: z.array(z.string().max(40)).max(20).default([]),
});
export type RecordMapping = z.output<typeof recordMapping>;
export type NamedMapping = RecordMapping['names'][number];

const slotForm = /\{([^{}]+)\}/g;

/** The columns that a template names. */
export function slotsOf(template: string): readonly string[] {
  return [...template.matchAll(slotForm)].map(([, name = '']) => name);
}

/** A template with its columns filled in. */
export function filled(template: string, value: (column: string) => string): string {
  return template.replaceAll(slotForm, (_, name: string) => value(name));
}

/** The columns that one of the things named is read from, with the field that says so. */
export function columnsNamed({ kind: _, each, ...rest }: NamedMapping): readonly (readonly [string, unknown])[] {
  return each !== undefined ? [] : Object.entries(rest).filter(([key]) => key !== 'split' && key !== 'public');
}

/** Every column that a mapping reads of the record itself, with the field of the mapping that names it. */
export function columnsOf(mapping: RecordMapping): readonly { readonly column: string; readonly field: string }[] {
  const found: { column: string; field: string }[] = [];
  const add = (field: string, from: unknown): void => {
    if (typeof from === 'string') found.push({ column: from, field });
    else if (Array.isArray(from)) for (const one of from as readonly string[]) found.push({ column: one, field });
  };
  add('id', mapping.id);
  if (typeof mapping.kind === 'object') add('kind.column', mapping.kind.column);
  add('when.from', mapping.when.from);
  mapping.names.forEach((one, at) => {
    for (const [key, from] of columnsNamed(one)) add(`names[${at}].${key}`, from);
  });
  mapping.signs.forEach((one, at) => {
    if ('column' in one) add(`signs[${at}].column`, one.column);
  });
  add('says', slotsOf(mapping.says));
  return found;
}
