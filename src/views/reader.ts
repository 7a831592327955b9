import type { Reason } from '../room/define.ts';
import { unknown } from '../room/define.ts';
import { homeOf } from '../room/belongings.ts';
import { letsIn, mayReadRoom, restrictionOn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';

/** Whoever reads, by name: the signed-in person. */
export interface Reader {
  readonly staff: string;
}

const notOnDuty: Reason = {
  code: 'not-on-duty',
  says: 'Sign on to read the room. Off duty, nobody reads more of it than whether they are on duty.',
};

/**
 * Why this person may not read an incident (by its id or as `incident:…`), a subject (`subject:…`) or the `room`; null:
 * they may. Of what is restricted it says what it says of what is not there.
 */
export function whyNotRead(room: Room, reader: Reader, what: string): Reason | null {
  if (!mayReadRoom(room, reader.staff)) return notOnDuty;
  if (room.restrictions.size === 0 || what === 'room') return null;
  const [kind, id] = what.includes(':') ? parted(what) : ['incident', what];
  if (kind !== 'subject') return isHidden(room, reader, id) ? notThere(kind, id) : null;
  const told = room.subjects.get(id)?.told ?? [];
  const isOut = told.length > 0 && told.every((one) => hidesHome(room, reader, homeOf(room, one)));
  return isOut ? notThere(kind, id) : null;
}

/** Whether this person may read an incident, a subject or the room. */
export function mayRead(room: Room, reader: Reader, what: string): boolean {
  return whyNotRead(room, reader, what) === null;
}

function parted(what: string): readonly [string, string] {
  const cut = what.indexOf(':');
  return [what.slice(0, cut), what.slice(cut + 1)];
}

function notThere(kind: string, id: string): Reason | null {
  return unknown(kind, id).refused[0] ?? null;
}

function hidesHome(room: Room, reader: Reader, home: string | undefined): boolean {
  const restriction = home === undefined ? undefined : room.restrictions.get(home);
  return restriction !== undefined && !letsIn(room, restriction, reader.staff);
}

/** Whether a thing of the room, by its id, belongs to an incident that is hidden from this person. */
function isHidden(room: Room, reader: Reader, id: string): boolean {
  return hidesHome(room, reader, room.belongings.get(id));
}

/** Every incident that is hidden from this person, those joined into a restricted one included. */
export function hiddenIncidents(room: Room, reader: Reader): readonly string[] {
  if (room.restrictions.size === 0) return [];
  const hidden = new Set([...room.restrictions.keys()].filter((home) => hidesHome(room, reader, home)));
  if (hidden.size === 0) return [];
  return [...room.belongings].filter(([id, home]) => hidden.has(home) && room.incidents.has(id)).map(([id]) => id);
}

/** Until when this person reads what they broke the glass for, the first end of several; null: it does not end so. */
export function accessEndsAt(room: Room, { staff }: Reader): number | null {
  const ends = [...room.restrictions.values()].flatMap((one) =>
    one.glass.filter((held) => held.staff === staff && held.until > room.now).map((held) => held.until),
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

/** What this person once broke the glass for. */
function glassOf(room: Room, staff: string): readonly string[] {
  const broken: string[] = [];
  for (const [home, { glass }] of room.restrictions) if (glass.some((one) => one.staff === staff)) broken.push(home);
  return broken;
}

/**
 * Whether between two rooms something that was there came into this person's sight or went out of it, so that what they
 * hold must be loaded anew; the events in between do not tell it.
 */
export function accessChanged(before: Room, after: Room, reader: Reader): boolean {
  const { staff } = reader;
  if (mayReadRoom(before, staff) !== mayReadRoom(after, staff)) return true;
  if (before.restrictions.size === 0 && after.restrictions.size === 0) return false;
  const isSame =
    before.restrictions === after.restrictions &&
    before.staff === after.staff &&
    before.onDuty === after.onDuty &&
    before.policy === after.policy;
  const places = isSame
    ? glassOf(after, staff)
    : new Set([...before.restrictions.keys(), ...after.restrictions.keys()]);
  for (const place of places) {
    const [was, is] = [restrictionOn(before, place), restrictionOn(after, place)];
    const wasOut = was !== null && !letsIn(before, was, staff);
    const isOut = is !== null && !letsIn(after, is, staff);
    if (wasOut !== isOut) return true;
    if (wasOut && isOut && was.extent !== is.extent) return true;
  }
  return false;
}
