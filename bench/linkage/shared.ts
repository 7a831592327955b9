import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A file of the data that stand outside the project, by HEED_SHARED_DATA or beside it; null where it is absent. */
export function sharedFile(name: string): string | null {
  const root = process.env['HEED_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
  const path = resolve(root, name);
  return existsSync(path) ? path : null;
}

/** The text of such a file, unpacked if its name ends with gz; null where it is absent. */
export function sharedText(name: string): string | null {
  const path = sharedFile(name);
  if (path === null) return null;
  const bytes = readFileSync(path);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The lines of such a file without its head, each cut at a separator; null where it is absent. */
export function sharedRows(name: string, separator: string): readonly (readonly string[])[] | null {
  const text = sharedText(name);
  const lines = text?.split('\n').slice(1) ?? null;
  return lines?.filter((line) => line !== '').map((line) => line.replaceAll('"', '').split(separator)) ?? null;
}
