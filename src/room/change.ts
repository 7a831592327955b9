import type { Map } from 'immutable';
import type { Room } from './room.ts';

type Entities = { readonly [K in keyof Room]: Room[K] extends Map<string, infer T> ? T : never };
type MapField = { readonly [K in keyof Room]: Room[K] extends Map<string, object> ? K : never }[keyof Room];

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
  return changed === entity ? room : { ...room, [field]: map.set(id, changed) };
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
