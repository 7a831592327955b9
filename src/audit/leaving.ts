import type { Map } from 'immutable';
import { keptOf, roomWith } from '../room/change.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Duty } from '../room/duty.ts';
import { dutiesOfIncident } from '../room/duty.ts';
import { evolve } from '../room/fold.ts';
import type { Room } from '../room/room.ts';
import type { Subject } from '../room/subject.ts';
import type { Unit } from '../room/unit.ts';
import { world } from './stage.ts';

/**
 * The room without an incident that the audit follows no further: its open duties end, and it leaves as a finished one
 * does. Nobody met them; what was said stands in the audit.
 */
export function withoutIncident(room: Room, wanted: string): { readonly room: Room; readonly duties: readonly Duty[] } {
  const incident = room.incidents.get(wanted);
  if (incident === undefined) return { room, duties: [] };
  const duties = dutiesOfIncident(room, incident);
  const before = ended(room, duties);
  const next = evolve(before, ofAudit(before, 'IncidentArchived', { incident: wanted }, {}));
  // It never comes back: that it was here is remembered by the audit alone.
  return { room: roomWith(next, { archived: next.archived.delete(wanted) }), duties };
}

function ended(room: Room, duties: Iterable<Duty>): Room {
  let next = room;
  for (const { id } of duties) next = evolve(next, ofAudit(next, 'DutyMet', { duty: id }, { by: 0 }));
  return next;
}

function ofAudit(room: Room, type: string, ids: StoredEvent['ids'], body: unknown): StoredEvent {
  return {
    seq: room.seq,
    room: room.id,
    at: room.now,
    recordedAt: room.now,
    actor: world,
    second: null,
    scope: 'room',
    type,
    version: 1,
    cause: null,
    command: 'audit',
    ids,
    body,
  };
}

const keptByPlace = [
  'contacts',
  'checks',
  'callbacks',
  'deployments',
  'tasks',
  'links',
  'promises',
  'messages',
  'transfers',
  'reviews',
  'reliances',
  'deferrals',
  'proposals',
  'harms',
  'locations',
] as const;
const keptByKey = ['callbacksOn', 'locationsOn', 'checksOn', 'linksOn', 'patternsOn', 'reviewsOn', 'failures'] as const;

/**
 * The room without what it remembers of incidents that have left and of nobody else: subjects that no incident names
 * any more, what stands under their names, and everything that belonged to those incidents alone. A live room keeps
 * these; an audit of years cannot.
 */
export function withoutTraces(room: Room): Room {
  const isHere = (id: string | null | undefined): boolean =>
    id === null || id === undefined || room.incidents.has(id) || room.contacts.has(id);
  const named = new Set<string>();
  for (const list of room.mentions.values()) for (const one of list) named.add(one.subject);
  const subjects = keptOf(room.subjects, (_, id) => named.has(id));
  const next: Record<string, unknown> = { subjects, ...namesOf(room, subjects) };
  for (const field of keptByPlace)
    next[field] = keptOf(room[field] as Map<string, { readonly incident?: string | null }>, (one) =>
      isHere(one.incident),
    );
  for (const field of keptByKey)
    next[field] = keptOf(room[field] as Map<string, unknown>, (_, key) => isKnownPlace(room, subjects, key));
  next['notes'] = keptOf(room.notes, (_, about) => isKnownPlace(room, subjects, about.slice(about.indexOf(':') + 1)));
  next['deferralsOf'] = keptOf(room.deferralsOf, (_, key) => isHere(key));
  next['mentions'] = keptOf(room.mentions, (_, key) => isHere(key));
  next['seqsOn'] = keptOf(room.seqsOn, (_, key) => isHere(key));
  next['patterns'] = keptOf(room.patterns, (one) => one.between.some((subject) => subjects.has(subject)));
  const isIdle = (one: Unit): boolean => one.deployment === null || !room.deployments.has(one.deployment);
  const idle = room.units.filter((one) => isIdle(one) && room.now - one.since > unitIdleMs);
  next['units'] = room.units.deleteAll(idle.keys());
  next['freeUnits'] = room.freeUnits.deleteAll(idle.keys());
  const kept = roomWith(room, next);
  return ended(kept, kept.duties.filter((duty) => !isAboutSomething(kept, duty)).values());
}

function isAboutSomething(room: Room, { about }: Duty): boolean {
  const cut = about.indexOf(':');
  const things = room[`${about.slice(0, cut)}s` as keyof Room] as Map<string, unknown> | undefined;
  return cut === -1 || things === undefined || things.has(about.slice(cut + 1));
}

/** A unit that no row names for this long is enrolled anew when one does. */
const unitIdleMs = 86_400_000;

function isKnownPlace(room: Room, subjects: Map<string, Subject>, key: string): boolean {
  return key === 'room' || room.incidents.has(key) || room.contacts.has(key) || subjects.has(key);
}

function namesOf(room: Room, subjects: Map<string, Subject>): Partial<Room> {
  return {
    appearances: thinned(room.appearances, (one) => room.now - one.at <= room.policy.recentMs),
    subjectsByKey: thinned(room.subjectsByKey, (one) => subjects.has(one)),
    relations: keptOf(room.relations, (_, subject) => subjects.has(subject)),
    phoneHands: keptOf(room.phoneHands, (_, subject) => subjects.has(subject)),
  };
}

/** An index without what is not to be kept in its lists, and without lists in which nothing is. */
function thinned<T>(index: Map<string, readonly T[]>, isKept: (one: T) => boolean): Map<string, readonly T[]> {
  const changed: (readonly [string, readonly T[]])[] = [];
  index.forEach((list, key) => {
    if (!list.every(isKept)) changed.push([key, list.filter(isKept)]);
  });
  if (changed.length === 0) return index;
  return index.withMutations((next) => {
    for (const [key, list] of changed)
      if (list.length === 0) next.delete(key);
      else next.set(key, list);
  });
}
