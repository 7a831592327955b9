import { List } from 'immutable';
import type { StoredEvent } from './define.ts';
import { gathered, speakingTo, toldWords } from './gathering.ts';
import type { Restriction } from './restriction.ts';
import type { Room } from './room.ts';

/** Names that are remembered as told in a restricted incident. */
const toldMax = 1_000;

/** Under this key the place of an event in the log stands among the belongings of a restricted incident. */
export function seqKey(seq: number): string {
  return `#${seq}`;
}

/** Ids in a header that only pass through: they belong to nobody's matter, or merely point to another. */
const passing: ReadonlySet<string> = new Set(['unit', 'staff', 'source', 'role', 'to', 'phone', 'subject', 'other']);

/** The thing that an event brings into the world, by the role of its id in the header. */
const made: Readonly<Record<string, string>> = {
  CallbackAttempted: 'callback',
  LocationRecorded: 'location',
  TaskRaised: 'task',
  UnitAssigned: 'deployment',
  CheckRequested: 'check',
  MessageSent: 'message',
  TransferSent: 'transfer',
  TransferReceived: 'transfer',
  PromiseMade: 'promise',
  ReviewRequested: 'review',
  Deferred: 'deferral',
  RelianceStated: 'reliance',
  HarmRecorded: 'harm',
  LinkProposed: 'link',
  BreachReported: 'breach',
  DecisionProposed: 'decision',
  DutyOpened: 'duty',
  PatternOpened: 'pattern',
  MarkerSet: 'marker',
  OrderRecorded: 'order',
  ExhibitReported: 'exhibit',
  Described: 'description',
};

/** What a body names beside its header, where that decides to whom the event belongs. */
interface Naming {
  readonly about?: string;
  readonly incident?: string | null;
  readonly of?: string;
  readonly command?: { readonly data: unknown };
}

/** Every string in a value, however deep. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function namedInBody({ type, body }: StoredEvent): readonly string[] {
  if (body === null) return [];
  const { about, incident, of, command } = body as Naming;
  switch (type) {
    case 'DutyOpened':
    case 'NoteAdded':
      return [(about ?? '').slice((about ?? '').indexOf(':') + 1), incident ?? ''];
    case 'PatternJoined':
      return [of ?? ''];
    case 'DecisionProposed':
      return stringsIn(command?.data);
    default:
      return [];
  }
}

/** Whether the event says where it belongs, so that its subject is only somebody it speaks of. */
function isPlaced({ type, ids }: StoredEvent): boolean {
  if (type === 'Related') return false;
  return ['incident', 'contact', 'task', 'check'].some((role) => ids[role] !== undefined);
}

/** A duty bears the place of the event that opened it; one that was met long ago is still known by that. */
function dutyHome(room: Room, duty: string): string | undefined {
  const opened = /^duty-(\d+)$/.exec(duty)?.[1];
  return room.belongings.get(duty) ?? (opened === undefined ? undefined : room.belongings.get(`#${opened}`));
}

/** The restricted incidents that an event belongs to, whatever ids its header names; mostly none. */
export function homesOf(room: Room, event: StoredEvent): readonly string[] {
  if (room.belongings.size === 0) return [];
  const homes = new Set<string>();
  const add = (home: string | undefined): void => {
    if (home !== undefined) homes.add(home);
  };
  const { ids } = event;
  for (const [role, id] of Object.entries(ids))
    if (id !== undefined && !passing.has(role)) add(role === 'duty' ? dutyHome(room, id) : room.belongings.get(id));
  if (!isPlaced(event)) for (const role of ['subject', 'other']) add(room.belongings.get(ids[role] ?? ''));
  for (const id of namedInBody(event)) add(room.belongings.get(id));
  return [...homes];
}

/** What a restricted incident's own event adds to what belongs to it. */
function ownIds(room: Room, event: StoredEvent, home: string): readonly string[] {
  const role = made[event.type];
  const id = role === undefined ? undefined : event.ids[role];
  const keys = [seqKey(event.seq), ...(id === undefined ? [] : [id])];
  const { subject } = event.ids;
  return event.type === 'SubjectRecorded' && subject !== undefined && isToldOnlyIn(room, subject, home)
    ? [...keys, subject]
    : keys;
}

/** Whether everything that is known of a subject was told in one restricted incident. */
function isToldOnlyIn(room: Room, subject: string, home: string): boolean {
  const told = room.subjects.get(subject)?.told ?? [];
  return told.every((one) => homeOf(room, one) === home);
}

/** The restricted incident in which something was told, or undefined. */
export function homeOf(
  room: Room,
  place: { readonly contact: string | null; readonly incident: string | null },
): string | undefined {
  return room.belongings.get(place.incident ?? '') ?? room.belongings.get(place.contact ?? '');
}

