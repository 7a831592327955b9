import { dutiesAbout } from '../room/duty.ts';
import type { Duty, Owner } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { staffOfRole } from '../room/staff.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { isGrave } from './dangers.ts';
import { isEmergency, isPressing } from './grades.ts';
import { isGoing, needOf } from './sending.ts';
import type { Need } from './sending.ts';
import { roomShortId } from './shortages.ts';
import { hourMs, minuteMs, minutes } from './spans.ts';
import { quoted } from './words.ts';

const id = roomShortId;
const unitsKey = 'units';
const planKey = 'plan';
const walkKey = 'walk';
const staffPrefix = 'staff ';
const shownMost = 5;
const fim: Owner = { role: 'fim' };
/** Roles without whom a room cannot work; policy says how many of each there must be. */
const watchedRoles = ['handler', 'dispatcher', 'supervisor'] as const;

/** Whom nobody has been sent to, though somebody is promised within minutes or the promise is past; gravest first. */
function waitingIn(room: Room): readonly Need[] {
  const waiting: Need[] = [];
  for (const incident of room.incidents.values()) {
    if (incident.state === 'closed' || incident.deferral !== null) continue;
    const need = needOf(room, incident);
    if (need === null || isGoing(room, incident)) continue;
    if (isPressing(need.grade.band) || need.since + need.targetMs <= room.now) waiting.push(need);
  }
  const rank = ({ incident }: Need): number =>
    isEmergency(room, incident) ? 0 : isGrave(room, null, incident) ? 1 : 2;
  return waiting.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since);
}

/** Whether units are kept here at all and none of them could be sent now. */
function hasNoUnit(room: Room): boolean {
  return room.units.size > 0 && room.freeUnits.size === 0;
}

function thoseShort(room: Room): readonly string[] {
  return watchedRoles.filter((role) => staffOfRole(room, role).length < countOf(room, roomShort, `least-${role}`));
}

/** Nobody is free, and too many wait, or one of them too long. */
function unitsShort(room: Room, event: AnyEvent): readonly RaiseDuty[] {
  if (!hasNoUnit(room)) return [];
  const waiting = waitingIn(room);
  const [first] = waiting;
  if (first === undefined) return [];
  const oldest = Math.min(...waiting.map((one) => one.since));
  const isMany = waiting.length >= countOf(room, roomShort, 'waiting');
  const list = waiting.slice(0, shownMost).map((one) => quoted(one.incident.summary, 40));
  const params = {
    count: waiting.length,
    longest: minutes(Math.max(0, event.recordedAt - oldest)),
    list: list.join('; '),
  };
  return [
    {
      kind: 'duty',
      about: 'room',
      key: unitsKey,
      owner: fim,
      level: 'alarm',
      speaksAt: isMany ? event.recordedAt : oldest + windowMs(room, roomShort, 'longest'),
      why: why('no-unit-free', params, [...waiting.slice(0, 30).map((one) => one.incident.seq), event.seq]),
      asks: [ask('PlanShortage')],
    },
  ];
}

function staffShort(room: Room, event: AnyEvent): readonly RaiseDuty[] {
  return thoseShort(room).map((role) => ({
    kind: 'duty',
    about: 'room',
    key: `${staffPrefix}${role}`,
    owner: fim,
    level: 'alarm',
    timing: 'staff',
    why: why(
      'too-few-people',
      { role, here: staffOfRole(room, role).length, least: countOf(room, roomShort, `least-${role}`) },
      [event.seq],
    ),
    asks: [ask('PlanShortage'), ask('SignOn', { role })],
  }));
}

function isShort(room: Room): boolean {
  return thoseShort(room).length > 0 || (hasNoUnit(room) && waitingIn(room).length > 0);
}

function walk(event: AnyEvent): RaiseDuty {
  return {
    kind: 'duty',
    about: 'room',
    key: walkKey,
    owner: fim,
    level: 'prompt',
    timing: 'walk',
    why: why('walk-the-list', {}, [event.seq]),
    asks: [ask('WalkList')],
  };
}

