import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Danger } from '../room/danger.ts';
import type { Incident } from '../room/incident.ts';
import { effectsOf } from '../room/marker.ts';
import type { Room } from '../room/room.ts';
import { isProtected } from './authority.ts';
import { isBrokenOff } from './cut-off.ts';
import { findingsOf } from './findings.ts';
import { markersIn } from './markers.ts';
import type { Here, Matter } from './matches.ts';

/** Dangers told in an incident that nobody has decided to be none. */
export function liveDangers(incident: Incident): readonly Danger[] {
  return incident.dangers.filter((danger) => danger.confirmed !== false);
}

/** Kinds of danger told in one contact; sounds of distress count as `distress`. */
export function dangersTold(contact: Contact | null): ReadonlySet<string> {
  const told = new Set((contact?.dangers ?? []).map((danger) => danger.kind));
  if (contact !== null && heardDistress(contact)) told.add('distress');
  return told;
}

/** Kinds of danger that a matter told before this contact. */
export function dangersBefore(matter: Matter, here: Here): ReadonlySet<string> {
  const told = new Set<string>();
  for (const contact of matter.contacts) for (const kind of dangersTold(contact)) told.add(kind);
  if (matter.incident !== null) {
    const own = new Set((here.contact?.dangers ?? []).map((danger) => danger.seq));
    for (const danger of liveDangers(matter.incident)) if (!own.has(danger.seq)) told.add(danger.kind);
  }
  return told;
}

/** Whether danger, distress, a domestic relation or a protected person stands anywhere in a contact or incident. */
export function isGrave(room: Room, contact: Contact | null, incident: Incident | null): boolean {
  if (contact !== null && (dangersTold(contact).size > 0 || isBrokenOff(contact))) return true;
  if (contact?.readings.some((one) => one.reads === 'domestic') === true) return true;
  // `isProtected` asks for domestic relations, children, markers, floors and cut-off callers.
  return incident !== null && (liveDangers(incident).length > 0 || isProtected(room, incident));
}

/** Whether the earlier matter told of danger or of somebody to protect. */
export function isGraveMatter(room: Room, matter: Matter): boolean {
  return matter.contacts.some((contact) => isGrave(room, contact, null)) || isGrave(room, null, matter.incident);
}

/** Whether a marker or a finding tells of domestic abuse or danger in the past of anybody in it. */
export function hasDangerHistory(room: Room, incident: Incident): boolean {
  return (
    markersIn(room, incident).some((marker) => effectsOf(room, marker).length > 0) ||
    findingsOf(room, incident).some((finding) =>
      finding.signs.some((sign) => ['domestic', 'danger', 'violence', 'stalking', 'order-breach'].includes(sign)),
    )
  );
}
