import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, id, line, refuse, unknown } from './define.ts';
import type { Refusal, StoredEvent } from './define.ts';
import { dutiesOfIncident } from './duty.ts';
import type { Incident } from './incident.ts';
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
  /** A cold incident comes back as its own events, put by the shell ahead of the command that needs it. */
  Recall: z.strictObject({ incident: id, digest: line, events: z.array(stored).max(20_000) }),
};

const events = {
  IncidentArchived: event({ incident: id }, {}, {}),
  Recalled: event({ incident: id }, { digest: line, events: z.array(stored).max(20_000) }),
};
const make = drafts(events);

/** The room without an incident and what belonged to it alone; subjects, markers and orders stay. */
function without(room: Room, wanted: string): Room {
  const incident = room.incidents.get(wanted);
  if (incident === undefined) return room;
  // Of an incident that was joined into another, what moved with it stays where it now belongs.
  const contacts = incident.contacts.filter((one) => room.contacts.get(one)?.incident === wanted);
  const places = [incident.id, ...contacts];
  const callbacks = places.flatMap((place) => room.callbacksOn.get(place) ?? []);
  const locations = places.flatMap((place) => room.locationsOn.get(place) ?? []);
  return roomWith(room, {
    incidents: room.incidents.delete(wanted),
    contacts: room.contacts.deleteAll(contacts),
    deployments: room.deployments.deleteAll(incident.deployments),
    tasks: room.tasks.deleteAll(incident.tasks),
    checks: room.checks.deleteAll(places.flatMap((place) => room.checksOn.get(place) ?? [])),
    checksOn: room.checksOn.deleteAll(places),
    callbacks: room.callbacks.deleteAll(callbacks),
    callbacksOn: room.callbacksOn.deleteAll(places),
    locations: room.locations.deleteAll(locations.filter((one) => room.locations.get(one)?.incident === wanted)),
    locationsOn: room.locationsOn.deleteAll(places),
    exhibits: room.exhibits.filter((one) => one.incident !== wanted),
    descriptions: room.descriptions.filter((one) => one.incident !== wanted),
    showings: room.showings.filter((one) => one.incident !== wanted),
    mentions: room.mentions.deleteAll(places),
    seqsOn: room.seqsOn.deleteAll(places),
    notes: room.notes.deleteAll(places.map((place) => (place === wanted ? `incident:${place}` : `contact:${place}`))),
    archived: room.archived.set(wanted, true),
  });
}

/** Why an incident may not leave the room yet, or null. */
export function notArchived(room: Room, incident: Incident, now: number): Refusal | null {
  const { id: wanted, closed } = incident;
  if (closed === null) return refuse('incident-open', `Incident ${wanted} is open.`);
  if (now < closed.at + room.policy.archiveMs) return refuse('too-early', `Incident ${wanted} closed too recently.`);
  // Who may read it is the room's own knowledge: what is restricted stays in it until that is lifted.
  if (room.belongings.has(wanted))
    return refuse('incident-restricted', `Incident ${wanted} is restricted; it stays in the room.`);
  return dutiesOfIncident(room, incident).length > 0
    ? refuse('duties-open', `Incident ${wanted} has open duties.`)
    : null;
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
    Recall: (data, room) =>
      room.archived.has(data.incident)
        ? [make.Recalled({ incident: data.incident }, { digest: data.digest, events: data.events })]
        : unknown('archived incident', data.incident),
  },
  evolve: {
    IncidentArchived: (room, { ids }) => without(room, ids.incident),
    /** Folded by `evolve` itself, which alone can fold the events that came back. */
    Recalled: (room: Room, { ids }) => roomWith(room, { archived: room.archived.delete(ids.incident) }),
  },
});
