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
  /** The batch after which it kills itself, as a machine that loses its power does. */
  readonly diesAfter: number;
}

/** Imports a snapshot and dies in the middle of it. */
async function main(told: ChildImport): Promise<void> {
  const mapping = readMapping(readFileSync(told.mapping), told.mapping);
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.problems));
  const database = openDatabase(told.urls, () => undefined);
  let batches = 0;
  await importRecords({
    pool: database.service,
    room: told.room,
    mapping: mapping.value,
    file: told.file,
    rejects: told.rejects,
    takenAt: told.takenAt,
    now: () => told.takenAt,
    told: () => {
      batches += 1;
      if (batches === told.diesAfter) process.kill(process.pid, 'SIGKILL');
    },
  });
  await database.close();
}

await main(JSON.parse(process.argv[2] ?? '') as ChildImport);
