import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

const folder = join(import.meta.dirname, '..', 'console');
const squeezed = promisify(gzip);

const own = ['main.tsx', 'browser/link/worker.ts', 'browser/link/picture.ts', 'console.css'].map((one) => ({
  in: join(folder, one),
  out: basename(one, extname(one)),
}));
/** The page runs workers from files of this service alone; the map's, which the library would make of text, is one. */
const mapWorker = import.meta.resolve('maplibre-gl/dist/maplibre-gl-worker.mjs');

/** A file of the console as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

/** The console, ready to be sent: its page, and its files by a name that changes with what they say. */
export interface ConsoleFiles {
  readonly page: string;
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** The console speaks one language; the messages of the schemas in forty others stay at home. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup: (building) => {
    building.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** Puts the console together from its sources, as it is served. */
export async function buildConsole(): Promise<ConsoleFiles> {
  const made = await build({
    entryPoints: [...own, { in: fileURLToPath(mapWorker), out: 'mapworker' }],
    entryNames: '[name]-[hash]',
    outdir: folder,
    write: false,
    bundle: true,
    // What the window and the shared worker both need is fetched once.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [oneLanguage],
    logLevel: 'silent',
  });
  const files = new Map<string, ConsoleFile>();
  for (const { path, contents } of made.outputFiles) {
    const bytes = Buffer.from(contents);
    const name = basename(path);
    files.set(name, { type: types[name.split('.').at(-1) ?? ''] ?? '', bytes, gzipped: await squeezed(bytes) });
  }
  return { page: pageOf([...files.keys()]), files };
}

function pageOf(names: readonly string[]): string {
  const page = readFileSync(join(folder, 'console.html'), 'utf8');
  return page.replaceAll(/\{(\w+)\.(\w+)\}/g, (_, name: string, ending: string) => {
    const found = names.find((one) => one.startsWith(`${name}-`) && one.endsWith(`.${ending}`));
    if (found === undefined) throw new Error(`The console has no ${name}.${ending}.`);
    return `/console/${found}`;
  });
}
