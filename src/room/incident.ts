import { List } from 'immutable';
import { z } from 'zod';
import type { Assessment } from './assessment.ts';
import { changeIn, listed, roomWith, updateIn } from './change.ts';
import type { Contact } from './contact.ts';
import type { Danger } from './danger.ts';
import { decideDangers, likeDanger } from './danger.ts';
import { concept, drafts, event, id, line, reading, refuse, taken, unknown, words } from './define.ts';
import type { Floor, GradeState } from './grade.ts';
import { ungraded } from './grade.ts';
import { joinToIncident, logText, takenAlong } from './incident-log.ts';
import { parted } from './joins.ts';
import { areRestrictedApart } from './restriction.ts';
import type { Room } from './room.ts';

/** What an incident is about, as qualifiers; several may hold at once. */
export const kinds = [
  'domestic',
  'child',
  'vulnerable-adult',
  'missing',
  'welfare',
  'stalking',
  'honour',
  'sexual',
  'mental-health',
  'violence',
  'weapon',
  'disturbance',
  'nuisance',
  'theft',
  'burglary',
  'damage',
  'road-collision',
  'road-other',
  'suspicious',
  'abandoned-call',
  'order-breach',
  'death',
  'fire-medical',
  'administration',
  'other',
] as const;
export type IncidentKind = (typeof kinds)[number];

/** One line of the append-only log. */
export interface LogEntry {
  readonly seq: number;
  /** When it happened, as it was told, and when it was recorded: of what was written on paper these are hours apart. */
  readonly at: number;
  readonly recordedAt: number;
  readonly by: string;
  readonly source: string;
  readonly text: string;
  /** A correction keeps both wordings. */
  readonly corrects: number | null;
}

/** A text that says something was done; `proven` is what the room's state shows of it. */
export interface Claim {
  readonly says: string;
  readonly quote: string;
  readonly seq: number;
  readonly by: string;
  readonly withdrawn: boolean;
}

/** Somebody was seen, by whom and how they were known. */
export interface Seen {
  readonly subject: string | null;
  readonly safe: boolean;
  readonly apart: boolean;
  readonly at: number;
  readonly seq: number;
  /** Who put it on record; the word of whoever spoke to the caller is not enough alone. */
  readonly by: string;
  /** Whether it is said how they were known to be that person. */
  readonly isIdentified: boolean;
}

export interface Incident {
  readonly id: string;
  readonly seq: number;
  readonly state: 'open' | 'closed';
  readonly openedAt: number;
  /** When anybody in the force first received the matter; every clock starts here. */
  readonly receivedAt: number;
  readonly openedBy: string;
  readonly kinds: readonly IncidentKind[];
  readonly summary: string;
  readonly contacts: readonly string[];
  readonly log: List<LogEntry>;
  readonly claims: readonly Claim[];
  readonly dangers: readonly Danger[];
  /** Readings of domestic relation, with the words they rest on. */
  readonly domestic: readonly { readonly quote: string; readonly seq: number }[];
  readonly grade: GradeState;
  readonly floors: readonly Floor[];
  readonly assessment: Assessment | null;
  readonly riskForm: { readonly level: string; readonly seq: number } | null;
  readonly subjects: readonly string[];
  readonly deployments: readonly string[];
  readonly tasks: readonly string[];
  readonly checks: readonly string[];
  readonly deferral: string | null;
  readonly seen: readonly Seen[];
  /** Latest decision on whether to attend. */
  readonly attendance: {
    readonly send: boolean;
    readonly by: string;
    readonly seq: number;
    readonly at: number;
  } | null;
  readonly tellings: readonly { readonly at: number; readonly telling: string }[];
  readonly closed: { readonly at: number; readonly code: string; readonly by: string; readonly seq: number } | null;
  /** The incident this one was joined into as the same event. */
  readonly joinedInto: string | null;
}

/** The incident if it is known and open, else null. */
export function openIncident(room: Room, wanted: string | undefined): Incident | null {
  const incident = wanted === undefined ? undefined : room.incidents.get(wanted);
  return incident !== undefined && incident.state === 'open' ? incident : null;
}

