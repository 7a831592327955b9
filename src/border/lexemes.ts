import type { CST } from 'yaml';

/** What is wrong with one lexeme: how far into it, and what to tell. */
export interface LexemeFault {
  readonly at: number;
  readonly message: string;
}

/** What YAML allows and Heed does not: each could change a value out of sight of the reader of a line. */
const refusedKinds: Partial<Record<CST.TokenType, string>> = {
  alias: 'expected a value; found an alias (*): write the value out here, or put text that begins with * in quotes',
  anchor: 'expected a value; found an anchor (&): leave it out, or put text that begins with & in quotes',
  tag: 'expected a value; found a tag (!): leave it out, or put text that begins with ! in quotes',
  'directive-line':
    'expected a field; found a YAML directive (%): leave it out, or put text that begins with % in quotes',
};

const keptMark =
  'expected a value; found a mark that YAML keeps for itself (@ ` % ,): put text that begins with it in quotes';
const openQuote = 'expected a quote to close the one opened here; found none';
const badEscape = 'expected n, t, ", \\ or u0000 after the backslash; found another: put the text in single quotes';
const badHeader = 'expected nothing after | or > on its line; found text: put text that begins with | or > in quotes';
const cutShort =
  'expected a space after #; found a comment that would cut the text short: put text that has # in it in quotes';

/** How many hexadecimal digits follow these letters in an escape. */
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const lastCodePoint = 0x10ffff;

/**
 * The fault of a lexeme that is one wherever it stands. Some of these the library would find too, but it makes an error
 * with its stack of each, of which a hostile file can have a hundred thousand, and it places them where the text ends.
 */
export function lexemeFault(type: CST.TokenType | null, lexeme: string): LexemeFault | undefined {
  // The lexer leaves a lexeme without a type only after the header of a block text.
  if (type === null) return { at: 0, message: badHeader };
  if (type === 'double-quoted-scalar') return doubleQuoteFault(lexeme);
  const message = refusedKinds[type] ?? headerFault(type, lexeme) ?? singleQuoteFault(type, lexeme);
  return message === undefined ? undefined : { at: 0, message };
}

/** The fault of a text without quotes. */
export function plainTextFault(text: string): LexemeFault | undefined {
  return /^[@`%,]/.test(text) ? { at: 0, message: keptMark } : undefined;
}

/**
 * The fault of a comment on the line of a text without quotes. A word glued to a # is mostly the number of a flat, and
 * the rest of the text would be lost without a word.
 */
export function commentFault(comment: string): LexemeFault | undefined {
  return /^#[^\s#]/.test(comment) ? { at: 0, message: cutShort } : undefined;
}

function headerFault(type: CST.TokenType, lexeme: string): string | undefined {
  return type === 'block-scalar-header' && !/^[|>][-+]?[1-9]?[-+]?$/.test(lexeme) ? badHeader : undefined;
}

function singleQuoteFault(type: CST.TokenType, lexeme: string): string | undefined {
  if (type !== 'single-quoted-scalar') return undefined;
  return runBefore(lexeme.slice(1), lexeme.length - 1, "'") % 2 === 1 ? undefined : openQuote;
}

function doubleQuoteFault(lexeme: string): LexemeFault | undefined {
  const inside = lexeme.slice(1);
  // The library sees no fault in a text whose last quote is an escaped one.
  const isClosed = inside.endsWith('"') && runBefore(inside, inside.length - 1, '\\') % 2 === 0;
  if (!isClosed) return { at: 0, message: openQuote };
  for (let at = lexeme.indexOf('\\'); at !== -1; at = lexeme.indexOf('\\', at + 2)) {
    if (!isEscape(lexeme, at + 1)) return { at, message: badEscape };
  }
  return undefined;
}

function isEscape(text: string, at: number): boolean {
  const letter = text.charAt(at);
  const digits = hexDigits[letter];
  if (digits === undefined) return '0abtnvfre "/\\N_LP\t\n'.includes(letter);
  const code = text.slice(at + 1, at + 1 + digits);
  return code.length === digits && /^[\da-fA-F]+$/.test(code) && Number.parseInt(code, 16) <= lastCodePoint;
}

/** How many times a character stands right before a place. */
function runBefore(text: string, end: number, character: string): number {
  let start = end;
  while (start > 0 && text[start - 1] === character) start -= 1;
  return end - start;
}
