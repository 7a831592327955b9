import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Account } from './account.ts';
import { accountFor, canEnter } from './account.ts';
import { ownServer } from './binaries.ts';

/** Where the data is or will be, and whose. */
export interface Place {
  readonly folder: string;
  readonly account: Account;
  /** What whoever asked for another folder should be told. */
  readonly notice?: string;
}

interface Wish {
  readonly folder: string;
  readonly fallbacks?: readonly string[];
}

/** Where root may keep data when the account it runs the database as cannot enter the folder asked for. */
const standInFolders = ['/var/lib/heed', '/srv/heed', '/opt/heed'];
const nameDigits = 8;

/**
 * The folder asked for, or one that the server's account can enter. Data that is there already is never left behind for
 * an empty database elsewhere.
 */
export async function choosePlace({ folder, fallbacks = standInFolders }: Wish, name: string): Promise<Place> {
  const asked = resolve(folder);
  const digest = createHash('sha256').update(asked).digest('hex').slice(0, nameDigits);
  const others = fallbacks.map((fallback) => join(resolve(fallback), `${basename(asked)}-${digest}`));
  const account = accountFor(join(asked, name));
  if (await holdsData(asked, name)) return keep(asked, account);
  for (const other of account.uid === undefined ? [] : others) {
    if (await holdsData(other, name))
      return { ...keep(other, accountFor(join(other, name))), notice: moved(asked, other) };
  }
  if (await made(asked, account)) return { folder: asked, account };
  for (const other of others) {
    if (await made(other, account)) return { folder: other, account, notice: closed(asked, other, account) };
  }
  throw new Error(ownServer(`${account.name} cannot enter ${asked}, nor ${fallbacks.join(', ')}`));
}

function keep(folder: string, account: Account): Place {
  if (canEnter(account, folder)) return { folder, account };
  const remedy = 'let it through (chmod o+x, each folder above), or move the data';
  throw new Error(`${account.name}, whose data is in ${folder}, can no longer enter it: ${remedy}.`);
}

/** Whether data of this version is there; a fault if another version's is. */
async function holdsData(folder: string, name: string): Promise<boolean> {
  const found = existsSync(folder) ? (await readdir(folder)).filter((entry) => /^pg\d+$/.test(entry)) : [];
  if (found.length === 0 || found.includes(name)) return found.includes(name);
  const remedy = 'export with the version of Heed that made it, move it away, and import';
  throw new Error(`${folder} holds ${found.join(', ')}, and this version of Heed opens ${name} only: ${remedy}.`);
}

function moved(asked: string, other: string): string {
  return `The data of ${asked} is in ${other}, where it was put when that folder was closed to the database's account.`;
}

function closed(asked: string, other: string, { name }: Account): string {
  const why = `The database runs as ${name}, since PostgreSQL refuses root, and ${name} cannot enter ${asked}`;
  return `${why} (it or a folder above it is closed): the data is in ${other}.`;
}

/** Makes a folder; whether the account can then enter it. */
async function made(folder: string, account: Account): Promise<boolean> {
  if (!canEnter(account, folder)) return false;
  if (!existsSync(folder)) await mkdir(folder, { recursive: true, mode: account.uid === undefined ? 0o700 : 0o711 });
  return canEnter(account, folder);
}
