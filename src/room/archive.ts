import { z } from 'zod';
import { keptOf, roomWith, withoutKeys } from './change.ts';
import type { Contact } from './contact.ts';
import { concept, drafts, event, id, line, refuse, unknown } from './define.ts';
import type { Refusal, StoredEvent } from './define.ts';
import { dutiesOfIncident } from './duty.ts';
import { withoutForgotten } from './forgetting.ts';
import type { Incident } from './incident.ts';
import { parted } from './joins.ts';
import type { Room } from './room.ts';

const stored = z.custom<StoredEvent>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    typeof (value as StoredEvent).type === 'string' &&
    typeof (value as StoredEvent).ids === 'object',
  'an event of the log',
);

const commands = {
  ArchiveIncident: z.strictObject({ incident: id }),
  /** A contact that came to no incident; the others leave with theirs. */
  ArchiveContact: z.strictObject({ contact: id }),
  /** What is cold comes back as its own events, put by the shell ahead of the command that needs it. */
  Recall: z.strictObject({
    incident: id.optional(),
    contact: id.optional(),
    digest: line,
    events: z.array(stored).max(20_000),
  }),
};

const events = {
  IncidentArchived: event({ incident: id }, {}, {}),
  ContactArchived: event({ contact: id }, {}, {}),
  Recalled: event(
    { incident: id.optional(), contact: id.optional() },
    { digest: line, events: z.array(stored).max(20_000) },
  ),
};
const make = drafts(events);

/** The name under which a contact stands among what was archived: an incident may have the same id. */
export function archivedContact(contact: string): string {
  return `contact:${contact}`;
}

/** What leaves together: an incident with its contacts, or a contact that came to none. */
interface Leaving {
  readonly incident: string | null;
  readonly contacts: readonly string[];
  /** When it leaves. */
  readonly at: number;
}

/** The room without what stood in these places alone; markers and orders stay, and whom they are about. */
function without(room: Room, { incident, contacts, at }: Leaving): Room {
  const incidents = incident === null ? [] : [incident];
  const places = [...incidents, ...contacts];
  const mentioned = places.flatMap((place) => room.mentions.get(place) ?? []).map((one) => one.subject);
  const callbacks = places.flatMap((place) => room.callbacksOn.get(place) ?? []);
  const locations = places
    .flatMap((place) => room.locationsOn.get(place) ?? [])
    .filter((one) => room.locations.get(one)?.incident === incident);
  const checks = places.flatMap((place) => room.checksOn.get(place) ?? []);
  const about = [...incidents.map((one) => `incident:${one}`), ...contacts.map((one) => `contact:${one}`)];
  const next = roomWith(room, {
    incidents: withoutKeys(room.incidents, incidents),
    contacts: withoutKeys(room.contacts, contacts),
    checks: withoutKeys(room.checks, checks),
    checksOn: withoutKeys(room.checksOn, places),
    callbacks: withoutKeys(room.callbacks, callbacks),
    callbacksOn: withoutKeys(room.callbacksOn, places),
    locations: withoutKeys(room.locations, locations),
    locationsOn: withoutKeys(room.locationsOn, places),
    mentions: withoutKeys(room.mentions, places),
    seqsOn: withoutKeys(room.seqsOn, places),
    notes: withoutKeys(room.notes, about),
  });
  return withoutForgotten(next, new Set(mentioned), at);
}

function withoutIncident(room: Room, wanted: string, at: number): Room {
  const incident = room.incidents.get(wanted);
  if (incident === undefined) return room;
  // Of an incident that was joined into another, what moved with it stays where it now belongs.
  const contacts = incident.contacts.filter((one) => room.contacts.get(one)?.incident === wanted);
  return without(
    roomWith(parted(room, wanted), {
      deployments: withoutKeys(room.deployments, incident.deployments),
      tasks: withoutKeys(room.tasks, incident.tasks),
      exhibits: keptOf(room.exhibits, (one) => one.incident !== wanted),
      descriptions: keptOf(room.descriptions, (one) => one.incident !== wanted),
      showings: keptOf(room.showings, (one) => one.incident !== wanted),
      archived: room.archived.set(wanted, true),
    }),
    { incident: wanted, contacts, at },
  );
}

function withoutContact(room: Room, wanted: string, at: number): Room {
  if (room.contacts.get(wanted)?.incident !== null) return room;
  const archived = room.archived.set(archivedContact(wanted), true);
  return without(roomWith(room, { archived }), { incident: null, contacts: [wanted], at });
}

/** How long what is over stays: safeguards look back at what is recent, and find it in the room. */
function staysMs({ policy }: Room): number {
  return Math.max(policy.archiveMs, policy.recentMs);
}

/** Why an incident may not leave the room yet, or null. */
export function notArchived(room: Room, incident: Incident, now: number): Refusal | null {
  const { id: wanted, closed } = incident;
  if (closed === null) return refuse('incident-open', `Incident ${wanted} is open.`);
  if (now < closed.at + staysMs(room)) return refuse('too-early', `Incident ${wanted} closed too recently.`);
  // Who may read it is the room's own knowledge: what is restricted stays in it until that is lifted.
  if (room.belongings.has(wanted))
    return refuse('incident-restricted', `Incident ${wanted} is restricted; it stays in the room.`);
  return dutiesOfIncident(room, incident).length > 0
    ? refuse('duties-open', `Incident ${wanted} has open duties.`)
    : null;
}

/** Why a contact may not leave the room by itself yet, or null. */
export function contactNotArchived(room: Room, contact: Contact, now: number): Refusal | null {
  const { id: wanted, incident, endedAt } = contact;
  if (incident !== null) return refuse('contact-joined', `Contact ${wanted} leaves with incident ${incident}.`);
  if (endedAt === null) return refuse('contact-open', `Contact ${wanted} has not ended.`);
  if (now < endedAt + staysMs(room)) return refuse('too-early', `Contact ${wanted} ended too recently.`);
  if (room.belongings.has(wanted))
    return refuse('contact-restricted', `Contact ${wanted} is restricted; it stays in the room.`);
  return room.dutiesAbout.has(`contact:${wanted}`) ? refuse('duties-open', `Contact ${wanted} has open duties.`) : null;
}

/** Leaving the room, and coming back. */
export const archiveConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    ArchiveIncident: (data, room, asked) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      return notArchived(room, incident, asked.now) ?? [make.IncidentArchived({ incident: incident.id }, {})];
    },
    ArchiveContact: (data, room, asked) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      return contactNotArchived(room, contact, asked.now) ?? [make.ContactArchived({ contact: contact.id }, {})];
    },
    Recall: ({ incident, contact, digest, events: back }, room) => {
      const cold = coldName({ incident, contact });
      if (cold === null) return refuse('nothing-named', 'Name the incident or the contact that is to come back.');
      return room.archived.has(cold)
        ? [make.Recalled({ incident, contact }, { digest, events: back })]
        : unknown('archived incident or contact', cold);
    },
  },
  evolve: {
    IncidentArchived: (room, { ids, recordedAt }) => withoutIncident(room, ids.incident, recordedAt),
    ContactArchived: (room, { ids, recordedAt }) => withoutContact(room, ids.contact, recordedAt),
    /** Folded by `evolve` itself, which alone can fold the events that came back. */
    Recalled: (room: Room, { ids }) => roomWith(room, { archived: room.archived.delete(coldName(ids) ?? '') }),
  },
});

function coldName({ incident, contact }: { readonly incident?: string; readonly contact?: string }): string | null {
  return incident ?? (contact === undefined ? null : archivedContact(contact));
}
