import { listed, roomWith, unlisted } from './change.ts';
import type { Room } from './room.ts';

/** The room with an incident no longer among those that were joined into another. */
export function parted(room: Room, incident: string): Room {
  const into = room.incidents.get(incident)?.joinedInto ?? null;
  return into === null ? room : roomWith(room, { joins: unlisted(room.joins, into, incident) });
}

/** The room with what came back among those that were joined into others. */
export function joinedAgain(room: Room, incidents: Room['incidents']): Room {
  let { joins } = room;
  for (const { id, joinedInto } of incidents.values()) {
    const isThere = joinedInto === null || (joins.get(joinedInto)?.includes(id) ?? false);
    if (!isThere) joins = listed(joins, joinedInto, id, 100_000);
  }
  return joins === room.joins ? room : roomWith(room, { joins });
}

/** Where an incident ended up, through every joining; a ring of joinings ends where it began. */
function endOf(room: Room, incident: string): string {
  const seen = new Set<string>();
  let end = incident;
  for (let next: string | null = incident; next !== null && !seen.has(next); ) {
    seen.add(next);
    end = next;
    next = room.incidents.get(next)?.joinedInto ?? null;
  }
  return end;
}

/** An incident with every other that was joined into it, however many steps away. */
export function joinedInto(room: Room, incident: string): ReadonlySet<string> {
  const all = new Set([incident]);
  for (const one of all) for (const joined of room.joins.get(one) ?? []) all.add(joined);
  return all;
}

/** The incident in which a matter goes on, with every other that was joined into it. */
export function joinedTogether(room: Room, incident: string): ReadonlySet<string> {
  return joinedInto(room, endOf(room, incident));
}
