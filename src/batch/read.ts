import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { nearestOf } from '../border/nearest.ts';
import { visible } from '../border/visible.ts';
import { csvRows } from '../sources/csv-rows.ts';
import { exportFile } from '../sources/export-pieces.ts';
import type { Reader, Remark } from '../sources/mapped-record.ts';
import { wordsIn } from '../sources/mapped-record.ts';
import type { Layout } from '../sources/snapshot-items.ts';
import { headed, itemsIn } from '../sources/snapshot-items.ts';
import type { Batch } from './duckdb.ts';
import { BatchRefused, named, text } from './duckdb.ts';
import type { LinkInput, LinkMapping, RawField } from './link-mapping.ts';
import { columnsRead, rawFields } from './link-mapping.ts';
import { parting, rawSql, readSql, valueMax } from './raw-sql.ts';

/** One file by the name that the mapping knows it by. */
export interface NamedFile {
  readonly input: string;
  readonly file: string;
}

/** A line that was not taken whole. */
export type Rejected = Remark & { readonly input: string; readonly line: number; readonly kept: boolean };

/** What reading came to. */
export interface Taken {
  readonly records: number;
  readonly byInput: Readonly<Record<string, number>>;
  readonly rejected: readonly Rejected[];
  /** How many there were, of which `rejected` lists the first. */
  readonly rejectedCount: number;
  /** Values longer than what is compared, of which the rest was left out. */
  readonly cutCount: number;
}

const rejectedMax = 100_000;

interface Going {
  readonly batch: Batch;
  readonly rejected: Rejected[];
  rejectedCount: number;
  /** Of each file the row with which it begins. */
  readonly firstRows: number[];
}

async function countOf({ rows }: Batch): Promise<number> {
  const [counted] = await rows<{ n: bigint }>('SELECT count(*) AS n FROM record');
  return Number(counted?.n ?? 0);
}

/** The line on which a record stands: where no line was kept, the rows of its file are counted, below its header. */
function lineSql({ firstRows }: Going): string {
  return `coalesce(line, rowid + 2 - list_extract([${firstRows.join(', ')}], input + 1))::UBIGINT`;
}

function reject(going: Going, one: Rejected): void {
  going.rejectedCount += 1;
  if (going.rejected.length < rejectedMax) going.rejected.push(one);
}

/**
 * Reads every file into the table `record`: its input, its key there, a mark made of its name alone and the raw text of
 * every field of a person; its row, from 0, is its number. What is damaged in a file is left out, said by line, and
 * swallows nothing beside itself.
 */
export async function readInputs(batch: Batch, mapping: LinkMapping, files: readonly NamedFile[]): Promise<Taken> {
  const going: Going = { batch, rejected: [], rejectedCount: 0, firstRows: [] };
  const fields = rawFields.map((field) => `${named(field)} VARCHAR`).join(', ');
  const inputs = `list_extract([${files.map(({ input }) => text(input)).join(', ')}], input + 1)`;
  const mark = `mark UBIGINT GENERATED ALWAYS AS (hash(${inputs} || chr(28) || key))`;
  await batch.run(`CREATE TABLE record (input UTINYINT, line UBIGINT, key VARCHAR, ${fields}, ${mark})`);
  for (const { input, file } of files) {
    const of = mapping.inputs[input];
    if (of === undefined) {
      const known = Object.keys(mapping.inputs).join(', ');
      throw new BatchRefused(`The mapping has no input ${visible(input, 60)}; it has ${known}.`);
    }
    going.firstRows.push(await countOf(batch));
    await readOne(going, { input, file, of, at: files.findIndex((one) => one.input === input && one.file === file) });
  }
  await withoutKeyless(going, files);
  await withoutRepeated(going, files);
  return numbered(going, files);
}

interface One extends NamedFile {
  readonly of: LinkInput;
  /** Its place among the files. */
  readonly at: number;
}

async function readOne(going: Going, one: One): Promise<void> {
  const { of, file, at } = one;
  if (of.format === 'parquet') return readParquet(going.batch, one);
  const isPlain = of.format === 'csv' && of.encoding === 'utf-8' && !(await exportFile(file)).isGzip;
  const header = of.format === 'csv' ? await headerOf(one) : [];
  if (isPlain) {
    const table = csvSql(file, of.separator, header);
    const select = readSql(of, { at, table, isMarked: await holdsMarks(file) });
    if (await isTaken(going.batch, select)) return undefined;
  }
  return readCarefully(going, one);
}