/** What an event outside every restricted incident tells of one: a match found, a link, where a unit went. */
function touched(room: Room, event: StoredEvent): string | undefined {
  if (event.body === null) return undefined;
  const named = ((): readonly string[] => {
    switch (event.type) {
      case 'CheckCompleted':
        return (event.body as { readonly findings: readonly { readonly id: string }[] }).findings.map((one) => one.id);
      case 'LinkProposed': {
        const { from, to } = event.body as { readonly from: string; readonly to: string };
        return [from, to];
      }
      case 'AttendanceDecided':
        return (event.body as { readonly cluster: readonly string[] }).cluster;
      case 'UnitDiverted':
        return [event.ids['to'] ?? ''];
      case 'LikenessDecided':
        return [event.ids['other'] ?? ''];
      default:
        return [];
    }
  })();
  return named.map((id) => room.belongings.get(id)).find((home) => home !== undefined);
}

type Kept = Pick<Room, 'restrictions' | 'belongings'>;

/** Gathers anew what belongs to a restricted incident: something that was there before came in. */
function regathered(room: Room, kept: Kept, on: { readonly incident: string; readonly seq: number }): Kept {
  const restriction = kept.restrictions.get(on.incident);
  if (restriction === undefined) return kept;
  const { keys, told, speaking } = gathered(room, on.incident);
  const belongings = kept.belongings.withMutations((map) => {
    for (const key of keys) map.set(key, on.incident);
  });
  const now: Restriction = { ...restriction, extent: on.seq, speaking, told: told.slice(-toldMax) };
  return { restrictions: kept.restrictions.set(on.incident, now), belongings };
}

/** What is joined to a restricted matter is restricted with it, in either direction. */
function joined(room: Room, event: StoredEvent): Kept {
  const { incident: from = '', into = '' } = event.ids;
  const kept: Kept = { restrictions: room.restrictions, belongings: room.belongings };
  if (room.incidents.get(from)?.joinedInto !== into) return kept;
  const [fromHome, intoHome] = [room.belongings.get(from), room.belongings.get(into)];
  const home = intoHome ?? into;
  const held = kept.restrictions.get(intoHome ?? fromHome ?? '');
  if (held === undefined) return kept;
  const isMoved = fromHome === from && fromHome !== home;
  const moved: Kept = {
    restrictions: (isMoved ? kept.restrictions.delete(from) : kept.restrictions).set(home, { ...held, incident: home }),
    belongings: isMoved ? kept.belongings.filter((one) => one !== from) : kept.belongings,
  };
  return regathered(room, moved, { incident: home, seq: event.seq });
}

/** Somebody known only from a restricted incident was named elsewhere too, and is known there from now on. */
function surfaced(room: Room, kept: Kept, event: StoredEvent): Kept {
  const { subject = '' } = event.ids;
  const home = kept.belongings.get(subject);
  const restriction = kept.restrictions.get(home ?? '');
  if (home === undefined || restriction === undefined) return kept;
  const out = [subject, ...(room.markersOf.get(subject) ?? []), ...(room.ordersOf.get(subject) ?? [])];
  return {
    restrictions: kept.restrictions.set(home, { ...restriction, extent: event.seq }),
    belongings: kept.belongings.deleteAll(out),
  };
}

function withOwn(room: Room, event: StoredEvent, homes: readonly string[]): Kept {
  let { restrictions, belongings } = room;
  for (const home of homes) {
    for (const key of ownIds(room, event, home)) belongings = belongings.set(key, home);
    const restriction = restrictions.get(home);
    if (restriction === undefined) continue;
    if (event.type === 'SubjectRecorded' && event.body !== null) {
      const told = [...restriction.told, ...toldWords(event)].slice(-toldMax);
      restrictions = restrictions.set(home, { ...restriction, told });
    }
    if (event.type === 'ContactAnswered' || event.type === 'ContactEnded')
      restrictions = restrictions.set(home, { ...restriction, speaking: speakingTo(room, home) });
  }
  return { restrictions, belongings };
}

/** What belongs to restricted incidents, with an event that makes nothing new of them. */
function grown(room: Room, event: StoredEvent): Kept {
  const homes = homesOf(room, event);
  if (homes.length === 0) {
    const kept: Kept = { restrictions: room.restrictions, belongings: room.belongings };
    if (event.type === 'SubjectRecorded') return surfaced(room, kept, event);
    const home = touched(room, event);
    return home === undefined ? kept : { ...kept, belongings: kept.belongings.set(seqKey(event.seq), home) };
  }
  const own = withOwn(room, event, homes);
  const [home = ''] = homes;
  const isComing =
    event.type === 'ContactJoined' || (event.type === 'IncidentOpened' && event.ids['contact'] !== undefined);
  return isComing ? regathered(room, own, { incident: home, seq: event.seq }) : own;
}

