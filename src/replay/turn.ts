import type { StoredEvent } from '../room/define.ts';
import type { Why } from '../room/duty.ts';
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
  readonly safeguard: string;
  readonly why: Why;
  readonly level: string;
  readonly gates: readonly { readonly safeguard: string; readonly why: Why }[];
}

/**
 * The first demand of another course: an alarm about somebody or something that happened, a floor or a refusal. A prompt
 * asks and a note shows; neither demands another course. An alarm about the room itself (a source that is down, a desk that
 * nobody sits at) is nobody's turn.
 */
export function firstDemand(played: Played): Demand | null {
  const duties = new Map<string, Body>();
  for (const event of played.events) {
    const body = event.body as Body;
    if (event.type === 'DutyOpened') duties.set(event.ids['duty'] ?? '', body);
    const found = demandOf(event, body, duties);
    if (found !== null) return { at: event.at, ...found };
  }
  return null;
}

function demandOf(event: StoredEvent, body: Body, duties: Map<string, Body>): Omit<Demand, 'at'> | null {
  const duty = duties.get(event.ids['duty'] ?? '');
  switch (event.type) {
    case 'DutyJoined':
      if (duty !== undefined) duties.set(event.ids['duty'] ?? '', { ...duty, why: body.why });
      return null;
    case 'DutyRaised':
      return body.level === 'alarm' && duty !== undefined && !isOfTheRoom(duty.about)
        ? { safeguard: duty.safeguard, why: duty.why }
        : null;
    case 'FloorSet':
      return { safeguard: body.safeguard, why: body.why };
    case 'CommandRefused': {
      const gate = body.gates[0];
      return gate === undefined ? null : { safeguard: gate.safeguard, why: gate.why };
    }
    default:
      return null;
  }
}

function isOfTheRoom(about: string): boolean {
  return about === 'room' || ['source:', 'role:', 'staff:'].some((kind) => about.startsWith(kind));
}

/** Whole minutes from a turn to the harm, rounded down so that no lead is claimed that was not there. */
function lead(turnAt: number, harmAt: number): number {
  return Math.floor((harmAt - turnAt) / 60_000);
}

/**
 * The turn of a case over the plays of its assumed gaps (as written, shortest, longest): the least and the most lead that
 * the gaps and the bounds of the harm allow. Null without a harm, or when no play demanded another course before it.
 */
export function turnOf(plays: readonly { readonly played: Played; readonly harm: HarmTime | null }[]): Turn | null {
  const [assumed] = plays;
  const demand = assumed === undefined ? null : firstDemand(assumed.played);
  if (demand === null || assumed === undefined || assumed.harm === null || demand.at >= assumed.harm.at) return null;
  const leads = plays.flatMap(({ played, harm }) => {
    const found = firstDemand(played);
    return found === null || harm === null ? [] : [lead(found.at, harm.earliest), lead(found.at, harm.latest)];
  });
  return { ...demand, leastMinutes: Math.min(...leads), mostMinutes: Math.max(...leads) };
}
