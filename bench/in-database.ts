import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';

/** Measures on a fresh migrated database in a folder of its own; both are gone afterwards. */
export async function inDatabase<T>(
  measure: (embedded: Embedded, folder: string) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
  chmodSync(folder, 0o711);
  const embedded = await startEmbedded({ folder, settings });
  try {
    const migrated = await migrate(embedded.ownerUrl);
    if (migrated.kind === 'refused') throw new Error(migrated.message);
    return await measure(embedded, folder);
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
