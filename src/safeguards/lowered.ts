import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { AnyAsked } from '../room/vocabulary.ts';

/** The commands by which an incident gets less: a lower grade, no floor, a wait, nobody sent, or its end. */
export const loweringCommands = [
  'SetGrade',
  'LiftFloor',
  'Defer',
  'DecideAttendance',
  'JoinIncidents',
  'CloseIncident',
] as const;

/** The open incidents that such a command would leave with less. */
export function loweredBy(asked: AnyAsked, room: Room): readonly Incident[] {
  return placesOf(asked, room)
    .map((one) => openIncident(room, one))
    .filter((one) => one !== null);
}

function placesOf(asked: AnyAsked, room: Room): readonly (string | undefined)[] {
  if (asked.type === 'DecideAttendance') return asked.data.incidents;
  if (asked.type === 'Defer')
    return [asked.data.incident ?? room.tasks.get(asked.data.task ?? '')?.incident ?? undefined];
  if (
    asked.type === 'SetGrade' ||
    asked.type === 'LiftFloor' ||
    asked.type === 'JoinIncidents' ||
    asked.type === 'CloseIncident'
  )
    return [asked.data.incident];
  return [];
}
