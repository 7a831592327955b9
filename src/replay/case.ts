import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readDocument } from '../border/document.ts';
import { nearestOf } from '../border/nearest.ts';
import type { Path, Problem } from '../border/problem.ts';
import { fieldOf } from '../border/problem.ts';
import { bytesOf } from '../policy/bytes.ts';
import { loadPolicy, nationalPolicyFile } from '../policy/load.ts';
import type { Loaded, LoadedPolicy } from '../policy/load.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { catalogueOf } from '../room/safeguard.ts';
import { playAll } from './all-plays.ts';
import type { Performed } from './all-plays.ts';
import type { CaseFile } from './case-file.ts';
import { caseFileSchema, caseLimits } from './case-file.ts';
import { memoryTheatre } from './memory-theatre.ts';
import { quietRules } from './needle.ts';
import type { Played } from './player.ts';
import type { Report } from './report.ts';
import type { Cue, Scene } from './theatre.ts';
import { perform, performAfar } from './theatre.ts';

/** What cases are played with: the safeguards, and a policy in place of the one that a case names. */
export interface Playhouse {
  readonly safeguards: readonly Safeguard[];
  readonly policyFile?: string | undefined;
  /** How policies are loaded; for many cases, one that keeps them. */
  readonly load?: ((file: string) => Loaded) | undefined;
  /** Told of each cue that a case played in memory gives. */
  readonly heard?: ((cue: Cue) => void) | undefined;
}

export type CaseResult =
  | { readonly ok: true; readonly report: Report; readonly played: Played }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface ReadCase {
  readonly caseFile: CaseFile;
  readonly policy: LoadedPolicy;
  readonly told: (performed: Performed) => CaseResult;
}

/** Reads a case file and plays it with its variants, in memory. */
export function runCase(file: string, house: Playhouse): CaseResult {
  const read = readCase(file, house);
  if ('problems' in read) return read;
  const { policy, reader } = read.policy;
  const theatre = memoryTheatre(catalogueOf(house.safeguards, reader.read));
  const answer = (cue: Cue): Scene => {
    house.heard?.(cue);
    return theatre(cue);
  };
  return read.told(perform(playAll(read.caseFile, policy, house.safeguards), answer));
}

/** Reads a case file and plays it with its variants where each cue takes its time: on a server. */
export async function runCaseAfar(
  file: string,
  house: Playhouse,
  answer: (cue: Cue) => Promise<Scene>,
): Promise<CaseResult> {
  const read = readCase(file, house);
  if ('problems' in read) return read;
  return read.told(await performAfar(playAll(read.caseFile, read.policy.policy, house.safeguards), answer));
}

function readCase(file: string, house: Playhouse): ReadCase | Extract<CaseResult, { readonly ok: false }> {
  const refuse = (path: Path, message: string, line = 1): Extract<CaseResult, { readonly ok: false }> => ({
    ok: false,
    problems: [{ file, line, column: 1, field: fieldOf(path), message }],
  });
  const bytes = bytesOf(file, caseLimits.maxBytes);
  if (!bytes.ok) return refuse([], `Cannot read: ${bytes.message}.`);
  const read = readDocument(bytes.value, { file, schema: caseFileSchema, limits: caseLimits });
  if (!read.ok) return read;
  const policyFile = house.policyFile ?? policyNamed(file, read.value.policy);
  if (policyFile === null) return refuse(['policy'], noPolicy(read.value.policy ?? ''), read.lineOf(['policy']));
  const policy = (house.load ?? ((one) => loadPolicy(one, timingsOf(house.safeguards))))(policyFile);
  if (!policy.ok) return policy;
  const caseFile = read.value as CaseFile;
  const told = (performed: Performed): CaseResult => {
    if (!performed.ok) return refuse(performed.path, performed.message, read.lineOf(performed.path));
    const { report, played } = performed;
    const expectations = [...report.expectations, ...quietRules(file, caseFile)];
    return { ok: true, played, report: { ...report, expectations } };
  };
  return { caseFile, policy: policy.value, told };
}

/** The names under which a policy may set these safeguards' timings. */
export function timingsOf(safeguards: readonly Safeguard[]): readonly string[] {
  return safeguards.flatMap(({ id, timings }) => [
    id,
    ...Object.keys(timings)
      .filter((name) => name !== 'main')
      .map((name) => `${id}-${name}`),
  ]);
}

/** The policy file that a case names, beside it or one that ships, else the national one; null where there is none. */
function policyNamed(file: string, named: string | undefined): string | null {
  if (named === undefined) return nationalPolicyFile;
  const shipped = join(dirname(nationalPolicyFile), `${named}.yaml`);
  const candidates = [resolve(dirname(file), named), ...(shippedPolicies().includes(named) ? [shipped] : [])];
  return candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true) ?? null;
}

/** The ids of the policies that ship: every file beside the national one but the phrase list. */
function shippedPolicies(): readonly string[] {
  return readdirSync(dirname(nationalPolicyFile))
    .filter((name) => name.endsWith('.yaml') && name !== 'phrases.yaml')
    .map((name) => name.slice(0, -'.yaml'.length))
    .toSorted();
}

function noPolicy(named: string): string {
  const shipped = shippedPolicies();
  const nearest = nearestOf(named, shipped);
  const advice = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
  return `expected a policy file beside the case, or one that ships (${shipped.join(', ')}); found "${named}"${advice}`;
}

/** Whether everything that the case and its variants expect held. */
export function hasPassed(report: Report): boolean {
  return [...report.expectations, ...report.variants.flatMap((one) => one.expectations)].every((one) => one.held);
}
