import type { Room } from '../room/room.ts';
import type { AnyEvent } from '../room/vocabulary.ts';

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
