import { changeIn, listed, roomWith, updateIn } from './change.ts';
import { dangersOf, keptDangers } from './danger.ts';
import type { Header, Reading } from './define.ts';
import type { Floor } from './grade.ts';
import type { Claim, Incident, LogEntry } from './incident.ts';
import { locatedWith } from './location.ts';
import { gradeOfBand, gradeRank } from './policy.ts';
import type { Room } from './room.ts';

/** A text on its way into the log of an incident. */
export interface Text {
  readonly text: string;
  readonly source: string;
  readonly corrects: number | null;
  readonly readings: readonly Reading[];
}

/**
 * What people outside the room said claims nothing on the room's behalf; what the room tells a caller tells of no
 * danger.
 */
const outside: readonly string[] = ['StatementRecorded', 'RelayRecorded'];

/** Puts a text into the log of the incident that the event names, with the dangers, claims and relations read in it. */
export function logText(room: Room, event: Header, text: Text): Room {
  const { seq, at, recordedAt, actor } = event;
  const { source, corrects } = text;
  const dangers = source === 'CallerTold' ? [] : dangersOf(text.readings, seq, at);
  const claims = claimsOf(text, seq, actor.id);
  return updateIn(room, 'incidents', event.ids['incident'], (incident) => ({
    ...incident,
    dangers: dangers.length === 0 ? incident.dangers : keptDangers([...incident.dangers, ...dangers]),
    claims: claims.length === 0 ? incident.claims : [...incident.claims, ...claims].slice(-200),
    domestic: withDomestic(incident.domestic, text.readings, seq),
    log: incident.log.push({ seq, at, recordedAt, by: actor.id, source, text: text.text, corrects }),
  }));
}

function claimsOf({ source, readings }: Text, seq: number, by: string): readonly Claim[] {
  if (outside.includes(source)) return [];
  return readings
    .filter((found) => found.reads === 'claim' && found.standing === 'told' && found.says !== undefined)
    .map((found) => ({ says: found.says ?? '', quote: found.quote, seq, by, withdrawn: false }));
}

function withDomestic(held: Incident['domestic'], readings: readonly Reading[], seq: number): Incident['domestic'] {
  const found = readings.filter((one) => one.reads === 'domestic' && one.standing !== 'negated');
  return found.length === 0 ? held : [...held, ...found.map(({ quote }) => ({ quote, seq }))].slice(-50);
}

/**
 * Joins a contact to an incident: its words, dangers and mentions become the incident's, and its clock may start
 * earlier.
 */
export function joinToIncident(room: Room, contactId: string, incidentId: string): Room {
  const contact = room.contacts.get(contactId);
  if (contact === undefined || !room.incidents.has(incidentId)) return room;
  const by = contact.handler ?? 'unknown';
  const said = contact.statements.map(
    ({ seq, at, recordedAt, words }): LogEntry => ({
      seq,
      at,
      recordedAt,
      by,
      source: 'StatementRecorded',
      text: words,
      corrects: null,
    }),
  );
  const domestic = contact.readings.filter((one) => one.reads === 'domestic').map(({ quote, seq }) => ({ quote, seq }));
  const joined = updateIn(room, 'incidents', incidentId, (incident) => ({
    ...incident,
    receivedAt: Math.min(incident.receivedAt, contact.presentedAt),
    contacts: [...incident.contacts, contactId],
    log: said.length === 0 ? incident.log : incident.log.concat(said),
    dangers: contact.dangers.length === 0 ? incident.dangers : keptDangers([...incident.dangers, ...contact.dangers]),
    domestic: [...incident.domestic, ...domestic].slice(-50),
    subjects: [...new Set([...incident.subjects, ...contact.subjects])],
  }));
  return changeIn(locatedWith(joined, contactId, incidentId), 'contacts', contactId, { incident: incidentId });
}

/** What was known of an incident is known of the one that it is joined into; the higher floor of each kind stands. */
export function takenAlong(room: Room, from: Incident, into: string): Room {
  const mentions = (room.mentions.get(from.id) ?? []).reduce(
    (index, one) => listed(index, into, one, 500),
    room.mentions,
  );
  return updateIn(locatedWith(roomWith(room, { mentions }), from.id, into), 'incidents', into, (held) => {
    const known = new Set(held.dangers.map((one) => `${one.seq} ${one.kind}`));
    const said = new Set(held.domestic.map((one) => one.seq));
    const higher = from.floors.filter((floor) => !held.floors.some((one) => isAsHigh(room, one, floor)));
    return {
      ...held,
      kinds: [...new Set([...held.kinds, ...from.kinds])],
      subjects: [...new Set([...held.subjects, ...from.subjects])],
      dangers: keptDangers([...held.dangers, ...from.dangers.filter((one) => !known.has(`${one.seq} ${one.kind}`))]),
      domestic: [...held.domestic, ...from.domestic.filter((one) => !said.has(one.seq))].slice(-50),
      floors: [...held.floors.filter((floor) => !higher.some((one) => one.safeguard === floor.safeguard)), ...higher],
    };
  });
}

function isAsHigh(room: Room, one: Floor, other: Floor): boolean {
  const rank = (floor: Floor): number => gradeRank(room.policy, gradeOfBand(room.policy, floor.band)?.id ?? null);
  return one.safeguard === other.safeguard && rank(one) <= rank(other);
}
