/** One record of a person as somebody wrote it, of the invented population or of a truth set; '' where not written. */
export interface LinkRecord {
  readonly id: string;
  /** Who it is in truth: records of one value are of one person. '' where the set does not say. */
  readonly truth: string;
  /** The whole name where it was not written in parts. */
  readonly name: string;
  readonly given: string;
  readonly middle: string;
  readonly surname: string;
  readonly born: string;
  readonly premises: string;
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
  readonly phone: string;
  readonly email: string;
  readonly sex: string;
  readonly birthplace: string;
  readonly occupation: string;
  readonly ident: string;
}

/** What a column of a file may be read into, besides whose record it is. */
export type Field = Exclude<keyof LinkRecord, 'id' | 'truth'>;

/** Every field in one order. */
export const fields: readonly Field[] = [
  'name',
  'given',
  'middle',
  'surname',
  'born',
  'premises',
  'street',
  'town',
  'postcode',
  'phone',
  'email',
  'sex',
  'birthplace',
  'occupation',
  'ident',
];

type Told = Exclude<Field, 'phone' | 'email' | 'ident'>;
type Person = Readonly<Partial<Record<Told, string>>> &
  Readonly<Record<'phones' | 'emails' | 'idents', readonly string[]>>;

const one = (value: string): readonly string[] => (value === '' ? [] : [value]);

/** What of a record is compared, in the shape that `featuresOf` takes: what was not written is left out. */
export function personOf({ id: _, truth: __, phone, email, ident, ...told }: LinkRecord): Person {
  const written = fields
    .filter((field): field is Told => field !== 'phone' && field !== 'email' && field !== 'ident')
    .flatMap((field) => (told[field] === '' ? [] : [[field, told[field]] as const]));
  const parts: Partial<Record<Told, string>> = Object.fromEntries(written);
  return { ...parts, phones: one(phone), emails: one(email), idents: one(ident) };
}
