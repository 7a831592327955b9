import type { Asked } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { cutOffOrDistressed } from './cut-off.ts';
import { markersIn } from './markers.ts';
import type { Matter } from './matches.ts';
import { isDomestic } from './people.ts';

/**
 * Whether a second person has approved who is neither the proposer nor anybody who spoke to the caller (principle 1).
 */
export function hasSecondPerson(room: Room, asked: Asked, incident: Incident | null): boolean {
  if (asked.approval === null || asked.approval.second === asked.approval.proposer) return false;
  return incident === null || !spokeToCaller(room, incident).has(asked.approval.second);
}

/** Kinds of incident in which somebody is protected, beside domestic. */
export const protectedKinds: readonly string[] = [
  'child',
  'vulnerable-adult',
  'missing',
  'stalking',
  'honour',
  'order-breach',
  'welfare',
];

/**
 * Whether a lowering needs a second person: domestic, child, vulnerable, marked, cut-off, repeat, missing (`grade-
 * lowered`).
 */
export function isProtected(room: Room, incident: Incident): boolean {
  return (
    isDomestic(room, incident) ||
    incident.kinds.some((kind) => protectedKinds.includes(kind)) ||
    incident.floors.length > 0 ||
    cutOffOrDistressed(room, incident).length > 0 ||
    markersIn(room, incident).length > 0
  );
}

/** Whether somebody who spoke to none of its callers decided what becomes of the matter. */
export function isDecidedByAnother(room: Room, matter: Matter): boolean {
  if (matter.incident === null)
    return matter.contacts.every((one) => one.disposedBy !== null && one.disposedBy !== one.handler);
  const spoke = spokeToCaller(room, matter.incident);
  const { attendance, closed } = matter.incident;
  return (attendance !== null && !spoke.has(attendance.by)) || (closed !== null && !spoke.has(closed.by));
}

const deciding = ['supervisor', 'fim', 'specialist', 'on-call'];

/** Whether the person holds a role that answers for protecting somebody. */
export function mayDecideProtection(room: Room, staff: string): boolean {
  return deciding.includes(room.staff.get(staff)?.role ?? '') || room.policy.onCall.includes(staff);
}

/**
 * Whether this is a decision on how somebody is protected: one made as such, to send, to arrest or with grounds not
 * to, a risk form with
 * its level, or a review that changed something. A look without effect is none (`review-pinned`).
 */
export function isProtectionDecision(event: AnyEvent): boolean {
  if (event.actor.kind !== 'staff') return false;
  if (event.type === 'AttendanceDecided') return event.body.send;
  if (event.type === 'ReviewAnswered') return event.body.effect !== 'no-change';
  return ['ProtectionDecided', 'ArrestDecided', 'RiskFormCompleted'].includes(event.type);
}
