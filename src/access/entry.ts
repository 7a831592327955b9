import type { Actor, Reason } from '../room/define.ts';
import type { Room } from '../room/room.ts';

/** Somebody who has proved who they are, and what their directory says of them. */
export interface Proven {
  readonly actor: Actor;
  /** The room's roles that the directory vouches for; null where it is not asked. */
  readonly roles: readonly string[] | null;
}

/**
 * Why somebody may not enter a room, or null. Who works in it is the room's to say: the directory names a person, and
 * where it is asked about roles it can only take away.
 */
export function mayNotEnter(room: Room, { actor, roles }: Proven): Reason | null {
  if (actor.kind === 'world') return { code: 'nobody', says: 'The opening of a world is nobody who could sign in.' };
  if (actor.kind === 'machine') return null;
  const person = room.staff.get(actor.id);
  if (person === undefined)
    return { code: 'not-enrolled', says: `${actor.id} is not enrolled in this room; whoever administers it enrols.` };
  if (roles !== null && !roles.includes(person.enrolledAs))
    return {
      code: 'role-not-vouched-for',
      says: `${actor.id} is enrolled as ${person.enrolledAs}, which the directory does not vouch for.`,
    };
  return null;
}
