import { Composer, CST, type Document, isScalar, Lexer, type ParsedNode, Parser, type YAMLError } from 'yaml';
import { addFault, type FaultList, faultList, faultsInOrder, workedFaults } from './fault.ts';
import { commentFault, type LexemeFault, lexemeFault, plainTextFault } from './lexemes.ts';
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

const emptyItem = 'expected an item before the comma; found none';
const secondDocument = 'expected one document in the file; found a second one, begun with --- or after ...';

/** Ample for what stands between two values: indentation, line ends, indicators, comments. */
const lexemesPerNode = 6;

const closingOf: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** A bracket that is open. */
interface Bracket {
  readonly offset: number;
  readonly opening: string;
}

/** The state of the scan: what the parser has made so far, and how much has been read. */
interface Scan {
  readonly parser: Parser;
  readonly tokens: CST.Token[];
  readonly faults: FaultList;
  /** The lexer announces a text without quotes by a lexeme of its own. */
  isTextNext: boolean;
  /** Whether a comment that comes next on this line would cut a text without quotes short, or swallow it whole. */
  isTextBefore: boolean;
  /** Whether a comma that comes next would follow another, or the opening bracket. */
  isItemDue: boolean;
  /** Where the brackets stand that are still open. */
  readonly brackets: Bracket[];
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
  const errors = document === undefined ? [] : [...document.errors, ...document.warnings];
  if (errors.length > 0) return { ok: false, faults: faultsOfErrors(errors, text, limits) };
  if (document !== undefined && !isEmpty(document.contents)) return { ok: true, document };
  addFault(faults, { offset: 0, path: [], say: () => 'expected a document; found an empty file' });
  return { ok: false, faults };
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
    isItemDue: false,
    brackets: [],
    lexemes: 0,
    nodes: 0,
    errors: 0,
    documents: 0,
  };
  for (const lexeme of new Lexer().lex(text)) {
    noteLexeme(state, lexeme);
    for (const token of state.parser.next(lexeme)) takeToken(state, token);
    faults.isCut = faults.more >= workedFaults;
    const isBroken = faults.isCut || state.errors > limits.maxProblems || state.documents > 1;
    if (isBroken || isPastLimit(state, limits)) return state.tokens;
  }
  for (const token of state.parser.end()) takeToken(state, token);
  if (faults.shown.length === 0) addOpenBracket(state, state.brackets.at(-1), 'none');
  return state.tokens;
}

/** Looks at one lexeme before the parser takes it; the parser's offset is the lexeme's. */
function noteLexeme(state: Scan, lexeme: string): void {
  state.lexemes += 1;
  if (state.isTextNext) {
    state.isTextNext = false;
    state.isTextBefore = lexeme !== '' && !lexeme.endsWith('\n');
    addLexemeFault(state, plainTextFault(lexeme));
    return;
  }
  const type = CST.tokenType(lexeme);
  if (type === 'space') return;
  addLexemeFault(state, lexemeFault(type, lexeme));
  if (type === 'comment' && state.isTextBefore) addLexemeFault(state, commentFault(lexeme));
  if (type === 'comma' && state.isItemDue) addLexemeFault(state, { at: 0, message: emptyItem });
  if (type !== 'newline' && type !== 'comment') state.isItemDue = type === 'comma' || lexeme === '[' || lexeme === '{';
  state.isTextBefore = type === 'map-value-ind' || type === 'seq-item-ind';
  state.isTextNext = type === 'scalar';
  if (type !== null && isNodeStart(type)) state.nodes += 1;
  noteBracket(state, type, lexeme);
}

function addLexemeFault(state: Scan, fault: LexemeFault | undefined): void {
  if (fault === undefined) return;
  addFault(state.faults, { offset: state.parser.offset + fault.at, path: [], say: () => fault.message });
}

/** Keeps count of the brackets; the sign of the lexer that it left a bracketed list unfinished closes them all. */
function noteBracket(state: Scan, type: CST.TokenType | null, lexeme: string): void {
  const { brackets, parser } = state;
  if (lexeme === '[' || lexeme === '{') brackets.push({ offset: parser.offset, opening: lexeme });
  if (lexeme === ']' || lexeme === '}') {
    const open = brackets.pop();
    if (open !== undefined && closingOf[open.opening] !== lexeme) addOpenBracket(state, open, lexeme);
  }
  if (type !== 'flow-error-end') return;
  addOpenBracket(state, brackets.at(-1), 'none');
  brackets.length = 0;
}

function addOpenBracket(state: Scan, open: Bracket | undefined, found: string): void {
  if (open === undefined) return;
  const { offset, opening } = open;
  const advice = 'put text that begins with a bracket in quotes';
  const say = (): string =>
    `expected ${closingOf[opening]} to close the ${opening} opened here; found ${found}: ${advice}`;
  addFault(state.faults, { offset, path: [], say });
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