/** Whether a sign that parts values stands anywhere in a file: to look once is cheaper than at every value. */
async function holdsMarks(file: string): Promise<boolean> {
  const signs = Object.values(parting).map((sign) => sign.charCodeAt(0));
  for await (const piece of (await exportFile(file)).pieces)
    if (signs.some((sign) => piece.includes(sign))) return true;
  return false;
}

/** Whether DuckDB could read all of a file; nothing of it is taken where it could not. */
async function isTaken({ run }: Batch, select: string): Promise<boolean> {
  try {
    await run(`INSERT INTO record ${select}`);
    return true;
  } catch (error) {
    if (error instanceof Error && /CSV Error|Invalid Input|Conversion Error/.test(error.message)) return false;
    throw error;
  }
}

function csvSql(file: string, separator: string, header: readonly string[]): string {
  const columns = header.map((name) => `${text(name)}: 'VARCHAR'`).join(', ');
  return (
    `read_csv(${text(file)}, auto_detect=false, header=true, delim=${text(separator)}, quote='"', escape='"', ` +
    `columns={${columns}}, strict_mode=true, max_line_size=1048576)`
  );
}

function layoutOf({ input, of }: One): Layout {
  const { format, separator, encoding } = of;
  return { format: format === 'csv' ? 'csv' : 'ndjson', separator, encoding, named: columnsRead(input, of) };
}

/** The columns of a table in their order; a mapping that names another is refused with what it may have meant. */
async function headerOf(one: One): Promise<readonly string[]> {
  const { pieces } = await exportFile(one.file);
  const decoder = new TextDecoder(one.of.encoding);
  const texts = async function* (): AsyncGenerator<string> {
    for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  };
  for await (const row of csvRows(texts(), one.of.separator)) return [...headed(row, layoutOf(one)).keys()];
  throw new BatchRefused(`${one.file}: expected the names of the columns in the first row; found nothing.`);
}

async function readParquet({ rows, run }: Batch, { input, file, of, at }: One): Promise<void> {
  const found = await rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${text(file)})`,
  ).catch((error: unknown) => {
    throw new BatchRefused(`${file}: expected Parquet; ${visible(error instanceof Error ? error.message : '', 200)}`);
  });
  const types = new Map(found.map((one) => [one.column_name, one.column_type]));
  for (const { column, field } of columnsRead(input, of)) {
    const type = types.get(column);
    const nearest = nearestOf(column, [...types.keys()]);
    const advice = nearest === undefined ? '' : `: did you mean "${visible(nearest, 60)}"?`;
    if (type === undefined)
      throw new BatchRefused(
        `${file}: ${field} names the column "${visible(column, 60)}", which the table does not have${advice}`,
      );
    if (/[[({]|BLOB/.test(type.replace(/^DECIMAL\(.*\)$/, '')))
      throw new BatchRefused(`${file}: ${field}: expected a text, number or date in "${column}"; found ${type}`);
  }
  await run(`INSERT INTO record ${readSql(of, { at, table: `read_parquet(${text(file)})`, isMarked: true })}`);
}

/** Lines written at once. */
const linesAtOnce = 2_000;

/** Reads a file row by row, as anything damaged, compressed or in another encoding must be, into one for DuckDB. */
async function readCarefully(going: Going, one: One): Promise<void> {
  const { input, file, of, at } = one;
  const copy = join(going.batch.folder, `input-${at}.csv`);
  const out = createWriteStream(copy, { mode: 0o600 });
  let lines: string[] = [];
  const write = async (): Promise<void> => {
    if (!out.write(lines.join(''))) await once(out, 'drain');
    lines = [];
  };
  for await (const placed of itemsIn((await exportFile(file)).pieces, layoutOf(one))) {
    if (placed.item === null) {
      reject(going, { input, line: placed.line, kept: false, field: '', reason: placed.reason });
      continue;
    }
    const tell = (field: string, reason: string): void =>
      reject(going, { input, line: placed.line, kept: true, field, reason });
    const values = valuesOf({ item: placed.item, empty: of.empty, tell }, of);
    lines.push(`${[String(placed.line), ...values].map(quotedCell).join(',')}\n`);
    if (lines.length >= linesAtOnce) await write();
  }
  await write();
  out.end();
  await once(out, 'finish');
  const columns = ['line', 'key', ...rawFields];
  const typed = columns.map((name) => `${text(name)}: '${name === 'line' ? 'UBIGINT' : 'VARCHAR'}'`).join(', ');
  await going.batch.run(
    `INSERT INTO record SELECT ${at}, line, ${columns
      .slice(1)
      .map((name) => rawSql(named(name)))
      .join(', ')} ` +
      `FROM read_csv(${text(copy)}, auto_detect=false, header=false, delim=',', quote='"', escape='"', ` +
      `columns={${typed}}, max_line_size=16777216)`,
  );
}

function quotedCell(value: string): string {
  return value === '' ? '' : `"${value.replaceAll('"', '""')}"`;
}

