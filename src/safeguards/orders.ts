import type { Incident } from '../room/incident.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import { ordersAgainst } from '../room/order.ts';
import type { Room } from '../room/room.ts';

/** What a kind of order is called. */
export function orderTitle(room: Room, order: ProtectiveOrder): string {
  return room.policy.orderKinds[order.kind]?.title ?? order.kind;
}

/** Whether a breach of this order is counted for an incident. */
export function isCounted(order: ProtectiveOrder, incident: Incident): boolean {
  return order.breaches.some((breach) => breach.incident === incident.id);
}

/** Reported breaches, each incident once: what the machine counted and a person then reported is one breach. */
export function timesReported(order: ProtectiveOrder): number {
  return new Set(order.breaches.map((breach) => breach.incident ?? breach.id)).size;
}

/** Whether a breach of an order in force was reported in an incident. */
export function hasBreach(room: Room, incident: Incident): boolean {
  if (incident.kinds.includes('order-breach')) return true;
  return incident.subjects.some((subject) =>
    ordersAgainst(room, subject, room.now).some((order) => isCounted(order, incident)),
  );
}
