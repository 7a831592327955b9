import type { Duty } from '../room/duty.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { dutiesBy } from './duties.ts';
import { isPressing } from './grades.ts';
import { dispatcher } from './owners.ts';
import {
  hasMoving,
  isAppointment,
  isArriving,
  isDecisionToWait,
  isLeaving,
  isMoving,
  isThere,
  needOf,
} from './sending.ts';
import type { Need } from './sending.ts';
import { hourMs, minuteMs, minutes } from './spans.ts';

const waiting = 'waiting';
const travelling = 'travelling';

function keyOf(need: Need, state: string): string {
  return `${need.grade.id} ${state}`;
}

/** While nobody moves, the journey still to come eats into the target; once somebody does, the target itself counts. */
function leadMs(room: Room, targetMs: number): number {
  const part = Math.floor(targetMs / countOf(room, targetAtRisk, 'lead-part'));
  return Math.min(part, windowMs(room, targetAtRisk, 'lead-most'));
}

function raised(room: Room, need: Need, event: AnyEvent): RaiseDuty {
  const { incident, grade, since, targetMs } = need;
  const target = since + targetMs;
  const isTravelling = hasMoving(room, incident);
  const lead = isTravelling ? 0 : leadMs(room, targetMs);
  const speaksAt = Math.max(target - lead, event.recordedAt + windowMs(room, targetAtRisk, 'settles'));
  const params = { grade: grade.title, target: minutes(targetMs), lead: minutes(lead) };
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: keyOf(need, isTravelling ? travelling : waiting),
    owner: dispatcher,
    level: 'prompt',
    timing: isPressing(grade.band) ? 'main' : 'low',
    speaksAt,
    dueAt: Math.max(target, speaksAt),
    why: why(isTravelling ? 'not-there-in-time' : 'will-be-late', params, [event.seq]),
    asks: [
      ask('AssignUnit', { incident: incident.id }),
      ...incident.contacts.slice(0, 1).map((contact) => ask('TellCaller', { contact })),
      ask('DecideAttendance', { incidents: incident.id }),
    ],
  };
}

/** Whether a silent duty no longer fits: the grade changed, somebody set off, or the only one to move has left. */
function isReplaced(duty: Duty, event: AnyEvent, room: Room): boolean {
  const incident = openIncident(room, duty.incident ?? undefined);
  if (incident === null) return false;
  if (isMoving(event)) return duty.state === 'armed' && duty.key.endsWith(waiting);
  if (isLeaving(event) || event.type === 'UnitStoodDown')
    return duty.state === 'armed' && duty.key.endsWith(travelling) && !hasMoving(room, incident);
  if (event.type !== 'GradeSet' && event.type !== 'FloorSet' && event.type !== 'FloorLifted') return false;
  const need = needOf(room, incident, true);
  return need === null || duty.key.split(' ')[0] !== need.grade.id;
}

/** `target-at-risk`: travel and waiting say that the grade's target will be missed, and it is said before it is. */
export const targetAtRisk: Safeguard = {
  id: 'target-at-risk',
  needs: ['grades', 'units'],
  on: [
    'GradeSet',
    'FloorSet',
    'FloorLifted',
    'IncidentReopened',
    'UnitEnRoute',
    'UnitMoved',
    'UnitDiverted',
    'UnitStoodDown',
    'UnitStatusSet',
    'DeferralReturned',
    'DeferralWithdrawn',
  ],
  timings: {
    main: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
      windows: { settles: minuteMs(2), 'lead-most': hourMs(4) },
      counts: { 'lead-part': 3 },
    },
    low: { ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    'will-be-late':
      '{grade}: nobody is on the move with {lead:minute|minutes} or less of the {target:minute|minutes} left. ' +
      'Send, and tell the caller.',
    'not-there-in-time':
      '{grade}: a unit set out, but nobody has arrived within {target:minute|minutes}. Tell the caller.',
  },
  react(event, room) {
    if (event.type === 'UnitStatusSet' && !isLeaving(event) && !isMoving(event)) return [];
    if (event.ids['task'] !== undefined) return [];
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null || dutiesBy(room, targetAtRisk.id, incident.id).length > 0) return [];
    const need = needOf(room, incident, event.type === 'IncidentReopened' && event.actor.kind === 'machine');
    if (need === null || isAppointment(room, incident) || isThere(room, incident)) return [];
    return [raised(room, need, event)];
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed' || isArriving(event)) return true;
    if (event.type === 'AttendanceDecided') return !event.body.send;
    return isDecisionToWait(event) || isReplaced(duty, event, room);
  },
};
