import { checksOf, isSettled } from '../room/check.ts';
import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Reading } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import { markersOn } from '../room/marker.ts';
import { ordersAgainst } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf, isParticular } from '../room/subject.ts';
import { tellsOfDanger } from './findings.ts';
import { markerTitle } from './markers.ts';
import { orderTitle } from './orders.ts';
import { onlookerRoles } from './people.ts';

/** How a contact ends when nobody said that they were done. */
const cutEndings: readonly string[] = ['cut-off', 'abandoned', 'silent', 'not-understood'];
/** Sounds of distress so grave that a live line is not waited for (`caller-cut-off`). */
const graveSounds: readonly string[] = ['struggle', 'scream', 'help', 'breaking'];
/** Sounds of distress (`caller-cut-off`). */
export const distressSounds: readonly string[] = [...graveSounds, 'argument', 'crying'];
/** Earlier appearances of one key that are looked at. */
const recentMax = 20;

function isCutEnding(contact: Contact): boolean {
  return contact.ending !== null && cutEndings.includes(contact.ending);
}

/** Whether the line went with somebody on it; a silent call, most often a pocket's, does not count. */
export function isBrokenOff(contact: Contact): boolean {
  return contact.ending !== 'silent' && isCutEnding(contact);
}

/** Whether somebody has spoken for themselves; a suspect or another voice on the line has not. */
export function wasHeard(contact: Contact): boolean {
  return contact.statements.some((one) => ['caller', 'child', 'partner-agency'].includes(one.speaker));
}

/** What was heard of distress, or told of it: sounds, the operator's words, danger told. */
export function distressOf(contact: Contact): string | null {
  const sound = contact.observations.find((one) => distressSounds.includes(one));
  if (sound !== undefined) return sound;
  const told = contact.readings.find((one) => distressSounds.includes(soundOf(one) ?? ''));
  if (told !== undefined) return told.means;
  return contact.dangers.find((one) => one.confirmed !== false)?.means ?? null;
}

/** The sound that words tell of, or null. */
export function soundOf(one: Reading): string | null {
  if (one.reads !== 'observation' || one.standing !== 'told') return null;
  return one.kind.startsWith('heard-') ? one.kind.slice('heard-'.length) : one.kind;
}

/** Whether a contact was silent, abandoned, cut off or not understood, by its ending or by what is heard on it. */
export function isCutOff(contact: Contact): boolean {
  if (isCutEnding(contact)) return true;
  if (wasHeard(contact)) return false;
  const sounds = [...contact.observations, ...contact.readings.map((one) => soundOf(one) ?? '')];
  if (sounds.some((one) => one === 'silence' || graveSounds.includes(one))) return true;
  return contact.state === 'ended' && contact.ending === 'ended' && distressOf(contact) !== null;
}

type Place = { readonly id: string; readonly contacts: readonly string[] };

/** The contact with its incident, or alone. */
export function placeOf(room: Room, contact: Contact): Place {
  const incident = contact.incident === null ? undefined : room.incidents.get(contact.incident);
  return incident ?? { id: contact.id, contacts: [] };
}

/** Everybody and everything in a place in a role that its danger could be about. */
export function concerned(room: Room, place: Place): readonly Appearance[] {
  return appearancesOf(room, place).filter((one) => !onlookerRoles.includes(one.role));
}

/** What is on record, in words, with the events they rest on. */
export interface OnRecord {
  readonly says: string;
  readonly seqs: readonly number[];
}

/** What is on record of the number, place or person of a contact: a marker, an order, domestic or danger history. */
export function historyOf(room: Room, contact: Contact, at: number): OnRecord | null {
  const place = placeOf(room, contact);
  for (const { subject } of concerned(room, place)) {
    const marker = markersOn(room, subject)[0];
    if (marker !== undefined) return { says: `marker: ${markerTitle(room, marker)}`, seqs: [marker.seq] };
    const order = ordersAgainst(room, subject, at)[0];
    if (order !== undefined) return { says: `order: ${orderTitle(room, order)}`, seqs: [order.seq] };
  }
  for (const check of checksOf(room, place)) {
    const finding = check.findings.find(tellsOfDanger);
    if (finding !== undefined) return { says: finding.says, seqs: [check.completedSeq ?? check.seq] };
  }
  return recentDanger(room, contact);
}

/** Danger or domestic abuse told today under the same number, dwelling or person. */
function recentDanger(room: Room, contact: Contact): OnRecord | null {
  for (const key of contact.keys) {
    if (!isParticular(key)) continue;
    for (const one of (room.appearances.get(key) ?? []).slice(-recentMax)) {
      if (one.contact === contact.id || (one.incident !== null && one.incident === contact.incident)) continue;
      const incident = one.incident === null ? undefined : room.incidents.get(one.incident);
      const said = incident ?? (one.contact === null ? undefined : room.contacts.get(one.contact));
      const danger = said?.dangers.find((told) => told.confirmed !== false);
      if (danger !== undefined) return { says: `told before: ${danger.means}`, seqs: [danger.seq] };
      if (incident !== undefined && incident.kinds.includes('domestic'))
        return { says: 'a domestic matter before', seqs: [incident.seq] };
    }
  }
  return null;
}

/** The telephone keys of a contact. */
export function numbersOf(contact: Contact): readonly string[] {
  return contact.keys.filter((key) => key.startsWith('phone:'));
}

/** Whether every check came back and was read, and nothing is on record; with a number, at least one has to be. */
export function isClean(room: Room, contact: Contact, at: number): boolean {
  const checks = checksOf(room, placeOf(room, contact));
  if (!checks.every(isSettled) || (checks.length === 0 && numbersOf(contact).length > 0)) return false;
  return historyOf(room, contact, at) === null;
}

/** Cut-off contacts of an incident, in order of joining. */
export function cutOffIn(room: Room, incident: Incident): readonly Contact[] {
  return incident.contacts
    .map((one) => room.contacts.get(one))
    .filter((one): one is Contact => one !== undefined && isCutOff(one));
}

/** Contacts of an incident that were cut off, silent or abandoned, or on which distress was heard. */
export function cutOffOrDistressed(room: Room, incident: Incident): readonly Contact[] {
  return incident.contacts
    .map((one) => room.contacts.get(one))
    .filter((one): one is Contact => one !== undefined)
    .filter((one) => heardDistress(one) || isCutEnding(one));
}
