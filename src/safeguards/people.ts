import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf, relatedTo, sameSubjects } from '../room/subject.ts';

/** Roles of those the danger comes from, or may come from. */
export const suspectRoles: readonly string[] = ['suspect', 'possible-suspect'];
/** Roles of those who are harmed or said to be at risk. */
export const harmedRoles: readonly string[] = ['victim', 'at-risk', 'child'];
/** Roles of those who only tell of something elsewhere. */
export const onlookerRoles: readonly string[] = ['witness', 'third-party'];
/** Relations that make a matter domestic (`possible-domestic`). */
export const domesticRelations: readonly string[] = ['partner', 'ex-partner', 'family'];

/** Whether the subject is a person, as against a phone, a place, a vehicle or an account. */
export function isPerson(room: Room, subject: string): boolean {
  return room.subjects.get(subject)?.identity.kind === 'person';
}

/** Whether it is a home, hospital, pub or hotel: many unconnected people ring from it. */
export function isPublicPlace(room: Room, subject: string): boolean {
  const identity = room.subjects.get(subject)?.identity;
  return identity?.kind === 'place' && identity.public === true;
}

/** Whether somebody stands there as a suspect or a possible one. */
export function isSuspect(one: Appearance): boolean {
  return suspectRoles.includes(one.role);
}

/** Suspects in an incident, possible ones included. */
export function suspectsIn(room: Room, incident: Incident): readonly Appearance[] {
  return appearancesOf(room, incident).filter(isSuspect);
}

/** The suspects of an incident under all their names. */
export function suspectNames(room: Room, incident: Incident): ReadonlySet<string> {
  return new Set(suspectsIn(room, incident).flatMap((one) => sameSubjects(room, one.subject)));
}

/** The people said to be at risk or, where none is named, the callers; never a suspect. */
export function peopleAtRisk(room: Room, incident: Incident): readonly string[] {
  const suspects = suspectNames(room, incident);
  const people = appearancesOf(room, incident).filter(
    (one) => isPerson(room, one.subject) && !suspects.has(one.subject),
  );
  const atRisk = people.filter((one) => harmedRoles.includes(one.role));
  const wanted = atRisk.length > 0 ? atRisk : people.filter((one) => one.role === 'caller');
  return [...new Set(wanted.map((one) => one.subject))];
}

/** Whether the suspect is, or may be, a partner, ex-partner or family member (`possible-domestic`). */
export function isDomestic(room: Room, incident: Incident): boolean {
  if (incident.kinds.includes('domestic') || incident.domestic.length > 0) return true;
  return isRelatedToSuspect(room, incident);
}

/** Whether a suspect is a partner, ex-partner or relative of somebody in the incident; `by` is one of the two. */
export function isRelatedToSuspect(room: Room, incident: Incident, by?: string): boolean {
  const there = new Set(appearancesOf(room, incident).map((one) => one.subject));
  return suspectsIn(room, incident).some((suspect) =>
    relatedTo(room, suspect.subject).some(
      (one) =>
        domesticRelations.includes(one.relation) &&
        there.has(one.subject) &&
        (by === undefined || by === suspect.subject || by === one.subject),
    ),
  );
}