/** Everybody who spoke to a caller of this incident; never the second person of a lowering. */
export function spokeToCaller(room: Room, incident: Incident): ReadonlySet<string> {
  const people = new Set<string>();
  for (const id of incident.contacts) for (const one of room.contacts.get(id)?.answeredBy ?? []) people.add(one);
  for (const place of [incident.id, ...incident.contacts]) for (const one of rangBack(room, place)) people.add(one);
  return people;
}

/** Everybody who spoke to the caller of one contact. */
export function spokeOn(room: Room, contact: Contact): ReadonlySet<string> {
  return new Set([...contact.answeredBy, ...rangBack(room, contact.id)]);
}

function rangBack(room: Room, place: string): readonly string[] {
  return (room.callbacksOn.get(place) ?? []).flatMap((id) => {
    const attempt = room.callbacks.get(id);
    return attempt === undefined ? [] : attempt.recordedBy === null ? [attempt.by] : [attempt.by, attempt.recordedBy];
  });
}

const kindList = z.array(z.enum(kinds)).max(kinds.length);
const readings = z.array(reading).max(40);
const sources = ['handler', 'dispatcher', 'supervisor', 'radio', 'partner', 'officer', 'back-entry', 'system'] as const;

const commands = {
  OpenIncident: z.strictObject({ incident: id, contact: id.optional(), kinds: kindList.default([]), summary: line }),
  AddEntry: z.strictObject({ incident: id, text: words, source: z.enum(sources).default('handler') }),
  CorrectEntry: z.strictObject({ incident: id, entry: z.int().min(1), text: words }),
  WithdrawClaim: z.strictObject({ incident: id, says: id, reason: line }),
  SetKinds: z.strictObject({
    incident: id,
    add: kindList.default([]),
    remove: kindList.default([]),
    reason: line.optional(),
  }),
  ConfirmDanger: z.strictObject({ incident: id, dangers: z.array(id).min(1).max(40), reason: line.optional() }),
  /** A danger read or told turns out to be none: a lowering, with its reason. */
  DismissDanger: z.strictObject({ incident: id, dangers: z.array(id).min(1).max(40), reason: line }),
  DecideAttendance: z.strictObject({ incidents: z.array(id).min(1).max(40), send: z.boolean(), reason: line }),
  CloseIncident: z.strictObject({ incident: id, code: id, reason: line }),
  ReopenIncident: z.strictObject({ incident: id, reason: line }),
  JoinIncidents: z.strictObject({ incident: id, into: id, reason: line }),
};

