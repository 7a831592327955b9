import type { Asks } from './record-rows.ts';
import type { Shelf } from './source.ts';

/** What came of the lines of a snapshot. */
export interface ImportCounts {
  /** Records that stand on the shelf now. */
  readonly kept: number;
  /** Lines that told more of a record of the same snapshot, and were put to it. */
  readonly merged: number;
  readonly rejected: number;
  /** Things left out of records that were kept. */
  readonly remarked: number;
  /** Records of the snapshot before that are not in this one. */
  readonly removed: number;
}

/** How far an import has come; `line` and `rejectsBytes` are where it goes on. */
export interface ImportProgress extends ImportCounts {
  readonly import: number;
  readonly line: number;
  readonly rejectsBytes: number;
  readonly isDone: boolean;
}

/** What an import is of: the same file by the same mapping goes on, or is there already. */
export interface ImportOf {
  readonly fileDigest: string;
  readonly mappingDigest: string;
  /** When the other system wrote the snapshot. */
  readonly takenAt: number;
  readonly now: number;
}

interface ImportColumns extends Omit<ImportProgress, 'isDone' | 'rejectsBytes'> {
  readonly file_digest: string;
  readonly mapping_digest: string;
  readonly taken_at: number;
  readonly done_at: number | null;
  readonly rejects_bytes: number;
}

const columns = `import, file_digest, mapping_digest, taken_at, done_at, line, kept, merged, rejected, remarked,
  removed, rejects_bytes`;

const latestText = `select ${columns} from heed.source_import where room = $1 and source = $2
  order by import desc limit 1`;
const beginText = `insert into heed.source_import
  (room, source, import, file_digest, mapping_digest, taken_at, begun_at) values ($1, $2, $3, $4, $5, $6, $7)
  returning ${columns}`;
const progressText = `update heed.source_import set line = $4, kept = $5, merged = $6, rejected = $7, remarked = $8,
  removed = $9, rejects_bytes = $10 where room = $1 and source = $2 and import = $3`;
const doneText = `update heed.source_import set done_at = $4 where room = $1 and source = $2 and import = $3`;
const lastDoneText = `select ${columns} from heed.source_import
  where room = $1 and source = $2 and done_at is not null order by import desc limit 1`;

/** The import of this very snapshot, begun now unless it was before. */
export async function beginImport(asks: Asks, { room, source }: Shelf, of: ImportOf): Promise<ImportProgress> {
  const { rows } = await asks.query<ImportColumns>(latestText, [room, source]);
  const latest = rows[0];
  if (latest?.file_digest === of.fileDigest && latest.mapping_digest === of.mappingDigest) return progressOf(latest);
  const next = (latest?.import ?? 0) + 1;
  const values = [room, source, next, of.fileDigest, of.mappingDigest, of.takenAt, of.now];
  const begun = await asks.query<ImportColumns>(beginText, values);
  const [row] = begun.rows;
  if (row === undefined) throw new Error('PostgreSQL gave no answer about the import');
  return progressOf(row);
}

/** Writes down how far an import has come, in the transaction of what it wrote. */
export async function markProgress(asks: Asks, { room, source }: Shelf, to: ImportProgress): Promise<void> {
  const counts = [to.kept, to.merged, to.rejected, to.remarked, to.removed];
  await asks.query(progressText, [room, source, to.import, to.line, ...counts, to.rejectsBytes]);
}

/** Makes an import the one that counts. */
export async function markDone(
  asks: Asks,
  { room, source }: Shelf,
  done: { import: number; now: number },
): Promise<void> {
  await asks.query(doneText, [room, source, done.import, done.now]);
}

/** The snapshot that stands on a shelf, by its last import that came to its end; null: none ever did. */
export async function standingImport(
  asks: Asks,
  { room, source }: Shelf,
): Promise<(ImportProgress & { readonly takenAt: number }) | null> {
  const { rows } = await asks.query<ImportColumns>(lastDoneText, [room, source]);
  return rows[0] === undefined ? null : { ...progressOf(rows[0]), takenAt: rows[0].taken_at };
}

function progressOf(row: ImportColumns): ImportProgress {
  const { line, kept, merged, rejected, remarked, removed } = row;
  const counts = { kept, merged, rejected, remarked, removed };
  return { import: row.import, line, ...counts, rejectsBytes: row.rejects_bytes, isDone: row.done_at !== null };
}
