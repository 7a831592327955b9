import { z } from 'zod';
import { roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, unknown } from './define.ts';
import type { Asked, Decision } from './define.ts';
import type { Duty } from './duty.ts';
import { resolveOwner } from './duty.ts';
import { glassMs } from './policy.ts';
import type { Room } from './room.ts';
import type { Reached } from './staff.ts';
import { isHere, resolveRole } from './staff.ts';
import { restrictedBehind } from './traces.ts';

/** A name, number or address that was told in a restricted incident, with the key that it matches on. */
export interface Told {
  readonly words: string;
  readonly key: string;
}

/** An incident that only those who must know may read. Safeguards, duties and machines see the whole room always. */
export interface Restriction {
  readonly incident: string;
  readonly seq: number;
  readonly by: string;
  /** Admitted by name; beside them its desk, the standing on-call people, and who speaks to a caller of it. */
  readonly readers: readonly string[];
  /** The role that answers for it to everybody else. */
  readonly desk: string;
  /** Turned away by name: neither the desk, a caller on the line nor the glass lets them in. */
  readonly withdrawn: readonly string[];
  /** Who opened it for themselves, and until when. */
  readonly glass: readonly { readonly staff: string; readonly until: number }[];
  /** Who is on the line with a caller of it now. */
  readonly speaking: readonly string[];
  /** Place in the log at which something that was there before last came in or went out. */
  readonly extent: number;
  readonly told: readonly Told[];
}

/** The restriction under which an incident stands, its own or that of the one it was joined with; null: none. */
export function restrictionOn(room: Room, incident: string): Restriction | null {
  return room.restrictions.get(room.belongings.get(incident) ?? incident) ?? null;
}

/** Whether a restriction lets somebody in who may read the room. Nobody can lock the standing on-call people out. */
export function letsIn(room: Room, restriction: Restriction, staff: string, now: number = room.now): boolean {
  if (room.policy.onCall.includes(staff)) return true;
  if (restriction.withdrawn.includes(staff)) return false;
  return (
    restriction.readers.includes(staff) ||
    restriction.speaking.includes(staff) ||
    restriction.glass.some((one) => one.staff === staff && one.until > now) ||
    resolveRole(room, restriction.desk).staff.includes(staff)
  );
}

/** Whether somebody may read the room at all: at work or on call, or enrolled to audit it. */
export function mayReadRoom(room: Room, staff: string): boolean {
  if (isHere(room, staff)) return true;
  const role = room.staff.get(staff)?.enrolledAs ?? '';
  return room.policy.roles[role]?.authorities.includes('audit') ?? false;
}

/** Whether somebody may read an incident, restricted or not. */
export function mayReadIncident(room: Room, staff: string, incident: string): boolean {
  if (!mayReadRoom(room, staff)) return false;
  const restriction = restrictionOn(room, incident);
  return restriction === null || letsIn(room, restriction, staff);
}

function isSame(held: readonly string[], also: readonly string[]): boolean {
  return held.length === also.length && held.every((one) => also.includes(one));
}

/** Whether two incidents are restricted to different people: joined, each would be read by the readers of the other. */
export function areRestrictedApart(room: Room, incident: string, into: string): boolean {
  const [one, other] = [restrictionOn(room, incident), restrictionOn(room, into)];
  if (one === null || other === null || one === other) return false;
  return one.desk !== other.desk || !isSame(one.readers, other.readers) || !isSame(one.withdrawn, other.withdrawn);
}

/** Of the people who were reached for something, those who may read it; where none may, its desk. */
export function reachedFor(room: Room, about: string, reached: Reached): Reached {
  const incident = room.belongings.get(about);
  const restriction = incident === undefined ? undefined : room.restrictions.get(incident);
  if (restriction === undefined) return reached;
  const staff = reached.staff.filter((one) => letsIn(room, restriction, one));
  if (staff.length > 0) return staff.length === reached.staff.length ? reached : { ...reached, staff };
  const desk = resolveRole(room, restriction.desk);
  const readers = desk.staff.filter((one) => letsIn(room, restriction, one));
  return readers.length > 0 ? { ...desk, staff: readers } : { role: 'on-call', staff: room.policy.onCall };
}

