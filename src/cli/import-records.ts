import { defaultLimits } from '../border/limits.ts';
import { sayProblem } from '../border/problem.ts';
import { instant } from '../border/instant.ts';
import { bytesOf } from '../policy/bytes.ts';
import { StartRefused } from '../serve/store.ts';
import { importRecords } from '../sources/snapshot-import.ts';
import type { SnapshotMapping } from '../sources/snapshot-mapping.ts';
import { readMapping } from '../sources/snapshot-mapping.ts';
import type { StoreOptions } from './in-store.ts';
import { configuredBy, inStore } from './in-store.ts';

const statusOfFault = 1;

export interface RecordsOptions extends StoreOptions {
  readonly takenAt: string;
  readonly rejects: string;
  readonly acceptLoss?: true;
}

/** Which snapshot, for which source of which room. */
export interface Snapshot {
  readonly room: string;
  readonly source: string;
  readonly file: string;
}

/** The mapping of a configured source. Throws StartRefused. */
function mappingOf(source: string, options: StoreOptions): SnapshotMapping {
  const { settings, beside } = configuredBy(options);
  const found = settings.sources.find((one) => one.id === source);
  if (found?.kind !== 'snapshot')
    throw new StartRefused([`The configuration has no source ${source} whose kind is snapshot.`]);
  const file = beside(found.mapping);
  const bytes = bytesOf(file, defaultLimits.maxBytes);
  if (!bytes.ok) throw new StartRefused([`Cannot read ${file}: ${bytes.message}.`]);
  const read = readMapping(bytes.value, file);
  if (!read.ok) throw new StartRefused(read.problems.map(sayProblem));
  return read.value;
}

/** Brings a snapshot of another system onto its shelf; asked for again after a stop, it goes on where it was. */
export async function importSnapshot({ room, source, file }: Snapshot, options: RecordsOptions): Promise<number> {
  const mapping = mappingOf(source, options);
  const takenAt = instant().safeParse(options.takenAt);
  if (!takenAt.success) throw new StartRefused([`--taken-at: ${takenAt.error.issues[0]?.message ?? 'an instant'}`]);
  return inStore(options, async ({ database }) => {
    const imported = await importRecords({
      pool: database.service,
      room,
      mapping,
      file,
      rejects: options.rejects,
      takenAt: takenAt.data,
      now: () => Date.now(),
      isLossAccepted: options.acceptLoss === true,
    });
    const counts = Object.entries(imported.counts).map(([what, count]) => `${what} ${String(count)}`);
    process.stdout.write(`${imported.kind}: ${counts.join(', ')}\n`);
    if (imported.kind !== 'refused') return 0;
    process.stderr.write(`${file}, line ${imported.line}: ${imported.message}\n`);
    return statusOfFault;
  });
}