const events = {
  IncidentOpened: event(
    { incident: id, contact: id.optional() },
    { kinds: kindList, summary: line, readings },
    { kinds: [], summary: '[erased]', readings: [] },
  ),
  EntryAdded: event(
    { incident: id },
    { text: words, source: z.string().max(32), readings },
    { text: '[erased]', source: 'system', readings: [] },
  ),
  EntryCorrected: event(
    { incident: id },
    { entry: z.int(), text: words, readings },
    { entry: 0, text: '[erased]', readings: [] },
  ),
  ClaimWithdrawn: event({ incident: id }, { says: id, reason: line }),
  KindsSet: event({ incident: id }, { add: kindList, remove: kindList, reason: line.optional() }),
  DangerConfirmed: event({ incident: id }, { dangers: z.array(id).max(40), reason: line.optional() }),
  DangerDismissed: event({ incident: id }, { dangers: z.array(id).max(40), reason: line }),
  AttendanceDecided: event({ incident: id }, { send: z.boolean(), reason: line, cluster: z.array(id).max(40) }),
  IncidentClosed: event({ incident: id }, { code: id, reason: line }, { code: 'erased', reason: '[erased]' }),
  IncidentReopened: event({ incident: id }, { reason: line }, { reason: '[erased]' }),
  IncidentsJoined: event({ incident: id, into: id }, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

/** What an incident brings to the one that it is joined into: its contacts, and what is known of it. */
function moveInto(room: Room, from: Incident, into: string): Room {
  const joined = from.contacts.reduce((next, contact) => joinToIncident(next, contact, into), room);
  return takenAlong(joined, from, into);
}

/** Incidents: everything that can happen to one stands here, or in the concept file named like the event. */
export const incidentConcept = concept({
  commands,
  events,
  stakes: {
    CloseIncident: () => 'lowers',
    JoinIncidents: () => 'lowers',
    DismissDanger: () => 'lowers',
    DecideAttendance: (data) => (data.send ? null : 'lowers'),
    SetKinds: (data) => (data.remove.length > 0 ? 'lowers' : null),
  },
  decide: {
    OpenIncident: (data, room, asked) => {
      if (room.incidents.has(data.incident) || room.archived.has(data.incident))
        return taken('incident', data.incident);
      const contact = data.contact === undefined ? undefined : room.contacts.get(data.contact);
      if (data.contact !== undefined && contact === undefined) return unknown('contact', data.contact);
      if (contact !== undefined && contact.incident !== null)
        return refuse('contact-joined', `Contact ${contact.id} belongs to incident ${contact.incident}.`);
      const ids =
        contact === undefined ? { incident: data.incident } : { incident: data.incident, contact: contact.id };
      return [
        make.IncidentOpened(ids, {
          kinds: data.kinds,
          summary: data.summary,
          readings: [...asked.read(data.summary, 'staff')],
        }),
      ];
    },
    AddEntry: (data, room, asked) =>
      room.incidents.has(data.incident)
        ? [
            make.EntryAdded(
              { incident: data.incident },
              { text: data.text, source: data.source, readings: [...asked.read(data.text, 'staff')] },
            ),
          ]
        : unknown('incident', data.incident),
    CorrectEntry: (data, room, asked) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (!incident.log.some((entry) => entry.seq === data.entry)) return unknown('log entry', String(data.entry));
      return [
        make.EntryCorrected(
          { incident: data.incident },
          { entry: data.entry, text: data.text, readings: [...asked.read(data.text, 'staff')] },
        ),
      ];
    },
    WithdrawClaim: (data, room) =>
      (room.incidents.get(data.incident)?.claims ?? []).some((claim) => claim.says === data.says && !claim.withdrawn)
        ? [make.ClaimWithdrawn({ incident: data.incident }, { says: data.says, reason: data.reason })]
        : unknown('claim', data.says),
    SetKinds: (data, room) =>
      room.incidents.has(data.incident)
        ? [make.KindsSet({ incident: data.incident }, { add: data.add, remove: data.remove, reason: data.reason })]
        : unknown('incident', data.incident),
    ConfirmDanger: (data, room) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      const known = [
        ...new Set([...incident.dangers.map((one) => one.kind), likeDanger, ...Object.keys(room.policy.dangerFloors)]),
      ];
      const strange = data.dangers.find((one) => !known.includes(one));
      if (strange !== undefined) return unknown('danger', strange, known);
      return [make.DangerConfirmed({ incident: data.incident }, { dangers: data.dangers, reason: data.reason })];
    },
    DismissDanger: (data, room) =>
      room.incidents.has(data.incident)
        ? [make.DangerDismissed({ incident: data.incident }, { dangers: data.dangers, reason: data.reason })]
        : unknown('incident', data.incident),
    DecideAttendance: (data, room) => {
      const missing = data.incidents.find((wanted) => !room.incidents.has(wanted));
      if (missing !== undefined) return unknown('incident', missing);
      // What is restricted stands first, so that what is said of all of them together stands with it.
      const isRestricted = (one: string): boolean => room.belongings.has(one);
      const inOrder = data.incidents.toSorted((a, b) => Number(isRestricted(b)) - Number(isRestricted(a)));
      return inOrder.map((incident) =>
        make.AttendanceDecided({ incident }, { send: data.send, reason: data.reason, cluster: data.incidents }),
      );
    },
    CloseIncident: (data, room) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (incident.state === 'closed') return refuse('incident-closed', `Incident ${incident.id} is already closed.`);
      if (room.policy.closingCodes[data.code] === undefined)
        return unknown('closing code', data.code, Object.keys(room.policy.closingCodes));
      return [make.IncidentClosed({ incident: data.incident }, { code: data.code, reason: data.reason })];
    },
    ReopenIncident: (data, room) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (incident.state === 'open') return refuse('incident-open', `Incident ${incident.id} is open.`);
      return [make.IncidentReopened({ incident: data.incident }, { reason: data.reason })];
    },
    JoinIncidents: (data, room) => {
      if (openIncident(room, data.incident) === null) return unknown('open incident', data.incident);
      if (openIncident(room, data.into) === null) return unknown('open incident', data.into);
      if (data.incident === data.into) return refuse('same-incident', 'An incident cannot be joined into itself.');
      if (areRestrictedApart(room, data.incident, data.into))
        return refuse(
          'restricted-apart',
          'Each is restricted to others: admit the same readers to both, or link them.',
        );
      return [make.IncidentsJoined({ incident: data.incident, into: data.into }, { reason: data.reason })];
    },
  },
  evolve: {
    IncidentOpened: (room, event) => {
      const { ids, body, seq, at, recordedAt, actor } = event;
      const incident: Incident = {
        id: ids.incident,
        seq,
        state: 'open',
        openedAt: recordedAt,
        receivedAt: at,
        openedBy: actor.id,
        kinds: body.kinds,
        summary: body.summary,
        contacts: [],
        log: List(),
        claims: [],
        dangers: [],
        domestic: [],
        grade: ungraded,
        floors: [],
        assessment: null,
        riskForm: null,
        subjects: [],
        deployments: [],
        tasks: [],
        checks: [],
        deferral: null,
        seen: [],
        attendance: null,
        tellings: [],
        closed: null,
        joinedInto: null,
      };
      const opened = roomWith(room, { incidents: room.incidents.set(incident.id, incident) });
      const logged = logText(opened, event, {
        text: body.summary,
        source: 'IncidentOpened',
        corrects: null,
        readings: body.readings,
      });
      return ids.contact === undefined ? logged : joinToIncident(logged, ids.contact, incident.id);
    },
    EntryAdded: (room, event) => logText(room, event, { ...event.body, corrects: null }),
    EntryCorrected: (room, event) => {
      const { text, readings: found, entry } = event.body;
      return logText(room, event, { text, readings: found, source: 'correction', corrects: entry });
    },
    ClaimWithdrawn: (room, { ids, body }) =>
      updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        claims: incident.claims.map((claim) => (claim.says === body.says ? { ...claim, withdrawn: true } : claim)),
      })),
    KindsSet: (room, { ids, body }) =>
      updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        kinds: [...new Set([...incident.kinds, ...body.add])].filter((kind) => !body.remove.includes(kind)),
      })),
    DangerConfirmed: (room, { ids, body }) =>
      decideDangers(room, ids.incident, { kinds: body.dangers, confirmed: true }),
    DangerDismissed: (room, { ids, body }) =>
      decideDangers(room, ids.incident, { kinds: body.dangers, confirmed: false }),
    AttendanceDecided: (room, { ids, body, actor, seq, at }) =>
      changeIn(room, 'incidents', ids.incident, { attendance: { send: body.send, by: actor.id, seq, at } }),
    IncidentClosed: (room, { ids, body, actor, seq, at }) =>
      changeIn(room, 'incidents', ids.incident, {
        state: 'closed',
        closed: { at, code: body.code, by: actor.id, seq },
      }),
    IncidentReopened: (room, { ids }) =>
      changeIn(parted(room, ids.incident), 'incidents', ids.incident, {
        state: 'open',
        closed: null,
        joinedInto: null,
      }),
    IncidentsJoined: (room, { ids, seq, at, actor }) => {
      const from = room.incidents.get(ids.incident);
      if (from === undefined) return room;
      // Where a joined incident comes back from the log by itself, the one that it was joined into is not there.
      const moved = room.incidents.has(ids.into) ? moveInto(room, from, ids.into) : room;
      const apart = parted(moved, from.id);
      const joined = roomWith(apart, { joins: listed(apart.joins, ids.into, from.id, 100_000) });
      return changeIn(joined, 'incidents', from.id, {
        state: 'closed',
        joinedInto: ids.into,
        closed: { at, code: 'duplicate', by: actor.id, seq },
      });
    },
  },
});
