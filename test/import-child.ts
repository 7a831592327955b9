import { readFileSync } from 'node:fs';
import { openDatabase } from '../src/database/connect.ts';
import type { DatabaseUrls } from '../src/database/connect.ts';
import { importRecords } from '../src/sources/snapshot-import.ts';
import { readMapping } from '../src/sources/snapshot-mapping.ts';

/** What an import in a process of its own is told in its one argument. */
export interface ChildImport {
  readonly urls: DatabaseUrls;
  readonly room: string;
  readonly mapping: string;
  readonly file: string;
  readonly rejects: string;
  readonly takenAt: number;
}

/** Imports a snapshot, telling its parent after every batch; the parent may kill it at any of them. */
async function main(told: ChildImport): Promise<void> {
  const mapping = readMapping(readFileSync(told.mapping), told.mapping);
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.problems));
  const database = openDatabase(told.urls, () => undefined);
  const imported = await importRecords({
    pool: database.service,
    room: told.room,
    mapping: mapping.value,
    file: told.file,
    rejects: told.rejects,
    takenAt: told.takenAt,
    now: () => told.takenAt,
    told: (progress) => process.send?.(progress),
  });
  process.send?.(imported);
  await database.close();
  process.disconnect();
}

await main(JSON.parse(process.argv[2] ?? '') as ChildImport);
