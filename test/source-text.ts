import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One file of the project: its path from the root with forward slashes, and what it says. */
export type SourceFile = { readonly path: string; readonly text: string };

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every TypeScript, JavaScript and shell file of these folders, by path. */
export function readSources(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(`${root}${folder}`))
    .flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => /\.(?:ts|tsx|js|sh)$|^\.ci\/run$/.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
}

/** How far back a slash looks for what stands before it. */
const lookBehind = 200;

type Reading = { readonly text: string; readonly out: string[]; at: number };

/** The text with comments and the insides of strings and patterns blanked: same length, same lines, code in place. */
export function codeOnly(text: string): string {
  const reading: Reading = { text, out: text.replace(/[^\n]/g, ' ').split(''), at: 0 };
  readCode(reading, '');
  return reading.out.join('');
}

function readCode(reading: Reading, until: string): void {
  const { text } = reading;
  let depth = 0;
  while (reading.at < text.length) {
    const char = text.charAt(reading.at);
    if (depth === 0 && char === until) return;
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (text.startsWith('//', reading.at)) skipTo(reading, '\n');
    else if (text.startsWith('/*', reading.at)) skipTo(reading, '*/', 2);
    else if (char === "'" || char === '"') readQuoted(reading, char);
    else if (char === '`') readTemplate(reading);
    else if (char === '/' && startsPattern(reading)) readPattern(reading);
    else keep(reading);
  }
}

function keep(reading: Reading): void {
  reading.out[reading.at] = reading.text.charAt(reading.at);
  reading.at += 1;
}

function skipTo(reading: Reading, end: string, extra = 0): void {
  const found = reading.text.indexOf(end, reading.at + extra);
  reading.at = found === -1 ? reading.text.length : found + extra;
}

function readQuoted(reading: Reading, quote: string): void {
  keep(reading);
  while (reading.at < reading.text.length && reading.text.charAt(reading.at) !== quote) {
    reading.at += reading.text.charAt(reading.at) === '\\' ? 2 : 1;
  }
  keep(reading);
}

function readTemplate(reading: Reading): void {
  keep(reading);
  while (reading.at < reading.text.length && reading.text.charAt(reading.at) !== '`') {
    if (reading.text.startsWith('${', reading.at)) {
      reading.at += 2;
      readCode(reading, '}');
      reading.at += 1;
    } else reading.at += reading.text.charAt(reading.at) === '\\' ? 2 : 1;
  }
  keep(reading);
}

/** A slash starts a pattern, not a division, where no value can stand before it. */
function startsPattern(reading: Reading): boolean {
  const before = reading.out
    .slice(Math.max(0, reading.at - lookBehind), reading.at)
    .join('')
    .trimEnd();
  return before === '' || /(?:[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|else))$/.test(before);
}

function readPattern(reading: Reading): void {
  keep(reading);
  let inClass = false;
  while (reading.at < reading.text.length) {
    const char = reading.text.charAt(reading.at);
    if (char === '\n' || (char === '/' && !inClass)) break;
    if (char === '[') inClass = true;
    if (char === ']') inClass = false;
    reading.at += char === '\\' ? 2 : 1;
  }
  keep(reading);
}