/** Who answers for a duty now and may read it: what nobody can see would wait for nobody. */
export function answerersOf(room: Room, duty: Duty): Reached {
  return reachedFor(room, duty.id, resolveOwner(room, duty.owner));
}

const commands = {
  RestrictIncident: z.strictObject({ incident: id, readers: z.array(id).min(1).max(100), desk: id, reason: line }),
  AdmitReader: z.strictObject({ incident: id, staff: id, reason: line }),
  WithdrawReader: z.strictObject({ incident: id, staff: id, reason: line }),
  LiftRestriction: z.strictObject({ incident: id, reason: line }),
  /**
   * Opens a restricted incident at once: by its own id or, since nobody outside knows that, by the incident or contact
   * on which a restricted record matches.
   */
  BreakGlass: z.strictObject({ incident: id.optional(), contact: id.optional(), reason: line }),
};

type Breaking = z.output<typeof commands.BreakGlass>;

const events = {
  IncidentRestricted: event(
    { incident: id },
    { readers: z.array(id).max(100), desk: id, reason: line },
    { readers: [], desk: 'on-call', reason: '[erased]' },
  ),
  ReaderAdmitted: event({ incident: id, staff: id }, { reason: line }, { reason: '[erased]' }),
  ReaderWithdrawn: event({ incident: id, staff: id }, { reason: line }, { reason: '[erased]' }),
  RestrictionLifted: event({ incident: id }, { reason: line }, { reason: '[erased]' }),
  GlassBroken: event({ incident: id, staff: id }, { until: instant, reason: line }, { until: 0, reason: '[erased]' }),
};
const make = drafts(events);

function isStaff(room: Room, staff: string): boolean {
  return room.staff.has(staff) || room.policy.onCall.includes(staff);
}

/** Decides on an incident that stands under a restriction; what was joined with it stands and falls with it. */
function onRestricted(room: Room, incident: string, decide: (restriction: Restriction) => Decision): Decision {
  const restriction = restrictionOn(room, incident);
  if (restriction !== null) return decide(restriction);
  return room.incidents.has(incident)
    ? refuse('not-restricted', `Incident ${incident} is not restricted.`)
    : unknown('incident', incident);
}

/** Somebody by name beside whoever decides: nobody keeps a record to themselves. */
function hasAnother(readers: readonly string[], asked: Asked): boolean {
  return readers.some((one) => one !== asked.actor.id);
}

const alone = refuse('nobody-else', 'Somebody beside you must be able to read it: name one who is not yourself.');

function broken(room: Room, data: Breaking, asked: Asked): Decision {
  const named = [data.incident, data.contact].filter((one) => one !== undefined);
  if (asked.actor.kind !== 'staff') return refuse('person-needed', 'Only a named person can break the glass.');
  if (named.length === 0)
    return refuse(
      'nothing-named',
      'Name the incident, or the incident or contact on which a restricted record matches.',
    );
  const staff = asked.actor.id;
  const behind = [...new Set(named.flatMap((place) => restrictedBehind(room, place)))].filter((incident) => {
    const restriction = room.restrictions.get(incident);
    return restriction !== undefined && !letsIn(room, restriction, staff, asked.now);
  });
  const open = behind.filter((one) => room.restrictions.get(one)?.withdrawn.includes(staff) === false);
  if (behind.length > 0 && open.length === 0)
    return refuse('withdrawn-by-name', `${staff} was withdrawn from it by name; ask its desk.`);
  if (open.length === 0) return refuse('nothing-restricted', 'Nothing that is restricted for you stands there.');
  const until = asked.now + glassMs(room.policy);
  return open.map((incident) => make.GlassBroken({ incident, staff }, { until, reason: data.reason }));
}

function changed(room: Room, incident: string, change: (held: Restriction) => Restriction): Room {
  return updateIn(room, 'restrictions', room.belongings.get(incident) ?? incident, change);
}

