import type { Incident } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import { ordersAgainst } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { Task } from '../room/task.ts';
import { liveDangers } from './dangers.ts';
import { findingsOf } from './findings.ts';
import { markersIn } from './markers.ts';
import { hasBreach } from './orders.ts';
import { isDomestic } from './people.ts';

const violentDangers = [
  'threat-to-life',
  'weapon',
  'strangling',
  'struggle',
  'held-or-followed',
  'hurt',
  'fear',
  'suspect-present',
  'suspect-returning',
  'past-violence-warning',
  'forced-entry',
  'assault-in-progress',
];
const violentEffects = ['violence-warning', 'weapons-warning', 'domestic-history', 'floor-emergency'];
const violentSigns = ['domestic', 'danger', 'violence', 'weapon', 'strangulation', 'threat-to-kill', 'stalking'];
const violentKinds = ['violence', 'weapon', 'stalking', 'honour', 'sexual', 'order-breach'];

/** Whether an incident tells of violence, by its kinds, what was said, what is on record, or what was found. */
function isViolent(room: Room, incident: Incident): boolean {
  return (
    incident.kinds.some((kind) => violentKinds.includes(kind)) ||
    liveDangers(incident).some((danger) => violentDangers.includes(danger.kind)) ||
    markersIn(room, incident).some((one) => effectsOf(room, one).some((effect) => violentEffects.includes(effect))) ||
    findingsOf(room, incident).some((finding) => finding.signs.some((sign) => violentSigns.includes(sign)))
  );
}

/** Whether a task asks for the arrest of a violent or domestic suspect, or of one who is held by an order. */
export function isGraveArrest(room: Room, task: Task): boolean {
  if (task.kind !== 'arrest') return false;
  const { subject } = task;
  if (
    subject !== null &&
    (ordersAgainst(room, subject, room.now).length > 0 ||
      markersOn(room, subject).some((one) => effectsOf(room, one).some((effect) => violentEffects.includes(effect))))
  )
    return true;
  const incident = task.incident === null ? undefined : room.incidents.get(task.incident);
  return (
    incident !== undefined && (isDomestic(room, incident) || hasBreach(room, incident) || isViolent(room, incident))
  );
}
