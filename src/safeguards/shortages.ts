import { dutiesAbout } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { isGrave } from './dangers.ts';
import { isEmergency } from './grades.ts';

export const roomShortId = 'room-short';

/** Whether the room is known to be short, or a plan for it runs: the force incident manager has the whole list. */
export function isKnownShort(room: Room): boolean {
  return dutiesAbout(room, 'room').some(
    (duty) => duty.safeguard === roomShortId && (duty.state === 'raised' || duty.key === 'plan'),
  );
}

/** Whether an incident waits on that list, and is not one for which every ladder goes on by itself. */
export function isOnShortList(room: Room, incident: Incident): boolean {
  return isKnownShort(room) && !isEmergency(room, incident) && !isGrave(room, null, incident);
}
