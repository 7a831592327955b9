import { createHash } from 'node:crypto';
import type { DecisionLine } from '../batch/decision-log.ts';
import { pairKey, standing } from '../batch/decision-log.ts';
import { historyInput } from '../batch/history.ts';
import type { Model } from '../linkage/model.ts';
import type { Desk, LinkHeld } from './desk.ts';

/** A person of a room as a record of its own history is called: who, and the record that tells of them first. */
interface Person {
  readonly subject: string;
  /** The incident or contact, which may have left the room; null where a marker or an order tells of them. */
  readonly told: string | null;
}

/** A decision of a reviewer that a room is to keep, or one that they took back. */
export interface Carried {
  /** What the room calls it: the same for the same decision, however often it is carried. */
  readonly link: string;
  readonly what: 'confirm' | 'decline' | 'undo';
  readonly one: string;
  readonly other: string;
  readonly people: readonly [Person, Person];
  /** When it was decided, ISO. */
  readonly at: string;
  readonly strength: 'certain' | 'strong';
  readonly reasons: readonly string[];
  readonly reason: string;
}

/** Why a decision is not carried. */
export interface Left {
  readonly one: string;
  readonly other: string;
  readonly why: 'no-subjects' | 'disagreed' | 'unsure' | 'same-subject';
}

export interface Carrying {
  readonly carried: readonly Carried[];
  readonly left: readonly Left[];
}

const named = new RegExp(`^${historyInput}:(incident|contact|marker|order)/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})$`);

function personIn(name: string): Person | null {
  const [, kind, record, subject] = named.exec(name) ?? [];
  if (record === undefined || subject === undefined) return null;
  return { subject, told: kind === 'incident' || kind === 'contact' ? record : null };
}

/**
 * What of one reviewer's decisions a room is to keep, in the order in which they were made: those about two people of
 * its own history, and what they took back since. A pair that another reviewer decided otherwise is left.
 */
export function carriedOf(lines: readonly DecisionLine[], by: string, model: Model): Carrying {
  const stands = standing(lines);
  const carried: Carried[] = [];
  const left: Left[] = [];
  for (const line of lines) {
    if (line.by !== by || line.verdict === 'undone') continue;
    const pair = stands.get(pairKey(line.one, line.other))?.verdicts ?? [];
    const isStanding = pair.includes(line);
    const { one, other } = line;
    const people = [personIn(one), personIn(other)] as const;
    const why = isStanding ? whyLeft(line, people, pair) : null;
    if (why !== null) left.push({ one, other, why });
    else if (people[0] !== null && people[1] !== null && line.verdict !== 'unsure')
      carried.push(carriedFrom({ line, people: [people[0], people[1]], isStanding, model }));
  }
  return { carried: carried.toSorted((a, b) => Number(b.what === 'undo') - Number(a.what === 'undo')), left };
}

function whyLeft(
  { verdict }: DecisionLine,
  [one, other]: readonly [Person | null, Person | null],
  pair: readonly DecisionLine[],
): Left['why'] | null {
  if (verdict === 'unsure') return 'unsure';
  if (one === null || other === null) return 'no-subjects';
  if (one.subject === other.subject) return 'same-subject';
  const against = verdict === 'same' ? 'apart' : 'same';
  return pair.some((line) => line.verdict === against) ? 'disagreed' : null;
}

interface Carriable {
  readonly line: DecisionLine;
  readonly people: readonly [Person, Person];
  readonly isStanding: boolean;
  readonly model: Model;
}

const marksOfLink = 32;
const reasonMax = 1_500;

function carriedFrom({ line, people, isStanding, model }: Carriable): Carried {
  const { one, other, verdict, by, at, reason, score } = line;
  const digest = createHash('sha256')
    .update(JSON.stringify([pairKey(one, other), verdict, by, at]))
    .digest('hex');
  const day = at.slice(0, 10);
  const says = verdict === 'same' ? 'one person' : 'two people';
  const bits = `${score < 0 ? '' : '+'}${score.toFixed(1)}`;
  return {
    link: `review-${digest.slice(0, marksOfLink)}`,
    what: isStanding ? (verdict === 'same' ? 'confirm' : 'decline') : 'undo',
    one,
    other,
    people,
    at,
    strength: score >= model.thresholds.certain ? 'certain' : 'strong',
    reasons: [`Both records were looked at on ${day}; they weigh ${bits} bits.`],
    reason: isStanding
      ? `On review of both records on ${day}: ${(reason ?? says).slice(0, reasonMax)}`
      : `Whoever decided it on review on ${day} took it back there.`,
  };
}

/** What became of one decision in the room. */
export type Outcome =
  | { readonly kind: 'carried' | 'already' | 'decided-since' | 'never-carried' }
  | { readonly kind: 'refused'; readonly says: string };

/**
 * Brings one decision into a room, as whoever sits at the desk. What the room has of it is left as it is, and so is
 * what somebody there decided of the two since: what is carried a second time changes nothing.
 */
export async function carry(desk: Desk, one: Carried): Promise<Outcome> {
  const [mine, theirs] = one.people;
  const links = await desk.linksOf(mine.subject);
  const held = links.find(({ id }) => id === one.link);
  if (one.what === 'undo') return undone(desk, one, held);
  if (held !== undefined && held.decisions.length > 0) return { kind: 'already' };
  const decisions = links.filter((link) => isOf(link, one)).flatMap((link) => link.decisions);
  const since = decisions.some(({ at, undone: taken }) => taken === null && Date.parse(at) > Date.parse(one.at));
  if (since) return { kind: 'decided-since' };
  if (held === undefined) {
    const says = await desk.does('ProposeLink', {
      link: one.link,
      from: mine.subject,
      to: theirs.subject,
      strength: one.strength,
      reasons: one.reasons,
      same: [{ subject: mine.subject, other: theirs.subject }],
      told: [...new Set([mine.told, theirs.told])].filter((told) => told !== null),
    });
    if (says !== null) return { kind: 'refused', says };
  }
  return given(desk, one.what === 'confirm' ? 'ConfirmLink' : 'DeclineLink', one);
}

async function undone(desk: Desk, one: Carried, held: LinkHeld | undefined): Promise<Outcome> {
  if (held === undefined) return { kind: 'never-carried' };
  if (held.state === 'proposed') return { kind: 'already' };
  return held.decisions.length > 1 ? { kind: 'decided-since' } : given(desk, 'UndoLink', one);
}

async function given(desk: Desk, type: string, { link, reason }: Carried): Promise<Outcome> {
  const says = await desk.does(type, { link, reason });
  return says === null ? { kind: 'carried' } : { kind: 'refused', says };
}

function isOf({ same }: LinkHeld, { people: [one, other] }: Carried): boolean {
  return same.some(
    (pair) =>
      (pair.subject === one.subject && pair.other === other.subject) ||
      (pair.subject === other.subject && pair.other === one.subject),
  );
}
