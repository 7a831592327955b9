import type { Check } from '../room/check.ts';
import type { Link } from '../room/link.ts';
import type { Marker } from '../room/marker.ts';
import { allMarkersOn, effectsOf, markersOn } from '../room/marker.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import type { Pattern } from '../room/pattern.ts';
import type { Room } from '../room/room.ts';
import type { Appearance, Identity } from '../room/subject.ts';
import { appearancesOf, relatedTo, sameSubjects } from '../room/subject.ts';
import type { Seen, ToldNote } from './told.ts';
import { held, notesAbout } from './told.ts';

/** A marker with what it does by the policy in force. */
export interface MarkerLine {
  readonly marker: string;
  readonly kind: string;
  readonly reason: string;
  readonly owner: string;
  readonly reviewAt: number;
  readonly state: Marker['state'];
  readonly effects: readonly string[];
}

/** Somebody or something that appears in an incident, with what is known of them that matters there. */
export interface SubjectHere {
  readonly subject: string;
  readonly identity: Identity;
  readonly roles: readonly string[];
  readonly hands: string | null;
  readonly markers: readonly MarkerLine[];
  readonly orders: readonly ProtectiveOrder[];
  readonly related: readonly { readonly subject: string; readonly relation: string }[];
}

/** A person, place, phone, vehicle or account with everything that the room holds of it. */
export interface SubjectPage {
  readonly at: number;
  readonly seq: number;
  readonly subject: string;
  readonly identity: Identity;
  readonly hands: string | null;
  /** Other records that match it exactly. */
  readonly sameAs: readonly string[];
  readonly appearances: readonly Appearance[];
  readonly related: readonly { readonly subject: string; readonly relation: string }[];
  readonly markers: readonly MarkerLine[];
  readonly orders: readonly ProtectiveOrder[];
  readonly patterns: readonly Pattern[];
  readonly links: readonly Link[];
  readonly checks: readonly Check[];
  readonly notes: readonly ToldNote[];
}

function markerLine(room: Room, marker: Marker): MarkerLine {
  const { id, kind, reason, owner, reviewAt, state } = marker;
  return { marker: id, kind, reason, owner, reviewAt, state, effects: effectsOf(room, marker) };
}

/** Every order that names a subject, or anything that matches it exactly, on either side. */
function ordersOn(room: Room, subject: string): readonly ProtectiveOrder[] {
  const same = sameSubjects(room, subject);
  const against = held(
    room.orders,
    same.flatMap((one) => room.ordersOf.get(one) ?? []),
  );
  const protecting = [...room.orders.values()].filter((order) => order.protects.some((one) => same.includes(one)));
  return [...new Set([...against, ...protecting])].toSorted((a, b) => a.seq - b.seq);
}

/** Everybody and everything that appears in an incident, in order of mention. */
export function subjectsHere(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly SubjectHere[] {
  const rolesOf = new Map<string, Set<string>>();
  for (const { subject, role } of appearancesOf(room, incident))
    rolesOf.set(subject, (rolesOf.get(subject) ?? new Set()).add(role));
  return held(room.subjects, rolesOf.keys()).map(({ id, identity }) => ({
    subject: id,
    identity,
    roles: [...(rolesOf.get(id) ?? [])],
    hands: room.phoneHands.get(id) ?? null,
    markers: markersOn(room, id).map((marker) => markerLine(room, marker)),
    orders: ordersOn(room, id),
    related: relatedTo(room, id),
  }));
}

/** Where a subject appeared, newest first; the room keeps its own last day and what belongs to open incidents. */
function appearancesOfSubject(room: Room, subject: string): readonly Appearance[] {
  const found = new Map<number, Appearance>();
  const keys = room.subjects.get(subject)?.keys ?? [];
  for (const key of keys)
    for (const one of room.appearances.get(key) ?? []) if (one.subject === subject) found.set(one.seq, one);
  for (const incident of room.incidents.values())
    if (incident.subjects.includes(subject))
      for (const one of appearancesOf(room, incident)) if (one.subject === subject) found.set(one.seq, one);
  return [...found.values()].toSorted((a, b) => b.seq - a.seq);
}

/** A subject whole, as the room given holds it; null where it holds none. */
export function subjectPage(room: Room, wanted: string, seen: Seen): SubjectPage | null {
  const subject = room.subjects.get(wanted);
  if (subject === undefined) return null;
  const sameAs = sameSubjects(room, wanted).filter((one) => one !== wanted);
  return {
    at: seen.now,
    seq: room.seq,
    subject: wanted,
    identity: subject.identity,
    hands: room.phoneHands.get(wanted) ?? null,
    sameAs,
    appearances: appearancesOfSubject(room, wanted),
    related: relatedTo(room, wanted),
    markers: allMarkersOn(room, wanted).map((marker) => markerLine(room, marker)),
    orders: ordersOn(room, wanted),
    patterns: held(room.patterns, room.patternsOn.get(wanted) ?? []),
    links: held(room.links, room.linksOn.get(wanted) ?? []),
    checks: [...room.checks.values()].filter((check) => check.subject === wanted).toSorted((a, b) => a.seq - b.seq),
    notes: notesAbout(room, [`subject:${wanted}`], seen),
  };
}
