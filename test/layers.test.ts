import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { codeOnly, readSources } from './source-text.ts';
import type { SourceFile } from './source-text.ts';

type Layer = { readonly imports: readonly string[] | 'anything'; readonly packages: readonly string[] | 'any' };

/** Who may import whom inside `src/`, besides its own folder. A new folder needs a row here. */
const layers: Readonly<Record<string, Layer>> = {
  room: { imports: [], packages: ['zod', 'immutable'] },
  text: { imports: [], packages: ['zod'] },
  safeguards: { imports: ['room', 'text'], packages: [] },
  linkage: { imports: ['room'], packages: ['any-ascii'] },
  views: { imports: ['room'], packages: [] },
  border: { imports: ['room'], packages: 'any' },
  policy: { imports: ['room', 'text', 'border', 'linkage'], packages: 'any' },
  sources: { imports: ['room', 'linkage', 'border', 'database', 'views', 'policy'], packages: 'any' },
  database: { imports: ['border'], packages: 'any' },
  journal: { imports: ['room', 'database', 'border'], packages: 'any' },
  positions: { imports: ['room'], packages: 'any' },
  telephony: { imports: ['room', 'border'], packages: 'any' },
  access: { imports: ['room', 'border', 'database', 'journal', 'views'], packages: 'any' },
  engine: {
    imports: ['room', 'text', 'safeguards', 'policy', 'journal', 'sources', 'views', 'border'],
    packages: 'any',
  },
  disclosure: { imports: ['room', 'views', 'journal'], packages: 'any' },
  api: {
    imports: [
      'disclosure',
      'room',
      'views',
      'border',
      'policy',
      'journal',
      'sources',
      'telephony',
      'access',
      'engine',
      'positions',
      'text',
      'database',
      'linkage',
    ],
    packages: 'any',
  },
  simulate: { imports: ['room', 'border', 'policy', 'sources', 'replay'], packages: 'any' },
  serve: { imports: 'anything', packages: 'any' },
  replay: {
    imports: ['room', 'text', 'safeguards', 'linkage', 'views', 'border', 'policy', 'sources'],
    packages: 'any',
  },
  audit: {
    imports: ['room', 'safeguards', 'views', 'border', 'sources'],
    packages: ['zod', 'immutable'],
  },
  batch: { imports: ['room', 'linkage', 'border', 'policy', 'sources', 'views'], packages: 'any' },
  review: { imports: ['batch', 'linkage', 'border', 'policy', 'access'], packages: 'any' },
  console: {
    imports: ['room', 'views'],
    packages: ['react', 'react-dom/client', '@tanstack/react-virtual', 'idb', 'zod', 'maplibre-gl', 'pmtiles'],
  },
  cli: { imports: 'anything', packages: 'any' },
};

const pureFolders = ['room', 'safeguards', 'linkage', 'text', 'views', 'audit'];

