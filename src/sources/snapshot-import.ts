import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type pg from 'pg';
import type { ImportCounts, ImportProgress } from './import-rows.ts';
import { beginImport, markDone, markProgress, standingImport } from './import-rows.ts';
import type { Mapped } from './mapped-record.ts';
import { mappedRecord } from './mapped-record.ts';
import type { Removed } from './record-rows.ts';
import { keepStatement, recordsStanding, removeNext, shelfStart } from './record-rows.ts';
import type { Reject, RejectsFile } from './rejects-file.ts';
import { openRejects } from './rejects-file.ts';
import type { Placed, SnapshotFault } from './snapshot-items.ts';
import { faultOf, snapshotItems } from './snapshot-items.ts';
import type { SnapshotMapping } from './snapshot-mapping.ts';
import { layoutOf } from './snapshot-mapping.ts';
import type { Shelf, SourceRecord } from './source.ts';

/** Lines taken in one transaction. */
const linesAtOnce = 500;
/** Lines rejected before the import gives up: then the mapping does not fit. */
const rejectedMax = 100_000;
/** Of a hundred lines so many may be rejected, and of a hundred earlier records so many may be gone. */
const rejectedMaxPercent = 10;
const removedMaxPercent = 20;
/** Below so many records, what is gone may be what is gone. */
const removedMin = 20;

/** What is imported, into which room. */
export interface Importing {
  readonly pool: pg.Pool;
  readonly room: string;
  readonly mapping: SnapshotMapping;
  readonly file: string;
  /** Where every line that was not taken whole is listed. */
  readonly rejects: string;
  /** When the other system wrote the snapshot. */
  readonly takenAt: number;
  readonly now: () => number;
  /** Told after every batch that is in. */
  readonly told?: (progress: ImportProgress) => void;
  /** Somebody has looked at what is rejected or gone, and wants it so. */
  readonly isLossAccepted?: boolean;
}

export type Imported =
  | { readonly kind: 'imported' | 'already-imported'; readonly counts: ImportCounts }
  /** What stood there before stands on; the same import goes on where it is when it is asked for again. */
  | { readonly kind: 'refused'; readonly line: number; readonly message: string; readonly counts: ImportCounts };

interface Work {
  readonly importing: Importing;
  readonly shelf: Shelf;
  readonly client: pg.PoolClient;
  readonly rejects: RejectsFile;
  progress: ImportProgress;
}

/**
 * Brings a snapshot of another system onto its shelf, a batch at a time. Stopped anywhere and asked for again, it goes
 * on after its last batch; asked for once more, it changes nothing. Until its end the snapshot before stands beside it.
 */
export async function importRecords(importing: Importing): Promise<Imported> {
  const { pool, room, mapping } = importing;
  const shelf: Shelf = { room, source: mapping.source };
  const of = {
    fileDigest: await digestOf(importing.file),
    mappingDigest: sha256(JSON.stringify(mapping)),
    takenAt: importing.takenAt,
    now: importing.now(),
  };
  const client = await pool.connect();
  try {
    if (!(await isAlone(client, shelf)))
      return { kind: 'refused', line: 0, message: `Another import of ${shelf.source} is running.`, counts: none };
    const progress = await beginImport(client, shelf, of);
    if (progress.isDone) return { kind: 'already-imported', counts: progress };
    const rejects = await openRejects(importing.rejects, progress.rejectsBytes);
    try {
      return await run({ importing, shelf, client, rejects, progress });
    } finally {
      await rejects.close();
    }
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    client.release();
  }
}

const none: ImportCounts = { kept: 0, merged: 0, rejected: 0, remarked: 0, removed: 0 };

async function isAlone(client: pg.PoolClient, { room, source }: Shelf): Promise<boolean> {
  const text = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as "isAlone"';
  const { rows } = await client.query<{ isAlone: boolean }>(text, [`heed import ${room} ${source}`]);
  return rows[0]?.isAlone === true;
}

async function run(work: Work): Promise<Imported> {
  const { importing } = work;
  try {
    let batch: Placed[] = [];
    for await (const placed of snapshotItems(importing.file, layoutOf(importing.mapping))) {
      if (placed.line <= work.progress.line) continue;
      batch.push(placed);
      if (batch.length < linesAtOnce) continue;
      await take(work, batch);
      batch = [];
      if (work.progress.rejected > rejectedMax) break;
    }
    if (batch.length > 0) await take(work, batch);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    return refused(work, fault);
  }
  return finish(work);
}

function refused({ progress }: Work, { line, message }: SnapshotFault): Imported {
  return { kind: 'refused', line, message, counts: progress };
}

interface Line {
  readonly line: number;
  readonly record: SourceRecord;
}

