import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { relatedTo, sameSubjects } from '../room/subject.ts';
import { harmedRoles, isPerson, isPublicPlace, isSuspect, suspectRoles } from './people.ts';

/** A person in danger and the person it comes from, each with everybody and everything that stands for them. */
export interface Pair {
  readonly person: string;
  readonly suspect: string;
  readonly personSide: ReadonlySet<string>;
  readonly suspectSide: ReadonlySet<string>;
}

const partyRoles = ['caller', ...harmedRoles, ...suspectRoles, 'subject'];

/** Staff of a public place speak for it, not for themselves. */
function isStaffOfPlace(room: Room, subject: string): boolean {
  return relatedTo(room, subject).some((one) => {
    return one.relation === 'works-at' && isPublicPlace(room, one.subject);
  });
}

/** The people to whom an account, a phone or a vehicle belongs; a person stands for themselves. */
function peopleBehind(room: Room, subject: string): readonly string[] {
  if (isPerson(room, subject)) return [subject];
  return sameSubjects(room, subject).flatMap((one) =>
    relatedTo(room, one)
      .filter((held) => held.relation === 'uses' && isPerson(room, held.subject))
      .map((held) => held.subject),
  );
}

/** A subject under all its names, with what it uses and, where asked, its relatives and household. */
function sideOf(room: Room, subject: string, relatives: boolean): ReadonlySet<string> {
  const wanted = relatives ? ['uses', 'family', 'household'] : ['uses'];
  const names = sameSubjects(room, subject);
  const all = new Set(names);
  for (const one of names)
    for (const held of relatedTo(room, one))
      if (wanted.includes(held.relation)) for (const other of sameSubjects(room, held.subject)) all.add(other);
  return all;
}

/** The pairs that appear in one place: victims, or else the caller, against each suspect. */
export function pairsIn(room: Room, appearances: readonly Appearance[]): readonly Pair[] {
  const victims = appearances.filter((one) => harmedRoles.includes(one.role));
  const people = victims.length > 0 ? victims : appearances.filter((one) => one.role === 'caller');
  const suspects = appearances.filter(isSuspect);
  const pairs = new Map<string, Pair>();
  for (const { subject } of suspects)
    for (const suspect of peopleBehind(room, subject))
      for (const one of people)
        for (const person of peopleBehind(room, one.subject)) {
          const suspectSide = sideOf(room, suspect, false);
          if (suspectSide.has(person) || isStaffOfPlace(room, person)) continue;
          const personSide = new Set([...sideOf(room, person, true)].filter((held) => !suspectSide.has(held)));
          pairs.set(`${person} ${suspect}`, { person, suspect, personSide, suspectSide });
        }
  return [...pairs.values()];
}

/** Whether both of a pair, or those who stand for them, appear in another place, in whichever roles. */
export function isBetween(appearances: readonly Appearance[], pair: Pair): boolean {
  const parts = appearances.filter((one) => partyRoles.includes(one.role));
  return (
    parts.some((one) => pair.suspectSide.has(one.subject)) && parts.some((one) => pair.personSide.has(one.subject))
  );
}