/** What would let the clock, the machine or its language into the pure folders (design, settled point 13). */
const impure = [
  /(?<![.\w$])(?:Date|Intl|Temporal|process|console|globalThis|performance|fetch|Buffer|require|eval)\b(?!\??:)/,
  /(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
  /\b(?:toLocale\w*|localeCompare)\b/,
  /\bMath\s*\.\s*random\b/,
  /\bMath\s*\[/,
  /\bimport\s*\.\s*meta\b/,
];

const isTest = (path: string): boolean => path.endsWith('.test.ts');
const folderOf = (path: string): string => path.split('/')[1] ?? '';

function importsOf(text: string): readonly string[] {
  const code = codeOnly(text);
  const named = [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"`])( *)\1/dg)].map((match) => {
    const [start, end] = match.indices?.[2] ?? [0, 0];
    return text.slice(start, end);
  });
  const computed = [...code.matchAll(/\bimport\s*\((?!\s*['"`])/g)].map(() => 'a computed import');
  return [...named, ...computed];
}

/** What is wrong with where this file of `src/` reaches. */
function layerOffences({ path, text }: SourceFile): readonly string[] {
  const own = folderOf(path);
  const layer = layers[own];
  if (layer === undefined) return [`${path}: ${own} has no row in the table of layers`];
  return importsOf(text)
    .filter((specifier) => !isAllowed({ specifier, path, layer }))
    .map((specifier) => `${path} imports ${specifier}`);
}

function isAllowed({ specifier, path, layer }: { specifier: string; path: string; layer: Layer }): boolean {
  if (!specifier.startsWith('.')) {
    if (specifier === 'a computed import') return layer.packages === 'any';
    return layer.packages === 'any' || isTest(path) || layer.packages.includes(specifier);
  }
  const target = posix.join(posix.dirname(path), specifier);
  if (isTest(target)) return false;
  if (target.startsWith('test/')) return isTest(path);
  if (!target.startsWith('src/')) return false;
  const folder = folderOf(target);
  return folder === folderOf(path) || layer.imports === 'anything' || layer.imports.includes(folder);
}

/** The lines of a pure file that name something impure, node: modules included. */
function purityOffences({ path, text }: SourceFile): readonly string[] {
  const lines = codeOnly(text).split('\n');
  const named = lines.flatMap((line, index) =>
    impure.some((pattern) => pattern.test(line)) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
  );
  const modules = importsOf(text).filter((specifier) => specifier.startsWith('node:'));
  return [...named, ...modules.map((specifier) => `${path}: ${specifier}`)];
}

const sources = readSources(['src']);
const pureSources = sources.filter(({ path }) => pureFolders.includes(folderOf(path)) && !isTest(path));

test('imports in src go only in the directions of the table', () => {
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap(layerOffences)).toEqual([]);
});

test('the pure folders name no clock, no locale, no randomness and no machine', () => {
  expect(pureSources.length).toBeGreaterThan(0);
  expect(pureSources.flatMap(purityOffences)).toEqual([]);
});

test('nothing but the command line itself may import the command line', () => {
  const importers = Object.entries(layers).filter(
    ([, { imports }]) => imports !== 'anything' && imports.includes('cli'),
  );
  expect(importers).toEqual([]);
});

test.each([
  ['src/room/a.ts', "import { x } from '../text/x.ts';"],
  ['src/room/a.ts', "export type { X } from '../safeguards/x.ts';"],
  ['src/room/a.ts', "import type {\n  X,\n} from '../cli/x.ts';"],
  ['src/text/a.ts', "import { Map } from 'immutable';"],
  ['src/safeguards/a.ts', "import { z } from 'zod';"],
  ['src/safeguards/deep/a.ts', "import { x } from '../../linkage/x.ts';"],
  ['src/linkage/a.ts', "import '../views/x.ts';"],
  ['src/views/a.ts', "const x = await import('../replay/x.ts');"],
  ['src/views/a.ts', 'const x = await import(name);'],
  ['src/replay/a.ts', "import { addReplay } from '../cli/replay.ts';"],
  ['src/replay/a.ts', "import { readSources } from '../../test/source-text.ts';"],
  ['src/cli/a.ts', "import { x } from './b.test.ts';"],
  ['src/unheard-of/a.ts', ''],
])('a planted import is caught in %s: %s', (path, text) => {
  expect(layerOffences({ path, text })).toHaveLength(1);
});

test.each([
  ['src/room/a.ts', "import { Map } from 'immutable';\nimport { z } from 'zod';\nimport { x } from './x.ts';"],
  ['src/room/a.test.ts', "import { test } from 'vitest';\nimport { runs } from '../../test/runs.ts';"],
  ['src/safeguards/deep/a.ts', "import type { X } from '../../room/x.ts';\nimport { y } from '../y.ts';"],
  ['src/text/a.ts', "// import { x } from '../cli/x.ts'\nconst a = Array.from('../cli/x.ts');"],
  ['src/cli/a.ts', "import { x } from '../replay/x.ts';"],
])('an honest import passes in %s: %s', (path, text) => {
  expect(layerOffences({ path, text })).toEqual([]);
});

test.each([
  'const now = Date.now();',
  'const at = new Date(0);',
  'function f(at: Date): void {}',
  "new Intl.Collator('en');",
  'n.toLocaleString();',
  "'a'.toLocaleUpperCase();",
  'a.localeCompare(b);',
  'Math.random();',
  "Math['random']();",
  'process.env.HOME;',
  'console.log(1);',
  'globalThis.x = 1;',
  'performance.now();',
  'setTimeout(f, 1);',
  'await fetch(url);',
  "import { readFileSync } from 'node:fs';",
  "const fs = require('fs');",
  'const here = import.meta.url;',
  '`${Date.now()}`;',
])('a planted impurity is caught: %s', (text) => {
  expect(purityOffences({ path: 'src/room/a.ts', text })).toHaveLength(1);
});

test.each([
  '// Date, process and console stay outside',
  "const words = ['Date', 'process', `console`];",
  'const dateOfBirth = person.performance;',
  'type Step = { readonly process: string; readonly fetch?: number };',
  'const processed = updateDate(a);',
])('an innocent line passes: %s', (text) => {
  expect(purityOffences({ path: 'src/room/a.ts', text })).toEqual([]);
});
