import { createHash } from 'node:crypto';
import type { Journal } from '../journal/journal.ts';
import { notArchived } from '../room/archive.ts';
import type { Room } from '../room/room.ts';
import type { Order } from './engine.ts';
import { machineOrder } from './machine-orders.ts';

/** Incidents put away in one go: the rest waits for the next. */
const archivedAtOnceMax = 200;

/** What is finished and old enough to leave the room, the longest closed first. */
export function ripeIncidents(room: Room, now: number): readonly string[] {
  const ripe: { readonly id: string; readonly at: number }[] = [];
  for (const incident of room.incidents.values())
    if (notArchived(room, incident, now) === null) ripe.push({ id: incident.id, at: incident.closed?.at ?? 0 });
  return ripe
    .toSorted((a, b) => a.at - b.at)
    .slice(0, archivedAtOnceMax)
    .map((one) => one.id);
}

/** The order that puts an incident away; `at` tells one putting away from the next. */
export function archiving(incident: string, at: number): Order {
  return machineOrder(`archive-${at}-${incident}`, 'ArchiveIncident', { incident });
}

/** The incidents named anywhere in an order that have left the room. */
export function coldIn(room: Room, data: unknown): readonly string[] {
  if (room.archived.size === 0) return [];
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && room.archived.has(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
  };
  walk(data);
  return [...found];
}

/** The order that brings a cold incident back as its own events, ahead of the command that names it. */
export async function recalling(journal: Journal, room: Room, incident: string): Promise<Order> {
  // What an earlier recall brought back is in the log itself.
  const all = await journal.readIncident(room.id, incident);
  const events = all.filter((event) => event.type !== 'Recalled');
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(events)).digest('hex')}`;
  return machineOrder(`recall-${room.seq}-${incident}`, 'Recall', { incident, digest, events });
}
