import { createHash } from 'node:crypto';
import type { Journal } from '../journal/journal.ts';
import { archivedContact, contactNotArchived, notArchived } from '../room/archive.ts';
import type { Room } from '../room/room.ts';
import type { Order } from './engine.ts';
import { machineOrder } from './machine-orders.ts';

/** What is put away in one go; the rest waits for the next. */
const archivedAtOnceMax = 200;

/** What is finished and may leave the room. */
type Cold = { readonly incident: string } | { readonly contact: string };

/** What is finished and old enough to leave the room, the longest over first. */
export function ripeIn(room: Room, now: number): readonly Cold[] {
  const ripe: { readonly cold: Cold; readonly at: number }[] = [];
  for (const incident of room.incidents.values())
    if (notArchived(room, incident, now) === null)
      ripe.push({ cold: { incident: incident.id }, at: incident.closed?.at ?? 0 });
  for (const contact of room.contacts.values())
    if (contactNotArchived(room, contact, now) === null)
      ripe.push({ cold: { contact: contact.id }, at: contact.endedAt ?? 0 });
  return ripe
    .toSorted((a, b) => a.at - b.at)
    .slice(0, archivedAtOnceMax)
    .map((one) => one.cold);
}

/** The order that puts something away; `at` tells one putting away from the next. */
export function archiving(cold: Cold, at: number): Order {
  return 'incident' in cold
    ? machineOrder(`archive-${at}-${cold.incident}`, 'ArchiveIncident', cold)
    : machineOrder(`archive-${at}-contact-${cold.contact}`, 'ArchiveContact', cold);
}

/** The incidents and contacts named anywhere in an order that have left the room. */
export function coldIn(room: Room, data: unknown): readonly Cold[] {
  if (room.archived.size === 0) return [];
  const found = new Map<string, Cold>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (room.archived.has(value)) found.set(value, { incident: value });
      if (room.archived.has(archivedContact(value))) found.set(archivedContact(value), { contact: value });
    } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
  };
  walk(data);
  return [...found.values()];
}

/** The order that brings what is cold back as its own events, ahead of the command that names it. */
export async function recalling(journal: Journal, room: Room, cold: Cold): Promise<Order> {
  // What an earlier recall brought back is in the log itself.
  const all = await ('incident' in cold
    ? journal.readIncident(room.id, cold.incident)
    : journal.readContact(room.id, cold.contact));
  const events = all.filter((event) => event.type !== 'Recalled');
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(events)).digest('hex')}`;
  const name = 'incident' in cold ? cold.incident : `contact-${cold.contact}`;
  return machineOrder(`recall-${room.seq}-${name}`, 'Recall', { ...cold, digest, events });
}
