import { Composer, CST, type Document, isScalar, Lexer, type ParsedNode, Parser, type YAMLError } from 'yaml';
import { addFault, type FaultList, faultList, faultsInOrder } from './fault.ts';
import type { Limits } from './limits.ts';
import { syntaxMessage } from './syntax-words.ts';

/** A text as one YAML document, or what is wrong with it as YAML. */
export type Syntax =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly faults: FaultList };

/**
 * What the core schema of YAML 1.2 leaves open is closed here: keys are text, `yes` is text, `<<` merges nothing.
 * Equal keys are looked for in tree.ts, because the library compares each with every other.
 */
const composerOptions = {
  version: '1.2',
  schema: 'core',
  merge: false,
  strict: true,
  stringKeys: true,
  uniqueKeys: false,
  resolveKnownTags: false,
  logLevel: 'silent',
} as const;

/** A word glued to a # is mostly the number of a flat; the rest of the text would be lost without a word. */
const cutShort =
  'expected a space after #, which begins a comment and cuts the text short: put text that has # in it in quotes';

const badEscape = 'expected n, t, ", \\ or u0000 after the backslash; found another: put the text in single quotes';
/** How many hexadecimal digits follow these letters in an escape. */
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const lastCodePoint = 0x10ffff;

const keptMark =
  'expected a value; found a mark that YAML keeps for itself (@ ` % ,): put text that begins with it in quotes';

const openQuote = 'expected a quote to close the one opened here; found none';

const secondDocument = 'expected one document in the file; found a second one, begun with --- or after ...';

/** Ample for what stands between two values: indentation, line ends, indicators, comments. */
const lexemesPerNode = 6;

/** What YAML allows and Heed does not: each could change a value out of sight of the reader of a line. */
const refusedLexemes: Partial<Record<CST.TokenType, string>> = {
  alias: 'expected a value; found an alias (*): write the value out here, or put text that begins with * in quotes',
  anchor: 'expected a value; found an anchor (&): leave it out, or put text that begins with & in quotes',
  tag: 'expected a value; found a tag (!): leave it out, or put text that begins with ! in quotes',
  'directive-line':
    'expected a field; found a YAML directive (%): leave it out, or put text that begins with % in quotes',
};

/** The state of the scan: what the parser has made so far, and how much has been read. */
interface Scan {
  readonly parser: Parser;
  readonly tokens: CST.Token[];
  readonly faults: FaultList;
  /** The lexer announces a text without quotes by a lexeme of its own. */
  isTextNext: boolean;
  /** Whether a comment that comes next on this line would cut a text without quotes short, or swallow it whole. */
  isTextBefore: boolean;
  /** Where the brackets stand that are still open. */
  readonly brackets: { readonly offset: number; readonly opening: string }[];
  lexemes: number;
  nodes: number;
  errors: number;
  documents: number;
}

/** Reads a text as YAML within the limits: nesting and size are checked lexeme by lexeme, before anything recurses. */
export function readSyntax(text: string, limits: Limits): Syntax {
  const faults = faultList(limits);
  const tokens = scan(text, limits, faults);
  if (faults.shown.length > 0) return { ok: false, faults };
  const [document] = new Composer(composerOptions).compose(tokens, true, text.length);
  if (document === undefined || isEmpty(document.contents)) {
    addFault(faults, { offset: 0, path: [], say: () => 'expected a document; found an empty file' });
    return { ok: false, faults };
  }
  const errors = [...document.errors, ...document.warnings];
  return errors.length > 0 ? { ok: false, faults: faultsOfErrors(errors, text, limits) } : { ok: true, document };
}

function isEmpty(contents: ParsedNode | null): boolean {
  return contents === null || (isScalar(contents) && contents.source === '');
}

function scan(text: string, limits: Limits, faults: FaultList): readonly CST.Token[] {
  const state: Scan = {
    parser: new Parser(),
    tokens: [],
    faults,
    isTextNext: false,
    isTextBefore: false,
    brackets: [],
    lexemes: 0,
    nodes: 0,
    errors: 0,
    documents: 0,
  };
  for (const lexeme of new Lexer().lex(text)) {
    noteLexeme(state, lexeme);
    for (const token of state.parser.next(lexeme)) takeToken(state, token);
    if (isPastLimit(state, limits) || state.errors > limits.maxProblems || state.documents > 1) break;
  }
  for (const token of state.parser.end()) takeToken(state, token);
  if (faults.shown.length === 0) addOpenBracket(state);
  return state.tokens;
}

