import type { Audit, AuditBy } from '../audit/audit.ts';
import { audit, finish, take } from '../audit/audit.ts';
import { layoutOf } from '../audit/mapping.ts';
import type { RowCounts } from '../audit/report.ts';
import { readRow } from '../audit/row.ts';
import type { RejectsFile, Reject } from '../sources/rejects-file.ts';
import { openRejects } from '../sources/rejects-file.ts';
import type { Placed } from '../sources/snapshot-items.ts';
import { itemsIn } from '../sources/snapshot-items.ts';
import type { Progress } from './checkpoint-file.ts';
import { dropCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { exportFile, knownBy } from '../sources/export-pieces.ts';

/** Which export, by what, and where its lists are kept. */
export interface Running {
  readonly file: string;
  readonly by: AuditBy;
  /** Digest of everything beside the export that the audit rests on. */
  readonly byDigest: string;
  readonly rejects: string;
  readonly checkpoint: string;
  /** Told from time to time how much of the export has been read, from 0 to 1, and how many rows. */
  readonly told: (share: number, rows: number) => void;
}

/** Rows between two checkpoints. */
const rowsAtOnce = 20_000;
/** Reasons that are told apart; the list of rejects has every one. */
const reasonsMax = 200;

interface Going {
  readonly audited: Audit;
  readonly counts: Progress['counts'];
  readonly reasons: Map<string, number>;
  line: number;
  found: Reject[];
}

/** Audits an export from its beginning, or from where the same audit was stopped. */
export async function runAudit(running: Running): Promise<{ readonly audited: Audit; readonly rows: RowCounts }> {
  const of = `${await knownBy(running.file)} ${running.byDigest}`;
  const begun = await readCheckpoint(running.checkpoint, of, running.by);
  const going: Going = {
    audited: begun?.audited ?? audit(running.by),
    counts: { ...(begun?.progress.counts ?? { rows: 0, taken: 0, empty: 0, rejected: 0, remarked: 0 }) },
    reasons: new Map(begun?.progress.reasons ?? []),
    line: begun?.progress.line ?? 0,
    found: [],
  };
  const rejects = await openRejects(running.rejects, begun?.progress.rejectsBytes ?? 0);
  try {
    await readRows(running, going, { of, rejects });
    await rejects.append(going.found);
  } finally {
    await rejects.close();
  }
  finish(going.audited);
  await dropCheckpoint(running.checkpoint);
  const reasons = [...going.reasons].toSorted(([, a], [, b]) => b - a);
  return { audited: going.audited, rows: { ...going.counts, reasons } };
}

async function readRows(
  running: Running,
  going: Going,
  { of, rejects }: { readonly of: string; readonly rejects: RejectsFile },
): Promise<void> {
  const { pieces, share } = await exportFile(running.file);
  let since = 0;
  for await (const placed of itemsIn(pieces, layoutOf(running.by.mapping))) {
    if (placed.line <= going.line) continue;
    takeRow(going, placed);
    since += 1;
    if (since < rowsAtOnce) continue;
    since = 0;
    running.told(share(), going.counts.rows);
    const rejectsBytes = await rejects.append(going.found);
    going.found = [];
    const { line, counts } = going;
    const progress: Progress = { line, rejectsBytes, counts, reasons: [...going.reasons] };
    await writeCheckpoint(running.checkpoint, { of, progress, audited: going.audited });
  }
  running.told(1, going.counts.rows);
}

function takeRow(going: Going, placed: Placed): void {
  const { counts } = going;
  going.line = placed.line;
  counts.rows += 1;
  const read =
    placed.item === null
      ? { ok: false as const, remark: { field: '', reason: placed.reason } }
      : readRow(placed.item, placed.line, going.audited.by.mapping);
  for (const remark of read.ok ? read.remarks : [read.remark]) {
    going.found.push({ line: placed.line, kept: read.ok, ...remark });
    const reason = remark.field === '' ? remark.reason : `${remark.field}: ${remark.reason}`;
    if (going.reasons.has(reason) || going.reasons.size < reasonsMax)
      going.reasons.set(reason, (going.reasons.get(reason) ?? 0) + 1);
  }
  if (!read.ok) counts.rejected += 1;
  else if (read.steps.length === 0) counts.empty += 1;
  else counts.taken += 1;
  if (!read.ok) return;
  counts.remarked += read.remarks.length;
  take(going.audited, read.steps);
}
