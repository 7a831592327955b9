import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { csvRows } from '../../src/sources/csv-rows.ts';
import { sharedData } from '../../test/shared-data.ts';
import { fields } from './record.ts';
import type { Field, LinkRecord } from './record.ts';

/**
 * How the columns of a table become the fields of a record: plain data, which a batch may be given as it stands. A
 * field that is made of several columns names them in order; their values are joined by a space, a date's by a hyphen.
 */
export interface ColumnMapping {
  readonly id: string;
  /** The column that says who it is in truth. */
  readonly truth: string;
  /** Where the truth is only a part of that column: the first group of this expression. */
  readonly truthPart?: string;
  readonly fields: Readonly<Partial<Record<Field, string | readonly string[]>>>;
}

/** A set of records of which it is known who is who. */
export interface TruthSet {
  readonly name: string;
  readonly file: string;
  readonly format: 'csv' | 'parquet';
  readonly columns: ColumnMapping;
}

const febrl: ColumnMapping = {
  id: 'rec_id',
  truth: 'rec_id',
  truthPart: '^rec-(\\d+)-',
  fields: {
    given: 'given_name',
    surname: 'surname',
    born: 'date_of_birth',
    premises: 'street_number',
    street: ['address_1', 'address_2'],
    town: ['suburb', 'state'],
    postcode: 'postcode',
    ident: 'soc_sec_id',
  },
};

const fake: ColumnMapping = {
  id: 'unique_id',
  truth: 'cluster',
  fields: { given: 'first_name', surname: 'surname', born: 'dob', town: 'city', email: 'email' },
};

/** The sets of the bench. The fields were chosen by what the columns are called, before any result was seen. */
export const truthSets: readonly TruthSet[] = [
  ...['febrl1', 'febrl2', 'febrl3'].map((name): TruthSet => {
    return { name, file: `linkage/${name}.csv`, format: 'csv', columns: febrl };
  }),
  { name: 'fake_1000', file: 'linkage/fake_1000.csv', format: 'csv', columns: fake },
  { name: 'fake_20000', file: 'linkage/fake_20000.csv', format: 'csv', columns: { ...fake, truth: 'group' } },
  {
    name: 'rldata500',
    file: 'linkage/rldata500.csv',
    format: 'csv',
    columns: {
      id: 'rec_id',
      truth: 'ent_id',
      fields: {
        given: 'fname_c1',
        middle: 'fname_c2',
        surname: ['lname_c1', 'lname_c2'],
        born: ['by', 'bm', 'bd'],
      },
    },
  },
  {
    name: 'historical figures',
    file: 'linkage/historical-figures-half.parquet',
    format: 'parquet',
    columns: {
      id: 'unique_id',
      truth: 'cluster',
      fields: {
        // The whole name has what the first name and the surname leave out.
        name: 'full_name',
        given: 'first_name',
        surname: 'surname',
        born: 'dob',
        postcode: 'postcode_fake',
        sex: 'gender',
        birthplace: 'birth_place',
        occupation: 'occupation',
      },
    },
  },
];

/** Where the file of a set stands; null where it is absent. */
export function pathOf(set: TruthSet): string | null {
  return sharedData(set.file);
}

/** A set by its name. */
export function truthSet(name: string): TruthSet {
  const found = truthSets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no truth set is called ${name}`);
  return found;
}

type Row = ReadonlyMap<string, string>;

/** What a field holds by the columns it is made of; parts of a date get their zeros. */
function valueOf(row: Row, field: Field, columns: string | readonly string[] | undefined): string {
  if (columns === undefined) return '';
  const parts = [columns].flat().map((column) => row.get(column) ?? '');
  if (field !== 'born') return parts.filter((part) => part !== '').join(' ');
  if (parts.some((part) => part === '')) return '';
  return parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => part.padStart(2, '0')).join('-');
}

/** One row of a table as a record. */
export function recordOf(row: Row, { id, truth, truthPart, fields: columns }: ColumnMapping): LinkRecord {
  const whose = row.get(truth) ?? '';
  const part = truthPart === undefined ? whose : (RegExp(truthPart).exec(whose)?.[1] ?? '');
  const values = fields.map((field) => [field, valueOf(row, field, columns[field])]);
  return { id: row.get(id) ?? '', truth: part, ...(Object.fromEntries(values) as Record<Field, string>) };
}

async function* rowsOf(text: string): AsyncGenerator<Row> {
  let head: readonly string[] | null = null;
  for await (const { line, fields: cells } of csvRows(Readable.from([text]), ',')) {
    if (cells === null) throw new Error(`line ${line} of a truth set cannot be read`);
    if (head === null) head = cells.map((cell) => cell.trim());
    else yield new Map(head.map((column, at) => [column, (cells[at] ?? '').trim()]));
  }
}

/** The records of a set in CSV; null where its file is absent. Parquet is for DuckDB to read. */
export async function readSet(set: TruthSet): Promise<readonly LinkRecord[] | null> {
  if (set.format !== 'csv') throw new Error(`${set.name} is no CSV`);
  const path = pathOf(set);
  if (path === null) return null;
  const found: LinkRecord[] = [];
  for await (const row of rowsOf(readFileSync(path, 'utf8'))) found.push(recordOf(row, set.columns));
  return found;
}

/** A pair that a clerk has looked at. */
export interface Labelled {
  readonly a: string;
  readonly b: string;
  readonly isSame: boolean;
}

/** The clerk's decisions on pairs of fake_1000; null where the file is absent. */
export async function readLabels(): Promise<readonly Labelled[] | null> {
  const path = sharedData('linkage/fake_1000_labels.csv');
  if (path === null) return null;
  const found: Labelled[] = [];
  for await (const row of rowsOf(readFileSync(path, 'utf8')))
    found.push({
      a: row.get('unique_id_l') ?? '',
      b: row.get('unique_id_r') ?? '',
      isSame: Number(row.get('clerical_match_score')) >= 0.5,
    });
  return found;
}

/** How many pairs of records are of one person. */
export function truePairs(records: Iterable<LinkRecord>): number {
  const sizes = new Map<string, number>();
  for (const { truth } of records) sizes.set(truth, (sizes.get(truth) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
