import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Audit, AuditBy } from '../audit/audit.ts';
import type { Part } from '../audit/checkpoint.ts';
import { auditFrom, partsOf } from '../audit/checkpoint.ts';

/** How far an audit has come in its export, and in the list of what was rejected. */
export interface Progress {
  readonly line: number;
  readonly rejectsBytes: number;
  readonly counts: { rows: number; taken: number; empty: number; rejected: number; remarked: number };
  readonly reasons: readonly (readonly [string, number])[];
}

const count = z.int().min(0);
const header = z.strictObject({
  heedAudit: z.literal(1),
  /** Digest of the export, its mapping, the policy and the bounds: with another of these it begins anew. */
  of: z.string(),
  progress: z.strictObject({
    line: count,
    rejectsBytes: count,
    counts: z.strictObject({ rows: count, taken: count, empty: count, rejected: count, remarked: count }),
    reasons: z.array(z.tuple([z.string(), count])),
  }),
});

/** Writes where an audit stands, whole or not at all. */
export async function writeCheckpoint(
  path: string,
  { of, progress, audited }: { readonly of: string; readonly progress: Progress; readonly audited: Audit },
): Promise<void> {
  const written = `${path}.new`;
  const file = await open(written, 'w', 0o600);
  try {
    await file.write(`${JSON.stringify({ heedAudit: 1, of, progress })}\n`);
    let lines = '';
    for (const part of partsOf(audited)) {
      lines += `${JSON.stringify(part)}\n`;
      if (lines.length < 262_144) continue;
      await file.write(lines);
      lines = '';
    }
    await file.write(lines);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(written, path);
}

/** The audit that was stopped and where it goes on; null where there is none of the very same. */
export async function readCheckpoint(
  path: string,
  of: string,
  by: AuditBy,
): Promise<{ readonly audited: Audit; readonly progress: Progress } | null> {
  let progress: Progress | null = null;
  const parts: Part[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      if (progress !== null) parts.push(JSON.parse(line) as Part);
      else {
        const read = header.safeParse(JSON.parse(line));
        if (!read.success || read.data.of !== of) return null;
        ({ progress } = read.data);
      }
    }
  } catch {
    return null;
  }
  const audited = progress === null ? null : auditFrom(by, parts);
  return audited === null || progress === null ? null : { audited, progress };
}

/** An audit that came to its end needs none. */
export async function dropCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}
