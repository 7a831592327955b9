import type { StoredEvent } from './define.ts';
import { joinedInto } from './joins.ts';
import type { Told } from './restriction.ts';
import type { Room } from './room.ts';
import type { Identity } from './subject.ts';
import { keysOf } from './subject.ts';

/** Shorter words than this stand in too many others to tell of anything. */
const wordsMin = 3;

/** What is found to belong to a restricted incident. */
export interface Gathered {
  readonly keys: readonly string[];
  readonly told: readonly Told[];
  readonly speaking: readonly string[];
}

const placedIn = [
  'deployments',
  'tasks',
  'checks',
  'callbacks',
  'locations',
  'links',
  'messages',
  'promises',
  'transfers',
  'deferrals',
  'reviews',
  'reliances',
  'harms',
  'patterns',
  'exhibits',
  'descriptions',
] as const;

/** Everything that stands in one of these places, whatever kind of thing it is. */
function thingsIn(room: Room, places: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (const field of placedIn)
    for (const one of room[field].values())
      if (places.has(one.incident ?? '') || ('contact' in one && places.has(one.contact ?? ''))) found.push(one.id);
  for (const order of room.orders.values())
    for (const breach of order.breaches) if (places.has(breach.incident ?? '')) found.push(breach.id);
  return found;
}

function isWithin(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => isWithin(one, ids));
}

/** Subjects that are known from these places alone, with what is known of them. */
function subjectsOnlyIn(room: Room, places: ReadonlySet<string>): readonly string[] {
  const there = new Set([...places].flatMap((place) => (room.mentions.get(place) ?? []).map((one) => one.subject)));
  const only: string[] = [];
  for (const subject of there) {
    const told = room.subjects.get(subject)?.told ?? [];
    if (told.length > 0 && told.every((one) => places.has(one.incident ?? '') || places.has(one.contact ?? '')))
      only.push(subject);
  }
  return only;
}

/** Events elsewhere that tell of it: a check that found one of its records, a link that leads to it. */
function tellingOf(room: Room, ids: ReadonlySet<string>): readonly number[] {
  const seqs: number[] = [];
  for (const check of room.checks.values())
    if (!ids.has(check.id) && check.completedSeq !== null && check.findings.some((one) => ids.has(one.id)))
      seqs.push(check.completedSeq);
  for (const link of room.links.values())
    if (!ids.has(link.id) && (ids.has(link.from) || ids.has(link.to))) seqs.push(link.seq);
  return seqs;
}

/**
 * Gathers what belongs to a restricted incident from the whole room: its contacts, everything done about them, who is
 * known from them alone, and where in the log it stands.
 */
export function gathered(room: Room, incident: string): Gathered {
  const incidents = joinedInto(room, incident);
  const contacts = new Set<string>();
  for (const one of incidents)
    for (const contact of room.incidents.get(one)?.contacts ?? [])
      if (incidents.has(room.contacts.get(contact)?.incident ?? '')) contacts.add(contact);
  const places = new Set([...incidents, ...contacts]);
  const subjects = subjectsOnlyIn(room, places);
  const markers = subjects.flatMap((one) => room.markersOf.get(one) ?? []);
  const orders = subjects.flatMap((one) => room.ordersOf.get(one) ?? []);
  const ids = new Set([...places, ...thingsIn(room, places), ...subjects, ...markers, ...orders]);
  const seqs = [...places].flatMap((place) => [...(room.seqsOn.get(place) ?? [])]);
  for (const one of markers) seqs.push(room.markers.get(one)?.seq ?? 0);
  for (const one of orders) seqs.push(room.orders.get(one)?.seq ?? 0);
  for (const one of room.proposals.values())
    if (isWithin(one.command.data, ids)) {
      ids.add(one.id);
      seqs.push(one.seq);
    }
  for (const duty of room.duties.values())
    if (incidents.has(duty.incident ?? '') || ids.has(duty.about.slice(duty.about.indexOf(':') + 1))) {
      ids.add(duty.id);
      seqs.push(duty.seq);
    }
  seqs.push(...tellingOf(room, ids));
  return {
    keys: [...ids, ...seqs.map((seq) => `#${seq}`)],
    told: toldIn(room, places),
    speaking: speakingOn(room, contacts),
  };
}

function speakingOn(room: Room, contacts: Iterable<string>): readonly string[] {
  const people = new Set<string>();
  for (const id of contacts) {
    const contact = room.contacts.get(id);
    if (contact?.state === 'answered' && contact.handler !== null) people.add(contact.handler);
  }
  return [...people];
}

/** Who is on the line now with a caller of a restricted incident. */
export function speakingTo(room: Room, incident: string): readonly string[] {
  const contacts = [...joinedInto(room, incident)].flatMap((one) => room.incidents.get(one)?.contacts ?? []);
  return speakingOn(room, contacts);
}

/** The words by which an identity could be told, each with the key that it matches on. */
function wordsOf(identity: Identity): readonly Told[] {
  const keys = keysOf(identity);
  const [first = '', second = first] = keys;
  const words = ((): readonly (readonly [string, string])[] => {
    switch (identity.kind) {
      case 'person':
        return [identity.name, ...(identity.alias ?? [])].map((name, place) => [name, keys[place] ?? first]);
      case 'place':
        return identity.premises === undefined || identity.public === true
          ? [[identity.street, first]]
          : [
              [`${identity.premises} ${identity.street}`, first],
              [identity.street, second],
            ];
      case 'phone':
        return [[identity.number, first]];
      case 'vehicle':
        return identity.mark === undefined ? [] : [[identity.mark, first]];
      case 'account':
        return [[identity.handle, first]];
    }
  })();
  return words.filter(([one]) => one.length >= wordsMin).map(([one, key]) => ({ words: one, key }));
}

function toldIn(room: Room, places: ReadonlySet<string>): readonly Told[] {
  const subjects = new Set([...places].flatMap((place) => (room.mentions.get(place) ?? []).map((one) => one.subject)));
  return [...subjects].flatMap((subject) =>
    (room.subjects.get(subject)?.told ?? [])
      .filter((one) => places.has(one.incident ?? '') || places.has(one.contact ?? ''))
      .flatMap((one) => wordsOf(one.identity)),
  );
}

/** The words of what a `SubjectRecorded` tells. */
export function toldWords(event: StoredEvent): readonly Told[] {
  return wordsOf((event.body as { readonly identity: Identity }).identity);
}
