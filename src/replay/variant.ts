import { z } from 'zod';
import { nearestOf } from '../border/nearest.ts';
import type { Path } from '../border/problem.ts';
import { fieldOf } from '../border/problem.ts';
import { visible } from '../border/visible.ts';
import { expectedWords } from '../border/words.ts';
import { formatLocal } from '../room/british-time.ts';
import type { Act, CaseFile } from './case-file.ts';
import { dataSchemaOf } from './case-file.ts';
import type { Play, Timed, TimedAct } from './timeline.ts';
import { isAssumed, momentOf, recordedOf, timed } from './timeline.ts';

type VariantOfCase = CaseFile['variants'][number];
type Change = VariantOfCase['change'][string];
type Placed = readonly { readonly act: Act; readonly path: Path }[];

/** Which variant of a case, and where it stands in the file. */
export interface VariantPlace {
  readonly of: VariantOfCase;
  readonly path: Path;
}

/**
 * The timeline of a case, or of a case with a few facts changed. What a variant leaves alone keeps the times that it
 * has in the case, whatever is removed or changed before it.
 */
export function timelineOf(file: CaseFile, play: Play, variant?: VariantPlace): Timed<readonly TimedAct[]> {
  const base = timed(
    file.commands.map((act, index) => ({ act, path: ['commands', index] })),
    play,
  );
  if (!base.ok || variant === undefined) return base;
  const unlabelled = unknownLabel(file, variant);
  if (unlabelled !== null) return unlabelled;
  const { of, path } = variant;
  const kept: TimedAct[] = [];
  for (const [place, one] of base.value.entries()) {
    const { label } = one.act;
    if (label !== undefined && of.remove.includes(label)) continue;
    const change = label === undefined ? undefined : of.change[label];
    const now: Timed<TimedAct> =
      change === undefined
        ? { ok: true, value: one }
        : changed(one, change, { path: [...path, 'change', label ?? ''], before: base.value[place - 1] });
    if (!now.ok) return now;
    kept.push(now.value);
  }
  const added = timed(
    datedFrom(
      of.add.map((act, index) => ({ act, path: [...path, 'add', index] })),
      base.value[0],
    ),
    play,
  );
  if (!added.ok) return added;
  if (kept.length + added.value.length === 0) return misplaced(path, 'Nothing is left of the case; keep a command.');
  return { ok: true, value: inOrder([...kept, ...added.value]) };
}

/** In the order in which the room learned of them; at one instant the case's own come first. */
function inOrder(acts: readonly TimedAct[]): readonly TimedAct[] {
  return acts
    .map((one, place) => ({ one, place }))
    .toSorted((a, b) => a.one.recordedAt - b.one.recordedAt || a.place - b.place)
    .map(({ one }) => one);
}

function unknownLabel(file: CaseFile, { of, path }: VariantPlace): Timed<never> | null {
  const labels = [...new Set(file.commands.map((act) => act.label).filter((label) => label !== undefined))];
  const named = [
    ...of.remove.map((label, index) => ({ label, at: ['remove', index] })),
    ...Object.keys(of.change).map((label) => ({ label, at: ['change', label] })),
  ];
  const missing = named.find(({ label }) => !labels.includes(label));
  if (missing === undefined) return null;
  const nearest = nearestOf(missing.label, labels);
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return misplaced([...path, ...missing.at], `No command of this case has the label ${missing.label}.${advice}`);
}

/** The first added command's time, if it has no date, is on the day on which the case starts. */
function datedFrom(added: Placed, first: TimedAct | undefined): Placed {
  const [one, ...rest] = added;
  if (one === undefined || first === undefined || typeof one.act.at !== 'string' || /^\d{4}-/.test(one.act.at))
    return added;
  return [{ ...one, act: { ...one.act, at: `${formatLocal(first.at).slice(0, 10)} ${one.act.at}` } }, ...rest];
}

function misplaced(path: Path, message: string): Timed<never> {
  return { ok: false, misplaced: { path, message } };
}

interface ChangePlace {
  readonly path: Path;
  /** The command above it in the case, from which a gap counts. */
  readonly before: TimedAct | undefined;
}

/** A command with the facts of a variant; what is wrong with it now is wrong with the variant. */
function changed(one: TimedAct, change: Change, { path, before }: ChangePlace): Timed<TimedAct> {
  const data = changedData(one.act, change, path);
  if (!data.ok) return data;
  const act: Act = { ...one.act, at: change.at ?? one.act.at, with: data.value };
  if (change.at === undefined) return { ok: true, value: { ...one, act, path } };
  const from = typeof change.at === 'string' ? one.at : (before?.at ?? null);
  const at = momentOf(change.at, from, { play: 'assumed', path: [...path, 'at'] });
  if (!at.ok) return at;
  const recorded = recordedOf(act, at.value, path);
  if (!recorded.ok) return misplaced([...path, 'at'], recorded.misplaced.message);
  return { ok: true, value: { act, path, at: at.value, recordedAt: recorded.value, isAssumed: isAssumed(act) } };
}

function changedData(act: Act, change: Change, path: Path): Timed<Act['with']> {
  const data: Record<string, unknown> = { ...act.with };
  const shape: Readonly<Record<string, z.core.$ZodType>> = dataSchemaOf(act.do)?.shape ?? {};
  const known = Object.keys(shape);
  for (const [field, value] of Object.entries(change.with ?? {})) {
    const schema = known.includes(field) ? shape[field] : undefined;
    if (schema === undefined)
      return misplaced([...path, 'with', field], `${act.do} has no field ${field}; it has ${known.join(', ')}.`);
    const read = z.safeParse(schema, value, { error: () => '' });
    if (!read.success) return misplaced([...path, 'with', field], wrongValue(read.error, value));
    data[field] = read.data;
  }
  return { ok: true, value: data };
}

/** What was expected of a value in place of what was found, as the border says it. */
function wrongValue(error: z.core.$ZodError, value: unknown): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'expected another value';
  const words = issue.message === '' ? expectedWords(issue) : issue.message;
  const inside = issue.path.length === 0 ? '' : `${fieldOf(issue.path.map((step) => String(step)))}: `;
  const sentence = words.startsWith('expected ') ? words : `expected ${words}`;
  if (sentence.includes('; found')) return `${inside}${sentence}`;
  return `${inside}${sentence}; found ${visible(JSON.stringify(value), 60)}`;
}
