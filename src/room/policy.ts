import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, id, line, span } from './define.ts';
import type { Room } from './room.ts';

/** The source that is the force's own record of what it has been told. */
export const ownHistory = 'own-history';

/** The national bands, highest first; a force's own grades each belong to one. */
export const bands = ['emergency', 'priority', 'scheduled', 'none'] as const;
export type Band = (typeof bands)[number];

/** What a role may be allowed to do; every lowering needs one of these. */
export const authorities = [
  'lower-grade',
  'lower-protected',
  'close-unattended',
  'close-protected',
  'defer',
  'approve',
  'override',
  'remove-marker',
  'decide-arrest',
  'end-safeguard-failure',
  'administer',
  'restrict',
  'audit',
] as const;
export type Authority = (typeof authorities)[number];

/** What a marker does by itself when its subject appears (domain reference 4.4). */
export const markerEffects = [
  'floor-emergency',
  'floor-priority',
  'sighting-needed',
  'no-voicemail',
  'supervisor-told',
  'two-officers',
  'weapons-warning',
  'violence-warning',
  'domestic-history',
  'acknowledge-by-name',
] as const;
export type MarkerEffect = (typeof markerEffects)[number];

const rung = z.strictObject({ to: id, afterMs: span });

/** What a force may set for one safeguard; what it leaves out keeps the safeguard's own default. */
export const timing = z.strictObject({
  /** From the fact to the duty speaking. */
  speaksMs: span.optional(),
  /** From speaking to due. */
  dueMs: span.optional(),
  ladder: z.array(rung).min(1).max(12).optional(),
  /** The last rung is told again this often while nothing is done; never under a minute. */
  againMs: span.min(60_000).optional(),
  windows: z.record(id, span).optional(),
  counts: z.record(id, z.int().min(1).max(10_000)).optional(),
});

/** A force's grades, targets, ladders, windows, authorities and word lists: data, versioned, state of the room. */
export const policySchema = z
  .strictObject({
    id,
    version: z.string().min(1).max(64),
    title: line,
    /** Highest first. */
    grades: z
      .array(
        z.strictObject({
          id,
          title: line,
          band: z.enum(bands),
          /** From the clock's start to arrival; null: no attendance is promised. */
          targetMs: span.min(60_000).nullable(),
          /** Where the force starts the clock. */
          from: z.enum(['contact', 'grade']),
        }),
      )
      .min(2)
      .max(12),
    roles: z.record(id, z.strictObject({ title: line, authorities: z.array(z.enum(authorities)).max(32) })),
    /** Where an unmanned rung goes next, upwards; the last is the standing on-call role. */
    chain: z.array(id).min(2).max(12),
    onCall: z.array(id).min(1).max(12),
    /** The role that answers for the system itself. */
    systemOwner: id,
    safeguards: z.record(id, timing),
    /** Sources asked by themselves about every identifier, beside the force's own history. */
    automaticSources: z.array(id.max(40)).max(20).optional(),
    /** Floor for a danger of this kind once it is confirmed; life-threat terms set emergency at once. */
    dangerFloors: z.record(id, z.enum(['emergency', 'priority'])),
    markerKinds: z.record(
      id,
      z.strictObject({
        title: line,
        /** A protective marker is extended when its review is missed; an adverse one lapses to unreviewed. */
        protective: z.boolean(),
        effects: z.array(z.enum(markerEffects)).max(16),
        reviewMs: span.min(86_400_000),
      }),
    ),
    orderKinds: z.record(
      id,
      z.strictObject({
        title: line,
        powerOfArrest: z.enum(['breach-is-a-crime', 'only-if-attached', 'arrest-to-court', 'none']),
        limits: line,
        jurisdiction: line,
      }),
    ),
    /** Reasons for which something may be deferred at all. */
    deferralReasons: z.record(id, z.strictObject({ title: line, chosenByCaller: z.boolean() })),
    closingCodes: z.record(id, z.strictObject({ title: line, attended: z.boolean() })),
    dispositions: z.record(id, z.strictObject({ title: line, needsStatement: z.boolean() })),
    /** The phrase list, checked by the text reader's own schema at the border. */
    phrases: z.record(z.string(), z.unknown()),
    /** A closed incident with no open duty leaves the room after this long. */
    archiveMs: span.min(3_600_000),
    /** How long contacts stay indexed in the room for matching at once. */
    recentMs: span.min(3_600_000),
    /** A due time met later than this was missed while the room was down, and says so. */
    lateMs: span.min(1_000),
    /** The border of the force's own area, in order around it; where it is left out, nothing is outside. */
    area: z
      .array(z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }))
      .min(3)
      .max(2_000)
      .optional(),
    /** How long a restricted incident stays open for whoever broke the glass; an hour where nothing is said. */
    glassMs: span.min(60_000).max(86_400_000).optional(),
    /** Up to how far from a place, and how long after, what happened elsewhere is shown as near it. */
    nearby: z.strictObject({ withinM: z.int().min(1).max(100), withinMs: span.min(3_600_000) }).optional(),
  })
  .superRefine((policy, context) => {
    const order = policy.grades.map((grade) => bands.indexOf(grade.band));
    if (order.some((band, index) => index > 0 && band < (order[index - 1] ?? 0)))
      context.addIssue({ code: 'custom', path: ['grades'], message: 'grades must stand highest band first' });
    for (const band of ['emergency', 'priority'] as const)
      if (!policy.grades.some((grade) => grade.band === band && grade.targetMs !== null))
        context.addIssue({
          code: 'custom',
          path: ['grades'],
          message: `there must be a grade of band ${band} with a target`,
        });
    for (const needed of ['handler', 'dispatcher', 'supervisor', 'fim'])
      if (policy.roles[needed] === undefined)
        context.addIssue({ code: 'custom', path: ['roles'], message: `the role ${needed} must be there` });
    if (policy.chain.at(-1) !== 'on-call')
      context.addIssue({ code: 'custom', path: ['chain'], message: 'the last of the chain must be on-call' });
    for (const role of [...policy.chain, policy.systemOwner])
      if (role !== 'on-call' && policy.roles[role] === undefined)
        context.addIssue({ code: 'custom', path: ['chain'], message: `${role} is not one of the roles` });
  });
