import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../policy/bytes.ts';

/** The case files at a path, or why there are none, as a sentence. */
export type Files =
  | { readonly ok: true; readonly value: readonly string[]; readonly isFolder: boolean }
  | { readonly ok: false; readonly message: string };

/** The case file at a path, or every case file of a folder and the folders in it, in order of name. */
export function filesAt(path: string): Files {
  try {
    if (!statSync(path).isDirectory()) return { ok: true, value: [path], isFolder: false };
    const files = filesIn(path).toSorted((a, b) => (a < b ? -1 : 1));
    return files.length === 0
      ? { ok: false, message: `${path} holds no case files (*.yaml).` }
      : { ok: true, value: files, isFolder: true };
  } catch (error) {
    return { ok: false, message: `Cannot read ${path}: ${reasonOf(error)}.` };
  }
}

/** A link to a folder is not followed: it may lead back to where it stands. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    const isCase = entry.name.endsWith('.yaml') && (entry.isFile() || isLinkToFile(path));
    return isCase ? [path] : [];
  });
}

function isLinkToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
