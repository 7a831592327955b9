import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';

/** Where a database stands that is measured on: in a folder that is kept, or in none that anybody named. */
export interface Standing {
  readonly folder?: string | undefined;
  /** Settings of PostgreSQL that differ from Heed's. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Measures on a migrated database: a fresh one in a folder of its own, both gone afterwards, unless one is named. */
export async function inDatabase<T>(
  measure: (embedded: Embedded, folder: string) => Promise<T>,
  { folder: kept, settings = {} }: Standing = {},
): Promise<T> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'heed-bench-'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const embedded = await startEmbedded({ folder, settings });
  try {
    const migrated = await migrate(embedded.ownerUrl);
    if (migrated.kind === 'refused') throw new Error(migrated.message);
    return await measure(embedded, folder);
  } finally {
    await embedded.stop();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
