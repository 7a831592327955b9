import type { Incident } from '../room/incident.ts';
import type { Marker } from '../room/marker.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { MarkerEffect } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf } from '../room/subject.ts';
import { harmedRoles, onlookerRoles } from './people.ts';

/** What a kind of marker is called. */
export function markerTitle(room: Room, marker: Marker): string {
  return room.policy.markerKinds[marker.kind]?.title ?? marker.kind;
}

/** Whether its kind protects somebody, as against warning of somebody. */
export function isProtective(room: Room, marker: Marker): boolean {
  return room.policy.markerKinds[marker.kind]?.protective ?? false;
}

/** Markers in force on anybody or anything that appears in an incident in a role that they speak to. */
export function markersIn(room: Room, incident: Incident): readonly Marker[] {
  const subjects = new Set(
    appearancesOf(room, incident)
      .filter((one) => one.role !== 'witness')
      .map((one) => one.subject),
  );
  const all = new Map<string, Marker>();
  for (const subject of subjects) for (const marker of markersOn(room, subject)) all.set(marker.id, marker);
  return [...all.values()];
}

/** Whether a subject stands in it only as, or in the hands of, somebody who tells of something elsewhere. */
export function isOnlooker(one: Appearance, all: readonly Appearance[]): boolean {
  if (onlookerRoles.includes(one.role)) return true;
  if (one.role !== 'used') return false;
  // A phone or vehicle speaks for whoever is there in person.
  const people = all.filter((other) => ['caller', ...harmedRoles, ...onlookerRoles].includes(other.role));
  return people.length > 0 && people.every((other) => onlookerRoles.includes(other.role));
}

/** Markers in force that act on an incident by the role of their subject in it (`marker-effect`). */
export function actingMarkers(room: Room, incident: Incident): readonly Marker[] {
  if (room.markers.size === 0) return [];
  const all = appearancesOf(room, incident);
  const acting = new Map<string, Marker>();
  for (const one of all)
    if (!isOnlooker(one, all)) for (const marker of markersOn(room, one.subject)) acting.set(marker.id, marker);
  return [...acting.values()];
}

/** Acting markers that have this effect by the policy in force. */
export function markersWith(room: Room, incident: Incident, effect: MarkerEffect): readonly Marker[] {
  return actingMarkers(room, incident).filter((marker) => effectsOf(room, marker).includes(effect));
}