function withSeq(kept: Kept, event: StoredEvent): Kept {
  const home = kept.belongings.get(event.ids['into'] ?? '');
  return home === undefined ? kept : { ...kept, belongings: kept.belongings.set(seqKey(event.seq), home) };
}

/** Where in the log each contact and incident has its events, with this one. */
export function seqsAfter(room: Room, { ids, seq }: StoredEvent): Room['seqsOn'] {
  const { incident, contact } = ids;
  const isOfIncident = incident !== undefined && room.incidents.has(incident);
  const place = isOfIncident ? incident : contact !== undefined && room.contacts.has(contact) ? contact : null;
  // A list that is persistent itself: an incident that is left open gathers events without end.
  return place === null ? room.seqsOn : room.seqsOn.set(place, (room.seqsOn.get(place) ?? List<number>()).push(seq));
}

/**
 * What belongs to restricted incidents, with what an event that the room has folded brings to it. Kept at hand, so that
 * it costs one look whether a thing is hidden, and nothing where nothing is.
 */
export function keptAfter(room: Room, event: StoredEvent): Kept {
  if (room.restrictions.size === 0) return room;
  if (event.type === 'IncidentRestricted')
    return regathered(room, room, { incident: event.ids['incident'] ?? '', seq: event.seq });
  return event.type === 'IncidentsJoined' ? withSeq(joined(room, event), event) : grown(room, event);
}

/** The incident that an event belongs to, whatever ids its header names, or null; a restricted one before any other. */
export function incidentOf(room: Room, event: StoredEvent): string | null {
  const [home] = homesOf(room, event);
  const { ids } = event;
  if (home !== undefined)
    return ids['incident'] !== undefined && room.belongings.get(ids['incident']) === home ? ids['incident'] : home;
  if (ids['incident'] !== undefined) return ids['incident'];
  return incidentOfThing(room, event);
}

const held = {
  contact: 'contacts',
  deployment: 'deployments',
  task: 'tasks',
  check: 'checks',
  callback: 'callbacks',
  location: 'locations',
  link: 'links',
  message: 'messages',
  promise: 'promises',
  transfer: 'transfers',
  deferral: 'deferrals',
  review: 'reviews',
  reliance: 'reliances',
  harm: 'harms',
  pattern: 'patterns',
  exhibit: 'exhibits',
  description: 'descriptions',
} as const satisfies Record<string, keyof Room>;

function incidentOfId(room: Room, role: string, id: string): string | null {
  if (role === 'incident') return id;
  if (role === 'duty') return incidentOfDuty(room, id);
  if (role === 'decision') return incidentOfCommand(room, room.proposals.get(id)?.command.data);
  if (!Object.hasOwn(held, role)) return null;
  const thing = room[held[role as keyof typeof held]].get(id);
  if (thing === undefined) return null;
  if (thing.incident !== null) return thing.incident;
  const contact = 'contact' in thing ? thing.contact : null;
  return contact === null ? null : (room.contacts.get(contact)?.incident ?? null);
}

/** The incident to which an open duty belongs: its own or, as things stand, that of what it is about. */
export function incidentOfDuty(room: Room, id: string | undefined): string | null {
  const duty = id === undefined ? undefined : room.duties.get(id);
  if (duty === undefined) return null;
  const cut = duty.about.indexOf(':');
  if (duty.incident !== null || cut === -1) return duty.incident;
  return incidentOfId(room, duty.about.slice(0, cut), duty.about.slice(cut + 1));
}

/** The incident that a proposed command is about: named, or that of the first thing it names. */
function incidentOfCommand(room: Room, data: Readonly<Record<string, unknown>> | undefined): string | null {
  for (const [role, id] of Object.entries(data ?? {})) {
    const found = typeof id === 'string' ? incidentOfId(room, role, id) : null;
    if (found !== null) return found;
  }
  return null;
}

function incidentOfThing(room: Room, event: StoredEvent): string | null {
  for (const [role, id] of Object.entries(event.ids)) {
    const found = id === undefined ? null : incidentOfId(room, role, id);
    if (found !== null) return found;
  }
  if (event.type === 'DecisionProposed' && event.body !== null)
    return incidentOfCommand(
      room,
      (event.body as { command: { data: Readonly<Record<string, unknown>> } }).command.data,
    );
  return event.ids['subject'] === undefined ? null : onlyIncidentOf(room, event.ids['subject']);
}

/** The one incident in which a subject is known, where there is only one. */
function onlyIncidentOf(room: Room, subject: string): string | null {
  const told = room.subjects.get(subject)?.told ?? [];
  const all = new Set(told.map((one) => one.incident ?? room.contacts.get(one.contact ?? '')?.incident ?? null));
  const [only = null] = all;
  return all.size === 1 ? only : null;
}
