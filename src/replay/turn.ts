import type { StoredEvent } from '../room/define.ts';
import type { Why } from '../room/duty.ts';
import type { Band } from '../room/policy.ts';
import { gradeOfBand, gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Played } from './player.ts';

/** The first moment at which a different course was demanded, and how long that was before the harm. */
export interface Turn {
  readonly at: number;
  readonly safeguard: string;
  readonly why: Why;
  readonly leastMinutes: number;
  readonly mostMinutes: number;
}

/** When the harm came: as assumed, and the bounds within which the truth lies. */
export interface HarmTime {
  readonly at: number;
  readonly earliest: number;
  readonly latest: number;
}

interface Demand {
  readonly at: number;
  readonly safeguard: string;
  readonly why: Why;
}

interface Body {
  readonly about: string;
  readonly incident: string | null;
  readonly safeguard: string;
  readonly why: Why;
  readonly level: string;
  readonly band: Band;
  readonly grade: string;
  readonly command: string;
  readonly gates: readonly { readonly safeguard: string; readonly why: Why }[];
}

/** A floor is another course only if nobody grades as high within this long of it. */
const gradedWithinMs = 5 * 60_000;

/**
 * The first demand of another course: an alarm about somebody or something that happened, a floor above what people
 * gave, or a refusal. A prompt asks and a note shows; neither demands another course. An alarm about the room itself (a
 * source that is down, a desk that nobody sits at) is nobody's turn. With `about`, only what concerns those things and
 * people counts.
 */
export function firstDemand(played: Played, about?: readonly string[]): Demand | null {
  const duties = new Map<string, StoredEvent>();
  const matter = about === undefined ? null : matterOf(played.room, about);
  for (const event of played.events) {
    const duty = event.ids['duty'] ?? '';
    if (event.type === 'DutyOpened') duties.set(duty, event);
    const opened = duties.get(duty) ?? event;
    if (event.type === 'DutyJoined')
      duties.set(duty, { ...opened, body: { ...(opened.body as Body), why: (event.body as Body).why } });
    if (matter !== null && !Object.values(opened.ids).some((id) => id !== undefined && matter.has(id))) continue;
    const found = demandOf(event, opened.body as Body, played);
    if (found !== null) return { at: event.recordedAt, ...found };
  }
  return null;
}

/** The things named, and every incident and contact in which they appear. */
function matterOf(room: Room, about: readonly string[]): ReadonlySet<string> {
  const matter = new Set(about);
  const named = (subjects: readonly string[]): boolean => subjects.some((one) => about.includes(one));
  for (const incident of room.incidents.values()) if (named(incident.subjects)) matter.add(incident.id);
  for (const contact of room.contacts.values())
    if (named(contact.subjects) || (contact.incident !== null && matter.has(contact.incident))) matter.add(contact.id);
  return matter;
}

function demandOf(event: StoredEvent, opened: Body, played: Played): Omit<Demand, 'at'> | null {
  const body = event.body as Body;
  switch (event.type) {
    case 'DutyRaised':
      return body.level === 'alarm' && !isOfTheRoom(opened.about)
        ? { safeguard: opened.safeguard, why: opened.why }
        : null;
    case 'FloorSet':
      return isAnotherCourse(event, played) ? { safeguard: body.safeguard, why: body.why } : null;
    case 'CommandRefused': {
      const gate = body.gates[0];
      return gate === undefined ? null : { safeguard: gate.safeguard, why: gate.why };
    }
    default:
      return null;
  }
}

/** Whether people graded lower than the floor: before it, or as the first thing that they did after it. */
function isAnotherCourse(floor: StoredEvent, played: Played): boolean {
  const { policy } = played.room;
  const demanded = gradeRank(policy, gradeOfBand(policy, (floor.body as Body).band)?.id ?? null);
  const incident = floor.ids['incident'];
  const graded = played.events.filter((event) => event.type === 'GradeSet' && event.ids['incident'] === incident);
  const next = graded.find((event) => event.seq > floor.seq && event.at <= floor.at + gradedWithinMs);
  const held = graded.findLast((event) => event.seq < floor.seq);
  const reached = (event: StoredEvent | undefined): boolean =>
    event !== undefined && gradeRank(policy, (event.body as Body).grade) <= demanded;
  return !reached(held) && !reached(next);
}

function isOfTheRoom(about: string): boolean {
  return about === 'room' || ['source:', 'role:', 'staff:'].some((kind) => about.startsWith(kind));
}

/** Whole minutes from a turn to the harm, rounded down so that no lead is claimed that was not there. */
function lead(turnAt: number, harmAt: number): number {
  return Math.floor((harmAt - turnAt) / 60_000);
}

/**
 * The turn of a case over the plays of its assumed gaps (as written, shortest, longest): the least and the most lead
 * that the gaps and the bounds of the harm allow. Null without a harm, or when a play demanded no other course before
 * it.
 */
export function turnOf(
  plays: readonly { readonly played: Played; readonly harm: HarmTime | null }[],
  about?: readonly string[],
): Turn | null {
  const found = plays.map(({ played, harm }) => ({ demand: firstDemand(played, about), harm }));
  const [assumed] = found;
  if (assumed === undefined || assumed.demand === null || assumed.harm === null || assumed.demand.at >= assumed.harm.at)
    return null;
  const leads = found.flatMap(({ demand, harm }) =>
    demand === null || harm === null ? [] : [lead(demand.at, harm.earliest), lead(demand.at, harm.latest)],
  );
  if (leads.length < 2 * plays.length) return null;
  return { ...assumed.demand, leastMinutes: Math.min(...leads), mostMinutes: Math.max(...leads) };
}
