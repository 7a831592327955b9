import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockedPackage = z.object({
  integrity: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockfile = z.object({ packages: z.record(z.string(), lockedPackage) });
type Lockfile = z.infer<typeof lockfile>;

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const nativePackages = ['esbuild', 'rolldown', 'typescript', '@biomejs/biome', 'oxlint', 'oxlint-tsgolint'];
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

const lockText = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const lock = lockfile.parse(JSON.parse(lockText));

/** What a locked package declares for a platform and the lockfile leaves out: there `npm ci` breaks. */
function missingFrom(locked: Lockfile): readonly string[] {
  return Object.entries(locked.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(
        (name) => !(`node_modules/${name}` in locked.packages || `${path}/node_modules/${name}` in locked.packages),
      )
      .map((name) => `${path} needs ${name}`),
  );
}

test('every platform package that a native package declares is in the lockfile', () => {
  expect(missingFrom(lock)).toEqual([]);
});

test('a platform package left out of the lockfile is found', () => {
  const { 'node_modules/@esbuild/darwin-arm64': _, ...rest } = lock.packages;
  expect(missingFrom({ packages: rest })).toEqual(['node_modules/esbuild needs @esbuild/darwin-arm64']);
});

test.each(nativePackages)('%s is locked for Linux, macOS and Windows on both architectures', (name) => {
  const declared = Object.keys(lock.packages[`node_modules/${name}`]?.optionalDependencies ?? {});
  const uncovered = platforms.filter(
    (platform) => !declared.some((one) => one.includes(platform) && `node_modules/${one}` in lock.packages),
  );
  expect(uncovered).toEqual([]);
});

test('the lockfile names no registry and pins every package by its digest', () => {
  expect(lockText).not.toContain('"resolved"');
  const unpinned = Object.entries(lock.packages).filter(([path, one]) => path !== '' && one.integrity === undefined);
  expect(unpinned.map(([path]) => path)).toEqual([]);
});

test('every direct dependency is pinned to one exact version', () => {
  const { dependencies, devDependencies } = manifest.parse(
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
  );
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});
