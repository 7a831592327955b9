import { expect, test } from 'vitest';
import { codeOnly, readSources } from './source-text.ts';
import type { SourceFile } from './source-text.ts';

const lineLimit = 120;
const functionLimitLines = 60;
const fileLimitLines = 400;

/** Files that may be longer than the rest, each with the reason. */
const longFiles: Readonly<Record<string, string>> = {};

/** One literal with a line for each field of the room: split in two, copying it costs four times as much. */
const wideLiterals: Readonly<Record<string, string>> = {
  'src/room/change.ts': 'copied',
  'src/room/room.ts': 'emptyRoom',
};

const folders = ['src', 'test', 'bench', 'scripts', 'bin', '.ci'];
const markers = /\b(?:TO[D]O|FIX[M]E|X{3})\b/;
const machinePath = /(?:^|[^\w.])(?:\/(?:home|root|Users|work|tmp|mnt|private)\/\w|[A-Z]:\\\\?\w)/;
const skipped = [
  /\b(?:test|it|describe|suite|bench)(?:\s*\.\s*\w+)*\s*\.\s*(?:skip|only|todo|skipIf|runIf|fails)\b/,
  /\b(?:skip|only|todo|fails)\s*:\s*true\b/,
  /\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(/,
  /\b(?:ctx|context|task)\s*\.\s*skip\s*\(/,
];

type Block = { readonly from: number; readonly to: number };

/** Where the bracket that opens at `at` closes; the end of the text if it never does. */
function closing(code: string, at: number): number {
  const open = code.charAt(at);
  const close = open === '(' ? ')' : open === '{' ? '}' : open === '[' ? ']' : '>';
  let depth = 0;
  for (let index = at; index < code.length; index += 1) {
    const char = code.charAt(index);
    if (char === open) depth += 1;
    if (char === close && !(close === '>' && code.charAt(index - 1) === '=')) depth -= 1;
    if (depth === 0) return index;
  }
  return code.length;
}

function nextCode(code: string, at: number): number {
  const gap = code.slice(at).search(/\S/);
  return gap === -1 ? code.length : at + gap;
}

/** The brace that opens the body, behind a return type that may itself hold braces; undefined without a body. */
function bodyAfter(code: string, at: number): number | undefined {
  let index = nextCode(code, at);
  const isTyped = code.charAt(index) === ':';
  while (index < code.length) {
    const char = code.charAt(index);
    const before = code.slice(at, index).trimEnd();
    if (char === '{' && !/(?:[:|&]|=>|\bis)$/.test(before)) return index;
    if (!isTyped || char === ';' || char === '}' || char === ')') return undefined;
    index = nextCode(code, '({[<'.includes(char) ? closing(code, index) + 1 : index + 1);
  }
  return undefined;
}

/** Functions and methods with a name or the keyword: from the head to the closing brace. */
function namedFunctions(code: string): readonly Block[] {
  const head = /\bfunction\b\s*\*?\s*[\w$]*\s*(?=[(<])|^[ \t]*(?:(?:async|static|get|set)\s+)*[#\w$]+\s*(?=[(<])/gm;
  return [...code.matchAll(head)].flatMap((match) => {
    const afterName = match.index + match[0].length;
    const parameters = code.charAt(afterName) === '<' ? nextCode(code, closing(code, afterName) + 1) : afterName;
    if (/\b(?:if|for|while|switch|catch|with)\s*$/.test(match[0]) || code.charAt(parameters) !== '(') return [];
    const body = bodyAfter(code, closing(code, parameters) + 1);
    return body === undefined ? [] : [{ from: match.index + match[0].search(/\S/), to: closing(code, body) }];
  });
}

/** Arrow functions whose body is in brackets; the callback of `describe` only holds tests and is left out. */
function arrowFunctions(code: string): readonly Block[] {
  return [...code.matchAll(/=>\s*(?=[({[])/g)].flatMap((match) => {
    const head = code.slice(code.lastIndexOf('\n', match.index) + 1, match.index);
    if (/\bdescribe(?:\.\w+)*\(/.test(head)) return [];
    return [{ from: match.index, to: closing(code, match.index + match[0].length) }];
  });
}

function longFunctions({ path, text }: SourceFile): readonly string[] {
  if (!/\.[jt]s$/.test(path)) return [];
  const code = codeOnly(text);
  const lineAt = (index: number): number => code.slice(0, index).split('\n').length;
  const isWide = ({ from }: Block): boolean => {
    const name = wideLiterals[path];
    return name !== undefined && RegExp(`\\bfunction ${name}\\(`).test(code.slice(from, from + 80));
  };
  return [...namedFunctions(code), ...arrowFunctions(code)]
    .filter((block) => !isWide(block))
    .map(({ from, to }) => ({ line: lineAt(from), lines: lineAt(to) - lineAt(from) + 1 }))
    .filter(({ lines }) => lines > functionLimitLines)
    .map(({ line, lines }) => `${path}:${line}: a function of ${lines} lines`);
}

function untidyLines({ path, text }: SourceFile): readonly string[] {
  const code = path.endsWith('.test.ts') ? codeOnly(text).split('\n') : [];
  return text.split('\n').flatMap((line, index) => {
    const faults = [
      line.length > lineLimit ? `${line.length} characters` : '',
      markers.test(line) ? 'a leftover marker' : '',
      machinePath.test(line) ? 'a path of one machine' : '',
      skipped.some((pattern) => pattern.test(code[index] ?? '')) ? 'a test that does not run' : '',
    ];
    return faults.filter((fault) => fault !== '').map((fault) => `${path}:${index + 1}: ${fault}`);
  });
}

const lineCount = (text: string): number => text.trimEnd().split('\n').length;
const sources = readSources(folders);

test('no line is too long, and none holds a marker, a machine path or a test that does not run', () => {
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap(untidyLines)).toEqual([]);
});

test('every function fits on one screen', () => {
  expect(sources.flatMap(longFunctions)).toEqual([]);
});

test('every file can be read at a sitting, but for those that say why not', () => {
  const long = sources.filter(({ text }) => lineCount(text) > fileLimitLines).map(({ path }) => path);
  expect(long).toEqual(Object.keys(longFiles).toSorted());
});

const filler = '  x += 1;\n'.repeat(functionLimitLines);
const half = '  x += 1;\n'.repeat(functionLimitLines / 2);

test.each([
  ['plain', `function f(): void {\n${filler}}`],
  [
    'generic',
    `export async function f<T extends Map<string, () => void>>(a: T): Promise<{ readonly b: T }> {\n${filler}}`,
  ],
  ['type guard', `function f(a: unknown): a is { readonly b: string } {\n${filler}}`],
  ['object or nothing', `function f(): { readonly a: number } | undefined {\n${filler}}`],
  ['arrow', `const f = (a: number): void => {\n${filler}};`],
  ['arrow to an object', `const f = (a: number) => ({\n${filler}});`],
  ['method', `const o = {\n  async f(a: number): Promise<void> {\n${filler}},\n};`],
  ['callback', `test('a test', () => {\n${filler}});`],
])('a planted long function is measured: %s', (_, text) => {
  const found = longFunctions({ path: 'src/a.ts', text });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/a function of 6[12] lines/);
});

test.each([
  ['two functions', `function f(): void {\n${half}}\nfunction g(): void {\n${half}}`],
  ['describe', `describe('many tests', () => {\n${filler}});`],
  ['table', `const table = {\n${'  x: 1,\n'.repeat(functionLimitLines)}};`],
  ['loose lines', `function f(): void {}\n${filler}`],
  ['branch', `if (a) {\n${filler}}`],
])('what is long but no long function passes: %s', (_, text) => {
  expect(longFunctions({ path: 'src/a.ts', text })).toEqual([]);
});

test.each([
  [`// ${['TO', 'DO'].join('')} later`, 'a leftover marker'],
  [`const a = '${'a'.repeat(lineLimit)}';`, '133 characters'],
  [['', 'home', 'somebody', 'heed'].join('/'), 'a path of one machine'],
  [['C:', 'heed'].join('\\\\'), 'a path of one machine'],
  ['test.skip("a", f);', 'a test that does not run'],
  ['describe.only.each([1])("a", f);', 'a test that does not run'],
  ['test("a", { skip: true }, f);', 'a test that does not run'],
  ['xit("a", f);', 'a test that does not run'],
])('a planted untidy line is found: %s', (text, fault) => {
  expect(untidyLines({ path: 'src/a.test.ts', text })).toEqual([`src/a.test.ts:1: ${fault}`]);
});

test.each([
  "import { home } from '../home/room.ts';",
  "fetchFrom('https://heed.example/work/orders');",
  "const words = ['test.skip', 'skip: true'];",
])('an ordinary line passes: %s', (text) => {
  expect(untidyLines({ path: 'src/a.test.ts', text })).toEqual([]);
});
