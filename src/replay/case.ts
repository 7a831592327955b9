import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readDocument } from '../border/document.ts';
import type { Path, Problem } from '../border/problem.ts';
import { fieldOf } from '../border/problem.ts';
import { loadPolicy, nationalPolicyFile } from '../policy/load.ts';
import type { LoadedPolicy } from '../policy/load.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { catalogueOf } from '../room/safeguard.ts';
import type { Words } from '../views/words.ts';
import { wordsOf } from '../views/words.ts';
import type { CaseFile } from './case-file.ts';
import { caseFileSchema } from './case-file.ts';
import type { Checked } from './expectations.ts';
import { expectedInstants, judge } from './expectations.ts';
import type { Played, Stage } from './player.ts';
import { play } from './player.ts';
import type { Report } from './report.ts';
import { reportOf } from './report.ts';
import type { Play, TimedAct } from './timeline.ts';
import { clockInstant, momentOf, plays } from './timeline.ts';
import type { HarmTime } from './turn.ts';
import { turnOf } from './turn.ts';
import { timelineOf } from './variant.ts';

/** What cases are played with: the safeguards, and a policy in place of the one that a case names. */
export interface Playhouse {
  readonly safeguards: readonly Safeguard[];
  readonly policyFile?: string | undefined;
}

export type CaseResult =
  | { readonly ok: true; readonly report: Report; readonly played: Played }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** After the last thing done the clock runs on this long, so that what was left undone can climb. */
const afterwardsMs = 2 * 3_600_000;
const notes = { maxBytes: 4 * 1024 * 1024 };

interface Wrong {
  readonly ok: false;
  readonly path: Path;
  readonly message: string;
}

/** Reads a case file and plays it with its variants. */
export function runCase(file: string, house: Playhouse): CaseResult {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return {
      ok: false,
      problems: [problem(file, `Cannot read this file: ${error instanceof Error ? error.message : String(error)}.`)],
    };
  }
  const read = readDocument(bytes, { file, schema: caseFileSchema, limits: notes });
  if (!read.ok) return read;
  const loaded = policyFor(file, read.value.policy, house);
  if (!loaded.ok) return loaded;
  const result = playAll(read.value as CaseFile, loaded.value, house.safeguards);
  if (result.ok) return { ok: true, report: result.report, played: result.played };
  return {
    ok: false,
    problems: [
      { file, line: read.lineOf(result.path), column: 1, field: fieldOf(result.path), message: result.message },
    ],
  };
}

function problem(file: string, message: string): Problem {
  return { file, line: 1, column: 1, field: '', message };
}

/** The policy named on the command line, else the one the case names (beside it, or one that ships), else the national one. */
function policyFor(file: string, named: string | undefined, house: Playhouse): ReturnType<typeof loadPolicy> {
  if (house.policyFile !== undefined) return loadPolicy(house.policyFile);
  if (named === undefined) return loadPolicy(nationalPolicyFile);
  const beside = resolve(dirname(file), named);
  return loadPolicy(
    existsSync(beside) ? beside : join(dirname(nationalPolicyFile), named.endsWith('.yaml') ? named : `${named}.yaml`),
  );
}

interface Prepared {
  readonly file: CaseFile;
  readonly stage: Omit<Stage, 'until'>;
  readonly words: Words;
}

