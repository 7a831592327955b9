import { z } from 'zod';
import { britishClockAt, instantOf, readBritishClock } from './british-time.ts';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, taken, unknown } from './define.ts';
import type { Room } from './room.ts';

/** Death, serious injury or a serious complaint, with the first instant at which anybody serving knew. */
export interface Harm {
  readonly id: string;
  readonly seq: number;
  readonly kind: 'death' | 'serious-injury' | 'complaint';
  readonly incident: string | null;
  readonly subjects: readonly string[];
  readonly awareAt: number;
  readonly referral: 'none' | 'drafted' | 'made' | 'decided-against';
}

/** The end of the day after the one on which somebody serving first knew, on the clocks of Britain: 23:59. */
export function referBy(awareAt: number): number {
  const { year, month, day } = britishClockAt(awareAt);
  const midnight = { year, month, day: day + 2, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const read = readBritishClock(midnight);
  const instant = read.kind === 'once' ? read.instant : read.kind === 'repeated' ? read.bst : instantOf(midnight);
  return instant - 60_000;
}

const harmKinds = z.enum(['death', 'serious-injury', 'complaint']);
const ids = { harm: id, incident: id.optional() };

const commands = {
  RecordHarm: z.strictObject({
    harm: id,
    kind: harmKinds,
    incident: id.optional(),
    subjects: z.array(id).min(1).max(40),
    /** When the first person serving became aware; the referral's clock runs from here. */
    awareAt: instant.optional(),
    says: line,
  }),
  MakeReferral: z.strictObject({ harm: id, to: line, reference: line.optional() }),
  DecideAgainstReferral: z.strictObject({ harm: id, reason: line }),
};

const events = {
  HarmRecorded: event(ids, { kind: harmKinds, subjects: z.array(id).max(40), awareAt: instant, says: line }),
  /** Acts: the machine drafts and preserves, people refer. */
  ReferralDrafted: event(ids, { earlier: z.array(id).max(200) }),
  LegalHoldPlaced: event(ids, { on: z.array(id).max(200) }),
  ReferralMade: event(ids, { to: line, reference: line.optional() }),
  ReferralDecidedAgainst: event(ids, { reason: line }),
};
const make = drafts(events);

function idsOf(harm: Harm): { harm: string; incident?: string } {
  return harm.incident === null ? { harm: harm.id } : { harm: harm.id, incident: harm.incident };
}

/** Harm, the referral it calls for, and the hold on everything that tells of it. */
export const harmConcept = concept({
  commands,
  events,
  stakes: { DecideAgainstReferral: () => 'lowers' },
  decide: {
    RecordHarm: (data, room, asked) => {
      if (room.harms.has(data.harm)) return taken('harm', data.harm);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      for (const subject of data.subjects) if (!room.subjects.has(subject)) return unknown('subject', subject);
      const body = { kind: data.kind, subjects: data.subjects, awareAt: data.awareAt ?? asked.at, says: data.says };
      return [make.HarmRecorded({ harm: data.harm, incident: data.incident }, body)];
    },
    MakeReferral: (data, room) => {
      const harm = room.harms.get(data.harm);
      return harm === undefined
        ? unknown('harm', data.harm)
        : [make.ReferralMade(idsOf(harm), { to: data.to, reference: data.reference })];
    },
    DecideAgainstReferral: (data, room) => {
      const harm = room.harms.get(data.harm);
      return harm === undefined
        ? unknown('harm', data.harm)
        : [make.ReferralDecidedAgainst(idsOf(harm), { reason: data.reason })];
    },
  },
  evolve: {
    HarmRecorded: (room: Room, { ids, body, seq }) => {
      const harm: Harm = {
        id: ids.harm,
        seq,
        kind: body.kind,
        incident: ids.incident ?? null,
        subjects: body.subjects,
        awareAt: body.awareAt,
        referral: 'none',
      };
      return roomWith(room, { harms: room.harms.set(harm.id, harm) });
    },
    ReferralDrafted: (room, { ids }) => changeIn(room, 'harms', ids.harm, { referral: 'drafted' }),
    LegalHoldPlaced: (room: Room, { ids, body }) =>
      roomWith(room, {
        holds: body.on.reduce((held, one) => held.set(one, ids.harm), room.holds),
      }),
    ReferralMade: (room, { ids }) => changeIn(room, 'harms', ids.harm, { referral: 'made' }),
    ReferralDecidedAgainst: (room, { ids }) => changeIn(room, 'harms', ids.harm, { referral: 'decided-against' }),
  },
});
