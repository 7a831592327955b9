import type { Contact } from '../room/contact.ts';
import type { Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { AnyEvent } from '../room/vocabulary.ts';

/** The dispatchers of the room. */
export const dispatcher: Owner = { role: 'dispatcher' };
/** The supervisors of the room. */
export const supervisor: Owner = { role: 'supervisor' };

/** Who answers for a contact: its handler or, before anybody took it, the handlers. */
export function handlerOf(contact: Contact | null): Owner {
  return contact === null || contact.handler === null ? { role: 'handler' } : { staff: contact.handler };
}

/** Who answers for an incident: the handler of its first contact, or the dispatchers. */
export function takerOf(room: Room, incident: Incident): Owner {
  const first = incident.contacts[0];
  return first === undefined ? dispatcher : handlerOf(room.contacts.get(first) ?? null);
}

/** Whoever did it, where a person did; what the machine or a source did is somebody else's to answer for. */
export function actorOr(event: AnyEvent, otherwise: Owner): Owner {
  return event.actor.kind === 'staff' ? { staff: event.actor.id } : otherwise;
}

/** Whether a person or role is of the supervisors or above them in the chain. */
export function isSupervising(room: Room, owner: Owner): boolean {
  const role = 'role' in owner ? owner.role : (room.staff.get(owner.staff)?.role ?? '');
  const { chain } = room.policy;
  return chain.indexOf(role) >= Math.max(0, chain.indexOf('supervisor'));
}
