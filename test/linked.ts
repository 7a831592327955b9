import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { findPairs } from '../src/batch/block.ts';
import { comparable } from '../src/batch/compare.ts';
import type { Batch } from '../src/batch/duckdb.ts';
import { openBatch } from '../src/batch/duckdb.ts';
import { normalise } from '../src/batch/features.ts';
import { knownColumns } from '../src/batch/frequencies.ts';
import type { RawField } from '../src/batch/link-mapping.ts';
import type { Linked, Linking } from '../src/batch/link.ts';
import { link } from '../src/batch/link.ts';
import type { Model } from '../src/linkage/model.ts';
import { linkMapping } from '../src/batch/link-mapping.ts';
import { readInputs } from '../src/batch/read.ts';
import { blockingRules } from '../src/batch/rules.ts';
import { featureColumns } from '../src/linkage/features.ts';

/** A folder of one test, gone when it ends. */
export function linkFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-link-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const personMapping = `
title: Invented people
inputs:
  people:
    format: csv
    id: id
    empty: [unknown]
    person: { given: given, surname: surname, born: born, premises: house, street: street, town: town,
      postcode: postcode, phones: phone, emails: email }
`;

export const columns = ['id', 'given', 'surname', 'born', 'house', 'street', 'town', 'postcode', 'phone', 'email'];

export type Row = Readonly<Record<string, string>>;

const givens = 'Olivia George Amelia Noah Isla Arthur Freya Leo Zara Ibrahim Priya Callum Niamh Rhys Ewa Tomasz'.split(
  ' ',
);
const surnames =
  'Okafor Hartley Pemberton Achebe Lindqvist Farrow Nowak Bancroft Mistry Oyelaran Tremayne Dunmore Vance'.split(' ');

/** A number that only its seed decides. */
function drawn(seed: number, below: number): number {
  let mixed = Math.imul(seed + 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
}

function letter(seed: number): string {
  return 'ABDEFGHJLN'.charAt(drawn(seed, 10));
}

/** Somebody invented: two by two they share a house and a surname. */
export function invented(person: number): Row {
  const house = Math.floor(person / 2);
  const born = [1940 + drawn(person * 7, 65), 1 + drawn(person * 11, 12), 2 + drawn(person * 13, 26)];
  return {
    given: givens[(drawn(house * 3, 8) + (person % 2) * 8) % givens.length] ?? '',
    surname: `${surnames[drawn(house * 5, surnames.length)] ?? ''}${'abcdefghij'.charAt(drawn(house, 10))}n`,
    born: born.map((part) => String(part).padStart(2, '0')).join('-'),
    house: String(1 + drawn(house * 17, 90)),
    street: `${surnames[drawn(house * 19, surnames.length)] ?? ''} Road`,
    town: 'Alderford',
    postcode: `ZA${1 + drawn(house * 23, 9)} ${1 + drawn(house * 29, 9)}${letter(house)}${letter(house * 31)}`,
    phone: `07700 9${String(person).padStart(5, '0')}`,
    email: '',
  };
}

/** Every person twice: as they are, and as somebody wrote them in a hurry. */
export function writtenTwice(people: number): readonly Row[] {
  return Array.from({ length: people }, (_, person) => {
    const one = invented(person);
    const surname = one['surname'] ?? '';
    const slips: readonly Row[] = [
      { surname: surname.slice(0, 3) + surname.slice(4) },
      { phone: '' },
      { house: '7', street: 'Station Road', postcode: 'ZB1 1AA' },
      { born: `${(one['born'] ?? '').slice(0, 4)}-01-01` },
    ];
    const other = { ...one, ...slips[drawn(person * 37, slips.length)] };
    return [
      { ...one, id: `${person}-a` },
      { ...other, id: `${person}-b` },
    ];
  }).flat();
}

export function csvOf(rows: readonly Row[]): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`)
    .join('');
}

/** What a run over one text of CSV comes to, and where it was written. */
export async function linkedCsv(
  csv: string | Uint8Array,
  options: {
    readonly mapping?: string;
    readonly folder?: string;
    readonly decisions?: string;
    readonly model?: Model;
  } = {},
): Promise<{ readonly linked: Linked; readonly folder: string; readonly linking: Linking }> {
  const folder = options.folder ?? linkFolder();
  const file = join(folder, 'people.csv');
  writeFileSync(file, csv);
  const decisionsFile = options.decisions === undefined ? null : join(folder, 'decisions.csv');
  if (decisionsFile !== null) writeFileSync(decisionsFile, options.decisions ?? '');
  const linking: Linking = {
    files: [{ input: 'people', file }],
    mapping: linkMapping.parse(parse(options.mapping ?? personMapping)),
    bounds: { memoryBytes: 1_000_000_000, threads: 2 },
    at: '2026-01-02',
    told: () => undefined,
  };
  const out = join(folder, 'out');
  return {
    linked: await link(linking, { folder: out, model: options.model ?? null, decisionsFile }),
    folder: out,
    linking,
  };
}

/** A database in which records were read, normalised and blocked: their pairs stand in the table `pair`. */
export interface Blocked {
  readonly batch: Batch;
  readonly records: number;
  readonly of: ReadonlySet<string>;
}

/** Works with the pairs that blocking finds among these records. */
export async function withPairs<T>(rows: readonly Row[], work: (blocked: Blocked) => Promise<T>): Promise<T> {
  const folder = linkFolder();
  const file = join(folder, 'people.csv');
  writeFileSync(file, csvOf(rows));
  const batch = await openBatch(folder, { memoryBytes: 2 ** 29, threads: 2 });
  try {
    const mapping = linkMapping.parse(parse(personMapping));
    const { records } = await readInputs(batch, mapping, [{ input: 'people', file }]);
    await normalise(batch, new Set(Object.keys(mapping.inputs['people']?.person ?? {}) as RawField[]));
    const known = await knownColumns(batch, featureColumns);
    await findPairs(batch, blockingRules, { records, known, isBetweenInputsOnly: false });
    return await work({ batch, records, of: comparable(known) });
  } finally {
    batch.close();
  }
}
