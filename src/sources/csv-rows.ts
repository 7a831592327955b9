/** A row of a table with the line it begins on; a row that cannot be read ends with its first line. */
export type CsvRow =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly fields: null; readonly reason: string };

/** Characters of one row; a quotation mark that is never closed would swallow the rest of a file. */
const rowMax = 65_536;

type Scanned =
  | { readonly kind: 'row'; readonly fields: readonly string[]; readonly end: number }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'more' };

const more: Scanned = { kind: 'more' };
const stray: Scanned = { kind: 'bad', reason: 'expected the end of a column behind its closing quotation mark' };
const unclosed: Scanned = { kind: 'bad', reason: 'expected quotation marks that are closed' };

/**
 * The rows of comma-separated text (RFC 4180) that comes piece by piece. A row whose quotation marks are wrong is told
 * as such, and reading goes on with the next line: what follows is neither swallowed nor glued to it.
 */
export async function* csvRows(pieces: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRow> {
  const reading: Reading = { text: '', line: 1, isLeavingOut: false, separator };
  for await (const piece of pieces) {
    reading.text += piece;
    yield* rowsIn(reading, false);
  }
  yield* rowsIn(reading, true);
}

interface Reading {
  /** What has come and is not read yet; begins with a row unless the rest of a line is left out. */
  text: string;
  line: number;
  isLeavingOut: boolean;
  readonly separator: string;
}

function* rowsIn(reading: Reading, isEnd: boolean): Generator<CsvRow> {
  const { separator } = reading;
  let from = reading.isLeavingOut ? leftOut(reading) : 0;
  while (from < reading.text.length) {
    const scanned = scan(reading.text, { from, separator, isEnd });
    if (scanned.kind === 'more') break;
    const end = scanned.kind === 'row' ? scanned.end : lineEnd(reading.text, from);
    const isCut = scanned.kind === 'bad' && !isEnd && reading.text.charAt(end - 1) !== '\n';
    // The line goes on behind what has come: as long as it is short, it is waited for.
    if (isCut && end - from <= rowMax) break;
    const { line } = reading;
    reading.line += linesIn(reading.text, from, end);
    reading.isLeavingOut = isCut;
    if (scanned.kind === 'bad') yield { line, fields: null, reason: scanned.reason };
    else if (scanned.fields.length > 1 || scanned.fields[0] !== '') yield { line, fields: scanned.fields };
    from = end;
  }
  reading.text = reading.text.slice(from);
}

/** Where the next line begins, once the rest of one that was told of has been left out. */
function leftOut(reading: Reading): number {
  const end = lineEnd(reading.text, 0);
  if (end === 0 || reading.text.charAt(end - 1) !== '\n') return reading.text.length;
  reading.isLeavingOut = false;
  reading.line += 1;
  return end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

function linesIn(text: string, from: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

interface From {
  readonly from: number;
  readonly separator: string;
  readonly isEnd: boolean;
}

/** One row from a place on; more text is needed where it may go on behind what has come. */
function scan(text: string, { from, separator, isEnd }: From): Scanned {
  const fields: string[] = [];
  for (let at = from; ; ) {
    const isLong = text.length - from > rowMax;
    const field = text.charAt(at) === '"' ? quoted(text, at) : plain(text, at, separator);
    if (field === null) return isEnd || isLong ? unclosed : more;
    const { end } = field;
    if (end > from + rowMax) return { kind: 'bad', reason: `expected at most ${rowMax} characters in a row` };
    const behind = text.startsWith('\r\n', end) ? end + 1 : end;
    if (behind + 1 >= text.length && !isEnd && text.charAt(behind) !== '\n') return isLong ? unclosed : more;
    fields.push(apart(field.value));
    if (end >= text.length) return { kind: 'row', fields, end: text.length };
    if (text.charAt(behind) === '\n') return { kind: 'row', fields, end: behind + 1 };
    if (text.charAt(end) !== separator) return stray;
    at = end + 1;
  }
}

/**
 * A text of its own. One that is cut out of a longer text keeps that in memory for as long as it is kept itself: a
 * street, the hundreds of rows that came with it.
 */
function apart(text: string): string {
  return ` ${text}`.slice(1);
}

interface Field {
  readonly value: string;
  /** Where what follows it begins. */
  readonly end: number;
}

function plain(text: string, from: number, separator: string): Field {
  const line = text.indexOf('\n', from);
  const ended = line === -1 ? text.length : line;
  const parted = text.slice(from, ended).indexOf(separator);
  if (parted !== -1) return { value: text.slice(from, from + parted), end: from + parted };
  const end = line !== -1 && text.charAt(line - 1) === '\r' && line > from ? line - 1 : ended;
  return { value: text.slice(from, end), end };
}

/** A column in quotation marks, or null where they are not closed. */
function quoted(text: string, from: number): Field | null {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 2))
    if (text.charAt(at + 1) !== '"') return { value: text.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 };
  return null;
}