/** Looks at one lexeme before the parser takes it; the parser's offset is the lexeme's. */
function noteLexeme(state: Scan, lexeme: string): void {
  state.lexemes += 1;
  if (state.isTextNext) {
    state.isTextNext = false;
    state.isTextBefore = lexeme !== '' && !lexeme.endsWith('\n');
    if (/^[@`%,]/.test(lexeme)) addFault(state.faults, { offset: state.parser.offset, path: [], say: () => keptMark });
    return;
  }
  const type = CST.tokenType(lexeme);
  if (type === null || type === 'space') return;
  const message = refusedLexemes[type] ?? quoteFault(type, lexeme) ?? commentFault(state, type, lexeme);
  if (message !== undefined) addFault(state.faults, { offset: state.parser.offset, path: [], say: () => message });
  if (type === 'double-quoted-scalar') addBadEscape(state, lexeme);
  state.isTextBefore = type === 'map-value-ind' || type === 'seq-item-ind';
  state.isTextNext = type === 'scalar';
  if (isNodeStart(type)) state.nodes += 1;
  noteBracket(state, type, lexeme);
}

/** Looks for the closing quote itself: the library sees no fault in a text whose last quote is an escaped one. */
function quoteFault(type: CST.TokenType, lexeme: string): string | undefined {
  const inside = lexeme.slice(1);
  if (type === 'double-quoted-scalar') {
    const escapes = runBefore(inside, inside.length - 1, '\\');
    return inside.endsWith('"') && escapes % 2 === 0 ? undefined : openQuote;
  }
  if (type !== 'single-quoted-scalar') return undefined;
  return runBefore(inside, inside.length, "'") % 2 === 1 ? undefined : openQuote;
}

/** Looked for here because the library makes an error, with its stack, of each of a million. */
function addBadEscape(state: Scan, lexeme: string): void {
  for (let at = lexeme.indexOf('\\'); at !== -1; at = lexeme.indexOf('\\', at + 2)) {
    if (isEscape(lexeme, at + 1)) continue;
    addFault(state.faults, { offset: state.parser.offset + at, path: [], say: () => badEscape });
    return;
  }
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

function commentFault(state: Scan, type: CST.TokenType, lexeme: string): string | undefined {
  return type === 'comment' && state.isTextBefore && /^#[^\s#]/.test(lexeme) ? cutShort : undefined;
}

function noteBracket(state: Scan, type: CST.TokenType, lexeme: string): void {
  if (type === 'flow-map-start' || type === 'flow-seq-start') {
    state.brackets.push({ offset: state.parser.offset, opening: lexeme });
  } else if (type === 'flow-map-end' || type === 'flow-seq-end') {
    state.brackets.pop();
  } else if (type === 'flow-error-end') {
    addOpenBracket(state);
    state.brackets.length = 0;
  }
}

function addOpenBracket(state: Scan): void {
  const open = state.brackets.at(-1);
  if (open === undefined) return;
  const closing = open.opening === '[' ? ']' : '}';
  const say = (): string =>
    `expected ${closing} to close the ${open.opening} opened here; found none: put text that begins with it in quotes`;
  addFault(state.faults, { offset: open.offset, path: [], say });
}

function takeToken(state: Scan, token: CST.Token): void {
  state.tokens.push(token);
  if (token.type === 'error') state.errors += 1;
  if (token.type !== 'document') return;
  state.documents += 1;
  if (state.documents === 2) addFault(state.faults, { offset: token.offset, path: [], say: () => secondDocument });
}

function isNodeStart(type: CST.TokenType): boolean {
  return (
    type === 'scalar' ||
    type === 'single-quoted-scalar' ||
    type === 'double-quoted-scalar' ||
    type === 'flow-map-start' ||
    type === 'flow-seq-start'
  );
}

function isPastLimit(state: Scan, limits: Limits): boolean {
  const { parser, faults } = state;
  const { offset } = parser;
  if (parser.stack.length > limits.maxDepth && depthOf(parser) > limits.maxDepth) {
    const say = (): string =>
      `expected at most ${limits.maxDepth} lists and groups inside one another; found more: is a bracket left open?`;
    addFault(faults, { offset, path: [], say });
    return true;
  }
  const maxLexemes = limits.maxNodes * lexemesPerNode;
  if (state.nodes > limits.maxNodes || state.lexemes > maxLexemes) {
    const bound =
      state.nodes > limits.maxNodes
        ? `${limits.maxNodes} names and values`
        : `${maxLexemes} words, marks and line ends`;
    const say = (): string => `expected at most ${bound} in the file; found more: split it`;
    addFault(faults, { offset, path: [], say });
    return true;
  }
  return false;
}

function depthOf(parser: Parser): number {
  return parser.stack.filter((token) => 'items' in token).length;
}

/** One fault for each line: what follows on the same line is mostly the same mistake seen again. */
function faultsOfErrors(errors: readonly YAMLError[], text: string, limits: Limits): FaultList {
  const inOrder = errors.toSorted((left, right) => left.pos[0] - right.pos[0]);
  let lineEnd = -1;
  const firsts = inOrder.filter(({ pos: [offset] }) => {
    if (offset <= lineEnd) return false;
    const next = text.indexOf('\n', offset);
    lineEnd = next === -1 ? text.length : next;
    return true;
  });
  return faultsInOrder(
    firsts.map((error) => ({ offset: error.pos[0], path: [], say: () => syntaxMessage(error) })),
    limits,
  );
}
