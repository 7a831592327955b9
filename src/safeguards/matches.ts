import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';

/** What an event is about: the contact that is speaking and the incident that it belongs to, where there is one. */
export interface Here {
  readonly contact: Contact | null;
  readonly incident: Incident | null;
}

/** Something earlier about the same: an incident with the contacts that came before, or one contact alone. */
export interface Matter {
  readonly incident: Incident | null;
  readonly contacts: readonly Contact[];
  /** Kinds of key on which it matched: `phone`, `person`, `dwelling`…, or `event` where people joined the two. */
  readonly by: readonly string[];
  readonly keys: readonly string[];
}

/** Incidents joined into each other, followed at most this far. */
const joinsMax = 8;

/** The incident in which the matter goes on once joins are followed, or null if it left the room. */
export function goingOn(room: Room, incident: string | null | undefined): Incident | null {
  let held = incident == null ? undefined : room.incidents.get(incident);
  for (let joins = 0; held?.joinedInto != null && joins < joinsMax; joins += 1)
    held = room.incidents.get(held.joinedInto);
  return held ?? null;
}

/** Where an event happened; null when it names neither a contact nor an incident that the room holds. */
export function hereOf(
  room: Room,
  ids: { readonly contact?: string | undefined; readonly incident?: string | undefined },
): Here | null {
  const named = ids.contact === undefined ? null : (room.contacts.get(ids.contact) ?? null);
  const incident = goingOn(room, ids.incident ?? named?.incident);
  const contact = named ?? room.contacts.get(incident?.contacts.at(-1) ?? '') ?? null;
  return contact === null && incident === null ? null : { contact, incident };
}

/** The open incident that an event is about; of two that were joined, the one that goes on. */
export function openIncidentOf(room: Room, event: AnyEvent): Incident | null {
  return openIncident(room, event.type === 'IncidentsJoined' ? event.ids.into : event.ids['incident']);
}

/** Everything mentioned here: in this contact, and in its incident by no other contact. */
export function mentionedHere(room: Room, here: Here): readonly Appearance[] {
  const own = here.contact === null ? [] : (room.mentions.get(here.contact.id) ?? []);
  if (here.incident === null) return own;
  const direct = (room.mentions.get(here.incident.id) ?? []).filter((one) => one.contact === null);
  return [...own, ...direct];
}

/** Matching keys of everything mentioned here, of these kinds. */
export function keysHere(room: Room, here: Here, kinds: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const one of mentionedHere(room, here))
    for (const key of room.subjects.get(one.subject)?.keys ?? []) if (kinds.includes(kindOf(key))) keys.add(key);
  return [...keys];
}

/** What kind of key it is. */
export function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

interface Growing {
  readonly incident: Incident | null;
  readonly contacts: Map<string, Contact>;
  readonly keys: Set<string>;
  readonly by: Set<string>;
}

/** Earlier matters that share a key of these kinds with what is mentioned here, oldest first. */
export function earlierMatters(
  room: Room,
  here: Here,
  wanted: { readonly kinds: readonly string[]; readonly since: number },
): readonly Matter[] {
  const found = new Map<string, Growing>();
  for (const key of keysHere(room, here, wanted.kinds))
    for (const one of room.appearances.get(key) ?? []) {
      if (one.at < wanted.since || (one.contact !== null && one.contact === here.contact?.id)) continue;
      const contact = one.contact === null ? null : (room.contacts.get(one.contact) ?? null);
      if (one.contact !== null && contact === null) continue;
      add(found, here, { contact, incident: goingOn(room, contact?.incident ?? one.incident), key });
    }
  if (wanted.kinds.includes('event'))
    for (const one of here.incident?.contacts ?? []) {
      const contact = room.contacts.get(one);
      if (contact !== undefined && contact.presentedAt >= wanted.since)
        add(found, here, { contact, incident: here.incident, key: 'event:' });
    }
  if (found.size === 0) return [];
  return [...found.values()]
    .map(({ incident, contacts, by, keys }) => ({
      incident,
      contacts: [...contacts.values()].toSorted((a, b) => a.seq - b.seq),
      by: [...by],
      keys: [...keys],
    }))
    .toSorted((a, b) => firstSeq(a) - firstSeq(b));
}

/** Adds a contact, or an incident that nobody's contact names, to the matters found; what is no earlier is none. */
function add(
  found: Map<string, Growing>,
  here: Here,
  { contact, incident, key }: Here & { readonly key: string },
): void {
  const before = here.contact?.seq ?? here.incident?.seq ?? 0;
  if (contact !== null ? contact.seq >= before : incident === null || incident.seq >= before) return;
  if (contact === null && incident?.id === here.incident?.id) return;
  const id = incident === null ? `contact:${contact?.id ?? ''}` : `incident:${incident.id}`;
  const held = found.get(id) ?? { incident, contacts: new Map(), keys: new Set(), by: new Set() };
  found.set(id, held);
  if (contact !== null) held.contacts.set(contact.id, contact);
  held.by.add(kindOf(key));
  held.keys.add(key);
}

function firstSeq(matter: Matter): number {
  return matter.contacts[0]?.seq ?? matter.incident?.seq ?? 0;
}
