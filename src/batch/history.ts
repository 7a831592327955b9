import { dirname } from 'node:path';
import { parseAccount } from '../linkage/accounts.ts';
import type { PersonTold } from '../sources/own-people.ts';
import type { Batch, Bounds, Columns } from './duckdb.ts';
import { openBatch, pieceRows, text } from './duckdb.ts';
import type { LinkInput } from './link-mapping.ts';

/** What the own history of a room is called among the inputs: its records are `history:incident/…/…`. */
export const historyInput = 'history';

const single = ['name', 'born', 'premises', 'street', 'town', 'postcode'] as const;
const several = ['phones', 'accounts', 'vehicles'] as const;
/** What parts several values; none of them has it, for each is one line. */
const split = '\n';

/** How what `peopleFile` writes is read. */
export const historyMapping: LinkInput = {
  format: 'parquet',
  separator: ',',
  encoding: 'utf-8',
  empty: [],
  id: 'id',
  person: {
    name: 'name',
    born: 'born',
    premises: 'premises',
    street: 'street',
    town: 'town',
    postcode: 'postcode',
    phones: { columns: ['phones'], split },
    accounts: { platform: { is: '' }, handle: { columns: ['accounts'], split } },
    vehicles: { columns: ['vehicles'], split },
  },
};

/** An account as the address of its page, which says the platform too. */
function addressOf({ platform, handle }: { readonly platform: string; readonly handle: string }): string {
  const parts = parseAccount(platform, handle);
  if (parts === null) return '';
  return parts.platform === '' ? parts.bare : `https://${parts.platform}.account/${parts.bare}`;
}

function listed(values: readonly string[] = []): string {
  return values
    .map((value) => value.replaceAll(/\s+/g, ' ').trim())
    .filter((value) => value !== '')
    .join(split);
}

const columns = ['subject', 'place', 'told_at', ...single, ...several] as const;

function columnsOf(people: readonly PersonTold[]): Columns {
  const of = (value: (one: PersonTold) => string | bigint): readonly (string | bigint)[] => people.map(value);
  return [
    of(({ subject }) => subject),
    of(({ kind, record, subject }) => `${kind}/${record}/${subject}`),
    of(({ when }) => BigInt(when)),
    ...single.map((field) => of(({ person }) => person[field] ?? '')),
    of(({ person }) => listed(person.phones)),
    of(({ person }) => listed(person.accounts?.map(addressOf))),
    of(({ person }) => listed(person.vehicles)),
  ];
}

/**
 * A person is one record, called by the earliest that tells of them: their name and home as they were told last, with
 * every number, account and vehicle that ever stood beside them.
 */
const grouped = [
  'arg_min(place, (told_at, place)) AS id',
  'arg_max(name, (told_at, place)) AS name',
  `arg_max(born, (told_at, place)) FILTER (born <> '') AS born`,
  ...['premises', 'street', 'town', 'postcode'].map(
    (field) => `arg_max(${field}, (told_at, place)) FILTER (street <> '') AS ${field}`,
  ),
  ...several.map(
    (field) => `string_agg(DISTINCT ${field}, chr(10) ORDER BY ${field}) FILTER (${field} <> '') AS ${field}`,
  ),
].join(', ');

export interface PeopleWriting {
  readonly file: string;
  /** Subjects whose records are to be named. */
  readonly subjects: readonly string[];
  readonly bounds: Bounds;
}

/**
 * Writes the people of a room's own history to a file that a run reads beside its other inputs; gives what the records
 * of these subjects are called there: those of whom nothing may be read have none.
 */
export async function writePeople(
  pieces: AsyncIterable<readonly PersonTold[]>,
  { file, subjects, bounds }: PeopleWriting,
): Promise<ReadonlyMap<string, string>> {
  const batch = await openBatch(dirname(file), bounds);
  try {
    await batch.run(`CREATE TABLE told (${columns.map((name) => `${name} ${typeOf(name)}`).join(', ')})`);
    await batch.append('told', asColumns(pieces));
    await batch.run(`CREATE TABLE person AS SELECT subject, ${grouped} FROM told GROUP BY subject`);
    await batch.run(`COPY (SELECT * EXCLUDE (subject) FROM person ORDER BY id) TO ${text(file)} (FORMAT parquet)`);
    return await namesIn(batch, subjects);
  } finally {
    batch.close();
  }
}

function typeOf(column: (typeof columns)[number]): string {
  return column === 'told_at' ? 'BIGINT' : 'VARCHAR';
}

async function* asColumns(pieces: AsyncIterable<readonly PersonTold[]>): AsyncGenerator<Columns> {
  for await (const piece of pieces)
    for (let from = 0; from < piece.length; from += pieceRows) yield columnsOf(piece.slice(from, from + pieceRows));
}

async function namesIn({ rows }: Batch, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map();
  const found = await rows<{ subject: string; id: string }>(
    `SELECT subject, id FROM person WHERE subject IN (${subjects.map(text).join(', ')})`,
  );
  return new Map(found.map(({ subject, id }) => [subject, `${historyInput}:${id}`]));
}