/** Takes lines in one transaction: their records, what was wrong with them, and how far the import has come. */
async function take(work: Work, batch: readonly Placed[]): Promise<void> {
  const { importing, client, rejects, progress } = work;
  const found: Reject[] = [];
  const lines = batch.flatMap((placed): readonly Line[] => {
    const mapped = mappedAt(placed, importing);
    const remarks = mapped.ok ? mapped.remarks : [mapped.remark];
    found.push(...remarks.map((remark) => ({ line: placed.line, kept: mapped.ok, ...remark })));
    return mapped.ok ? [{ line: placed.line, record: mapped.record }] : [];
  });
  work.progress = await inTransaction(client, async () => {
    const added = await keep(work, lines, found);
    const next: ImportProgress = {
      ...progress,
      line: batch.at(-1)?.line ?? progress.line,
      kept: progress.kept + added,
      merged: progress.merged + lines.length - added,
      rejected: progress.rejected + batch.length - lines.length,
      remarked: progress.remarked + found.filter((one) => one.kept).length,
      rejectsBytes: await rejects.append(found),
    };
    await markProgress(client, work.shelf, next);
    return next;
  });
  importing.told?.(work.progress);
}

/** Puts the records of some lines on the shelf, together with what lines before told of them; how many are new. */
async function keep({ client, shelf, progress }: Work, lines: readonly Line[], found: Reject[]): Promise<number> {
  const seq = progress.import;
  const standing = await recordsStanding(client, shelf, { seq, of: lines.map((one) => one.record) });
  const records = new Map(standing.map((one) => [`${one.kind} ${one.id}`, one]));
  for (const { line, record } of lines) {
    const place = `${record.kind} ${record.id}`;
    const held = records.get(place);
    const { whole, left } = held === undefined ? { whole: record, left: 0 } : together(held, record);
    records.set(place, whole);
    if (left > 0) found.push({ line, kept: true, field: 'names', reason: `${left} more are named than are kept` });
  }
  if (records.size === 0) return 0;
  const kept = [...records.values()].map((record) => ({ record, incident: null, seq }));
  const { text, values } = keepStatement(shelf, kept, true);
  await client.query(text, [...values]);
  return records.size - standing.length;
}

async function inTransaction<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function mappedAt(placed: Placed, { mapping, now }: Importing): Mapped {
  if (placed.item === null) return { ok: false, remark: { field: '', reason: placed.reason } };
  return mappedRecord(placed.item, { mapping: mapping.record, source: mapping.source, now: now() });
}

const namesMax = 20;

/** Two lines of one record: what the first says, and everybody whom either names. */
function together(held: SourceRecord, more: SourceRecord): { readonly whole: SourceRecord; readonly left: number } {
  const names = new Map([...held.names, ...more.names].map((one) => [JSON.stringify(one), one]));
  const whole = {
    ...held,
    names: [...names.values()].slice(0, namesMax),
    signs: [...new Set([...held.signs, ...more.signs])].slice(0, namesMax),
  };
  return { whole, left: Math.max(0, names.size - namesMax) };
}

/** Makes the snapshot the one that counts, unless too much would be lost by it. */
async function finish(work: Work): Promise<Imported> {
  const { importing, client, shelf } = work;
  const loss = importing.isLossAccepted === true ? null : await lossOf(work);
  if (loss !== null) return refused(work, { line: work.progress.line, message: loss });
  for (let after: Removed | null = shelfStart; after !== null; ) {
    const from: Removed = after;
    after = await inTransaction(client, async () => {
      const next = await removeNext(client, shelf, { seq: work.progress.import, after: from });
      work.progress = { ...work.progress, removed: work.progress.removed + (next?.removed ?? 0) };
      await markProgress(client, shelf, work.progress);
      return next;
    });
  }
  await markDone(client, shelf, { import: work.progress.import, now: importing.now() });
  return { kind: 'imported', counts: work.progress };
}

/** What speaks against it: a mapping that does not fit, or a snapshot that was cut off. */
async function lossOf({ client, shelf, progress }: Work): Promise<string | null> {
  const { kept, merged, rejected } = progress;
  const lines = kept + merged + rejected;
  if (rejected * 100 > lines * rejectedMaxPercent)
    return `${rejected} of ${lines} lines were rejected: look at the list of rejects, and mend the mapping`;
  if (kept === 0) return 'there is no record in it';
  const before = await standingImport(client, shelf);
  const text = 'select count(*) as gone from heed.record where room = $1 and source = $2 and seq < $3';
  const { rows } = await client.query<{ gone: number }>(text, [shelf.room, shelf.source, progress.import]);
  const gone = rows[0]?.gone ?? 0;
  if (before === null || gone < removedMin || gone * 100 <= before.kept * removedMaxPercent) return null;
  return `${gone} of ${before.kept} records of the snapshot before are not in this one: it may have been cut off`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}
