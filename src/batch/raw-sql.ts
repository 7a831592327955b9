import { named, text } from './duckdb.ts';
import type { LinkInput, RawField } from './link-mapping.ts';
import { rawFields } from './link-mapping.ts';

/** What parts the values of one raw field, and a platform from its handles; neither stands inside a value. */
export const parting = { field: '\u001c', platform: '\u001d', record: '\u001e', value: '\u001f' } as const;

/** Characters read of one value; nobody's name or address needs more. */
export const valueMax = 800;

const marks = 'chr(28) || chr(29) || chr(30) || chr(31)';

/** A raw text as it is kept: nothing for NULL, at most so long, without the signs that part values. */
export function rawSql(value: string): string {
  const cut = `WHEN strlen(${value}) > ${valueMax} THEN left(${value}, ${valueMax})`;
  return `CASE WHEN ${value} IS NULL THEN '' ${cut} ELSE ${value} END`;
}

/** How the columns of a table are read. */
interface Reading {
  /** What stands in a column that is empty. */
  readonly empty: readonly string[];
  /** Whether a value may hold a sign that parts values. */
  readonly isMarked: boolean;
}

/** One column of another system's table. */
function columnSql(name: string, { empty, isMarked }: Reading): string {
  const whole = rawSql(`${named(name)}::VARCHAR`);
  const plain = `trim(${isMarked ? `translate(${whole}, ${marks}, '    ')` : whole})`;
  return empty.length === 0 ? plain : `CASE WHEN ${plain} IN (${empty.map(text).join(', ')}) THEN '' ELSE ${plain} END`;
}

type Words = string | readonly string[] | { readonly is: string };

function wordsSql(from: Words, reading: Reading): string {
  if (typeof from === 'string') return columnSql(from, reading);
  if ('is' in from) return text(from.is);
  return `concat_ws(' ', ${from.map((one) => `nullif(${columnSql(one, reading)}, '')`).join(', ')})`;
}

function fieldSql(from: LinkInput['person'][RawField], reading: Reading): string {
  if (from === undefined) return "''";
  if (typeof from === 'string' || Array.isArray(from) || 'is' in from) return wordsSql(from, reading);
  if ('handle' in from) {
    const handles = fieldSql(from.handle, reading);
    return `CASE WHEN ${handles} = '' THEN '' ELSE ${wordsSql(from.platform, reading)} || chr(29) || ${handles} END`;
  }
  const { columns, split } = from;
  const joined = `concat_ws(chr(31), ${columns.map((one) => `nullif(${columnSql(one, reading)}, '')`).join(', ')})`;
  return split === undefined ? joined : `replace(${joined}, ${text(split)}, chr(31))`;
}

/** Reads a table that DuckDB can read by itself into the columns of `record`: rows stand in their order, unnumbered. */
export function readSql(
  { id, person, empty }: LinkInput,
  { at, table, isMarked }: { readonly at: number; readonly table: string; readonly isMarked: boolean },
): string {
  const reading = { empty, isMarked };
  const fields = rawFields.map((field) => fieldSql(person[field], reading));
  return `SELECT ${at}, NULL, ${[wordsSql(id, reading), ...fields].join(', ')} FROM ${table}`;
}
