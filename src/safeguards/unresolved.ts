import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { MarkerEffect } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf, sameSubjects } from '../room/subject.ts';
import { cutOffContacts, hasDangerHistory, isDomestic, liveDangers, markersIn, quoted, suspectsIn } from './parts.ts';

/** What stands unresolved in a matter, in words, with the events it rests on. */
export interface Unresolved {
  /** Only somebody seen safe, apart from others, resolves these. */
  readonly grave: readonly string[];
  /** A sighting resolves these, or people with authority over protected matters. */
  readonly guarded: readonly string[];
  readonly seqs: readonly number[];
}

const guardedKinds: Readonly<Record<string, string>> = {
  welfare: 'concern for welfare',
  missing: 'a missing person',
  child: 'a child at risk',
  'vulnerable-adult': 'a vulnerable adult',
};
const unsafeSounds = ['whispering', 'second-voice', 'prompting', 'line-muted', 'struggle', 'scream', 'argument'];
const watchedEffects: readonly MarkerEffect[] = ['sighting-needed', 'floor-emergency', 'floor-priority'];

/** A call back on which somebody else was heard, or that somebody else answered, tells of nobody's safety. */
function hasUnsafeCallback(room: Room, places: readonly string[]): boolean {
  return places.some((place) =>
    (room.callbacksOn.get(place) ?? []).some((one) => {
      const attempt = room.callbacks.get(one);
      if (attempt === undefined) return false;
      if (attempt.result === 'third-party' || attempt.result === 'line-muted') return true;
      return attempt.observations.some((sound) => unsafeSounds.includes(sound));
    }),
  );
}

/** Dangers that somebody confirmed or that threaten life; a mere word hit is `danger-told`'s to have answered. */
function standingDangers(incident: Incident): readonly { readonly quote: string; readonly seq: number }[] {
  return liveDangers(incident).filter((danger) => danger.confirmed === true || danger.lifeThreat);
}

/** Everything in an incident that a sighting or a person with authority must resolve. */
export function unresolvedIn(room: Room, incident: Incident): Unresolved {
  const dangers = standingDangers(incident);
  const cutOff = cutOffContacts(room, incident);
  const distressed = cutOff.filter(heardDistress);
  const grave: string[] = [];
  const last = dangers.at(-1);
  if (last !== undefined) grave.push(`danger told: "${quoted(last.quote, 60)}"`);
  if (distressed.length > 0) grave.push('distress heard on the line');
  if (hasUnsafeCallback(room, [incident.id, ...incident.contacts])) grave.push('somebody else heard on a call back');
  const guarded: string[] = [];
  if (isDomestic(room, incident)) guarded.push('domestic');
  for (const kind of incident.kinds) if (guardedKinds[kind] !== undefined) guarded.push(guardedKinds[kind]);
  if (cutOff.length > distressed.length && hasDangerHistory(room, incident))
    guarded.push('a cut-off call, with history');
  if (markersIn(room, incident).some((one) => effectsOf(room, one).some((effect) => watchedEffects.includes(effect))))
    guarded.push('a marker in force');
  if (incident.floors.length > 0) guarded.push('a floor on the grade');
  const seqs = [...dangers, ...cutOff, ...incident.domestic, ...incident.floors].map((one) => one.seq);
  return { grave, guarded, seqs };
}

/** The same for a contact that belongs to no incident. */
export function unresolvedInContact(room: Room, contact: Contact): Unresolved {
  const dangers = contact.dangers.filter((danger) => danger.confirmed !== false);
  const threat = dangers.findLast((danger) => danger.lifeThreat);
  const grave: string[] = [];
  if (threat !== undefined) grave.push(`danger told: "${quoted(threat.quote, 60)}"`);
  if (heardDistress(contact)) grave.push('distress heard on the line');
  if (hasUnsafeCallback(room, [contact.id])) grave.push('somebody else heard on a call back');
  const guarded: string[] = [];
  const word = dangers.at(-1);
  if (word !== undefined && threat === undefined) guarded.push(`danger told: "${quoted(word.quote, 60)}"`);
  const domestic = contact.readings.filter((one) => one.reads === 'domestic');
  if (domestic.length > 0) guarded.push('domestic');
  const marked = (room.mentions.get(contact.id) ?? [])
    .filter((one) => one.role !== 'witness')
    .flatMap((one) => markersOn(room, one.subject));
  if (marked.some((one) => effectsOf(room, one).some((effect) => watchedEffects.includes(effect))))
    guarded.push('a marker in force');
  return { grave, guarded, seqs: [...dangers, ...domestic, ...marked].map((one) => one.seq) };
}

/** The people said to be at risk or, where none is named, the callers; never a suspect. */
export function peopleAtRisk(room: Room, incident: Incident): readonly string[] {
  const suspects = suspectsOf(room, incident);
  const people = appearancesOf(room, incident).filter(
    (one) => room.subjects.get(one.subject)?.identity.kind === 'person' && !suspects.has(one.subject),
  );
  const atRisk = people.filter((one) => ['victim', 'at-risk', 'child'].includes(one.role));
  const wanted = atRisk.length > 0 ? atRisk : people.filter((one) => one.role === 'caller');
  return [...new Set(wanted.map((one) => one.subject))];
}

function suspectsOf(room: Room, incident: Incident): ReadonlySet<string> {
  return new Set(suspectsIn(room, incident).flatMap((one) => sameSubjects(room, one.subject)));
}

/** When the last contact that told of danger or distress came; a sighting before it is no answer to it. */
function lastTold(room: Room, incident: Incident): number {
  let last = 0;
  for (const id of incident.contacts) {
    const contact = room.contacts.get(id);
    if (contact !== undefined && (contact.dangers.length > 0 || heardDistress(contact)))
      last = Math.max(last, contact.seq);
  }
  return last;
}

/** Whether everybody at risk was seen safe, apart from others, since danger was last told. A suspect does not count. */
export function isSeenSafe(room: Room, incident: Incident): boolean {
  const suspects = suspectsOf(room, incident);
  const after = lastTold(room, incident);
  const sightings = incident.seen.filter(
    (one) => one.safe && one.apart && one.seq > after && (one.subject === null || !suspects.has(one.subject)),
  );
  if (sightings.length === 0) return false;
  const named = new Set(sightings.flatMap((one) => (one.subject === null ? [] : sameSubjects(room, one.subject))));
  const unseen = peopleAtRisk(room, incident).filter((one) => !named.has(one));
  return unseen.length <= sightings.filter((one) => one.subject === null).length;
}
