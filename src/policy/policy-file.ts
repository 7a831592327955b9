import { z } from 'zod';
import { duration } from '../border/instant.ts';
import { id, line } from '../room/define.ts';
import type { Path } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';
import { authorities, bands, markerEffects } from '../room/policy.ts';

const ladder = z
  .array(z.strictObject({ to: id, after: duration() }))
  .min(1, 'a ladder needs at least one rung')
  .max(12);

/** What a force sets for one safeguard, as it is written: spans as "5 min", "2 h", "28 d". */
const timing = z.strictObject({
  speaks: duration().optional(),
  due: duration().optional(),
  ladder: ladder.optional(),
  again: duration().optional(),
  windows: z.record(id, duration()).optional(),
  counts: z.record(id, z.int().min(1).max(10_000)).optional(),
});

/** A policy file as a force writes it; `docs/policy.md` explains every field. */
export const policyFileSchema = z.strictObject({
  id,
  version: z.string().min(1).max(64),
  title: line,
  grades: z
    .array(
      z.strictObject({
        id,
        title: line,
        band: z.enum(bands),
        target: z.union([z.literal('none').transform(() => null), duration()]),
        from: z.enum(['contact', 'grade']),
      }),
    )
    .min(2)
    .max(12),
  roles: z.record(id, z.strictObject({ title: line, authorities: z.array(z.enum(authorities)) })),
  chain: z.array(id).min(2).max(12),
  'on-call': z.array(id).min(1).max(12),
  'system-owner': id,
  safeguards: z.record(id, timing),
  /** Sources asked by themselves about every identifier, beside the force's own history. */
  'automatic-sources': z.array(id.max(40)).max(20).default([]),
  'danger-floors': z.record(id, z.enum(['emergency', 'priority'])),
  'marker-kinds': z.record(
    id,
    z.strictObject({
      title: line,
      protective: z.boolean(),
      effects: z.array(z.enum(markerEffects)),
      review: duration(),
    }),
  ),
  'order-kinds': z.record(
    id,
    z.strictObject({
      title: line,
      'power-of-arrest': z.enum(['breach-is-a-crime', 'only-if-attached', 'arrest-to-court', 'none']),
      limits: line,
      jurisdiction: line,
    }),
  ),
  'deferral-reasons': z.record(id, z.strictObject({ title: line, 'chosen-by-caller': z.boolean() })),
  'closing-codes': z.record(id, z.strictObject({ title: line, attended: z.boolean() })),
  dispositions: z.record(id, z.strictObject({ title: line, 'needs-statement': z.boolean() })),
  /** The phrase list's file, beside this one. */
  phrases: z.string().min(1).max(200),
  'archive-after': duration(),
  recent: duration(),
  'late-after': duration(),
  /** The border of the force's own area, in order around it. */
  area: z
    .array(z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }))
    .min(3)
    .max(2_000)
    .optional(),
  /** How long a restricted incident stays open for whoever broke the glass. */
  'broken-glass': duration().optional(),
  /** Up to how many metres from a place, and how long after, what happened elsewhere is shown as near it. */
  nearby: z.strictObject({ metres: z.int().min(1).max(100), for: duration() }).optional(),
});
export type PolicyFile = z.output<typeof policyFileSchema>;

function mapped<A, B>(record: Readonly<Record<string, A>>, change: (one: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function timingOf({
  speaks,
  due,
  ladder: rungs,
  again,
  windows,
  counts,
}: z.output<typeof timing>): Policy['safeguards'][string] {
  return {
    ...(speaks === undefined ? {} : { speaksMs: speaks }),
    ...(due === undefined ? {} : { dueMs: due }),
    ...(rungs === undefined ? {} : { ladder: rungs.map(({ to, after }) => ({ to, afterMs: after })) }),
    ...(again === undefined ? {} : { againMs: again }),
    ...(windows === undefined ? {} : { windows }),
    ...(counts === undefined ? {} : { counts }),
  };
}

/** The room's policy from what was written, with the phrases of the file that it names. */
export function policyOf(file: PolicyFile, phrases: Readonly<Record<string, unknown>>): Policy {
  return {
    id: file.id,
    version: file.version,
    title: file.title,
    grades: file.grades.map(({ target, ...grade }) => ({ ...grade, targetMs: target })),
    roles: file.roles,
    chain: file.chain,
    onCall: file['on-call'],
    systemOwner: file['system-owner'],
    safeguards: mapped(file.safeguards, timingOf),
    ...(file['automatic-sources'].length === 0 ? {} : { automaticSources: file['automatic-sources'] }),
    dangerFloors: file['danger-floors'],
    markerKinds: mapped(file['marker-kinds'], ({ review, ...kind }) => ({ ...kind, reviewMs: review })),
    orderKinds: mapped(file['order-kinds'], ({ 'power-of-arrest': powerOfArrest, ...kind }) => ({
      ...kind,
      powerOfArrest,
    })),
    deferralReasons: mapped(file['deferral-reasons'], (one) => ({
      title: one.title,
      chosenByCaller: one['chosen-by-caller'],
    })),
    closingCodes: file['closing-codes'],
    dispositions: mapped(file.dispositions, (one) => ({ title: one.title, needsStatement: one['needs-statement'] })),
    phrases,
    archiveMs: file['archive-after'],
    recentMs: file.recent,
    lateMs: file['late-after'],
    ...(file.area === undefined ? {} : { area: file.area }),
    ...(file['broken-glass'] === undefined ? {} : { glassMs: file['broken-glass'] }),
    ...(file.nearby === undefined ? {} : { nearby: { withinM: file.nearby.metres, withinMs: file.nearby.for } }),
  };
}

const writtenNames: Readonly<Record<string, string>> = {
  targetMs: 'target',
  speaksMs: 'speaks',
  dueMs: 'due',
  againMs: 'again',
  afterMs: 'after',
  reviewMs: 'review',
  onCall: 'on-call',
  systemOwner: 'system-owner',
  automaticSources: 'automatic-sources',
  dangerFloors: 'danger-floors',
  markerKinds: 'marker-kinds',
  orderKinds: 'order-kinds',
  powerOfArrest: 'power-of-arrest',
  deferralReasons: 'deferral-reasons',
  chosenByCaller: 'chosen-by-caller',
  closingCodes: 'closing-codes',
  needsStatement: 'needs-statement',
  archiveMs: 'archive-after',
  recentMs: 'recent',
  lateMs: 'late-after',
  glassMs: 'broken-glass',
  withinM: 'metres',
  withinMs: 'for',
};

/** Where a field of the room's policy stands in the file that it was written in. */
export function fieldInFile(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === 'number' ? step : (writtenNames[String(step)] ?? String(step))));
}
