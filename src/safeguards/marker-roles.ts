import type { Incident } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { Marker } from '../room/marker.ts';
import type { MarkerEffect } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf } from '../room/subject.ts';
import type { Appearance } from '../room/subject.ts';

const onlookingRoles: readonly string[] = ['witness', 'third-party'];

/** Whether a subject stands in it only as, or in the hands of, somebody who tells of something elsewhere. */
export function isOnlooker(one: Appearance, all: readonly Appearance[]): boolean {
  if (onlookingRoles.includes(one.role)) return true;
  if (one.role !== 'used') return false;
  // A phone or vehicle speaks for whoever is there in person.
  const people = all.filter((other) =>
    ['caller', 'victim', 'at-risk', 'child', ...onlookingRoles].includes(other.role),
  );
  return people.length > 0 && people.every((other) => onlookingRoles.includes(other.role));
}

/** Markers in force that act on an incident by the role of their subject in it. */
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

/** What a kind of marker is called. */
export function markerTitle(room: Room, marker: Marker): string {
  return room.policy.markerKinds[marker.kind]?.title ?? marker.kind;
}
