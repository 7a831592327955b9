import type { z } from 'zod';
import type { Path } from '../border/problem.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import type { Act, CaseFile } from './case-file.ts';
import type { Misplaced, Play, Timed, TimedAct } from './timeline.ts';
import { timed } from './timeline.ts';
import { asWritten } from './written.ts';

type VariantOfCase = CaseFile['variants'][number];

/** The timeline of a case, or of a case with a few facts changed. */
export function timelineOf(
  file: CaseFile,
  play: Play,
  variant?: { readonly of: VariantOfCase; readonly path: Path },
): Timed<readonly TimedAct[]> {
  const acts = file.commands.map((act, index) => ({ act, path: ['commands', index] as Path }));
  if (variant === undefined) return timed(acts, play);
  const { of, path } = variant;
  const labels = new Set(file.commands.map((act) => act.label).filter((label) => label !== undefined));
  for (const [field, wanted] of [
    ['remove', of.remove],
    ['change', Object.keys(of.change)],
  ] as const) {
    const missing = wanted.find((label) => !labels.has(label));
    if (missing !== undefined) return misplaced([...path, field], `No command of this case has the label ${missing}.`);
  }
  const kept: { readonly act: Act; readonly path: Path }[] = [];
  for (const one of acts) {
    if (one.act.label !== undefined && of.remove.includes(one.act.label)) continue;
    const change = one.act.label === undefined ? undefined : of.change[one.act.label];
    if (change === undefined) kept.push(one);
    else {
      const changedAct = changed(one.act, change, [...path, 'change', one.act.label ?? '']);
      if (!changedAct.ok) return changedAct;
      kept.push({ act: changedAct.value, path: one.path });
    }
  }
  const base = timed(kept, play);
  if (!base.ok) return base;
  const added = timed(
    datedFrom(
      of.add.map((act, index) => ({ act, path: [...path, 'add', index] })),
      base.value[0],
    ),
    play,
  );
  if (!added.ok) return added;
  const all = [...base.value, ...added.value];
  return {
    ok: true,
    value: all
      .map((one, place) => ({ one, place }))
      .toSorted((a, b) => a.one.recordedAt - b.one.recordedAt || a.place - b.place)
      .map(({ one }) => one),
  };
}

/** The first added command's time, if it has no date, is on the day on which the case starts. */
function datedFrom(
  added: readonly { readonly act: Act; readonly path: Path }[],
  first: TimedAct | undefined,
): readonly { readonly act: Act; readonly path: Path }[] {
  const [one, ...rest] = added;
  if (one === undefined || first === undefined || typeof one.act.at !== 'string' || /^\d{4}-/.test(one.act.at))
    return added;
  const day = typeof first.act.at === 'string' ? first.act.at.slice(0, 10) : '';
  return [{ ...one, act: { ...one.act, at: `${day} ${one.act.at}` } }, ...rest];
}

function misplaced(path: Path, message: string): { readonly ok: false; readonly misplaced: Misplaced } {
  return { ok: false, misplaced: { path, message } };
}

function changed(
  act: Act,
  change: VariantOfCase['change'][string],
  path: Path,
): { readonly ok: true; readonly value: Act } | { readonly ok: false; readonly misplaced: Misplaced } {
  const data: Record<string, unknown> = { ...act.with };
  const schema = commandSchemas.get(act.do);
  const shape =
    schema === undefined ? {} : ((asWritten(schema) as z.ZodObject).shape as Readonly<Record<string, z.ZodType>>);
  for (const [field, value] of Object.entries(change.with ?? {})) {
    const read = shape[field]?.safeParse(value);
    if (read === undefined)
      return misplaced(
        [...path, 'with', field],
        `${act.do} has no field ${field}; it has ${Object.keys(shape).join(', ')}.`,
      );
    if (!read.success)
      return misplaced([...path, 'with', field], `${read.error.issues[0]?.message ?? 'not what was expected'}.`);
    data[field] = read.data;
  }
  return { ok: true, value: { ...act, at: change.at ?? act.at, with: data } };
}
