import { z } from 'zod';
import { concept, drafts, event, id, line, refuse } from './define.ts';
import type { Refusal } from './define.ts';
import { dutiesAbout, dutiesOfIncident } from './duty.ts';
import { firstUnknown } from './known.ts';
import { markersOn } from './marker.ts';
import { isInForce } from './order.ts';
import type { Room } from './room.ts';
import { sameSubjects } from './subject.ts';

/** The one matter whose bodies go. */
export interface Erasable {
  readonly incident?: string | undefined;
  readonly contact?: string | undefined;
  readonly subject?: string | undefined;
}

const place = z.int().min(1);
/** Bodies that one decision can name; more are decided in several. */
const namedMax = 10_000;

const matter = { incident: id.optional(), contact: id.optional(), subject: id.optional() };

const commands = {
  /**
   * The bodies of these events are to go, for good: each named by its place in the log, so that two people have
   * decided on the very same ones. `accesses` are places in the log of who read what.
   */
  DecideErasure: z.strictObject({
    ...matter,
    seqs: z.array(place).max(namedMax),
    accesses: z.array(place).max(namedMax).default([]),
    reason: line,
  }),
};

const events = {
  /** Nothing goes by this event itself: another role of the database carries it out, and records that it did. */
  ErasureDecided: event(matter, {
    seqs: z.array(place).max(namedMax),
    accesses: z.array(place).max(namedMax),
    reason: line,
  }),
};
const make = drafts(events);

/** Events whose bodies the room and its log rest on; they name nobody but who decided. */
const never: readonly string[] = ['PolicyAdopted', 'ErasureDecided', 'LegalHoldPlaced'];

/** Whether a body of this type may be erased at all. */
export function isErasable(type: string): boolean {
  return !never.includes(type);
}

/** The first of these ids that is under legal hold, with the harm it is held for; null: none is. */
export function heldAmong(room: Room, ids: Iterable<string>): { readonly id: string; readonly harm: string } | null {
  for (const one of ids) {
    const harm = room.holds.get(one);
    if (harm !== undefined) return { id: one, harm };
  }
  return null;
}

/** Everything by whose id a hold would cover the matter: its contacts, what was sent, and everybody in it. */
function coveredBy(room: Room, { incident, contact, subject }: Erasable): ReadonlySet<string> {
  const all = new Set([incident, contact, subject].filter((one) => one !== undefined));
  const within = incident === undefined ? undefined : room.incidents.get(incident);
  const call = contact === undefined ? undefined : room.contacts.get(contact);
  for (const one of [...(within?.contacts ?? []), ...(within?.deployments ?? [])]) all.add(one);
  if (call !== undefined && call.incident !== null) all.add(call.incident);
  const people = [...(within?.subjects ?? []), ...(call?.subjects ?? []), ...(subject === undefined ? [] : [subject])];
  for (const one of people) for (const same of sameSubjects(room, one)) all.add(same);
  return all;
}

/** Why the matter may not go, whoever decides it: it is held for a referral, or somebody still answers for it. */
function standing(room: Room, named: Erasable, now: number): Refusal | null {
  const held = heldAmong(room, coveredBy(room, named));
  if (held !== null)
    return refuse('legal-hold', `${held.id} is held for harm ${held.harm}: nothing that tells of it goes.`);
  const { incident, contact, subject } = named;
  if (incident !== undefined) return openMatter(room, incident);
  if (contact !== undefined) return openContact(room, contact);
  return subject === undefined ? null : openSubject(room, subject, now);
}

function openMatter(room: Room, wanted: string): Refusal | null {
  const incident = room.incidents.get(wanted);
  if (incident === undefined) return null;
  if (incident.state === 'open') return refuse('incident-open', `Incident ${wanted} is open.`);
  return dutiesOfIncident(room, incident).length > 0
    ? refuse('duties-open', `Incident ${wanted} has open duties.`)
    : null;
}

function openContact(room: Room, wanted: string): Refusal | null {
  const contact = room.contacts.get(wanted);
  if (contact === undefined) return null;
  if (contact.state !== 'ended') return refuse('contact-open', `Contact ${wanted} has not ended.`);
  if (dutiesAbout(room, `contact:${wanted}`).length > 0)
    return refuse('duties-open', `Contact ${wanted} has open duties.`);
  return contact.incident === null ? null : openMatter(room, contact.incident);
}

/** What protects somebody is ended by its own decision, never by what it rests on going missing. */
function openSubject(room: Room, wanted: string, now: number): Refusal | null {
  const open = room.incidents.find((one) => one.state === 'open' && one.subjects.includes(wanted));
  if (open !== undefined) return refuse('incident-open', `${wanted} stands in incident ${open.id}, which is open.`);
  const [marker] = markersOn(room, wanted);
  if (marker !== undefined) return refuse('marker-stands', `Marker ${marker.id} on ${wanted} is in force.`);
  const order = room.orders.find(
    (one) => isInForce(one, now) && (one.respondent === wanted || one.protects.includes(wanted)),
  );
  if (order !== undefined) return refuse('order-stands', `Order ${order.id} names ${wanted} and is in force.`);
  return dutiesAbout(room, `subject:${wanted}`).length > 0
    ? refuse('duties-open', `There are open duties about ${wanted}.`)
    : null;
}

/** Lawful erasure: decided by two, refused under legal hold, and of what nobody answers for any more. */
export const erasureConcept = concept({
  commands,
  events,
  stakes: { DecideErasure: () => 'lowers' },
  decide: {
    DecideErasure: (data, room, asked) => {
      const { seqs, accesses, reason, ...named } = data;
      if ([named.incident, named.contact, named.subject].filter((one) => one !== undefined).length !== 1)
        return refuse('name-one', 'Name one incident, one contact or one subject: each is decided by itself.');
      const missing = firstUnknown(room, named);
      if (missing !== null) return missing;
      if (seqs.length + accesses.length === 0)
        return refuse('nothing-named', 'Name the events whose bodies are to go, by their places in the log.');
      if (seqs.some((seq) => seq > room.seq)) return refuse('not-yet', 'The log has not come so far.');
      const stands = standing(room, named, asked.now);
      if (stands !== null) return stands;
      if (asked.approval === null && asked.actor.kind !== 'world')
        return refuse('second-person-needed', 'Propose it, for a second person to approve. What is erased is gone.');
      return [make.ErasureDecided(named, { seqs, accesses, reason })];
    },
  },
  evolve: {
    /** Who was told what is no less known for it; the bodies are gone when the log is folded again. */
    ErasureDecided: (room: Room) => room,
  },
});
