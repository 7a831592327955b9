import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDocument } from '../border/document.ts';
import { defaultLimits } from '../border/limits.ts';
import { nearestOf } from '../border/nearest.ts';
import { fieldOf } from '../border/problem.ts';
import type { Path, Problem, Read } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';
import { policySchema } from '../room/policy.ts';
import type { PhraseList } from '../text/phrases.ts';
import { phraseListSchema } from '../text/phrases.ts';
import { compilePhrases } from '../text/reader.ts';
import { textReader } from './text-reader.ts';
import type { TextReader } from './text-reader.ts';
import { bytesOf } from './bytes.ts';
import { shippedLikeness } from './sentences.ts';
import type { PolicyFile } from './policy-file.ts';
import { fieldInFile, policyFileSchema, policyOf } from './policy-file.ts';

/** The policy that a room adopts, with the reader compiled from its phrases. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly reader: TextReader;
}

export type Loaded =
  | { readonly ok: true; readonly value: LoadedPolicy }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The file of the policy that ships as the default. */
export const nationalPolicyFile = fileURLToPath(new URL('../../policy/national.yaml', import.meta.url));

/**
 * Reads a policy file and the phrase list beside it; what is wrong comes back as problems with file, line and field.
 * With `timings`, the names of every timing that a safeguard has, a policy may set no others.
 */
export function loadPolicy(file: string, timings?: readonly string[]): Loaded {
  const bytes = bytesOf(file, defaultLimits.maxBytes);
  if (!bytes.ok)
    return {
      ok: false,
      problems: [{ file, line: 1, column: 1, field: '', message: `Cannot read: ${bytes.message}.` }],
    };
  const written = readDocument(bytes.value, { file, schema: policyFileSchema });
  if (!written.ok) return written;
  const phrases = phrasesBeside(file, written);
  if (!phrases.ok) return phrases;
  const problems = strangersIn(written.value, timings).map(({ path, message }) =>
    problemAt(file, written, { path, message }),
  );
  const policy = policySchema.safeParse(policyOf(written.value, phrases.value));
  if (policy.success && problems.length === 0)
    return {
      ok: true,
      value: { policy: policy.data, reader: textReader(compilePhrases(phrases.value), shippedLikeness()) },
    };
  for (const issue of policy.error?.issues ?? [])
    problems.push(problemAt(file, written, { path: fieldInFile(issue.path), message: `${issue.message}.` }));
  return { ok: false, problems };
}

/** Loads each policy once, for many cases under few policies. */
export function policyLoader(timings: readonly string[]): (file: string) => Loaded {
  const held = new Map<string, Loaded>();
  return (file) => {
    const loaded = held.get(file) ?? loadPolicy(file, timings);
    held.set(file, loaded);
    return loaded;
  };
}

type Written = Extract<Read<PolicyFile>, { readonly ok: true }>;

interface Misnamed {
  readonly path: Path;
  readonly message: string;
}

function problemAt(file: string, written: Written, { path, message }: Misnamed): Problem {
  return { file, line: written.lineOf(path), column: 1, field: fieldOf(path), message };
}

function phrasesBeside(
  file: string,
  written: Written,
): { readonly ok: true; readonly value: PhraseList } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const phrasesFile = join(dirname(file), written.value.phrases);
  const bytes = bytesOf(phrasesFile, defaultLimits.maxBytes);
  if (!bytes.ok) {
    const message = `Cannot read ${phrasesFile}: ${bytes.message}.`;
    return { ok: false, problems: [problemAt(file, written, { path: ['phrases'], message })] };
  }
  const read = readDocument(bytes.value, { file: phrasesFile, schema: phraseListSchema });
  return read.ok ? { ok: true, value: read.value } : read;
}

/** Timings that no safeguard has, and rungs that no role stands on: set, they would change nothing and say nothing. */
function strangersIn(file: PolicyFile, timings: readonly string[] | undefined): readonly Misnamed[] {
  const found: Misnamed[] = [];
  const roles = [...Object.keys(file.roles), 'on-call'];
  const check = (name: string, known: readonly string[], { path, kind }: { path: Path; kind: string }): void => {
    if (known.includes(name)) return;
    const nearest = nearestOf(name, known);
    const advice = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
    found.push({ path, message: `expected ${kind}; found "${name}"${advice}` });
  };
  for (const [name, { ladder = [] }] of Object.entries(file.safeguards)) {
    const path = ['safeguards', name];
    if (timings !== undefined) check(name, timings, { path, kind: 'the name of a timing in docs/safeguards.md' });
    for (const [index, { to }] of ladder.entries())
      check(to, roles, { path: [...path, 'ladder', index, 'to'], kind: 'one of the roles, or on-call' });
  }
  return found;
}