export type Policy = Readonly<z.output<typeof policySchema>>;
export type Grade = Policy['grades'][number];
export type Timing = z.output<typeof timing>;

/** The policy of a room before event 1: nothing is promised, everything climbs to the on-call role. */
export const emptyPolicy: Policy = {
  id: 'none',
  version: '0',
  title: 'No policy adopted',
  grades: [],
  roles: {},
  chain: ['on-call'],
  onCall: ['on-call'],
  systemOwner: 'on-call',
  safeguards: {},
  dangerFloors: {},
  markerKinds: {},
  orderKinds: {},
  deferralReasons: {},
  closingCodes: {},
  dispositions: {},
  phrases: {},
  archiveMs: 86_400_000,
  recentMs: 86_400_000,
  lateMs: 5_000,
};

/** Every source that is asked without anybody's asking: the force's own history always, and those policy adds. */
export function automaticSources(policy: Policy): readonly string[] {
  return [...new Set([ownHistory, ...(policy.automaticSources ?? [])])];
}

/** How long a restricted incident stays open for whoever broke the glass. */
export function glassMs(policy: Policy): number {
  return policy.glassMs ?? 3_600_000;
}

/** How far from a place and how long after something is near it: 50 m, a month as for repeat contact. */
export function nearness(policy: Policy): NonNullable<Policy['nearby']> {
  return policy.nearby ?? { withinM: 50, withinMs: 30 * 86_400_000 };
}

/** The force's grade by that id, or null. */
export function gradeById(policy: Policy, wanted: string): Grade | null {
  return policy.grades.find((grade) => grade.id === wanted) ?? null;
}

/** Place of a grade from the top, 0 highest; an unknown grade or none stands below every other. */
export function gradeRank(policy: Policy, wanted: string | null): number {
  const rank = policy.grades.findIndex((grade) => grade.id === wanted);
  return rank === -1 ? policy.grades.length : rank;
}

/** The force's grade for a band: the highest of that band or, lacking one, of the next band down. */
export function gradeOfBand(policy: Policy, band: Band): Grade | null {
  const wanted = bands.indexOf(band);
  return policy.grades.find((grade) => bands.indexOf(grade.band) >= wanted) ?? null;
}

const commands = {
  AdoptPolicy: z.strictObject({ digest: line, text: policySchema }),
};

const events = {
  PolicyAdopted: event({}, { digest: line, text: policySchema }),
};
const make = drafts(events);

/** A policy is adopted whole; open duties keep the times they were raised with (settled point 12). */
export const policyConcept = concept({
  commands,
  events,
  /** Every one after the first changes what stands between a person and less; the looser needs two (`may.ts`). */
  stakes: { AdoptPolicy: (_data, room) => (room.policy.grades.length === 0 ? null : 'lowers') },
  decide: {
    AdoptPolicy: (data) => [make.PolicyAdopted({}, data)],
  },
  evolve: {
    PolicyAdopted: (room: Room, { body }) => roomWith(room, { policy: body.text }),
  },
});