/** The key and raw fields of one item, in their order. */
function valuesOf(reader: Reader, { id, person }: LinkInput): readonly string[] {
  return [wordsIn(reader, 'id', id), ...rawFields.map((field) => rawValue(reader, field, person[field]))].map((value) =>
    value.slice(0, valueMax * 2),
  );
}

function rawValue(reader: Reader, field: RawField, from: LinkInput['person'][RawField]): string {
  if (from === undefined) return '';
  if (typeof from === 'string' || Array.isArray(from) || 'is' in from) return wordsIn(reader, field, from);
  if ('handle' in from) {
    const [platform, handles] = [wordsIn(reader, field, from.platform), rawValue(reader, field, from.handle)];
    return handles === '' ? '' : `${platform}${parting.platform}${handles}`;
  }
  const { columns, split } = from;
  const values = columns.map((column) => wordsIn(reader, field, column)).filter((value) => value !== '');
  return (split === undefined ? values : values.flatMap((value) => value.split(split))).join(parting.value);
}

async function withoutKeyless(going: Going, files: readonly NamedFile[]): Promise<void> {
  const found = await going.batch.rows<{ input: number; line: bigint }>(
    `SELECT input, ${lineSql(going)} AS line FROM record WHERE key = '' ORDER BY ALL LIMIT ${rejectedMax}`,
  );
  if (found.length === 0) return;
  for (const { input, line } of found)
    reject(going, {
      input: files[input]?.input ?? '',
      line: Number(line),
      kept: false,
      field: 'id',
      reason: 'expected an id; found nothing',
    });
  await going.batch.run("DELETE FROM record WHERE key = ''");
}

/** A record is named by its input and key: the first of several of one name counts. */
async function withoutRepeated(going: Going, files: readonly NamedFile[]): Promise<void> {
  const { rows, run } = going.batch;
  const inputs = files.map(({ input }) => files.findIndex((one) => one.input === input));
  const name = `list_extract([${inputs.join(', ')}], input + 1)`;
  const [found] = await rows<{ repeated: bigint }>(
    `SELECT count(*) - count(DISTINCT (${name}, hash(key))) AS repeated FROM record`,
  );
  if (Number(found?.repeated ?? 0) === 0) return;
  const later = `SELECT rowid FROM record QUALIFY row_number() OVER (PARTITION BY ${name}, key ORDER BY rowid) > 1`;
  const lines = await rows<{ input: number; line: bigint }>(
    `SELECT input, ${lineSql(going)} AS line FROM record WHERE rowid IN (${later}) ORDER BY ALL LIMIT ${rejectedMax}`,
  );
  for (const { input, line } of lines)
    reject(going, {
      input: files[input]?.input ?? '',
      line: Number(line),
      kept: false,
      field: 'id',
      reason: 'expected each id once; found it again',
    });
  await run(`DELETE FROM record WHERE rowid IN (${later})`);
}

/** Where records were left out, those that are left are numbered anew, without gaps. */
async function numbered(going: Going, files: readonly NamedFile[]): Promise<Taken> {
  const { rows, run } = going.batch;
  const [last] = await rows<{ next: bigint | null }>('SELECT max(rowid) + 1 AS next FROM record');
  if (Number(last?.next ?? 0) !== (await countOf(going.batch))) {
    await run('CREATE TABLE kept AS SELECT * FROM record');
    await run('DROP TABLE record');
    await run('ALTER TABLE kept RENAME TO record');
  }
  const cut = rawFields.map((field) => `count(*) FILTER (strlen(${named(field)}) >= ${valueMax})`).join(' + ');
  const counts = await rows<{ input: number; records: bigint; cut: bigint }>(
    `SELECT input, count(*) AS records, ${cut} AS cut FROM record GROUP BY input`,
  );
  const byInput: Record<string, number> = {};
  for (const { input, records } of counts) {
    const name = files[input]?.input ?? '';
    byInput[name] = (byInput[name] ?? 0) + Number(records);
  }
  const total = (of: 'records' | 'cut'): number => counts.reduce((sum, one) => sum + Number(one[of]), 0);
  const { rejected, rejectedCount } = going;
  return { records: total('records'), byInput, rejected, rejectedCount, cutCount: total('cut') };
}
