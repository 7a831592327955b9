import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { MarkerEffect } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { cutOffOrDistressed } from './cut-off.ts';
import { hasDangerHistory, liveDangers } from './dangers.ts';
import { markersIn } from './markers.ts';
import { isDomestic } from './people.ts';
import { quoted } from './words.ts';

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
  const cutOff = cutOffOrDistressed(room, incident);
  const distressed = cutOff.filter(heardDistress);
  const grave: string[] = [];
  const last = dangers.at(-1);
  if (last !== undefined) grave.push(`danger told: "${quoted(last.quote, 60)}"`);
  if (distressed.length > 0) grave.push('distress heard on the line');
  if (hasUnsafeCallback(room, [incident.id, ...incident.contacts])) grave.push('somebody else heard on a call back');
  const guarded: string[] = [];
  if (isDomestic(room, incident)) guarded.push('a domestic matter');
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
  if (domestic.length > 0) guarded.push('a domestic matter');
  const marked = (room.mentions.get(contact.id) ?? [])
    .filter((one) => one.role !== 'witness')
    .flatMap((one) => markersOn(room, one.subject));
  if (marked.some((one) => effectsOf(room, one).some((effect) => watchedEffects.includes(effect))))
    guarded.push('a marker in force');
  return { grave, guarded, seqs: [...dangers, ...domestic, ...marked].map((one) => one.seq) };
}
