import type { Projection } from '../database/projection.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Restriction } from '../room/restriction.ts';
import { letsIn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import { resolveRole } from '../room/staff.ts';

/** Events after which somebody else may be let in: the restriction changed, or who sits at its desk or on its line. */
const admitting: ReadonlySet<string> = new Set([
  'IncidentRestricted',
  'ReaderAdmitted',
  'ReaderWithdrawn',
  'RestrictionLifted',
  'GlassBroken',
  'IncidentsJoined',
  'IncidentOpened',
  'ContactJoined',
  'ContactAnswered',
  'ContactEnded',
  'StaffEnrolled',
  'StaffSignedOn',
  'StaffLeaving',
  'StaffSignedOff',
  'BreakStarted',
  'BreakEnded',
  'PolicyAdopted',
]);

const thingsText = `
with given as (
  select * from json_to_recordset($2::json) as g (thing text, incident text)
), gone as (
  delete from heed.restriction r
  where r.room = $1 and (r.incident = any ($3::text[]) or r.incident <> all ($4::text[]))
    and not exists (select from given g where g.thing = r.thing)
)
insert into heed.restriction as r (room, thing, incident) select $1, thing, incident from given
on conflict (room, thing) do update set incident = excluded.incident where r.incident <> excluded.incident`;

const readersText = `
with given as (
  select * from json_to_recordset($2::json) as g (incident text, staff text, until bigint)
), gone as (
  delete from heed.restriction_reader r
  where r.room = $1 and not exists (select from given g where g.incident = r.incident and g.staff = r.staff)
)
insert into heed.restriction_reader as r (room, incident, staff, until)
select $1, incident, staff, until from given
on conflict (room, incident, staff) do update set until = excluded.until where r.until is distinct from excluded.until`;

/**
 * What the database must know of these events so that its own fence stands where the room's does: what belongs to a
 * restricted incident, and whom it lets in. The room is as it is after them; the rules are the room's alone.
 */
export function accessProjections(room: Room, events: readonly StoredEvent[]): readonly Projection[] {
  const isUntouched = room.restrictions.size === 0 && !events.some((event) => event.type === 'RestrictionLifted');
  if (isUntouched) return [];
  const isReaders = events.some((event) => admitting.has(event.type));
  return [...thingsAfter(room, events), ...(isReaders ? [readersStatement(room)] : [])];
}

/** The whole fence of a room anew, whatever the database holds: for when a process takes the room up. */
export function fenceOf(room: Room): readonly Projection[] {
  const homes = [...room.restrictions.keys()];
  return [thingsStatement(room, keysOf(room, new Set(homes)), homes), readersStatement(room)];
}

interface Thing {
  readonly thing: string;
  readonly incident: string;
}

function thingsAfter(room: Room, events: readonly StoredEvent[]): readonly Projection[] {
  const first = events[0]?.seq ?? 0;
  // Something that was there before came in or went out: then all that belongs to it is said anew.
  const changed = [...room.restrictions].filter(([, one]) => one.extent >= first).map(([home]) => home);
  const own = events.flatMap((event) => thingsOf(room, event));
  const isLess = events.some((event) => event.type === 'RestrictionLifted' || event.type === 'IncidentsJoined');
  if (changed.length === 0 && own.length === 0 && !isLess) return [];
  const all = new Map([...keysOf(room, new Set(changed)), ...own].map((one) => [one.thing, one]));
  return [thingsStatement(room, [...all.values()], changed)];
}

/** The event itself and what it names, as far as it belongs to a restricted incident. */
function thingsOf(room: Room, event: StoredEvent): readonly Thing[] {
  return [`#${event.seq}`, ...Object.values(event.ids)].flatMap((thing) => {
    const incident = thing === undefined ? undefined : room.belongings.get(thing);
    return thing === undefined || incident === undefined ? [] : [{ thing, incident }];
  });
}

function keysOf(room: Room, homes: ReadonlySet<string>): readonly Thing[] {
  if (homes.size === 0) return [];
  const things: Thing[] = [...homes].map((home) => ({ thing: home, incident: home }));
  for (const [thing, incident] of room.belongings) if (homes.has(incident)) things.push({ thing, incident });
  return things;
}

function thingsStatement(room: Room, things: readonly Thing[], anew: readonly string[]): Projection {
  const given = [...new Map(things.map((one) => [one.thing, one])).values()];
  return {
    name: 'access-restricted',
    text: thingsText,
    values: [room.id, JSON.stringify(given), anew, [...room.restrictions.keys()]],
  };
}

interface Reader {
  readonly incident: string;
  readonly staff: string;
  /** When a broken glass is whole again; null for whoever is let in otherwise. */
  readonly until: number | null;
}

function readersStatement(room: Room): Projection {
  const readers = [...room.restrictions.values()].flatMap((one) => readersOf(room, one));
  return { name: 'access-readers', text: readersText, values: [room.id, JSON.stringify(readers)] };
}

/** Everybody whom the room's own rule lets in. A way in that is not looked at here stays shut. */
function readersOf(room: Room, restriction: Restriction): readonly Reader[] {
  const { incident, readers, speaking, glass, desk } = restriction;
  const standing = new Set([...room.policy.onCall, ...readers, ...speaking, ...resolveRole(room, desk).staff]);
  const withoutGlass: Restriction = { ...restriction, glass: [] };
  const isIn = [...standing].filter((staff) => letsIn(room, withoutGlass, staff));
  const through = glass.filter(
    ({ staff, until }) => !isIn.includes(staff) && letsIn(room, restriction, staff, until - 1),
  );
  return [
    ...isIn.map((staff) => ({ incident, staff, until: null })),
    ...through.map(({ staff, until }) => ({ incident, staff, until })),
  ];
}
