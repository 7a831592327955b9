import type { CallbackAttempt } from '../room/callback.ts';
import type { Contact } from '../room/contact.ts';
import type { Reading } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf, relatedTo, sameSubjects } from '../room/subject.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { cutOffIn, distressOf, distressSounds, isClean, isCutOff, soundOf } from './cut-off.ts';
import { liveDangers } from './dangers.ts';
import { findingsOf, tellsOfDanger } from './findings.ts';
import { harmedRoles, isDomestic, isSuspect } from './people.ts';
import { tellsDanger } from './texts.ts';

/** Sounds that say somebody else listens, speaks or prompts (`unsafe-callback`). */
export const controlSounds: readonly string[] = ['whispering', 'second-voice', 'prompting', 'line-muted'];

/** A contact or an incident, or both, that a call back is about. */
export interface Called {
  readonly contact: Contact | null;
  readonly incident: Incident | null;
}

/** What a call back or its record is about. */
export function calledOf(
  room: Room,
  ids: { readonly contact?: string | null | undefined; readonly incident?: string | null | undefined },
): Called {
  const contact = room.contacts.get(ids.contact ?? '') ?? null;
  return { contact, incident: room.incidents.get(ids.incident ?? contact?.incident ?? '') ?? null };
}

function placesOf({ contact, incident }: Called): readonly { id: string; contacts: readonly string[] }[] {
  if (incident !== null) return [incident];
  return contact === null ? [] : [{ id: contact.id, contacts: [] }];
}

/** In whose hands a phone may be: as told, or a suspect's by its role or its user. */
export function handsOf(room: Room, phone: string, called: Called): 'own' | 'shared' | 'suspect' | 'unknown' {
  const same = sameSubjects(room, phone);
  const told = same.map((one) => room.phoneHands.get(one));
  const there = placesOf(called).flatMap((place) => appearancesOf(room, place));
  const suspects = new Set(there.filter(isSuspect).map((one) => one.subject));
  const used = same.some((one) =>
    relatedTo(room, one).some((to) => to.relation === 'uses' && suspects.has(to.subject)),
  );
  if (told.includes('suspect') || used || same.some((one) => suspects.has(one))) return 'suspect';
  if (told.includes('shared')) return 'shared';
  return told.includes('own') ? 'own' : 'unknown';
}

/** The phones that a call back may reach: the one that is named or, if none is, every one that help was asked from. */
export function phonesOf(room: Room, called: Called, named: string | null | undefined): readonly string[] {
  if (named != null) return [named];
  const asking = ['caller', ...harmedRoles, 'used'];
  const phones = placesOf(called)
    .flatMap((place) => appearancesOf(room, place))
    .filter((one) => asking.includes(one.role) && room.subjects.get(one.subject)?.identity.kind === 'phone');
  return [...new Set(phones.map((one) => one.subject))];
}

/** Whether any marker on the phone or on anybody concerned forbids leaving messages. */
export function forbidsMessages(room: Room, called: Called, phones: readonly string[]): boolean {
  const subjects = placesOf(called)
    .flatMap((place) => appearancesOf(room, place))
    .filter((one) => one.role !== 'witness')
    .map((one) => one.subject);
  return [...new Set([...phones, ...subjects])].some((subject) =>
    markersOn(room, subject).some((marker) => effectsOf(room, marker).includes('no-voicemail')),
  );
}

/** Why more is at stake than an ordinary call: distress heard, danger told, a domestic marker or history. */
export function flagOf(room: Room, called: Called): 'distress' | 'danger' | 'domestic' | null {
  const { contact, incident } = called;
  const contacts = incident === null ? (contact === null ? [] : [contact]) : cutOffIn(room, incident);
  if (contacts.some((one) => isCutOff(one) && distressOf(one) !== null)) return 'distress';
  if ((incident === null ? (contact?.dangers ?? []) : liveDangers(incident)).some((one) => one.confirmed !== false))
    return 'danger';
  if (incident !== null && isDomestic(room, incident)) return 'domestic';
  if (contact !== null && contact.readings.some((one) => one.reads === 'domestic')) return 'domestic';
  const marked = placesOf(called)
    .flatMap((place) => appearancesOf(room, place))
    .some(({ subject }) =>
      markersOn(room, subject).some((marker) => effectsOf(room, marker).includes('domestic-history')),
    );
  const found = placesOf(called).some((place) => findingsOf(room, place).some(tellsOfDanger));
  return marked || found ? 'domestic' : null;
}

