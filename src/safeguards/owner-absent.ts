import type { Duty, Owner } from '../room/duty.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { Act, RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { resolveRole } from '../room/staff.ts';
import { supervisor } from './owners.ts';
import { minuteMs } from './spans.ts';

const id = 'owner-absent';

/** The duties still in the name of somebody, as an open duty lists them. */
function heldBy(room: Room, staff: string): readonly string[] {
  return room.dutiesOf.get(staff) ?? [];
}

/** A supervisor on duty by name, other than the one who goes; the role where none is there. */
function successor(room: Room, staff: string): Owner {
  const named = resolveRole(room, 'supervisor').staff.find((one) => one !== staff);
  return named === undefined ? supervisor : { staff: named };
}

function signOff(staff: string): Act {
  return { kind: 'act', type: 'StaffSignedOff', ids: { staff }, body: {} };
}

function raised(room: Room, staff: string, seq: number): readonly RaiseDuty[] {
  const held = heldBy(room, staff);
  if (held.length === 0) return [];
  const code = room.staff.get(staff)?.state === 'leaving' ? 'going-off' : 'on-break';
  return [
    {
      kind: 'duty',
      about: 'room',
      key: staff,
      owner: supervisor,
      level: 'prompt',
      why: why(code, { staff, count: held.length }, [...held.map((one) => room.duties.get(one)?.seq ?? seq), seq]),
      asks: [ask('AcceptDuties', { duties: held.slice(0, 3).join(', ') })],
    },
  ];
}

/** Somebody who wants to go, and whose last duty was just accepted by a person, is off duty. */
function completed(room: Room): readonly Act[] {
  return dutiesAbout(room, 'room')
    .filter((duty) => duty.safeguard === id && room.staff.get(duty.key)?.state === 'leaving')
    .filter((duty) => heldBy(room, duty.key).length === 0)
    .map((duty) => signOff(duty.key));
}

/** Passes everything on that nobody accepted in time, and lets the person go. */
function passedOn(duty: Duty, room: Room): readonly Act[] {
  const to = successor(room, duty.key);
  const moves = heldBy(room, duty.key).map(
    (one): Act => ({ kind: 'act', type: 'DutyMoved', ids: { duty: one }, body: { owner: to } }),
  );
  return room.staff.get(duty.key)?.state === 'leaving' ? [...moves, signOff(duty.key)] : moves;
}

/** `owner-absent`: whoever goes hands over what they own, item by item; what nobody takes passes to a supervisor. */
export const ownerAbsent: Safeguard = {
  id,
  needs: ['staff'],
  on: ['BreakStarted', 'StaffLeaving', 'DutyMoved'],
  timings: { main: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'fim', afterMs: minuteMs(5) }] } },
  words: {
    'on-break':
      '{staff} has gone on a break and still owns {count:open thing|open things}. Somebody on duty must take each.',
    'going-off': '{staff} wants to go off duty and still owns {count:open thing|open things}. Somebody must take each.',
  },
  react(event, room) {
    if (event.type === 'DutyMoved') return event.actor.kind === 'staff' ? completed(room) : [];
    return event.type === 'BreakStarted' || event.type === 'StaffLeaving'
      ? raised(room, event.ids.staff, event.seq)
      : [];
  },
  due(duty, room) {
    return passedOn(duty, room);
  },
  /** Held about the room, because a duty that moves names only itself. */
  isMet(duty, _event, room) {
    const state = room.staff.get(duty.key)?.state;
    return state === 'break' ? heldBy(room, duty.key).length === 0 : state !== 'leaving';
  },
};
