import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDocument } from '../border/document.ts';
import { fieldOf } from '../border/problem.ts';
import type { Problem } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';
import { policySchema } from '../room/policy.ts';
import type { PhraseList } from '../text/phrases.ts';
import { phraseListSchema } from '../text/phrases.ts';
import { compilePhrases } from '../text/reader.ts';
import type { PhraseReader } from '../text/reader.ts';
import { policyFileSchema, policyOf } from './policy-file.ts';

/** The policy that a room adopts, with the reader compiled from its phrases. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly reader: PhraseReader;
}

export type Loaded =
  | { readonly ok: true; readonly value: LoadedPolicy }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The file of the policy that ships as the default. */
export const nationalPolicyFile = fileURLToPath(new URL('../../policy/national.yaml', import.meta.url));

/** Reads a policy file and the phrase list beside it; what is wrong comes back as problems with file, line and field. */
export function loadPolicy(file: string): Loaded {
  const bytes = bytesOf(file, file);
  if (!bytes.ok) return bytes;
  const written = readDocument(bytes.value, { file, schema: policyFileSchema });
  if (!written.ok) return written;
  const phrasesFile = join(dirname(file), written.value.phrases);
  const phraseBytes = bytesOf(phrasesFile, file);
  if (!phraseBytes.ok) return phraseBytes;
  const phrases = readDocument(phraseBytes.value, { file: phrasesFile, schema: phraseListSchema });
  if (!phrases.ok) return phrases;
  const list = phrases.value as PhraseList;
  const policy = policySchema.safeParse(policyOf(written.value, list as unknown as Record<string, unknown>));
  if (policy.success) return { ok: true, value: { policy: policy.data, reader: compilePhrases(list) } };
  const problems = policy.error.issues.map((issue): Problem => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    return { file, line: written.lineOf(path), column: 1, field: fieldOf(path), message: `${issue.message}.` };
  });
  return { ok: false, problems };
}

function bytesOf(
  file: string,
  named: string,
): { ok: true; value: Uint8Array } | { ok: false; problems: readonly Problem[] } {
  try {
    return { ok: true, value: readFileSync(file) };
  } catch (error) {
    const message = `Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`;
    return { ok: false, problems: [{ file: named, line: 1, column: 1, field: '', message }] };
  }
}
