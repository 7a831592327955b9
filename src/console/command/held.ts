import type { Room } from '../../room/room.ts';
import type { Place } from '../route.ts';
import type { Held } from './line.ts';

/** What lies open before a person: their own contact where no other is open, and the incident that it belongs to. */
export function heldBy(room: Room, { incident, contact, subject }: Partial<Place>, person: string): Held {
  const own = contact ?? (incident === undefined ? ownContact(room, person) : undefined);
  const joined = own === undefined ? undefined : (room.contacts.get(own)?.incident ?? undefined);
  return { contact: own, incident: incident ?? joined, subject, staff: person };
}

/** The newest contact that this person has answered and that has not ended. */
export function ownContact(room: Room, person: string): string | undefined {
  let newest: { readonly id: string; readonly seq: number } | undefined;
  for (const one of room.contacts.values())
    if (one.handler === person && one.state === 'answered' && (newest?.seq ?? -1) < one.seq) newest = one;
  return newest?.id;
}
