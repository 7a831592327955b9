import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedData } from '../../test/shared-data.ts';

/** The text of a file of the data that stand outside the project, unpacked if need be; null where it is absent. */
export function sharedText(name: string): string | null {
  const path = sharedData(name);
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
