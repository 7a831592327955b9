import { waitingDeferral } from '../room/deferral.ts';
import type { Deployment } from '../room/deployment.ts';
import { isServed, liveDeployments } from '../room/deployment.ts';
import { clockStart, effectiveGrade, targetAt } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import type { Grade } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { hasProvenAttendance } from './sightings.ts';
import { minuteMs } from './spans.ts';

/** How long a unit that was sent has to say that it goes, before anybody is asked. */
export const answerMs = { emergency: minuteMs(1), other: minuteMs(2) } as const;

/** An appointment that a safe caller chose: no danger told, no floor (the catalogue's "safe caller"). */
export function isAppointment(room: Room, incident: Incident): boolean {
  const deferral = waitingDeferral(room, incident.deferral);
  if (deferral === null || room.policy.deferralReasons[deferral.reason]?.chosenByCaller !== true) return false;
  return incident.floors.length === 0 && liveDangers(incident).length === 0;
}

/** A decision to let the whole incident wait until a stated time; `deferral-wrong` has already weighed it. */
export function isDecisionToWait(event: AnyEvent): boolean {
  return event.type === 'Deferred' && event.ids.task === undefined && event.body.until !== null;
}

/** Whether by this event a unit is no longer going where it was sent, by anyone's hand or its own status. */
export function isLeaving(event: AnyEvent): event is EventBy<'UnitDiverted'> | EventBy<'UnitStatusSet'> {
  return event.type === 'UnitDiverted' || (event.type === 'UnitStatusSet' && event.body.leaves);
}

/** Whether the event shows a unit on the move to, or at, the incident that it was sent to. */
export function isMoving(event: AnyEvent): boolean {
  if (event.type === 'UnitEnRoute' || event.type === 'UnitArrived') return true;
  if (event.type === 'UnitMoved') return event.ids.deployment !== undefined;
  return event.type === 'UnitStatusSet' && event.ids.deployment !== undefined && isUnderWay(event.body.status);
}

/** Whether the event says that a unit is there. */
export function isArriving(event: AnyEvent): boolean {
  if (event.type === 'UnitArrived') return true;
  return event.type === 'UnitStatusSet' && event.ids.deployment !== undefined && event.body.status === 'at-scene';
}

/** Whether a unit of the incident is on the move or there. */
export function hasMoving(room: Room, incident: Incident): boolean {
  return liveDeployments(room, incident).some((one) => one.moved || isUnderWay(statusOf(room, one)));
}

/** Whether a unit of the incident is there now. */
export function isThere(room: Room, incident: Incident): boolean {
  return liveDeployments(room, incident).some((one) => one.state === 'arrived' || statusOf(room, one) === 'at-scene');
}

/** Whether a unit has said that it goes, by acknowledging, by moving, or by its own status. */
export function isGoing(room: Room, incident: Incident): boolean {
  return isServed(room, incident) || hasMoving(room, incident);
}

function isUnderWay(status: string | null): boolean {
  return status === 'en-route' || status === 'at-scene';
}

/** What the unit says of itself while it belongs to this deployment. */
function statusOf(room: Room, deployment: Deployment): string | null {
  const unit = room.units.get(deployment.unit);
  return unit !== undefined && unit.deployment === deployment.id ? unit.status : null;
}

/** An incident's need for somebody to come: the grade that counts, since when, and by when. */
export interface Need {
  readonly incident: Incident;
  readonly grade: Grade;
  readonly since: number;
  readonly targetMs: number;
}

/**
 * What an incident needs now; null where no attendance is promised. One that was attended needs somebody again only
 * for a contact or a floor that came afterwards; `anew` is for one opened again because its outcome did not hold.
 */
export function needOf(room: Room, incident: Incident, anew = false): Need | null {
  const grade = effectiveGrade(room, incident);
  if (grade === null || grade.targetMs === null) return null;
  const attended = anew ? null : attendedUntil(room, incident);
  const since = attended === null ? clockStart(incident, grade) : newerNeed(room, incident, attended);
  return since === null ? null : { incident, grade, since, targetMs: grade.targetMs };
}

/** When a unit that had arrived was last done; one that was diverted away does not count as having attended. */
function attendedUntil(room: Room, incident: Incident): number | null {
  let until: number | null = null;
  for (const id of incident.deployments) {
    const one = room.deployments.get(id);
    if (one === undefined || one.arrivedAt === null || one.endedAt === null || one.state === 'diverted') continue;
    until = Math.max(until ?? 0, one.endedAt);
  }
  return until;
}

function newerNeed(room: Room, incident: Incident, after: number): number | null {
  let first: number | null = null;
  const contacts = incident.contacts.map((one) => room.contacts.get(one)?.presentedAt ?? 0);
  for (const at of [...contacts, ...incident.floors.map((floor) => floor.at)])
    if (at > after && (first === null || at < first)) first = at;
  return first;
}

/** Whether the incident is open, graded for attendance, and its time to arrive has not run out. */
export function hasRunningClock(room: Room, incident: Incident): boolean {
  const target = incident.state === 'open' ? targetAt(room, incident) : null;
  return target !== null && target > room.now;
}

/** Whether a unit has been sent and has not left. */
export function isUnitSent(room: Room, incident: Incident | null): boolean {
  return incident !== null && liveDeployments(room, incident).length > 0;
}

/** Whether somebody went and nobody is there or going any more. */
export function hasUnitLeft(room: Room, incident: Incident | null): boolean {
  return incident !== null && hasProvenAttendance(room, incident) && !isUnitSent(room, incident);
}
