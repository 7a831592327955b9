import { createHash } from 'node:crypto';
import type { Path } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';
import type { Safeguard } from '../room/safeguard.ts';
import type { Words } from '../views/words.ts';
import { wordsOf } from '../views/words.ts';
import type { CaseFile } from './case-file.ts';
import type { Checked } from './expectations.ts';
import { expectedInstants, judge } from './expectations.ts';
import { harmOf } from './harm.ts';
import { misnamedIn } from './named.ts';
import type { Played, Stage } from './player.ts';
import { play } from './player.ts';
import type { Report } from './report.ts';
import { reportOf } from './report.ts';
import type { Script } from './theatre.ts';
import type { Play, TimedAct } from './timeline.ts';
import { isAssumed, plays } from './timeline.ts';
import type { HarmTime } from './turn.ts';
import { turnOf } from './turn.ts';
import { timelineOf } from './variant.ts';

/** After the last thing done the clock runs on this long, so that what was left undone can climb. */
const afterwardsMs = 2 * 3_600_000;

/** What is wrong with a case that could be read but not played, and where. */
export interface Wrong {
  readonly ok: false;
  readonly path: Path;
  readonly message: string;
}

interface Prepared {
  readonly file: CaseFile;
  readonly stage: Omit<Stage, 'until'>;
  readonly words: Words;
  /** The commands of the case, with its gaps as assumed. */
  readonly assumed: readonly TimedAct[];
  /** When the case begins; times of an expectation without a date are on this day. */
  readonly startedAt: number;
}

interface Run {
  readonly ok: true;
  readonly played: Played;
  readonly harm: HarmTime | null;
}

/** A case played to its end, over its assumed gaps and with each of its variants, and judged. */
export type Performed = { readonly ok: true; readonly report: Report; readonly played: Played } | Wrong;

/** Plays a case and its variants, and holds what happened against what they expect. */
export function* playAll(file: CaseFile, policy: Policy, safeguards: readonly Safeguard[]): Script<Performed> {
  const misnamed = misnamedIn(file, safeguards, policy);
  if (misnamed !== null) return { ok: false, ...misnamed };
  const assumed = timelineOf(file, 'assumed');
  if (!assumed.ok) return { ok: false, ...assumed.misplaced };
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}`;
  const prepared: Prepared = {
    file,
    stage: { policy, digest },
    words: wordsOf(safeguards),
    assumed: assumed.value,
    startedAt: assumed.value[0]?.at ?? 0,
  };
  const runs: Run[] = [];
  for (const one of hasGaps(file) ? plays : plays.slice(0, 1)) {
    const run = yield* playOnce(prepared, one);
    if (!run.ok) return run;
    runs.push(run);
  }
  const told = tellAndJudge(prepared, runs, { expect: file.expect, path: ['expect'] });
  if (!told.ok) return told;
  const variants = yield* playVariants(prepared, runs[0]?.harm ?? null);
  return variants.ok
    ? { ok: true, played: told.played, report: { ...told.report, variants: variants.value } }
    : variants;
}

/** Whether an assumed gap stands anywhere, so that the truth has bounds. */
function hasGaps(file: CaseFile): boolean {
  return file.commands.some(isAssumed) || typeof file.harm?.at === 'object';
}

/** The report of the first of these plays, with the lead over all of them, judged. */
function tellAndJudge(
  { file, stage, words, startedAt }: Prepared,
  runs: readonly Run[],
  { expect, path }: { readonly expect: CaseFile['expect']; readonly path: Path },
): Performed {
  const [assumed] = runs;
  if (assumed === undefined) return { ok: false, path: [], message: 'A case needs at least one command.' };
  const { played, harm } = assumed;
  const draft = reportOf(played, {
    file,
    policy: stage.policy.id,
    words,
    harmAt: harm?.at ?? null,
    turn: turnOf(runs, file.harm?.about),
    expectations: [],
    variants: [],
  });
  const judged = judge(expect, draft, { startedAt, path });
  return judged.ok
    ? { ok: true, played, report: { ...draft, expectations: judged.checked } }
    : { ok: false, ...judged.misplaced };
}

function* playOnce(prepared: Prepared, one: Play): Script<Run | Wrong> {
  const { file, assumed } = prepared;
  const timeline = timelineOf(file, one);
  if (!timeline.ok) return { ok: false, ...timeline.misplaced };
  const harm = harmOf(file.harm, { assumed, played: timeline.value }, one);
  if (!harm.ok) return { ok: false, ...harm.misplaced };
  return yield* performed(prepared, timeline.value, { expect: file.expect, path: ['expect'], harm: harm.value });
}

interface Ending {
  readonly expect: CaseFile['expect'];
  readonly path: Path;
  readonly harm: HarmTime | null;
}

/** Plays a timeline far enough to judge what is expected of it. */
function* performed(
  { file, stage, startedAt }: Prepared,
  timeline: readonly TimedAct[],
  { expect, path, harm }: Ending,
): Script<Run | Wrong> {
  const expected = expectedInstants(expect, { startedAt, path });
  if (!expected.ok) return { ok: false, ...expected.misplaced };
  const last = timeline.at(-1)?.recordedAt ?? 0;
  const until = Math.max(last, harm?.latest ?? 0, ...expected.value) + afterwardsMs;
  const played = yield* play(file, timeline, { ...stage, until });
  return played.ok ? { ok: true, played: played.value, harm } : played;
}

function* playVariants(
  prepared: Prepared,
  harm: HarmTime | null,
): Script<{ readonly ok: true; readonly value: Report['variants'] } | Wrong> {
  const all: { name: string; says: string; expectations: readonly Checked[] }[] = [];
  for (const [index, of] of prepared.file.variants.entries()) {
    const path: Path = ['variants', index];
    const timeline = timelineOf(prepared.file, 'assumed', { of, path });
    if (!timeline.ok) return { ok: false, ...timeline.misplaced };
    const ending = { expect: of.expect, path: [...path, 'expect'], harm };
    const run = yield* performed(prepared, timeline.value, ending);
    if (!run.ok) return { ...run, message: `${run.message} (In the variant ${of.name}.)` };
    const told = tellAndJudge(prepared, [run], ending);
    if (!told.ok) return told;
    all.push({ name: of.name, says: of.says, expectations: told.report.expectations });
  }
  return { ok: true, value: all };
}
