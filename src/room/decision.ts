import { z } from 'zod';
import { changeIn, listed, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import type { Asked, Refusal } from './define.ts';
import { effectiveGrade } from './grade.ts';
import type { Authority } from './policy.ts';
import { gradeRank } from './policy.ts';
import type { Room } from './room.ts';
import { hasAuthority } from './staff.ts';

/** A lowering that waits for a second person; approved, the very command is decided again with both names. */
export interface Proposal {
  readonly id: string;
  readonly seq: number;
  readonly by: string;
  readonly command: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  readonly reason: string;
  readonly state: 'proposed' | 'approved' | 'declined';
}

/** Somebody was asked to look at an incident; it is answered with an effect, or it climbs. */
export interface ReviewRequest {
  readonly id: string;
  readonly seq: number;
  readonly incident: string;
  readonly of: string | null;
  readonly by: string;
  readonly state: 'asked' | 'answered';
}

export const reliedFacts = [
  'elsewhere',
  'left',
  'in-anothers-care',
  'no-way-in',
  'none-free',
  'calm',
  'other',
] as const;

/** The stated fact that a lowering rests on. */
export interface Reliance {
  readonly id: string;
  readonly seq: number;
  readonly incident: string;
  readonly fact: (typeof reliedFacts)[number];
  /** By when it must be confirmed, or it counts as gone. */
  readonly confirmBy: number;
  readonly grade: string | null;
  readonly state: 'relied-on' | 'confirmed' | 'gone';
}

/** What is approved by somebody else than who approves what is done about people. */
const approvedBy: Readonly<Record<string, Authority>> = { ExplainLogFault: 'audit' };

const wrapped = z.strictObject({ type: z.string().min(1).max(60), data: z.record(z.string().max(60), z.unknown()) });

const commands = {
  Propose: z.strictObject({ decision: id, command: wrapped, reason: line }),
  Approve: z.strictObject({ decision: id, reason: line }),
  Decline: z.strictObject({ decision: id, reason: line }),
  RequestReview: z.strictObject({ review: id, incident: id, of: id.optional(), question: line }),
  AnswerReview: z.strictObject({ review: id, effect: z.enum(['changed', 'action-asked', 'no-change']), reason: line }),
  StateReliance: z.strictObject({
    reliance: id,
    incident: id,
    fact: z.enum(reliedFacts),
    says: line,
    confirmBy: instant,
  }),
  ConfirmReliance: z.strictObject({ reliance: id, by: line }),
  EndReliance: z.strictObject({ reliance: id, says: line }),
};

const reliance = { reliance: id, incident: id };
const events = {
  DecisionProposed: event({ decision: id }, { command: wrapped, reason: line }),
  DecisionApproved: event({ decision: id }, { reason: line }),
  DecisionDeclined: event({ decision: id }, { reason: line }, { reason: '[erased]' }),
  ReviewRequested: event(
    { review: id, incident: id },
    { of: id.nullable(), question: line },
    { of: null, question: '[erased]' },
  ),
  ReviewAnswered: event(
    { review: id, incident: id },
    { effect: z.enum(['changed', 'action-asked', 'no-change']), reason: line },
    { effect: 'no-change', reason: '[erased]' },
  ),
  RelianceStated: event(reliance, { fact: z.enum(reliedFacts), says: line, confirmBy: instant, grade: id.nullable() }),
  RelianceConfirmed: event(reliance, { by: line }, { by: '[erased]' }),
  RelianceEnded: event(reliance, { says: line }, { says: '[erased]' }),
};
const make = drafts(events);

function relied(
  room: Room,
  wanted: string,
  made: (ids: { reliance: string; incident: string }) => ReturnType<typeof make.RelianceEnded>,
) {
  const held = room.reliances.get(wanted);
  return held === undefined ? unknown('reliance', wanted) : [made({ reliance: held.id, incident: held.incident })];
}

/** A look is given by whoever was asked for it, or by somebody who may decide; never by who asked. */
function mayNotAnswer(room: Room, review: ReviewRequest, { actor }: Asked): Refusal | null {
  if (actor.kind === 'world') return null;
  if (actor.id === review.by) return refuse('asked-by-you', 'Whoever asked for a look cannot give it.');
  if (actor.id === review.of || hasAuthority(room, actor.id, 'approve')) return null;
  return refuse('not-asked', `${actor.id} was not asked; ${review.of ?? 'a supervisor'} was.`);
}

/** Decisions by two, reviews, and what lowerings rest on. Rank exempts nobody. */
export const decisionConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    Propose: (data, room) =>
      room.proposals.has(data.decision)
        ? taken('decision', data.decision)
        : [make.DecisionProposed({ decision: data.decision }, { command: data.command, reason: data.reason })],
    Approve: (data, room, asked) => {
      const proposal = room.proposals.get(data.decision);
      if (proposal === undefined) return unknown('decision', data.decision);
      if (proposal.state !== 'proposed')
        return refuse('decision-made', `Decision ${proposal.id} was ${proposal.state}.`);
      if (asked.actor.kind !== 'staff') return refuse('person-needed', 'Only a named person can be the second person.');
      if (asked.actor.id === proposal.by)
        return refuse('second-is-proposer', 'The second person cannot be the one who proposed it.');
      const needed = approvedBy[proposal.command.type] ?? 'approve';
      if (!hasAuthority(room, asked.actor.id, needed))
        return refuse('no-authority', `${asked.actor.id} has no authority to approve this; it needs ${needed}.`);
      return [make.DecisionApproved({ decision: data.decision }, { reason: data.reason })];
    },
    Decline: (data, room) => {
      const proposal = room.proposals.get(data.decision);
      if (proposal === undefined) return unknown('decision', data.decision);
      if (proposal.state !== 'proposed')
        return refuse('decision-made', `Decision ${proposal.id} was ${proposal.state}.`);
      return [make.DecisionDeclined({ decision: data.decision }, { reason: data.reason })];
    },
    RequestReview: (data, room) => {
      if (room.reviews.has(data.review)) return taken('review', data.review);
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      return [
        make.ReviewRequested(
          { review: data.review, incident: data.incident },
          { of: data.of ?? null, question: data.question },
        ),
      ];
    },
    AnswerReview: (data, room, asked) => {
      const review = room.reviews.get(data.review);
      if (review === undefined) return unknown('review', data.review);
      const refused = mayNotAnswer(room, review, asked);
      if (refused !== null) return refused;
      const ids = { review: data.review, incident: review.incident };
      return [make.ReviewAnswered(ids, { effect: data.effect, reason: data.reason })];
    },
    StateReliance: (data, room) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (room.reliances.has(data.reliance)) return taken('reliance', data.reliance);
      const { first } = incident.grade;
      const now = effectiveGrade(room, incident)?.id ?? null;
      const grade = gradeRank(room.policy, now) < gradeRank(room.policy, first) ? now : first;
      const body = { fact: data.fact, says: data.says, confirmBy: data.confirmBy, grade };
      return [make.RelianceStated({ reliance: data.reliance, incident: data.incident }, body)];
    },
    ConfirmReliance: (data, room) => relied(room, data.reliance, (ids) => make.RelianceConfirmed(ids, { by: data.by })),
    EndReliance: (data, room) => relied(room, data.reliance, (ids) => make.RelianceEnded(ids, { says: data.says })),
  },
  evolve: {
    DecisionProposed: (room: Room, { ids, body, seq, actor }) => {
      const proposal: Proposal = { id: ids.decision, seq, by: actor.id, ...body, state: 'proposed' };
      return roomWith(room, { proposals: room.proposals.set(proposal.id, proposal) });
    },
    DecisionApproved: (room, { ids }) => changeIn(room, 'proposals', ids.decision, { state: 'approved' }),
    DecisionDeclined: (room, { ids }) => changeIn(room, 'proposals', ids.decision, { state: 'declined' }),
    ReviewRequested: (room: Room, { ids, body, seq, actor }) => {
      const review: ReviewRequest = {
        id: ids.review,
        seq,
        incident: ids.incident,
        of: body.of,
        by: actor.id,
        state: 'asked',
      };
      return roomWith(room, {
        reviewsOn: listed(room.reviewsOn, ids.incident, review.id, 200),
        reviews: room.reviews.set(review.id, review),
      });
    },
    ReviewAnswered: (room, { ids }) => changeIn(room, 'reviews', ids.review, { state: 'answered' }),
    RelianceStated: (room: Room, { ids, body, seq }) => {
      const held: Reliance = {
        id: ids.reliance,
        seq,
        incident: ids.incident,
        fact: body.fact,
        confirmBy: body.confirmBy,
        grade: body.grade,
        state: 'relied-on',
      };
      return roomWith(room, { reliances: room.reliances.set(held.id, held) });
    },
    RelianceConfirmed: (room, { ids }) => changeIn(room, 'reliances', ids.reliance, { state: 'confirmed' }),
    RelianceEnded: (room, { ids }) => changeIn(room, 'reliances', ids.reliance, { state: 'gone' }),
  },
});
