import { createHash } from 'node:crypto';
import type { Path } from '../border/problem.ts';
import type { LoadedPolicy } from '../policy/load.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { catalogueOf } from '../room/safeguard.ts';
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
import type { Play, TimedAct } from './timeline.ts';
import { plays } from './timeline.ts';
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

