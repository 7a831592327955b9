import type { StoredEvent } from '../room/define.ts';
import { joinedTogether } from '../room/joins.ts';
import type { Room } from '../room/room.ts';
import type { Identity, Subject } from '../room/subject.ts';
import { isParticular, sameSubjects } from '../room/subject.ts';
import type { Question } from './source.ts';

/** An incident with its contacts, and every other that was joined with it as the same event: no history to it. */
function sameMatter(room: Room, incident: string): readonly string[] {
  const all = [incident, ...joinedTogether(room, incident)];
  return [...all, ...all.flatMap((one) => room.incidents.get(one)?.contacts ?? [])];
}

/**
 * What the room itself shows of the very same number, name or home without being asked: contacts of the last day, its
 * markers, and orders against it. A check is for what only likeness finds.
 */
function heldByRoom(room: Room, { id, keys }: Subject): readonly string[] {
  const recent = keys.filter(isParticular).flatMap((key) => room.appearances.get(key) ?? []);
  const contacts = recent.flatMap((one) => (one.contact !== null && one.incident === null ? [one.contact] : []));
  const same = sameSubjects(room, id);
  return [
    ...contacts,
    ...same.flatMap((one) => [...(room.markersOf.get(one) ?? []), ...(room.ordersOf.get(one) ?? [])]),
  ];
}

/** What a requested check asks of its source: the subject, what stands beside it, and what it is no history to. */
export function questionOf(room: Room, event: Pick<StoredEvent, 'ids'>, at: number): Question | null {
  const subject = room.subjects.get(event.ids['subject'] ?? '');
  if (subject === undefined) return null;
  const contact = event.ids['contact'];
  const incident = event.ids['incident'] ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
  const places = [contact, incident].filter((place) => place !== undefined);
  const others = new Set(places.flatMap((place) => (room.mentions.get(place) ?? []).map((one) => one.subject)));
  others.delete(subject.id);
  const beside: readonly Identity[] = [...others]
    .map((one) => room.subjects.get(one)?.identity)
    .filter((one) => one !== undefined);
  const matter = incident === undefined ? [] : sameMatter(room, incident);
  return {
    subject: subject.id,
    identity: subject.identity,
    beside: beside.slice(0, 20),
    apartFrom: [...new Set([...places, ...matter, ...heldByRoom(room, subject)])],
    at,
  };
}