/** What was wrong with a call back that was made; nothing for one that reached the caller in their own words. */
export interface Doubt {
  /** `voice`: somebody else may hear or speak; `asking`: only the way of asking; `silent`: nobody answered. */
  readonly kind: 'voice' | 'asking' | 'silent';
  readonly says: string;
  readonly isDistress: boolean;
}

function isUnsafeSound(sound: string): boolean {
  return controlSounds.includes(sound) || distressSounds.includes(sound);
}

/** The attempt with what the words about it tell of having been heard. */
export function withSounds(attempt: CallbackAttempt, readings: readonly Reading[]): CallbackAttempt {
  const told = readings.map((one) => soundOf(one)).filter((one) => one !== null);
  return told.length === 0 ? attempt : { ...attempt, observations: [...attempt.observations, ...told] };
}

/** The gravest doubt about a call back, or null. */
export function doubtOf(room: Room, attempt: CallbackAttempt, called: Called): Doubt | null {
  const { result, observations, questions } = attempt;
  if (result === null) return null;
  const distress = observations.find((one) => distressSounds.includes(one));
  if (distress !== undefined) return { kind: 'voice', says: distress, isDistress: true };
  const control = observations.find((one) => controlSounds.includes(one));
  if (control !== undefined) return { kind: 'voice', says: control, isDistress: false };
  if (result === 'third-party' || result === 'wrong-number' || result === 'line-muted')
    return { kind: 'voice', says: result, isDistress: false };
  const hands = phonesOf(room, called, attempt.phone).map((phone) => handsOf(room, phone, called));
  if (result !== 'no-answer' && hands.includes('suspect'))
    return { kind: 'voice', says: "a suspect's phone", isDistress: false };
  if (result !== 'no-answer' && hands.includes('shared') && !attempt.apart)
    return { kind: 'voice', says: 'a shared phone', isDistress: false };
  if (result === 'no-answer' || result === 'voicemail') return { kind: 'silent', says: result, isDistress: false };
  return questions === 'closed' || questions === 'leading'
    ? { kind: 'asking', says: `${questions} questions only`, isDistress: false }
    : null;
}

/** Calls back about a contact and its incident. */
export function attemptsOn(room: Room, called: Called): readonly CallbackAttempt[] {
  const places = [called.incident?.id, called.contact?.id, ...(called.incident?.contacts ?? [])];
  const ids = new Set(places.flatMap((place) => (place === undefined ? [] : (room.callbacksOn.get(place) ?? []))));
  return [...ids].map((one) => room.callbacks.get(one)).filter((one): one is CallbackAttempt => one !== undefined);
}

/**
 * Whether a recorded call back leaves no doubt: the caller, alone, in their own words, openly asked, nothing heard,
 * nothing flagged, every check back and clean, and no other voice met before.
 */
export function passes(room: Room, event: EventBy<'CallbackRecorded'>): boolean {
  const { result, apart, questions, words, readings } = event.body;
  if (result !== 'spoke-to-caller' || !apart || questions !== 'open' || words === undefined) return false;
  if (tellsDanger(readings)) return false;
  if (readings.some((one) => isUnsafeSound(soundOf(one) ?? ''))) return false;
  const called = calledOf(room, event.ids);
  if (flagOf(room, called) !== null) return false;
  if (attemptsOn(room, called).some((attempt) => doubtOf(room, attempt, called)?.kind === 'voice')) return false;
  const contacts = called.incident === null ? [called.contact] : cutOffIn(room, called.incident);
  return contacts.every((one) => one === null || isClean(room, one, event.at));
}
