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
