import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { nearestOf } from '../border/nearest.ts';
import { visible } from '../border/visible.ts';
import type { CsvRow } from './csv-rows.ts';
import { csvRows } from './csv-rows.ts';
import type { Item } from './items.ts';
import { jsonItem, pointedAt, rowItem } from './items.ts';

/** Characters of one record on a line of NDJSON. */
const recordMax = 1_048_576;
/** Bytes of a snapshot that is one JSON document: it is read whole. NDJSON has no such bound. */
const jsonMaxBytes = 64 * 1_048_576;
const columnsMax = 500;
const pieceBytes = 262_144;

/** How a table, lines or a document of another system are read, and the columns that must be there. */
export interface Layout {
  readonly format: 'csv' | 'ndjson' | 'json';
  readonly separator: string;
  readonly encoding: string;
  /** Of JSON: where the list of records is. */
  readonly items?: string | undefined;
  /** Columns of a table with the field of the mapping that names each. */
  readonly named: readonly { readonly column: string; readonly field: string }[];
}

/** What a file holds, piece by piece. */
export type Pieces = AsyncIterable<Uint8Array>;

/** One record of a snapshot by the line it begins on, or why that line is none. */
export type Placed =
  | { readonly line: number; readonly item: Item }
  | { readonly line: number; readonly item: null; readonly reason: string };

/** Why a snapshot cannot be read on, for whoever runs the import; line 0: the whole of it. */
export interface SnapshotFault {
  readonly line: number;
  readonly message: string;
}

const faults = new WeakMap<Error, SnapshotFault>();

/** What a reading that stopped with this error found wrong with the snapshot; null where it was something else. */
export function faultOf(error: unknown): SnapshotFault | null {
  return error instanceof Error ? (faults.get(error) ?? null) : null;
}

/** Ends the reading wherever it is. */
function unreadable(line: number, message: string): Error {
  const error = new Error(message);
  faults.set(error, { line, message });
  return error;
}

/** The records of a snapshot in its order, read piece by piece. */
export function snapshotItems(file: string, layout: Layout): AsyncIterable<Placed> {
  if (layout.format === 'json') return documentItems(file, layout);
  return itemsIn(createReadStream(file, { highWaterMark: pieceBytes }), layout);
}

/** The records of a table or of lines that come piece by piece, in their order. */
export function itemsIn(pieces: Pieces, layout: Layout): AsyncIterable<Placed> {
  const texts = textsOf(pieces, layout.encoding);
  return layout.format === 'csv' ? csvItems(texts, layout) : lineItems(texts);
}

async function* textsOf(pieces: Pieces, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw unreadable(0, `expected ${encoding}; found bytes that are none: set \`encoding\``);
    }
  };
  for await (const piece of pieces) yield decoded(piece);
  yield decoded();
}

async function* csvItems(texts: AsyncIterable<string>, layout: Layout): AsyncGenerator<Placed> {
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const row of csvRows(texts, layout.separator)) {
    if (columns === undefined) columns = headed(row, layout);
    else if (row.fields === null) yield { line: row.line, item: null, reason: row.reason };
    else yield rowOf(columns, row.fields, row.line);
  }
}

function rowOf(columns: ReadonlyMap<string, number>, row: readonly string[], line: number): Placed {
  return row.length === columns.size
    ? { line, item: rowItem(columns, row) }
    : { line, item: null, reason: `expected ${columns.size} columns; found ${row.length}` };
}

/** The columns of a table by name; all that the mapping names must be there. */
export function headed({ line, fields }: CsvRow, { named }: Layout): ReadonlyMap<string, number> {
  if (fields === null) throw unreadable(line, 'expected the names of the columns in the first row');
  const names = fields.map((name) => name.trim());
  const columns = new Map(names.map((name, place) => [name, place]));
  if (names.length > columnsMax) throw unreadable(1, `expected at most ${columnsMax} columns; found ${names.length}`);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw unreadable(1, `expected each column once; found "${visible(twice, 60)}" twice`);
  const missing = named.find(({ column }) => !columns.has(column));
  if (missing === undefined) return columns;
  const nearest = nearestOf(missing.column, names);
  const advice = nearest === undefined ? '' : `: did you mean "${visible(nearest, 60)}"?`;
  throw unreadable(
    1,
    `${missing.field} names the column "${visible(missing.column, 60)}", which the table does not have${advice}`,
  );
}

async function* lineItems(texts: AsyncIterable<string>): AsyncGenerator<Placed> {
  let rest = '';
  let line = 0;
  let isTooLong = false;
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines) {
      line += 1;
      if (isTooLong || one.length > recordMax) yield { line, item: null, reason: tooLong };
      else if (one.trim() !== '') yield jsonLine(one, line);
      isTooLong = false;
    }
    if (rest.length > recordMax) {
      isTooLong = true;
      rest = '';
    }
  }
  line += 1;
  if (isTooLong) yield { line, item: null, reason: tooLong };
  else if (rest.trim() !== '') yield jsonLine(rest, line);
}

const tooLong = `expected at most ${recordMax} characters on a line`;

function jsonLine(text: string, line: number): Placed {
  try {
    return { line, item: jsonItem(JSON.parse(text)) };
  } catch {
    return { line, item: null, reason: 'expected one JSON value on the line' };
  }
}

async function* documentItems(file: string, layout: Layout): AsyncGenerator<Placed> {
  const { size } = await stat(file);
  if (size > jsonMaxBytes)
    throw unreadable(
      0,
      `expected a JSON document of at most ${jsonMaxBytes} bytes; found ${size}: write one record on a line, as NDJSON`,
    );
  const texts: string[] = [];
  const pieces = createReadStream(file, { highWaterMark: pieceBytes });
  for await (const text of textsOf(pieces, layout.encoding)) texts.push(text);
  const items = pointedAt(parsed(texts.join('')), layout.items ?? '');
  if (!Array.isArray(items))
    throw unreadable(1, `expected a list of records at ${layout.items ?? 'the top'} of the document`);
  for (const [place, item] of (items as readonly unknown[]).entries()) yield { line: place + 1, item: jsonItem(item) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(1, 'expected a JSON document');
  }
}
