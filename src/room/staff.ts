import { z } from 'zod';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import type { Authority } from './policy.ts';
import type { Room } from './room.ts';

/** A named person of the room: where they sit, and whether they are there. */
export interface Staff {
  readonly id: string;
  readonly role: string;
  readonly position: string | null;
  readonly state: 'off' | 'on' | 'break' | 'leaving';
  readonly since: number;
}

/** The person, if they are on duty and at their position. */
export function onDuty(room: Room, staff: string): Staff | null {
  const person = room.staff.get(staff);
  return person !== undefined && person.state === 'on' ? person : null;
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
  return { ...room, onDuty: index, staff: room.staff.set(person.id, person) };
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
    EnrolStaff: (data, room) =>
      room.staff.has(data.staff)
        ? taken('member of staff', data.staff)
        : [make.StaffEnrolled({ staff: data.staff }, { role: data.role })],
    SignOn: (data, room) => {
      const person = room.staff.get(data.staff);
      if (person === undefined) return unknown('member of staff', data.staff);
      const role = data.role ?? person.role;
      return [make.StaffSignedOn({ staff: data.staff }, { position: data.position, role })];
    },
    SignOff: (data, room) => {
      const person = room.staff.get(data.staff);
      if (person === undefined) return unknown('member of staff', data.staff);
      if (person.state === 'off') return refuse('already-off', `${data.staff} is not on duty.`);
      return (room.dutiesOf.get(data.staff) ?? []).length > 0
        ? [make.StaffLeaving({ staff: data.staff }, { reason: 'end of duty' })]
        : [make.StaffSignedOff({ staff: data.staff }, {})];
    },
    StartBreak: (data, room) =>
      onDuty(room, data.staff) === null
        ? refuse('not-on-duty', `${data.staff} is not on duty.`)
        : [make.BreakStarted({ staff: data.staff }, {})],
    EndBreak: (data, room) =>
      room.staff.get(data.staff)?.state === 'break'
        ? [make.BreakEnded({ staff: data.staff }, {})]
        : refuse('not-on-break', `${data.staff} is not on a break.`),
  },
  evolve: {
    StaffEnrolled: (room, { ids, body, at }) =>
      seat(room, { id: ids.staff, role: body.role, position: null, state: 'off', since: at }),
    StaffSignedOn: (room, { ids, body, at }) =>
      seat(room, { id: ids.staff, role: body.role, position: body.position, state: 'on', since: at }),
    StaffLeaving: (room, { ids, at }) => move(room, ids.staff, { state: 'leaving', since: at }),
    StaffSignedOff: (room, { ids, at }) => move(room, ids.staff, { state: 'off', position: null, since: at }),
    BreakStarted: (room, { ids, at }) => move(room, ids.staff, { state: 'break', since: at }),
    BreakEnded: (room, { ids, at }) => move(room, ids.staff, { state: 'on', since: at }),
  },
});