function planned(event: AnyEvent, until: number): readonly RaiseDuty[] {
  const ends: RaiseDuty = {
    kind: 'duty',
    about: 'room',
    key: planKey,
    owner: fim,
    level: 'alarm',
    timing: 'plan',
    speaksAt: until,
    why: why('plan-ended', {}, [event.seq]),
    asks: [ask('PlanShortage')],
  };
  return [ends, walk(event)];
}

function hasPlan(room: Room): boolean {
  return dutiesAbout(room, 'room').some((duty) => duty.safeguard === id && duty.key === planKey);
}

const staffEvents: readonly string[] = ['StaffSignedOff', 'StaffLeaving', 'BreakStarted'];
/** After these the list may have become shorter, or somebody may be free. */
const relieving: readonly string[] = [
  'UnitStatusSet',
  'UnitEnrolled',
  'DeploymentAcknowledged',
  'UnitEnRoute',
  'ResultRecorded',
  'UnitStoodDown',
  'IncidentClosed',
  'Deferred',
  'AttendanceDecided',
  'StaffSignedOn',
  'BreakEnded',
];

function isRelieved(duty: Duty, room: Room): boolean {
  if (duty.key.startsWith(staffPrefix)) return !thoseShort(room).includes(duty.key.slice(staffPrefix.length));
  if (duty.key !== unitsKey) return !isShort(room);
  const waiting = hasNoUnit(room) ? waitingIn(room) : [];
  const oldest = Math.min(...waiting.map((one) => one.since));
  if (duty.state === 'armed')
    return waiting.length === 0 || oldest + windowMs(room, roomShort, 'longest') > duty.speaksAt;
  return (
    waiting.length < countOf(room, roomShort, 'waiting') && oldest + windowMs(room, roomShort, 'longest') > room.now
  );
}

/** `room-short`: too much waits for too few. One alarm and one list, to who can get more; nobody is accused. */
export const roomShort: Safeguard = {
  id,
  needs: ['units', 'grades', 'staff'],
  on: [
    'GradeSet',
    'FloorSet',
    'UnitAssigned',
    'UnitStatusSet',
    'UnitDiverted',
    'NoUnitAnswered',
    'StaffSignedOff',
    'StaffLeaving',
    'BreakStarted',
    'ShortagePlanned',
    'ListWalked',
  ],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(10),
      ladder: [
        { to: 'fim', afterMs: 0 },
        { to: 'on-call', afterMs: minuteMs(20) },
      ],
      againMs: minuteMs(30),
      windows: { longest: hourMs(1) },
      counts: { waiting: 5, 'least-handler': 1, 'least-dispatcher': 1, 'least-supervisor': 1 },
    },
    // A short handover at a desk is no shortage.
    staff: {
      speaksMs: minuteMs(5),
      dueMs: minuteMs(10),
      ladder: [
        { to: 'fim', afterMs: 0 },
        { to: 'on-call', afterMs: minuteMs(20) },
      ],
      againMs: minuteMs(30),
    },
    plan: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'on-call', afterMs: 0 }] },
    walk: { speaksMs: minuteMs(30), dueMs: minuteMs(5), ladder: [{ to: 'on-call', afterMs: minuteMs(30) }] },
  },
  words: {
    'no-unit-free':
      'No unit is free. {count:incident waits|incidents wait}, the longest for {longest:minute|minutes}: {list}.',
    'too-few-people': '{here} on duty as {role:role}; there must be {least}.',
    'plan-ended': 'The time of the plan for the shortage is over, and the room is still short.',
    'walk-the-list': 'The room is short. Go through everything that waits, one by one.',
  },
  react(event, room) {
    if (event.type === 'ShortagePlanned') return isShort(room) ? planned(event, event.body.until) : [];
    if (event.type === 'ListWalked') return isShort(room) && hasPlan(room) ? [walk(event)] : [];
    if (hasPlan(room)) return [];
    return staffEvents.includes(event.type) ? staffShort(room, event) : unitsShort(room, event);
  },
  isMet(duty, event, room) {
    if (event.type === 'ShortagePlanned') return true;
    if (event.type === 'ListWalked') return duty.key === walkKey;
    return relieving.includes(event.type) && isRelieved(duty, room);
  },
};
