import { createHash } from 'node:crypto';
import type { Outcome } from '../journal/journal.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Catalogue } from '../room/safeguard.ts';
import { step } from '../room/step.ts';
import type { Order } from './engine.ts';

/** What an order came to, before it is durable. */
export interface Decided {
  readonly before: Room;
  readonly after: Room;
  readonly events: readonly StoredEvent[];
  readonly outcome: Outcome;
}

/** Decides an order on a room at an instant. Throws only where Heed itself is at fault. */
export function decide(room: Room, order: Order, on: { readonly now: number; readonly catalogue: Catalogue }): Decided {
  const { id, type, data, actor, override } = order;
  const command = { id, type, data, actor, at: order.at ?? Math.max(room.now, on.now) };
  const stepped = step(room, override === null ? command : { ...command, override }, on);
  const { seq } = stepped.room;
  const outcome: Outcome =
    stepped.outcome.kind === 'done'
      ? { kind: 'done', seq }
      : { kind: 'refused', seq, reasons: stepped.outcome.reasons, gates: stepped.outcome.gates };
  return { before: room, after: stepped.room, events: stepped.events, outcome };
}

/** What an order asks, in 64 hexadecimal digits: the same id may come again only with the same of these. */
export function digestOf({ type, data, actor, at, override }: Order): string {
  const asked = JSON.stringify([type, sorted(data), actor.kind, actor.id, at, override]);
  return createHash('sha256').update(asked).digest('hex');
}

/** The same value whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
