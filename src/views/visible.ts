import { schedule } from '../room/agenda.ts';
import type { Agenda } from '../room/agenda.ts';
import { homeOf } from '../room/belongings.ts';
import { roomWith } from '../room/change.ts';
import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import type { Link } from '../room/link.ts';
import { linkedWith } from '../room/link.ts';
import { mayReadRoom } from '../room/restriction.ts';
import type { Keyed, Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { Appearance, Subject, Telling } from '../room/subject.ts';
import { keysOf } from '../room/subject.ts';
import type { Unit } from '../room/unit.ts';
import type { Reader } from './reader.ts';
import type { Sight } from './scrub.ts';
import { isOut, restrictedText, scrubbed, scrubDuty, scrubNotes, sightOf } from './scrub.ts';

/**
 * The room as this person may have it; the very room where nothing is hidden from them. A console starts from it, folds
 * what it is sent from there on, and starts again when access changes.
 */
export function visible(room: Room, reader: Reader): Room {
  if (!mayReadRoom(room, reader.staff)) return signedOff(room, reader);
  if (room.restrictions.size === 0) return room;
  const sight = sightOf(room, reader);
  if (![...room.restrictions.keys()].some(sight.hides)) return room;
  const shown = roomWith(room, {
    ...matters(room, sight),
    ...subjects(room, sight),
    ...things(room, sight),
    ...open(room, sight),
  });
  return roomWith(shown, { belongings: belongings(room, sight, shown) });
}

/** Off duty: whether they are on duty, and nothing else. */
function signedOff(room: Room, { staff }: Reader): Room {
  const own = room.staff.get(staff);
  const bare = roomWith(emptyRoom(room.id, room.kind), { seq: room.seq, now: room.now });
  return own === undefined ? bare : roomWith(bare, { staff: bare.staff.set(staff, own) });
}

/** The map without what `show` makes null, and with what else it makes of the rest. */
function kept<M extends Keyed<unknown>>(map: M, show: (value: MapValue<M>, key: string) => MapValue<M> | null): M {
  return map.withMutations((next) => {
    for (const [key, value] of map as Keyed<MapValue<M>>) {
      const shown = show(value, key);
      if (shown === null) next.delete(key);
      else if (shown !== value) next.set(key, shown);
    }
  });
}
type MapValue<M> = M extends Keyed<infer T> ? T : never;

type Index = Keyed<readonly string[]>;

/** An index of what is shown alone, its keys read by `idOf`. */
function index(map: Index, sight: Sight, shown: Keyed<unknown>, idOf: (key: string) => string = (key) => key): Index {
  return kept(map, (values, key) => {
    if (isOut(sight, idOf(key))) return null;
    const there = values.filter((one) => shown.has(one));
    if (there.length === values.length) return values;
    return there.length === 0 ? null : there;
  });
}

/** What a room holds by an id that may be hidden with a restricted incident. */
export const owned = [
  'contacts',
  'incidents',
  'callbacks',
  'locations',
  'checks',
  'links',
  'patterns',
  'markers',
  'orders',
  'deployments',
  'tasks',
  'deferrals',
  'messages',
  'promises',
  'transfers',
  'exhibits',
  'descriptions',
  'proposals',
  'reviews',
  'reliances',
  'harms',
  'duties',
  'subjects',
] as const satisfies readonly (keyof Room)[];

/** What belongs to the restricted incidents that this person reads; what belongs to a hidden one too is not named. */
function belongings(room: Room, sight: Sight, shown: Room): Room['belongings'] {
  return kept(room.belongings, (home, id) =>
    sight.hides(home) || owned.some((field) => room[field].has(id) && !shown[field].has(id)) ? null : home,
  );
}

interface Placed {
  readonly id: string;
  readonly incident: string | null;
  readonly contact?: string | null;
}

function shownThing<T extends Placed>(sight: Sight): (one: T) => T | null {
  return (one) =>
    isOut(sight, one.id) || isOut(sight, one.incident) || isOut(sight, one.contact) ? null : scrubbed(sight, one);
}

function aboutId(about: string): string {
  return about.slice(about.indexOf(':') + 1);
}

/** Contacts and incidents, with who appears in them. */
function matters(room: Room, sight: Sight): Partial<Room> {
  const isShown = (one: Appearance): boolean => isSeen(room, sight, one);
  const mentions = kept(room.mentions, (all, place) => {
    if (isOut(sight, place)) return null;
    const shown = all.filter(isShown);
    if (shown.length === all.length) return all;
    return shown.length === 0 ? null : shown;
  });
  const subjectsIn = (places: readonly string[], held: readonly string[]): readonly string[] => {
    if (places.every((place) => mentions.get(place) === room.mentions.get(place))) return held;
    const there = new Set(places.flatMap((place) => (mentions.get(place) ?? []).map((one) => one.subject)));
    return held.filter((one) => there.has(one));
  };
  return {
    mentions,
    contacts: kept(room.contacts, (contact) => {
      if (isOut(sight, contact.id)) return null;
      const all = subjectsIn([contact.id], contact.subjects);
      return scrubbed(sight, { ...contact, subjects: all, keys: keysOn(room, sight, contact) });
    }),
    incidents: kept(room.incidents, (incident) => {
      if (isOut(sight, incident.id)) return null;
      const all = subjectsIn([incident.id, ...incident.contacts], incident.subjects);
      const shown: Incident = all === incident.subjects ? incident : { ...incident, subjects: all };
      return scrubbed(sight, shown);
    }),
    joins: kept(room.joins, (all, into) => {
      const shown = all.filter((one) => !isOut(sight, one));
      if (isOut(sight, into) || shown.length === 0) return null;
      return shown.length === all.length ? all : shown;
    }),
    archived: kept(room.archived, (one, incident) => (isOut(sight, incident) ? null : one)),
    seqsOn: kept(room.seqsOn, (seqs, place) => (isOut(sight, place) ? null : seqs)),
    failures: kept(room.failures, (all, place) => (isOut(sight, place) ? null : all)),
  };
}

/** Tellings of a subject that are not hidden. */
function tellingsOf(room: Room, sight: Sight, subject: Subject): readonly Telling[] {
  const shown = subject.told.filter((one) => {
    const home = homeOf(room, one);
    return home === undefined || !sight.hides(home);
  });
  return shown.length === subject.told.length ? subject.told : shown;
}

function isKnown(room: Room, sight: Sight, id: string): boolean {
  const subject = room.subjects.get(id);
  return subject !== undefined && tellingsOf(room, sight, subject).length > 0;
}

function isSeen(room: Room, sight: Sight, one: Appearance): boolean {
  return !isOut(sight, one.incident) && !isOut(sight, one.contact) && isKnown(room, sight, one.subject);
}

/** Whether somebody was recorded under other identities in places that are hidden. */
function isMixed(room: Room, sight: Sight, id: string): boolean {
  const subject = room.subjects.get(id);
  return subject !== undefined && tellingsOf(room, sight, subject) !== subject.told;
}

/** The keys under which a subject was known at a place of the log, as far as it is seen. */
function keysAt(room: Room, sight: Sight, { subject, seq }: Appearance): readonly string[] {
  const held = room.subjects.get(subject);
  const told = held === undefined ? [] : tellingsOf(room, sight, held).filter((one) => one.seq <= seq);
  const last = told.at(-1);
  return last === undefined ? [] : keysOf(last.identity);
}

function keysOn(room: Room, sight: Sight, contact: Contact): readonly string[] {
  const all = room.mentions.get(contact.id) ?? [];
  if (all.every((one) => isSeen(room, sight, one) && !isMixed(room, sight, one.subject))) return contact.keys;
  const seen = all.filter((one) => isSeen(room, sight, one));
  return [...new Set(seen.flatMap((one) => keysAt(room, sight, one)))];
}

/** Who and what is known, under which keys, and where it appeared of late. */
function subjects(room: Room, sight: Sight): Partial<Room> {
  const shown = kept(room.subjects, (subject) => {
    const told = tellingsOf(room, sight, subject);
    const last = told.at(-1);
    if (last === undefined) return null;
    if (told === subject.told) return subject;
    return { ...subject, identity: last.identity, keys: keysOf(last.identity), seq: last.seq, told };
  });
  const isUnder = (key: string, id: string): boolean =>
    shown.get(id)?.told.some((one) => keysOf(one.identity).includes(key)) ?? false;
  return {
    subjects: shown,
    subjectsByKey: kept(room.subjectsByKey, (all, key) => {
      const seen = all.filter((id) => isUnder(key, id));
      if (seen.length === all.length) return all;
      return seen.length === 0 ? null : seen;
    }),
    relations: kept(room.relations, (all, id) => {
      const seen = all.filter((one) => ![one.from, one.to, one.incident].some((end) => isOut(sight, end)));
      if (isOut(sight, id) || seen.length === 0) return null;
      return seen.length === all.length ? all : seen;
    }),
    appearances: appearances(room, sight),
    phoneHands: phoneHands(room, sight),
  };
}

function appearances(room: Room, sight: Sight): Room['appearances'] {
  const moved = new Map<number, Appearance>();
  let next = kept(room.appearances, (all) => {
    const seen = all.filter((one) => {
      if (!isSeen(room, sight, one)) return false;
      if (!isMixed(room, sight, one.subject)) return true;
      moved.set(one.seq, one);
      return false;
    });
    if (seen.length === all.length) return all;
    return seen.length === 0 ? null : seen;
  });
  for (const one of moved.values())
    for (const key of keysAt(room, sight, one))
      next = next.set(
        key,
        [...(next.get(key) ?? []), one].toSorted((a, b) => a.seq - b.seq),
      );
  return next;
}

/** In whose hands a phone is, as it was last said where it can be seen. */
function phoneHands(room: Room, sight: Sight): Room['phoneHands'] {
  const hidden = new Set<string>();
  const last = new Map<string, Appearance>();
  for (const all of room.mentions.values())
    for (const one of all) {
      if (one.whose === null) continue;
      if (!isSeen(room, sight, one)) hidden.add(one.subject);
      else if ((last.get(one.subject)?.seq ?? -1) < one.seq) last.set(one.subject, one);
    }
  return room.phoneHands.withMutations((hands) => {
    for (const phone of hidden) {
      const whose = last.get(phone)?.whose ?? null;
      if (whose === null) hands.delete(phone);
      else hands.set(phone, whose);
    }
  });
}

function shownLink(sight: Sight): (link: Link) => Link | null {
  return (link) => {
    if (isOut(sight, link.id) || isOut(sight, link.incident)) return null;
    const shown = scrubbed(sight, link);
    return shown.from === link.from && shown.to === link.to ? shown : { ...shown, reasons: [restrictedText] };
  };
}

/** Links by their ends, in the order in which they were proposed. */
function linksOn(room: Room, links: Room['links']): Room['linksOn'] {
  let next = room.linksOn.clear();
  for (const link of [...links.values()].toSorted((a, b) => a.seq - b.seq)) next = linkedWith(next, link);
  return next;
}

/** What is done about people, places and incidents. */
function things(room: Room, sight: Sight): Partial<Room> {
  const links = kept(room.links, shownLink(sight));
  const callbacks = kept(room.callbacks, shownThing(sight));
  const locations = kept(room.locations, shownThing(sight));
  const checks = kept(room.checks, shownThing(sight));
  const patterns = kept(room.patterns, (pattern) => {
    if (isOut(sight, pattern.id) || isOut(sight, pattern.incident)) return null;
    const members = pattern.members.filter((one) => !isOut(sight, one.of) && !isOut(sight, one.incident));
    return scrubbed(sight, members.length === pattern.members.length ? pattern : { ...pattern, members });
  });
  return {
    callbacks,
    callbacksOn: index(room.callbacksOn, sight, callbacks),
    locations,
    locationsOn: index(room.locationsOn, sight, locations),
    checks,
    checksOn: index(room.checksOn, sight, checks),
    links,
    linksOn: linksOn(room, links),
    patterns,
    patternsOn: index(room.patternsOn, sight, patterns),
    ...standing(room, sight),
    units: kept(room.units, (unit) => shownUnit(room, unit, sight)),
    deployments: kept(room.deployments, shownThing(sight)),
    tasks: kept(room.tasks, (task) => {
      const shown = shownThing<typeof task>(sight)(task);
      return shown === null || shown.subject === task.subject ? shown : { ...shown, says: restrictedText };
    }),
    deferrals: kept(room.deferrals, shownThing(sight)),
    deferralsOf: kept(room.deferralsOf, (times, place) => (isOut(sight, place) ? null : times)),
    messages: kept(room.messages, shownThing(sight)),
    promises: kept(room.promises, shownThing(sight)),
    transfers: kept(room.transfers, shownThing(sight)),
    exhibits: kept(room.exhibits, shownThing(sight)),
    descriptions: kept(room.descriptions, shownThing(sight)),
    showings: kept(room.showings, shownThing(sight)),
  };
}

/** Markers and orders, which stand on people. */
function standing(room: Room, sight: Sight): Partial<Room> {
  const markers = kept(room.markers, (marker) => {
    if (isOut(sight, marker.id) || isOut(sight, marker.subject)) return null;
    const acknowledged = marker.acknowledged.filter((one) => !isOut(sight, one.incident));
    return scrubbed(sight, acknowledged.length === marker.acknowledged.length ? marker : { ...marker, acknowledged });
  });
  const orders = kept(room.orders, (order) => {
    if (isOut(sight, order.id) || isOut(sight, order.respondent)) return null;
    const breaches = order.breaches.filter((one) => !isOut(sight, one.incident) && !isOut(sight, one.id));
    return scrubbed(sight, breaches.length === order.breaches.length ? order : { ...order, breaches });
  });
  return {
    markers,
    markersOf: index(room.markersOf, sight, markers),
    orders,
    ordersOf: index(room.ordersOf, sight, orders),
  };
}

/** A unit as it is shown: one that is at something hidden is committed, without where and since when it was there. */
export function shownUnit(room: Room, unit: Unit, sight: Sight): Unit {
  if (!isOut(sight, unit.deployment)) return unit;
  const since = room.deployments.get(unit.deployment ?? '')?.assignedAt ?? unit.since;
  const isOwnWord = unit.status === 'emergency' || unit.status === 'off-duty';
  return {
    ...unit,
    status: isOwnWord ? unit.status : 'committed',
    since: isOwnWord ? unit.since : since,
    deployment: null,
  };
}

/** What waits for somebody: decisions, reviews, duties, with the notes beside them. */
function open(room: Room, sight: Sight): Partial<Room> {
  const duties = kept(room.duties, (duty) =>
    isOut(sight, duty.id) || isOut(sight, duty.incident) || isOut(sight, aboutId(duty.about))
      ? null
      : scrubDuty(sight, duty),
  );
  const reviews = kept(room.reviews, shownThing(sight));
  let agenda: Agenda | null = null;
  for (const { nextAt, seq, steps, id } of duties.values())
    if (nextAt !== null) agenda = schedule(agenda, { at: nextAt, seq, steps, duty: id });
  return {
    duties,
    agenda,
    dutiesAbout: index(room.dutiesAbout, sight, duties, aboutId),
    dutiesOn: index(room.dutiesOn, sight, duties),
    dutiesOf: index(room.dutiesOf, sight, duties),
    notes: kept(room.notes, (notes, about) => (isOut(sight, aboutId(about)) ? null : scrubNotes(sight, notes))),
    proposals: kept(room.proposals, (one) => (isOut(sight, one.id) ? null : scrubbed(sight, one))),
    reviews,
    reviewsOn: index(room.reviewsOn, sight, reviews),
    reliances: kept(room.reliances, shownThing(sight)),
    harms: kept(room.harms, shownThing(sight)),
    holds: kept(room.holds, (harm, held) => (isOut(sight, held) || isOut(sight, harm) ? null : harm)),
    restrictions: kept(room.restrictions, (one, home) => (sight.hides(home) ? null : one)),
  };
}
