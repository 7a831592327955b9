import type { Reason, StoredEvent } from '../room/define.ts';
import { homesOf, stringsIn } from '../room/belongings.ts';
import { roomWith } from '../room/change.ts';
import type { Why } from '../room/duty.ts';
import { letsIn, mayReadRoom, restrictionOn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import type { Gate } from '../room/safeguard.ts';
import { isHere } from '../room/staff.ts';
import { homesInText, homesOfWhy, homesToldIn } from '../room/traces.ts';
import { accessChanged, accessEndsAt, hiddenIncidents, mayRead } from '../views/reader.ts';
import type { Rooms, Shown } from '../views/redact.ts';
import { redaction } from '../views/redact.ts';
import { scrubbed, sightOf } from '../views/scrub.ts';
import { visible } from '../views/visible.ts';
import type { Who } from './admission.ts';

/** Whoever plays a replay is shown all of it: nothing in it is anybody's. */
export function isWhole(room: Room, { actor }: Who): boolean {
  return room.kind === 'replay' && actor.kind === 'machine';
}

/** Whether somebody may be shown anything at all: at work, on call, or enrolled to audit. Machines are told instead. */
export function mayLook(room: Room, who: Who): boolean {
  return isWhole(room, who) || (who.actor.kind === 'staff' && mayReadRoom(room, who.actor.id));
}

/** Whether reading this needs a purpose: of somebody who is off duty, and of what is restricted. */
export function needsPurpose(room: Room, who: Who, incident: string | undefined): boolean {
  if (isWhole(room, who)) return false;
  if (!isHere(room, who.actor.id)) return true;
  return incident !== undefined && restrictionOn(room, incident) !== null;
}

/** The restricted incident that somebody sees only because they broke the glass for it, or null. */
export function throughGlass(room: Room, { actor }: Who, incident: string | undefined): string | null {
  const restriction = incident === undefined ? null : restrictionOn(room, incident);
  if (restriction === null || !restriction.glass.some((one) => one.staff === actor.id)) return null;
  return letsIn(room, { ...restriction, glass: [] }, actor.id) ? null : restriction.incident;
}

/** The room at an instant: a glass that was broken is whole again in time, whether or not anything happens then. */
export function roomAt(room: Room, now: number): Room {
  const isLate = [...room.restrictions.values()].some((one) =>
    one.glass.some(({ until }) => until > room.now && until <= now),
  );
  return isLate ? roomWith(room, { now }) : room;
}

/** What everybody from whom the same incidents are hidden sees of a room is the same: it is worked out once. */
const seenRooms = new WeakMap<Room, Map<string, Room>>();

/** The room as somebody sees it; the very room where nothing is hidden from them. */
export function seenBy(room: Room, who: Who): Room {
  if (isWhole(room, who)) return room;
  const reader = { staff: who.actor.id };
  if (!mayLook(room, who)) return visible(room, reader);
  if (room.restrictions.size === 0) return room;
  const key = hiddenIncidents(room, reader).join(' ');
  if (key === '') return room;
  const held = seenRooms.get(room) ?? new Map<string, Room>();
  seenRooms.set(room, held);
  const seen = held.get(key) ?? visible(room, reader);
  held.set(key, seen);
  return seen;
}

/** Whether what is known by an id is hidden from somebody, or is in a room of which they may read nothing. */
export function isHiddenFrom(room: Room, who: Who, id: string): boolean {
  if (isWhole(room, who)) return false;
  const reader = { staff: who.actor.id };
  if (!mayLook(room, who)) return true;
  return !mayRead(room, reader, id) || (room.subjects.has(id) && !mayRead(room, reader, `subject:${id}`));
}

/** Whether every event between two rooms goes to somebody just as it is. */
export function seesAll({ before, after }: Rooms, who: Who): boolean {
  if (isWhole(after, who)) return true;
  return before.restrictions.size === 0 && after.restrictions.size === 0 && mayLook(after, who);
}

/** How an event is shown to anybody: what does not depend on who they are is worked out once. */
export function showing(event: StoredEvent, rooms: Rooms): (who: Who) => Shown {
  const show = redaction(event, rooms);
  return (who) => (isWhole(rooms.after, who) ? event : show({ staff: who.actor.id }));
}

/** The place of an event that is not for somebody. */
export function withheldAt(seq: number): Shown {
  return { seq, withheld: true };
}

/** Whether something came into somebody's sight or went out of it, so that they must begin again. */
export function hasChanged(before: Room, after: Room, who: Who): boolean {
  return !isWhole(after, who) && accessChanged(before, after, { staff: who.actor.id });
}

/** Until when somebody sees what they broke the glass for; null: nothing ends by itself. */
export function sightEndsAt(room: Room, who: Who): number | null {
  return accessEndsAt(room, { staff: who.actor.id });
}

/** Reasons and gates without what is hidden from whoever is told them. */
export function toldOf(
  room: Room,
  who: Who,
  refused: { readonly reasons: readonly Reason[]; readonly gates: readonly Gate[] },
): { readonly reasons: readonly Reason[]; readonly gates: readonly Gate[] } {
  if (isWhole(room, who) || room.restrictions.size === 0) return refused;
  return scrubbed(sightOf(room, { staff: who.actor.id }), refused);
}

/** Whether an event is of a restricted incident, or tells anything of one: not for whoever is let in to none. */
export function isRestricted(event: StoredEvent, room: Room): boolean {
  if (room.restrictions.size === 0) return false;
  if (homesOf(room, event).length > 0) return true;
  const text = JSON.stringify([event.ids, event.body]);
  const { why } = (event.body ?? {}) as { readonly why?: Why };
  return (
    homesInText(room, text).length > 0 ||
    homesToldIn(room, stringsIn(event.body)).length > 0 ||
    (why !== undefined && homesOfWhy(room, why).length > 0)
  );
}
