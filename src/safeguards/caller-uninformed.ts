import { liveDeployments } from '../room/deployment.ts';
import type { Duty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { controlSounds } from './callback-doubts.ts';
import { dutiesBy } from './duties.ts';
import { dispatcher } from './owners.ts';
import { isAppointment, isArriving, isLeaving, isMoving, isThere, needOf } from './sending.ts';
import { minuteMs, minutes } from './spans.ts';

const left = 'left';
const deferred = 'deferred';
const target = 'target';

/** Whether anybody waits to hear: an alarm panel and an officer's own radio do not. */
function callersOf(room: Room, incident: Incident): readonly string[] {
  return incident.contacts.filter((one) => {
    const channel = room.contacts.get(one)?.channel;
    return channel !== undefined && channel !== 'alarm' && channel !== 'radio';
  });
}

/** Whether somebody on duty spoke to the caller, freely as far as could be heard. */
function isSpoken(event: AnyEvent): boolean {
  if (event.actor.kind !== 'staff') return false;
  if (event.type === 'Deferred') return event.body.personTold;
  if (event.type === 'CallerTold') return true;
  return (
    event.type === 'CallbackRecorded' &&
    event.body.result === 'spoke-to-caller' &&
    !event.body.observations.some((heard) => controlSounds.includes(heard))
  );
}

/** Whether the caller was told that it will take longer: then the target's passing is no news to them. */
function isToldOfDelay(event: AnyEvent): boolean {
  return event.type === 'CallerTold' && (event.body.telling === 'delay' || event.body.telling === 'no-unit-coming');
}

interface Silence {
  readonly key: string;
  readonly code: string;
  readonly speaksAt: number;
}

function untold(room: Room, incident: Incident, event: AnyEvent): Silence | null {
  const changed = event.recordedAt + windowMs(room, callerUninformed, 'after-change');
  if (isLeaving(event))
    return liveDeployments(room, incident).length > 0 ? null : { key: left, code: 'unit-left', speaksAt: changed };
  if (event.type === 'Deferred')
    return event.body.personTold ? null : { key: deferred, code: 'deferred-untold', speaksAt: changed };
  const need = needOf(room, incident);
  if (need === null || isAppointment(room, incident)) return null;
  const again = isSpoken(event) ? event.recordedAt + windowMs(room, callerUninformed, 'period') : changed;
  const speaksAt = Math.max(need.since + need.targetMs, again);
  return { key: `${target} ${need.grade.id}`, code: 'target-passed', speaksAt };
}

function raised(room: Room, incident: Incident, event: AnyEvent): readonly RaiseDuty[] {
  const callers = callersOf(room, incident);
  const silence = callers.length === 0 ? null : untold(room, incident, event);
  if (silence === null) return [];
  const need = needOf(room, incident, true);
  const params = { grade: need?.grade.title ?? 'Ungraded', target: minutes(need?.targetMs ?? 0) };
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: silence.key,
      owner: dispatcher,
      level: 'prompt',
      speaksAt: silence.speaksAt,
      why: why(silence.code, params, [event.seq]),
      asks: callers.slice(0, 3).map((contact) => ask('TellCaller', { contact })),
    },
  ];
}

/** Whether a silent duty no longer fits what has happened, so that `react` may put another in its place. */
function isReplaced(duty: Duty, event: AnyEvent, room: Room): boolean {
  if (duty.state !== 'armed') return false;
  if (!duty.key.startsWith(target))
    return duty.key === left
      ? event.type === 'DeploymentAcknowledged' || isMoving(event)
      : event.type === 'DeferralReturned' || event.type === 'DeferralWithdrawn';
  if (isLeaving(event)) {
    const incident = openIncident(room, duty.incident ?? undefined);
    return incident !== null && liveDeployments(room, incident).length === 0;
  }
  if (event.type === 'Deferred') return event.ids.task === undefined || !event.body.personTold;
  if (event.type !== 'GradeSet' && event.type !== 'FloorSet' && event.type !== 'FloorLifted') return false;
  const incident = openIncident(room, duty.incident ?? undefined);
  const need = incident === null ? null : needOf(room, incident, true);
  return need === null || duty.key !== `${target} ${need.grade.id}`;
}

/** `caller-uninformed`: past target, diverted or deferred, and nobody has spoken to the caller since. */
export const callerUninformed: Safeguard = {
  id: 'caller-uninformed',
  needs: ['grades', 'units', 'contacts'],
  on: [
    'GradeSet',
    'FloorSet',
    'FloorLifted',
    'IncidentReopened',
    'UnitDiverted',
    'UnitStatusSet',
    'DeploymentAcknowledged',
    'UnitEnRoute',
    'UnitMoved',
    'Deferred',
    'DeferralReturned',
    'DeferralWithdrawn',
    'CallerTold',
    'CallbackRecorded',
  ],
  timings: {
    main: {
      dueMs: 0,
      ladder: [{ to: 'supervisor', afterMs: minuteMs(15) }],
      againMs: minuteMs(30),
      windows: { 'after-change': minuteMs(5), period: minuteMs(30) },
    },
  },
  words: {
    'target-passed':
      '{grade}: {target:minute has|minutes have} passed, nobody has come, and nobody has told the caller.',
    'unit-left': 'The unit that was coming has left for another job, and nobody has told the caller.',
    'deferred-untold': 'This was put off, and nobody has told the caller.',
  },
  react(event, room) {
    if (event.type === 'UnitStatusSet' && !isLeaving(event) && !isMoving(event)) return [];
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null || dutiesBy(room, callerUninformed.id, incident.id).length > 0) return [];
    if (isThere(room, incident)) return [];
    if ((event.type === 'CallerTold' || event.type === 'CallbackRecorded') && !isSpoken(event)) return [];
    return raised(room, incident, event);
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed' || isArriving(event)) return true;
    if (isReplaced(duty, event, room)) return true;
    const isWaitingForTarget = duty.state === 'armed' && duty.key.startsWith(target);
    return isWaitingForTarget ? isToldOfDelay(event) : isSpoken(event);
  },
};
