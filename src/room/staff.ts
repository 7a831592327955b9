import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import type { Asked, Refusal } from './define.ts';
import type { Authority } from './policy.ts';
import type { Room } from './room.ts';

/** A named person of the room: where they sit, and whether they are there. */
export interface Staff {
  readonly id: string;
  readonly role: string;
  /** The role that is theirs; a deputy's ends with the shift. */
  readonly enrolledAs: string;
  readonly position: string | null;
  readonly state: 'off' | 'on' | 'break' | 'leaving';
  readonly since: number;
}

/** The person, if they are on duty and at their position. */
export function onDuty(room: Room, staff: string): Staff | null {
  const person = room.staff.get(staff);
  return person !== undefined && person.state === 'on' ? person : null;
}

/** Whether somebody by that name is at work: at a desk, on a break, about to go, or standing on call. */
export function isHere(room: Room, staff: string): boolean {
  return (room.staff.get(staff)?.state ?? 'off') !== 'off' || room.policy.onCall.includes(staff);
}

/** Everybody at a position of that role, in order of sign-on. */
export function staffOfRole(room: Room, role: string): readonly string[] {
  return room.onDuty.get(role) ?? [];
}

/** Whether the person is on duty in a role that carries the authority. The standing on-call people carry all. */
export function hasAuthority(room: Room, staff: string, authority: Authority): boolean {
  if (room.policy.onCall.includes(staff)) return true;
  const person = onDuty(room, staff);
  return person !== null && (room.policy.roles[person.role]?.authorities.includes(authority) ?? false);
}

export interface Reached {
  /** The role that was found staffed, `on-call` at the end of the chain. */
  readonly role: string;
  readonly staff: readonly string[];
}

/** Who answers for a role now: its people, or the next staffed role up the chain, at last the on-call people. */
export function resolveRole(room: Room, role: string): Reached {
  const staff = staffOfRole(room, role);
  if (staff.length > 0) return { role, staff };
  const place = room.policy.chain.indexOf(role);
  // A role outside the chain (a specialist, an authority) is answered for at its top.
  for (const next of place === -1 ? room.policy.chain.slice(-2) : room.policy.chain.slice(place + 1)) {
    const people = next === 'on-call' ? room.policy.onCall : staffOfRole(room, next);
    if (people.length > 0) return { role: next, staff: people };
  }
  return { role: 'on-call', staff: room.policy.onCall };
}

const commands = {
  EnrolStaff: z.strictObject({ staff: id, role: id }),
  SignOn: z.strictObject({ staff: id, position: id, role: id.optional() }),
  SignOff: z.strictObject({ staff: id }),
  StartBreak: z.strictObject({ staff: id }),
  EndBreak: z.strictObject({ staff: id }),
};

const events = {
  StaffEnrolled: event({ staff: id }, { role: id }),
  StaffSignedOn: event({ staff: id }, { position: id, role: id }),
  /** Wants to go and still owns open duties; gone once they are accepted or passed on (`owner-absent`). */
  StaffLeaving: event({ staff: id }, { reason: line }),
  StaffSignedOff: event({ staff: id }, {}, {}),
  BreakStarted: event({ staff: id }, {}, {}),
  BreakEnded: event({ staff: id }, {}, {}),
};
const make = drafts(events);

function isAnother(asked: Asked, staff: string): boolean {
  return asked.actor.kind === 'staff' && asked.actor.id !== staff;
}

/** Whether a role stands no higher in the chain than the person's own. */
function isWithin(room: Room, role: string, by: string): boolean {
  const { chain } = room.policy;
  const place = chain.indexOf(role);
  return place !== -1 && place <= chain.indexOf(onDuty(room, by)?.role ?? '');
}

/** Why this person may not be signed on, in this role, by whoever asks; a deputy is named by whoever leads. */
function notSignedOn(room: Room, person: Staff, on: { readonly role: string; readonly asked: Asked }): Refusal | null {
  const { role, asked } = on;
  if (asked.actor.kind === 'world') return null;
  const by = asked.actor.id;
  const mayName =
    isAnother(asked, person.id) && (hasAuthority(room, by, 'approve') || hasAuthority(room, by, 'administer'));
  if (isAnother(asked, person.id) && !mayName) return refuse('not-yours', `${by} cannot sign ${person.id} on.`);
  if (role === person.enrolledAs) return null;
  if (mayName && isWithin(room, role, by)) return null;
  return refuse(
    'not-their-role',
    `${person.id} is enrolled as ${person.enrolledAs}; ${role} is given by whoever holds it or leads.`,
  );
}