function playAll(
  file: CaseFile,
  { policy, reader }: LoadedPolicy,
  safeguards: readonly Safeguard[],
): { readonly ok: true; readonly report: Report; readonly played: Played } | Wrong {
  const catalogue = catalogueOf(safeguards, (text) => reader.read(text));
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}`;
  const prepared: Prepared = { file, stage: { policy, digest, catalogue }, words: wordsOf(safeguards) };
  const runs: { readonly played: Played; readonly harm: HarmTime | null }[] = [];
  const isBounded =
    file.commands.some((act) => typeof act.at !== 'string') ||
    (file.harm !== undefined && typeof file.harm.at !== 'string');
  for (const one of isBounded ? plays : plays.slice(0, 1)) {
    const run = playOnce(prepared, one);
    if (!run.ok) return run;
    runs.push(run);
  }
  const [assumed] = runs;
  if (assumed === undefined) return { ok: false, path: [], message: 'A case needs at least one command.' };
  const { played, harm } = assumed;
  const telling = {
    file,
    policy: policy.id,
    words: prepared.words,
    harmAt: harm?.at ?? null,
    turn: turnOf(runs, file.harm?.about),
    endedAt: played.room.now,
    expectations: [],
    variants: [],
  };
  const draft = reportOf(played, telling);
  const checked = judge(file.expect, draft, { startedAt: played.startedAt + 1_000, path: ['expect'] });
  if (!checked.ok) return { ok: false, ...checked.misplaced };
  const variants = playVariants(prepared);
  if (!variants.ok) return variants;
  return { ok: true, played, report: { ...draft, expectations: checked.checked, variants: variants.value } };
}

function playOnce(
  prepared: Prepared,
  one: Play,
): { readonly ok: true; readonly played: Played; readonly harm: HarmTime | null } | Wrong {
  const timeline = timelineOf(prepared.file, one);
  if (!timeline.ok) return { ok: false, ...timeline.misplaced };
  const harm = harmOf(prepared.file, timeline.value, one);
  if (!harm.ok) return harm;
  const until = horizon(timeline.value, prepared.file.expect, harm.value?.latest ?? 0);
  if (!until.ok) return until;
  const played = play(prepared.file, timeline.value, { ...prepared.stage, until: until.value });
  return played.ok ? { ok: true, played: played.value, harm: harm.value } : played;
}

function horizon(
  timeline: readonly TimedAct[],
  expect: CaseFile['expect'],
  harmAt: number,
): { readonly ok: true; readonly value: number } | Wrong {
  const expected = expectedInstants(expect, { startedAt: timeline[0]?.at ?? 0, path: ['expect'] });
  if (!expected.ok) return { ok: false, ...expected.misplaced };
  const last = timeline.at(-1)?.recordedAt ?? 0;
  return { ok: true, value: Math.max(last, harmAt, ...expected.value) + afterwardsMs };
}

/** When the harm came; without a date it is on the day of the last thing done before it. */
function harmOf(
  file: CaseFile,
  timeline: readonly TimedAct[],
  one: Play,
): { readonly ok: true; readonly value: HarmTime | null } | Wrong {
  const { harm } = file;
  if (harm === undefined) return { ok: true, value: null };
  const first = timeline[0]?.at ?? 0;
  const at = momentOf(harm.at, typeof harm.at === 'string' ? first : (timeline.at(-1)?.at ?? first), {
    play: one,
    path: ['harm', 'at'],
  });
  if (!at.ok) return { ok: false, ...at.misplaced };
  const bounds: number[] = [];
  for (const field of ['earliest', 'latest'] as const) {
    const text = harm[field];
    const read = text === undefined ? at : clockInstant(text, at.value, ['harm', field]);
    if (!read.ok) return { ok: false, ...read.misplaced };
    bounds.push(read.value);
  }
  const [earliest = at.value, latest = at.value] = bounds;
  if (earliest > at.value || latest < at.value)
    return { ok: false, path: ['harm'], message: 'The harm must lie between its earliest and its latest time.' };
  return { ok: true, value: { at: at.value, earliest, latest } };
}

function playVariants(prepared: Prepared): { readonly ok: true; readonly value: Report['variants'] } | Wrong {
  const all: { name: string; says: string; expectations: readonly Checked[] }[] = [];
  for (const [index, variant] of prepared.file.variants.entries()) {
    const path: Path = ['variants', index];
    const timeline = timelineOf(prepared.file, 'assumed', { of: variant, path });
    if (!timeline.ok) return { ok: false, ...timeline.misplaced };
    const until = horizon(timeline.value, variant.expect, 0);
    if (!until.ok) return until;
    const played = play(prepared.file, timeline.value, { ...prepared.stage, until: until.value });
    if (!played.ok) return played;
    const { value } = played;
    const telling = {
      file: prepared.file,
      policy: '',
      words: prepared.words,
      harmAt: null,
      turn: null,
      endedAt: 0,
      expectations: [],
      variants: [],
    };
    const facts = reportOf(value, telling);
    const checked = judge(variant.expect, facts, { startedAt: value.startedAt + 1_000, path: [...path, 'expect'] });
    if (!checked.ok) return { ok: false, ...checked.misplaced };
    all.push({ name: variant.name, says: variant.says, expectations: checked.checked });
  }
  return { ok: true, value: all };
}

/** Whether everything that the case and its variants expect held. */
export function hasPassed(report: Report): boolean {
  return [...report.expectations, ...report.variants.flatMap((one) => one.expectations)].every((one) => one.held);
}
