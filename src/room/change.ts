import { List } from 'immutable';
import type { Map } from 'immutable';
import type { Room } from './room.ts';

type Entities = { readonly [K in keyof Room]: Room[K] extends Map<string, infer T> ? T : never };
type MapField = { readonly [K in keyof Room]: Room[K] extends Map<string, object> ? K : never }[keyof Room];

/** Whether this is one of the room's long lists: they grow at their end without being copied. */
export function isLongList(value: object): value is List<unknown> {
  return List.isList(value);
}

/** The room with some fields of one entity changed; unknown ids change nothing, for the fold is total. */
export function changeIn<K extends MapField>(
  room: Room,
  field: K,
  id: string | undefined,
  change: Partial<Entities[K]>,
): Room {
  return updateIn(room, field, id, (entity) => ({ ...(entity as object), ...change }) as Entities[K]);
}

/** The room with one entity replaced by what `change` makes of it; unknown ids change nothing. */
export function updateIn<K extends MapField>(
  room: Room,
  field: K,
  id: string | undefined,
  change: (entity: Entities[K]) => Entities[K],
): Room {
  const map = room[field] as unknown as Map<string, Entities[K]>;
  const entity = id === undefined ? undefined : map.get(id);
  if (id === undefined || entity === undefined) return room;
  const changed = change(entity);
  return changed === entity ? room : roomWith(room, { [field]: map.set(id, changed) });
}

/** The index with one value more under a key, kept to the newest `most`. */
export function listed<T>(
  index: Map<string, readonly T[]>,
  key: string,
  value: T,
  most = 1_000,
): Map<string, readonly T[]> {
  const held = index.get(key);
  if (held === undefined) return index.set(key, [value]);
  return index.set(key, held.length >= most ? [...held.slice(1 - most), value] : [...held, value]);
}

/** The index without a value under a key; an empty list leaves the index. */
export function unlisted<T>(index: Map<string, readonly T[]>, key: string, value: T): Map<string, readonly T[]> {
  const held = index.get(key);
  if (held === undefined) return index;
  const rest = held.filter((other) => other !== value);
  return rest.length === 0 ? index.delete(key) : index.set(key, rest);
}

/** A collection without what stands under these keys; itself where nothing does. */
export function withoutKeys<M extends { delete(key: string): M; readonly size: number }>(
  map: M,
  keys: Iterable<string>,
): M {
  let next = map;
  if (map.size > 0) for (const key of keys) next = next.delete(key);
  return next;
}

/** A collection with only what is to be kept; itself where all is: most of the time little leaves a large one. */
export function keptOf<T>(map: Map<string, T>, isKept: (value: T, key: string) => boolean): Map<string, T> {
  const gone: string[] = [];
  map.forEach((value, key) => {
    if (!isKept(value, key)) gone.push(key);
  });
  return gone.length === 0 ? map : map.deleteAll(gone);
}

/**
 * The room with some of its fields changed. Its fields are spelt out because spreading an object this wide costs 1.7
 * microseconds and this costs 0.1 (`npm run bench`); an evolver makes several such copies.
 */
export function roomWith(room: Room, change: Partial<Room>): Room {
  return Object.assign(copied(room), change);
}

function copied(room: Room): Room {
  return {
    id: room.id,
    kind: room.kind,
    seq: room.seq,
    now: room.now,
    policy: room.policy,
    contacts: room.contacts,
    incidents: room.incidents,
    archived: room.archived,
    joins: room.joins,
    callbacks: room.callbacks,
    callbacksOn: room.callbacksOn,
    locations: room.locations,
    locationsOn: room.locationsOn,
    subjects: room.subjects,
    subjectsByKey: room.subjectsByKey,
    relations: room.relations,
    phoneHands: room.phoneHands,
    appearances: room.appearances,
    mentions: room.mentions,
    checks: room.checks,
    checksOn: room.checksOn,
    sources: room.sources,
    links: room.links,
    linksOn: room.linksOn,
    patterns: room.patterns,
    patternsOn: room.patternsOn,
    markers: room.markers,
    markersOf: room.markersOf,
    orders: room.orders,
    ordersOf: room.ordersOf,
    units: room.units,
    freeUnits: room.freeUnits,
    deployments: room.deployments,
    tasks: room.tasks,
    deferrals: room.deferrals,
    deferralsOf: room.deferralsOf,
    messages: room.messages,
    promises: room.promises,
    transfers: room.transfers,
    exhibits: room.exhibits,
    descriptions: room.descriptions,
    showings: room.showings,
    proposals: room.proposals,
    reviews: room.reviews,
    reviewsOn: room.reviewsOn,
    reliances: room.reliances,
    harms: room.harms,
    holds: room.holds,
    lessons: room.lessons,
    logFaults: room.logFaults,
    flow: room.flow,
    staff: room.staff,
    onDuty: room.onDuty,
    duties: room.duties,
    dutiesAbout: room.dutiesAbout,
    dutiesOn: room.dutiesOn,
    dutiesOf: room.dutiesOf,
    notes: room.notes,
    agenda: room.agenda,
    failures: room.failures,
    restrictions: room.restrictions,
    belongings: room.belongings,
    seqsOn: room.seqsOn,
  };
}
