import type { Refusal } from './define.ts';
import { unknown } from './define.ts';
import type { Room } from './room.ts';

const fields = {
  incident: 'incidents',
  contact: 'contacts',
  subject: 'subjects',
  unit: 'units',
  task: 'tasks',
  order: 'orders',
} as const;

/** A refusal for the first thing named that the room does not hold, or null when it holds them all. */
export function firstUnknown(
  room: Room,
  named: Readonly<Partial<Record<keyof typeof fields, string | undefined>>>,
): Refusal | null {
  for (const kind of Object.keys(fields) as (keyof typeof fields)[]) {
    const id = named[kind];
    if (id !== undefined && !room[fields[kind]].has(id)) return unknown(kind, id);
  }
  return null;
}
