import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const roomFolder = fileURLToPath(new URL('../room/', import.meta.url));

/**
 * Digest of the program that folds a log into a room: every source of the room, as it is installed. A snapshot of
 * another is never used, so that no change of a fold needs a word about snapshots.
 */
export function foldVersion(folder: string = roomFolder): string {
  const digest = createHash('sha256');
  const names = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name) && !/\.(?:test|d)\.[jt]s$/.test(name));
  for (const name of names.toSorted()) {
    // A checkout on Windows may write other line ends; the program is the same.
    const text = readFileSync(`${folder}${name}`, 'utf8').replaceAll('\r\n', '\n');
    digest.update(`${name} ${text.length}\n${text}`);
  }
  return digest.digest('hex');
}
