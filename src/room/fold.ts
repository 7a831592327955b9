import { keptAfter, seqsAfter } from './belongings.ts';
import { listed, roomWith } from './change.ts';
import type { Map } from 'immutable';
import type { StoredEvent } from './define.ts';
import { joinedAgain } from './joins.ts';
import type { Room } from './room.ts';
import { emptyRoom } from './room.ts';
import { eventDefinitions, evolverOf } from './vocabulary.ts';

/**
 * The room after one event. Total: an event of an unknown type, about unknown ids or with an erased body changes no
 * more
 * than it can, and never throws on a schema-valid sequence. Never calls a safeguard, so an old log folds the same under
 * any later catalogue.
 */
export function evolve(room: Room, event: StoredEvent): Room {
  const next = changed(room, event);
  const now = Math.max(room.now, event.recordedAt);
  // What an evolver made nobody else holds yet: its place in the log is written into it instead of into one more copy.
  const fresh = (next === room ? roomWith(room, {}) : next) as { -readonly [K in keyof Room]: Room[K] };
  fresh.seq = event.seq;
  fresh.now = now;
  if (evolverOf(event.type) === undefined) return fresh;
  fresh.seqsOn = seqsAfter(fresh, event);
  const { restrictions, belongings } = keptAfter(fresh, event);
  fresh.restrictions = restrictions;
  fresh.belongings = belongings;
  return fresh;
}

/** The room after a log. */
export function fold(room: Room, events: Iterable<StoredEvent>): Room {
  let next = room;
  for (const event of events) next = evolve(next, event);
  return next;
}

function changed(room: Room, event: StoredEvent): Room {
  const evolver = evolverOf(event.type);
  if (evolver === undefined) return room;
  if (event.body !== null) {
    const next = evolver(room, event);
    return event.type === 'Recalled' ? recalled(next, event) : next;
  }
  const rest = eventDefinitions.get(event.type)?.erased;
  return rest === undefined ? room : evolver(room, { ...event, body: rest });
}

const returning = [
  'incidents',
  'contacts',
  'deployments',
  'tasks',
  'checks',
  'checksOn',
  'callbacks',
  'callbacksOn',
  'locations',
  'locationsOn',
  'exhibits',
  'descriptions',
  'showings',
  'mentions',
  'seqsOn',
] as const;

/** What a matter's own log tells of its leaving the room and coming back, earlier: no part of what it is. */
const comingAndGoing: ReadonlySet<string> = new Set(['IncidentArchived', 'ContactArchived', 'Recalled']);

/** Folds what came back by itself, then puts it beside what is here: its units and people have moved on since. */
function recalled(room: Room, event: StoredEvent): Room {
  const { events } = event.body as { readonly events: readonly StoredEvent[] };
  const seen: Room = { ...emptyRoom(room.id, room.kind), policy: room.policy, subjects: room.subjects };
  const back = events.filter((one) => !comingAndGoing.has(one.type)).reduce((held, one) => evolve(held, one), seen);
  const grafted: Record<string, unknown> = {};
  for (const field of returning) {
    const came = back[field] as Map<string, unknown>;
    grafted[field] = came.merge(room[field] as Map<string, unknown>);
  }
  return known(joinedAgain(roomWith(room, grafted), back.incidents), back);
}

/** Whoever was forgotten meanwhile is known again; whoever was not is known as the room knows them. */
function known(room: Room, back: Room): Room {
  let { subjects, subjectsByKey } = room;
  for (const [key, all] of back.subjectsByKey)
    for (const id of all) {
      const subject = room.subjects.has(id) ? undefined : back.subjects.get(id);
      if (subject === undefined) continue;
      subjects = subjects.set(id, subject);
      subjectsByKey = listed(subjectsByKey, key, id, 100);
    }
  return subjects === room.subjects ? room : roomWith(room, { subjects, subjectsByKey });
}
