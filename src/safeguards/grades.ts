import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import type { Band } from '../room/policy.ts';
import { bands } from '../room/policy.ts';
import type { Room } from '../room/room.ts';

/** Whether the grade that counts is an emergency. */
export function isEmergency(room: Room, incident: Incident): boolean {
  return effectiveGrade(room, incident)?.band === 'emergency';
}

/** Whether somebody is promised within minutes: an emergency or a priority. */
export function isPressing(band: Band | null | undefined): boolean {
  return band === 'emergency' || band === 'priority';
}

/** The band that people and floors gave before an event; floors that the event itself caused do not count. */
export function bandBefore(room: Room, incident: Incident, seq: number): Band | null {
  const floors = incident.floors.filter((floor) => floor.seq < seq);
  return effectiveGrade(room, { ...incident, floors })?.band ?? null;
}

/** Whether one band stands at or above another. */
export function isAtLeast(band: Band | null, least: Band): boolean {
  return band !== null && bands.indexOf(band) <= bands.indexOf(least);
}