/** Why whoever asks may not say that this person goes; a supervisor may, of somebody who left without a word. */
function notSaid(room: Room, asked: Asked, staff: string): Refusal | null {
  if (!isAnother(asked, staff)) return null;
  const mayLead = (['approve', 'administer'] as const).some((one) => hasAuthority(room, asked.actor.id, one));
  return mayLead ? null : refuse('not-yours', `${asked.actor.id} cannot say that for ${staff}.`);
}

/** The index of who is on duty in which role, brought up to date with one person. */
function seat(room: Room, person: Staff): Room {
  const before = room.staff.get(person.id);
  let index = room.onDuty;
  if (before !== undefined && before.state === 'on')
    index = index.set(
      before.role,
      (index.get(before.role) ?? []).filter((other) => other !== person.id),
    );
  if (person.state === 'on') index = index.set(person.role, [...(index.get(person.role) ?? []), person.id]);
  return roomWith(room, { onDuty: index, staff: room.staff.set(person.id, person) });
}

function move(room: Room, staff: string, change: Partial<Staff>): Room {
  const person = room.staff.get(staff);
  return person === undefined ? room : seat(room, { ...person, ...change });
}

/** Staff, their positions and their breaks. A person who goes never takes an open duty with them. */
export const staffConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    EnrolStaff: (data, room) => {
      if (room.staff.has(data.staff)) return taken('member of staff', data.staff);
      if (room.policy.roles[data.role] === undefined) return unknown('role', data.role);
      return [make.StaffEnrolled({ staff: data.staff }, { role: data.role })];
    },
    SignOn: (data, room, asked) => {
      const person = room.staff.get(data.staff);
      if (person === undefined) return unknown('member of staff', data.staff);
      const role = data.role ?? person.enrolledAs;
      const refused = notSignedOn(room, person, { role, asked });
      if (refused !== null) return refused;
      return [make.StaffSignedOn({ staff: data.staff }, { position: data.position, role })];
    },
    SignOff: (data, room, asked) => {
      const person = room.staff.get(data.staff);
      if (person === undefined) return unknown('member of staff', data.staff);
      if (person.state === 'off') return refuse('already-off', `${data.staff} is not on duty.`);
      const refused = notSaid(room, asked, data.staff);
      if (refused !== null) return refused;
      return (room.dutiesOf.get(data.staff) ?? []).length > 0
        ? [make.StaffLeaving({ staff: data.staff }, { reason: 'end of duty' })]
        : [make.StaffSignedOff({ staff: data.staff }, {})];
    },
    StartBreak: (data, room, asked) =>
      onDuty(room, data.staff) === null
        ? refuse('not-on-duty', `${data.staff} is not on duty.`)
        : (notSaid(room, asked, data.staff) ?? [make.BreakStarted({ staff: data.staff }, {})]),
    EndBreak: (data, room, asked) => {
      if (room.staff.get(data.staff)?.state !== 'break')
        return refuse('not-on-break', `${data.staff} is not on a break.`);
      // Nobody is made to look present by somebody else.
      if (isAnother(asked, data.staff))
        return refuse('not-yours', `${asked.actor.id} cannot say that for ${data.staff}.`);
      return [make.BreakEnded({ staff: data.staff }, {})];
    },
  },
  evolve: {
    StaffEnrolled: (room, { ids, body, at }) =>
      seat(room, {
        id: ids.staff,
        role: body.role,
        enrolledAs: body.role,
        position: null,
        state: 'off',
        since: at,
      }),
    StaffSignedOn: (room, { ids, body, at }) =>
      seat(room, {
        id: ids.staff,
        role: body.role,
        enrolledAs: room.staff.get(ids.staff)?.enrolledAs ?? body.role,
        position: body.position,
        state: 'on',
        since: at,
      }),
    StaffLeaving: (room, { ids, at }) => move(room, ids.staff, { state: 'leaving', since: at }),
    StaffSignedOff: (room, { ids, at }) => move(room, ids.staff, { state: 'off', position: null, since: at }),
    BreakStarted: (room, { ids, at }) => move(room, ids.staff, { state: 'break', since: at }),
    BreakEnded: (room, { ids, at }) => move(room, ids.staff, { state: 'on', since: at }),
  },
});
