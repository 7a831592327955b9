import type { StoredEvent } from '../room/define.ts';
import { joinedTogether } from '../room/joins.ts';
import { nearness } from '../room/policy.ts';
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

/**
 * The scene of a matter stands where a location of it is vouched for, unless its own position was told: only one that
 * has no other scene. Where a telephone is says nothing of that.
 */
function located(room: Room, { id, identity }: Subject, places: readonly string[]): Identity {
  if (identity.kind !== 'place' || identity.position !== undefined) return identity;
  const scenes = places
    .flatMap((one) => room.mentions.get(one) ?? [])
    .filter(({ role, subject }) => role === 'scene' && room.subjects.get(subject)?.identity.kind === 'place');
  if (scenes.length === 0 || scenes.some(({ subject }) => subject !== id)) return identity;
  const fixes = places
    .flatMap((one) => room.locationsOn.get(one) ?? [])
    .flatMap((one) => room.locations.get(one) ?? [])
    .filter(({ source, verified }) => source === 'gazetteer' || verified === true)
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap(({ fix }) => (fix.kind === 'point' && fix.radiusM !== null ? [{ ...fix, radiusM: fix.radiusM }] : []));
  const last = fixes.at(-1);
  if (last === undefined) return identity;
  const { latitude, longitude, radiusM } = last;
  return { ...identity, position: { latitude, longitude, radiusM } };
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
  const { withinM, withinMs } = nearness(room.policy);
  const matter = incident === undefined ? [] : sameMatter(room, incident);
  return {
    subject: subject.id,
    identity: located(room, subject, places),
    beside: beside.slice(0, 20),
    apartFrom: [...new Set([...places, ...matter, ...heldByRoom(room, subject)])],
    at,
    near: { withinM, since: at - withinMs },
  };
}
