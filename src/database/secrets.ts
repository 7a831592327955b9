import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable.ts';
import { codeOf } from './fault-words.ts';

/** The password of each role of an embedded database. */
export type Passwords = Readonly<Record<EmbeddedRole, string>>;

export type EmbeddedRole = (typeof embeddedRoles)[number];

/** The roles that log in to an embedded database; the first made the cluster and is used for nothing else. */
export const embeddedRoles = ['heed_admin', 'heed_owner', 'heed_service', 'heed_reader', 'heed_eraser'] as const;

const passwordBytes = 32;

/** The passwords kept in a file that only its owner may read; made at random if there are none yet. */
export async function passwordsIn(file: string): Promise<Passwords> {
  if (!existsSync(file)) await writeOnce(file, JSON.stringify(randomPasswords(), undefined, 2));
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new Error(`${file} belongs to another user: start Heed as that user.`, { cause: error });
  });
  const found = JSON.parse(text) as Partial<Passwords>;
  const missing = embeddedRoles.filter((role) => typeof found[role] !== 'string' || found[role] === '');
  if (missing.length > 0) throw new Error(`${file} holds no password for ${missing.join(', ')}: restore it.`);
  return found as Passwords;
}

function randomPasswords(): Passwords {
  const made = embeddedRoles.map((role) => [role, randomBytes(passwordBytes).toString('base64url')]);
  return Object.fromEntries(made) as Passwords;
}

/** Writes a file whole and on disk, unless another process was first. */
async function writeOnce(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    const folder = await stat(dirname(file));
    if (process.getuid?.() === 0) await handle.chown(folder.uid, folder.gid);
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(unfinished, file);
    await syncFolder(dirname(file));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}
