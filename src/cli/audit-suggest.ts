import type { Sample } from '../audit/suggest.ts';
import { suggestion } from '../audit/suggest.ts';
import { csvRows } from '../sources/csv-rows.ts';
import { exportFile } from '../sources/export-pieces.ts';

const headBytes = 1_048_576;
const rowsMax = 1_000;
const separators = [',', ';', '\t', '|'];

/** Proposes a mapping for an export from its first rows. */
export async function suggestMapping(file: string): Promise<string> {
  const { bytes, isWhole } = await head(file);
  const { text, encoding } = decoded(bytes);
  const isJson = text.trimStart().startsWith('{');
  const columns = new Map<string, string[]>();
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const separator = separators.reduce((best, one) => (count(first, one) > count(first, best) ? one : best));
  const rows = isJson ? jsonInto(columns, text, isWhole) : await tableInto(columns, text, separator);
  const sample: Sample = {
    format: isJson ? 'ndjson' : 'csv',
    separator,
    encoding,
    rows,
    columns: [...columns].map(([name, values]) => ({ name, values })),
  };
  return suggestion(sample);
}

function count(text: string, one: string): number {
  return text.split(one).length;
}

async function head(file: string): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const { pieces } = await exportFile(file);
  const held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length >= headBytes) return { bytes: Buffer.concat(held), isWhole: false };
  }
  return { bytes: Buffer.concat(held), isWhole: true };
}

/** UTF-8 where it is that, else what old systems of this country write. */
function decoded(bytes: Uint8Array): { readonly text: string; readonly encoding: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

function put(columns: Map<string, string[]>, name: string, value: string): void {
  const held = columns.get(name) ?? [];
  columns.set(name, held);
  if (value.trim() !== '') held.push(value.trim());
}

async function tableInto(columns: Map<string, string[]>, text: string, separator: string): Promise<number> {
  let names: readonly string[] | null = null;
  let rows = 0;
  for await (const { fields } of csvRows(once(text), separator)) {
    if (fields === null) continue;
    if (names === null) {
      names = fields.map((name) => name.trim());
      for (const name of names) columns.set(name, []);
      continue;
    }
    if (fields.length !== names.length) continue;
    for (const [place, name] of names.entries()) put(columns, name, fields[place] ?? '');
    rows += 1;
    if (rows >= rowsMax) break;
  }
  return rows;
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

function jsonInto(columns: Map<string, string[]>, text: string, isWhole: boolean): number {
  const lines = text.split('\n');
  if (!isWhole) lines.pop();
  let rows = 0;
  for (const line of lines.slice(0, rowsMax)) {
    try {
      for (const [name, value] of Object.entries(JSON.parse(line) as object))
        if (typeof value === 'string' || typeof value === 'number') put(columns, name, String(value));
      rows += 1;
    } catch {
      // A line that is none is the audit's to list; here it only tells nothing.
    }
  }
  return rows;
}