function without(held: readonly string[], staff: string): readonly string[] {
  return held.filter((one) => one !== staff);
}

function withOne(held: readonly string[], staff: string): readonly string[] {
  return held.includes(staff) ? held : [...held, staff];
}

/**
 * Need to know: who may read an incident. It hides; it never stops sending, a duty or a safeguard, all of which see the
 * whole room.
 */
export const restrictionConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    RestrictIncident: (data, room, asked) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (restrictionOn(room, data.incident) !== null)
        return refuse('already-restricted', `Incident ${data.incident} is restricted: admit or withdraw readers.`);
      if (incident.joinedInto !== null)
        return refuse('incident-joined', `It was joined into ${incident.joinedInto}; restrict that one.`);
      const stranger = data.readers.find((one) => !isStaff(room, one));
      if (stranger !== undefined) return unknown('member of staff', stranger);
      const { roles } = room.policy;
      if (data.desk !== 'on-call' && roles[data.desk] === undefined)
        return unknown('role', data.desk, Object.keys(roles));
      if (!hasAnother(data.readers, asked)) return alone;
      const { incident: restricted, ...body } = data;
      return [make.IncidentRestricted({ incident: restricted }, body)];
    },
    AdmitReader: (data, room) =>
      onRestricted(room, data.incident, ({ incident, readers }) => {
        if (!isStaff(room, data.staff)) return unknown('member of staff', data.staff);
        if (readers.includes(data.staff)) return refuse('already-reads', `${data.staff} may read it already.`);
        return [make.ReaderAdmitted({ incident, staff: data.staff }, { reason: data.reason })];
      }),
    WithdrawReader: (data, room, asked) =>
      onRestricted(room, data.incident, ({ incident, readers, withdrawn }) => {
        if (!isStaff(room, data.staff)) return unknown('member of staff', data.staff);
        if (room.policy.onCall.includes(data.staff))
          return refuse('on-call-always', 'The standing on-call people may always read it: somebody must.');
        if (withdrawn.includes(data.staff)) return refuse('already-withdrawn', `${data.staff} may not read it.`);
        if (!hasAnother(without(readers, data.staff), asked)) return alone;
        return [make.ReaderWithdrawn({ incident, staff: data.staff }, { reason: data.reason })];
      }),
    LiftRestriction: (data, room) =>
      onRestricted(room, data.incident, ({ incident }) => [
        make.RestrictionLifted({ incident }, { reason: data.reason }),
      ]),
    BreakGlass: (data, room, asked) => broken(room, data, asked),
  },
  evolve: {
    IncidentRestricted: (room, { ids, body, seq, actor }) => {
      const restriction: Restriction = {
        incident: ids.incident,
        seq,
        by: actor.id,
        readers: body.readers,
        desk: body.desk,
        withdrawn: [],
        glass: [],
        speaking: [],
        extent: seq,
        told: [],
      };
      return roomWith(room, { restrictions: room.restrictions.set(ids.incident, restriction) });
    },
    ReaderAdmitted: (room, { ids }) =>
      changed(room, ids.incident, (held) => ({
        ...held,
        readers: withOne(held.readers, ids.staff),
        withdrawn: without(held.withdrawn, ids.staff),
      })),
    ReaderWithdrawn: (room, { ids }) =>
      changed(room, ids.incident, (held) => ({
        ...held,
        readers: without(held.readers, ids.staff),
        withdrawn: withOne(held.withdrawn, ids.staff),
        glass: held.glass.filter((one) => one.staff !== ids.staff),
      })),
    RestrictionLifted: (room: Room, { ids }) => {
      const incident = room.belongings.get(ids.incident) ?? ids.incident;
      return roomWith(room, {
        restrictions: room.restrictions.delete(incident),
        belongings: room.belongings.filter((one) => one !== incident),
      });
    },
    GlassBroken: (room, { ids, body }) =>
      changed(room, ids.incident, (held) => ({
        ...held,
        glass: [...held.glass.filter((one) => one.staff !== ids.staff), { staff: ids.staff, until: body.until }].slice(
          -100,
        ),
      })),
  },
});
