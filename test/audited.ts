import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditBy } from '../src/audit/audit.ts';
import type { AuditMapping } from '../src/audit/mapping.ts';
import { auditMapping } from '../src/audit/mapping.ts';
import type { AuditReport } from '../src/audit/report.ts';
import { reportOf } from '../src/audit/report.ts';
import { readDocument } from '../src/border/document.ts';
import { sayProblem } from '../src/border/problem.ts';
import { runAudit } from '../src/cli/audit-run.ts';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import type { Reject } from '../src/sources/rejects-file.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';

const loaded = loadPolicy(nationalPolicyFile);
if (!loaded.ok) throw new Error('The national policy cannot be read.');
const { policy, reader } = loaded.value;

/** A mapping from its YAML. */
export function mappingFrom(yaml: string): AuditMapping {
  const read = readDocument(yaml, { file: 'mapping.yaml', schema: auditMapping });
  if (!read.ok) throw new Error(read.problems.map(sayProblem).join('\n'));
  return read.value;
}

/** An audit under the national policy with every safeguard. */
export function auditBy(mapping: AuditMapping, bounds: Partial<AuditBy> = {}): AuditBy {
  const known = new Map<string, ReturnType<AuditBy['read']>>();
  const read: AuditBy['read'] = (text, voice) => {
    const found = known.get(`${voice} ${text}`) ?? reader.read(text, voice);
    known.set(`${voice} ${text}`, found);
    return found;
  };
  return { mapping, policy, safeguards, read, from: 0, to: Number.MAX_SAFE_INTEGER, most: 1_000, ...bounds };
}

export interface AuditedFile {
  readonly report: AuditReport;
  /** What the list of rejects holds. */
  readonly rejects: readonly Reject[];
}

/** Audits a file, or these bytes as one, by a mapping. */
export async function auditedFile(
  exported: string | { readonly bytes: string | Uint8Array },
  mapping: AuditMapping,
  bounds: Partial<AuditBy> = {},
): Promise<AuditedFile> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-audit-'));
  try {
    const file = typeof exported === 'string' ? exported : join(folder, 'export');
    if (typeof exported !== 'string') writeFileSync(file, exported.bytes);
    const rejects = join(folder, 'rejects.ndjson');
    const { audited, rows } = await runAudit({
      file,
      by: auditBy(mapping, bounds),
      byDigest: 'test',
      rejects,
      checkpoint: join(folder, 'checkpoint'),
      told: () => undefined,
    });
    const lines = readFileSync(rejects, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return { report: reportOf(audited, rows), rejects: lines.map((line) => JSON.parse(line) as Reject) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
