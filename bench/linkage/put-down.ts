import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cell } from '../../src/views/csv-cell.ts';
import type { LinkMapping } from '../../src/batch/link-mapping.ts';
import { linkMapping } from '../../src/batch/link-mapping.ts';
import type { Field, LinkRecord } from './record.ts';

/** A set as it is linked: which fields it has, and its records. */
export interface RecordSet {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly records: Iterable<LinkRecord & { readonly origin?: string }>;
}

/** A set put down in files of a folder of its own: what is linked, and who is who. */
export interface PutDown {
  readonly name: string;
  readonly folder: string;
  readonly fields: readonly Field[];
  readonly records: number;
}

/** Where the files of a set stand. */
export const files = {
  people: (folder: string): string => join(folder, 'people.csv'),
  truth: (folder: string): string => join(folder, 'truth.csv'),
  out: (folder: string): string => join(folder, 'out'),
};

const rowsAtOnce = 5_000;

/** Lines of a table, written some thousands at a time. */
class Table {
  readonly #file: number;
  #rows: string[] = [];

  constructor(path: string, columns: readonly string[]) {
    this.#file = openSync(path, 'w', 0o600);
    this.add(columns);
  }

  add(values: readonly string[]): void {
    this.#rows.push(`${values.map(cell).join(',')}\n`);
    if (this.#rows.length === rowsAtOnce) this.#write();
  }

  #write(): void {
    writeSync(this.#file, this.#rows.join(''));
    this.#rows = [];
  }

  close(): void {
    this.#write();
    closeSync(this.#file);
  }
}

/** Puts a set down; the truth goes into a file that linking never reads. */
export function putDown({ name, fields, records }: RecordSet, folder: string): PutDown {
  const people = new Table(files.people(folder), ['id', ...fields]);
  const truth = new Table(files.truth(folder), ['record', 'person', 'origin']);
  let many = 0;
  for (const record of records) {
    people.add([record.id, ...fields.map((field) => record[field])]);
    truth.add([record.id, record.truth, record.origin ?? '']);
    many += 1;
  }
  people.close();
  truth.close();
  return { name, folder, fields, records: many };
}

const listed: Readonly<Partial<Record<Field, string>>> = { phone: 'phones', email: 'emails', ident: 'idents' };

/** The mapping by which a set that was put down is read: every field is its own column. */
export function mappingOf({ name, fields }: Pick<PutDown, 'name' | 'fields'>): LinkMapping {
  const person = Object.fromEntries(fields.map((field) => [listed[field] ?? field, field]));
  return linkMapping.parse({ title: name, inputs: { people: { format: 'csv', id: 'id', person } } });
}
