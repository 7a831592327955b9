import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import { wasAttended } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { sameSubjects } from '../room/subject.ts';
import { peopleAtRisk, suspectNames } from './people.ts';

/** Whether whoever was seen was safe, and seen apart from others: with a suspect beside them nobody can say. */
export function isSafeAndApart(one: { readonly safe: boolean; readonly apart: boolean }): boolean {
  return one.safe && one.apart;
}

/** Whether somebody was ever seen safe, apart from others, by an officer. */
export function wasSeenSafe(incident: Incident): boolean {
  return incident.seen.some(isSafeAndApart);
}

/** Whether somebody was seen safe, apart from others, since the call. */
export function wasSeenSafeSince(incident: Incident, contact: Contact): boolean {
  return incident.seen.some((one) => isSafeAndApart(one) && one.seq > contact.seq);
}

/** Whether everybody at risk was seen safe, apart from others, since danger was last told. A suspect does not count. */
export function isSeenSafe(room: Room, incident: Incident): boolean {
  const suspects = suspectNames(room, incident);
  const after = lastTold(room, incident);
  const spoke = spokeToCaller(room, incident);
  // Nobody proves by their own entry alone what became of a caller whom they spoke to.
  const sightings = incident.seen.filter(
    (one) =>
      isSafeAndApart(one) &&
      one.isIdentified &&
      !spoke.has(one.by) &&
      one.seq > after &&
      (one.subject === null || !suspects.has(one.subject)),
  );
  if (sightings.length === 0) return false;
  const named = new Set(sightings.flatMap((one) => (one.subject === null ? [] : sameSubjects(room, one.subject))));
  const unseen = peopleAtRisk(room, incident).filter((one) => !named.has(one));
  return unseen.length <= sightings.filter((one) => one.subject === null).length;
}

/** When the last contact that told of danger or distress came; a sighting before it is no answer to it. */
function lastTold(room: Room, incident: Incident): number {
  let last = 0;
  for (const id of incident.contacts) {
    const contact = room.contacts.get(id);
    if (contact !== undefined && (contact.dangers.length > 0 || heardDistress(contact)))
      last = Math.max(last, contact.seq);
  }
  return last;
}

/** Whether anybody went, arrived or saw somebody. */
export function hasProvenAttendance(room: Room, incident: Incident): boolean {
  return incident.seen.length > 0 || wasAttended(room, incident);
}
