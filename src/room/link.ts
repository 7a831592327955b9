import { z } from 'zod';
import { listed, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

/** How surely two records are of the same one or matter, the surest first. */
export const strengths = ['certain', 'strong', 'weak'] as const;
export type Strength = (typeof strengths)[number];

/** Which of two strengths is the greater: below zero for the first. */
export function byStrength(one: Strength, other: Strength): number {
  return strengths.indexOf(one) - strengths.indexOf(other);
}

/** One decision on a link, and how it was taken back if it was. */
export interface LinkDecision {
  readonly verdict: 'confirmed' | 'declined';
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
  readonly seq: number;
  readonly undone: { readonly by: string; readonly at: number; readonly reason: string } | null;
}

/**
 * A relation between two records, proposed with reasons and decided by a person; a decline is remembered. Nothing is
 * merged by it: what a decision changed is as it was before once it is undone.
 */
export interface Link {
  readonly id: string;
  readonly seq: number;
  /** The incident or contact in which the question arose. */
  readonly incident: string | null;
  readonly from: string;
  readonly to: string;
  readonly strength: Strength;
  readonly reasons: readonly string[];
  /** Whom it takes to be one and the same: to decide the link is to decide that. */
  readonly same: readonly Sameness[];
  readonly state: 'proposed' | 'confirmed' | 'declined';
  /** Who decided it as it stands. */
  readonly by: string | null;
  /** Every decision on it, those that were undone included. */
  readonly decisions: readonly LinkDecision[];
}

/** Two subjects of the room that a link takes to be the same one. */
const sameness = z.strictObject({ subject: id, other: id });
type Sameness = Readonly<z.output<typeof sameness>>;
/** Whom one link takes to be the same, at most: both sides of an order, and who stands beside them. */
export const samesMax = 5;
const samenesses = z.array(sameness).min(1).max(samesMax).optional();

/** The index of links by what they stand on, with one more; an incident that is one of its own ends has it once. */
export function linkedWith(index: Room['linksOn'], link: Link): Room['linksOn'] {
  let next = index;
  const subjects = link.same.flatMap(({ subject, other }) => [subject, other]);
  const incident = link.incident === null ? [] : [link.incident];
  for (const place of new Set([link.from, link.to, ...incident, ...subjects])) next = listed(next, place, link.id, 500);
  return next;
}

const commands = {
  ProposeLink: z.strictObject({
    link: id,
    from: id,
    to: id,
    incident: id.optional(),
    strength: z.enum(strengths),
    reasons: z.array(line).min(1).max(10),
    same: samenesses,
    /** Incidents and contacts that tell of whom it takes to be the same: those that have left the room come back. */
    told: z
      .array(id)
      .max(2 * samesMax)
      .optional(),
  }),
  ConfirmLink: z.strictObject({ link: id, reason: line.optional() }),
  DeclineLink: z.strictObject({ link: id, reason: line }),
  /** Takes the last decision back: everything is as it was before it. */
  UndoLink: z.strictObject({ link: id, reason: line }),
};

const ids = { link: id, incident: id.optional() };
const events = {
  LinkProposed: event(ids, {
    from: id,
    to: id,
    strength: z.enum(strengths),
    reasons: z.array(line).max(10),
    same: samenesses,
  }),
  LinkConfirmed: event(ids, { reason: line.optional() }, {}),
  LinkDeclined: event(ids, { reason: line }, { reason: '[erased]' }),
  LinkUndone: event(ids, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

function decided(room: Room, link: string, made: (ids: IdsOfLink) => ReturnType<typeof make.LinkConfirmed>) {
  const held = room.links.get(link);
  if (held === undefined) return unknown('link', link);
  if (held.state !== 'proposed')
    return refuse('link-decided', `Link ${link} was ${held.state} by ${held.by ?? 'somebody'}.`);
  return [made(idsOf(held))];
}

interface IdsOfLink {
  readonly link: string;
  readonly incident?: string;
}

function idsOf({ id: link, incident }: Link): IdsOfLink {
  return incident === null ? { link } : { link, incident };
}

/** The last decision that stands. */
function standing({ decisions }: Pick<Link, 'decisions'>): LinkDecision | undefined {
  return decisions.findLast((one) => one.undone === null);
}

/** The link with these decisions, as the last that stands leaves it. */
function withDecisions(link: Link, decisions: Link['decisions']): Link {
  const last = standing({ decisions });
  return { ...link, decisions, state: last?.verdict ?? 'proposed', by: last?.by ?? null };
}

interface Deciding {
  readonly ids: { readonly link: string };
  readonly body: { readonly reason?: string | undefined };
  readonly actor: { readonly id: string };
  readonly at: number;
  readonly seq: number;
}

function decide(room: Room, verdict: LinkDecision['verdict'], { ids, body, actor, at, seq }: Deciding): Room {
  const decision: LinkDecision = { verdict, by: actor.id, at, reason: body.reason ?? null, seq, undone: null };
  return updateIn(room, 'links', ids.link, (link) => withDecisions(link, [...link.decisions, decision]));
}

/** Whether somebody decided that two subjects are the same one, or are not; null where nobody did, or it was undone. */
export function decidedSame(room: Room, subject: string, other: string): 'confirmed' | 'declined' | null {
  let last: LinkDecision | null = null;
  for (const { link, same } of samenessesOf(room, subject)) {
    const decision = same === other ? standing(link) : undefined;
    if (decision !== undefined && (last === null || decision.seq > last.seq)) last = decision;
  }
  return last?.verdict ?? null;
}

/** The links that take a subject to be the same as another, each with that other. */
export function samenessesOf(room: Room, subject: string): readonly { readonly link: Link; readonly same: string }[] {
  return (room.linksOn.get(subject) ?? []).flatMap((id) => {
    const link = room.links.get(id);
    if (link === undefined) return [];
    return link.same.flatMap((pair) => {
      if (pair.subject === subject) return [{ link, same: pair.other }];
      return pair.other === subject ? [{ link, same: pair.subject }] : [];
    });
  });
}

/** Links between records. */
export const linkConcept = concept({
  commands,
  events,
  stakes: { DeclineLink: () => 'lowers', UndoLink: () => 'lowers' },
  decide: {
    ProposeLink: (data, room) => {
      const { link, from, to, strength, reasons, incident, same } = data;
      const subjects = (same ?? []).flatMap(({ subject, other }) => [{ subject }, { subject: other }]);
      const missing = [{ incident }, ...subjects].map((one) => firstUnknown(room, one)).find((one) => one !== null);
      if (missing !== undefined) return missing;
      return room.links.has(link)
        ? taken('link', link)
        : [
            make.LinkProposed(
              { link, incident },
              { from, to, strength, reasons, ...(same === undefined ? {} : { same }) },
            ),
          ];
    },
    ConfirmLink: (data, room) => decided(room, data.link, (held) => make.LinkConfirmed(held, { reason: data.reason })),
    DeclineLink: (data, room) => decided(room, data.link, (held) => make.LinkDeclined(held, { reason: data.reason })),
    UndoLink: ({ link, reason }, room) => {
      const held = room.links.get(link);
      if (held === undefined) return unknown('link', link);
      return held.state === 'proposed'
        ? refuse('link-undecided', `Nobody has decided link ${link}: there is nothing to undo.`)
        : [make.LinkUndone(idsOf(held), { reason })];
    },
  },
  evolve: {
    LinkProposed: (room, { ids, body, seq }) => {
      const { from, to, strength, reasons } = body;
      const link: Link = {
        id: ids.link,
        seq,
        incident: ids.incident ?? null,
        from,
        to,
        strength,
        reasons,
        same: body.same ?? [],
        state: 'proposed',
        by: null,
        decisions: [],
      };
      return roomWith(room, { linksOn: linkedWith(room.linksOn, link), links: room.links.set(link.id, link) });
    },
    LinkConfirmed: (room, event) => decide(room, 'confirmed', event),
    LinkDeclined: (room, event) => decide(room, 'declined', event),
    LinkUndone: (room, { ids, body, actor, at }) =>
      updateIn(room, 'links', ids.link, (link) => {
        const last = standing(link);
        const undone = { by: actor.id, at, reason: body.reason };
        return withDecisions(
          link,
          link.decisions.map((one) => (one === last ? { ...one, undone } : one)),
        );
      }),
  },
});
