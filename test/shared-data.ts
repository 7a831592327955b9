import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A folder of the real data that stands outside the project, by HEED_SHARED_DATA or beside it; null where there is
 * none, with the reason printed once for whoever wonders what was skipped.
 */
export function sharedData(folder: string): string | null {
  const root = process.env['HEED_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../shared/data');
  const path = resolve(root, folder);
  if (existsSync(path)) return path;
  process.stderr.write(`Skipped: no real data at ${path}; HEED_SHARED_DATA says where it is.\n`);
  return null;
}
