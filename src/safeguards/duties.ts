import type { Duty } from '../room/duty.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { AnyEvent } from '../room/vocabulary.ts';

/** The id of what a duty is about: `promise-1` of `promise:promise-1`. */
export function idOf(about: string): string {
  return about.slice(about.indexOf(':') + 1);
}

/** Open duties of one safeguard about an incident. */
export function dutiesBy(room: Room, safeguard: string, incident: string): readonly Duty[] {
  return dutiesAbout(room, `incident:${incident}`).filter((duty) => duty.safeguard === safeguard);
}

/** Whether the contact that a duty is about has come to an incident: the question goes on there. */
export function isTakenUp(duty: Duty, event: AnyEvent): boolean {
  const isOfContact = event.type === 'IncidentOpened' || event.type === 'ContactJoined';
  return isOfContact && duty.about === `contact:${event.ids.contact ?? ''}`;
}
