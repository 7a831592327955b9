import { setMaxListeners } from 'node:events';
import type { RoomEngine } from '../engine/engine.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Moment, Shown } from '../views/redact.ts';
import { momentsOf } from '../views/redact.ts';
import type { Who } from './admission.ts';
import { streamLimits } from './limits.ts';
import { showing } from './sight.ts';

/** An event in the form in which it is sent: put into text once, for everybody from whom it is not hidden. */
export interface Framed {
  readonly event: StoredEvent;
  readonly frame: string;
}

/** Events that became durable together. */
export interface Batch {
  readonly framed: readonly Framed[];
  /** All of them as one text. */
  readonly shared: string;
  readonly before: Room;
  readonly after: Room;
  /** Each of them between the rooms just before and after it. */
  readonly moments: () => readonly Moment[];
  /** How each of them is shown to anybody from whom something may be hidden; worked out once. */
  readonly showings: () => readonly ((who: Who) => Shown)[];
}

/** The newest events of one room in memory, and those who wait for the next. */
export interface Hub {
  readonly engine: RoomEngine;
  /** Up to which place of the log events have come through here. */
  readonly head: () => number;
  /** Events after a place, at most so many; null where they are older than memory and stand in the log alone. */
  readonly after: (seq: number, most: number) => readonly Framed[] | null;
  readonly follow: (told: (batch: Batch) => void) => () => void;
  /** Ends with the hub: streams end with it. */
  readonly closed: AbortSignal;
  readonly close: () => void;
}

/** The hubs of one service, one for each room that anybody asked about. */
export interface Hubs {
  readonly of: (engine: RoomEngine) => Hub;
  readonly close: () => void;
}

/** Hubs that come into being as rooms are asked about. */
export function hubsOf(): Hubs {
  const hubs = new Map<string, Hub>();
  return {
    of: (engine) => {
      const held = hubs.get(engine.id);
      if (held?.engine === engine) return held;
      held?.close();
      const made = hubOf(engine);
      hubs.set(engine.id, made);
      return made;
    },
    close: () => {
      for (const hub of hubs.values()) hub.close();
      hubs.clear();
    },
  };
}

/** An event, or what is sent in its place, as a message of the stream; its id is its place in the log. */
export function frameOf(event: { readonly seq: number }): string {
  // JSON leaves no line break standing, so one line of data is enough.
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Follows a room and holds its newest events. */
export function hubOf(engine: RoomEngine): Hub {
  let held: Framed[] = [];
  let bytes = 0;
  let head = engine.head().seq;
  const followers = new Set<(batch: Batch) => void>();
  const closing = new AbortController();
  // Every stream listens, and there are thousands.
  setMaxListeners(0, closing.signal);
  const leave = engine.follow(({ events, before, after }) => {
    const framed = events.map((event) => ({ event, frame: frameOf(event) }));
    for (const one of framed) {
      held.push(one);
      bytes += one.frame.length;
    }
    head = events.at(-1)?.seq ?? head;
    ({ held, bytes } = events.some(isErasure) ? { held: [], bytes: 0 } : bounded(held, bytes));
    const shared = framed.map((one) => one.frame).join('');
    const moments = once(() => momentsOf({ before, after }, events));
    const showings = once(() => moments().map(({ event, ...rooms }) => showing(event, rooms)));
    const batch: Batch = { framed, shared, before, after, moments, showings };
    for (const told of followers) told(batch);
  });
  return {
    engine,
    head: () => Math.max(head, engine.head().seq),
    after: (seq, most) => {
      const first = held[0]?.event.seq;
      if (first === undefined) return seq >= Math.max(head, engine.head().seq) ? [] : null;
      if (seq + 1 < first) return null;
      return held.slice(seq + 1 - first, seq + 1 - first + most);
    },
    follow: (told) => {
      followers.add(told);
      return () => followers.delete(told);
    },
    closed: closing.signal,
    close: () => {
      closing.abort();
      leave();
      followers.clear();
      held = [];
    },
  };
}

/** Worked out when it is first asked for, and kept. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** What is lawfully erased leaves memory too: what is asked for again is read from the log, as it is then. */
function isErasure(event: StoredEvent): boolean {
  return event.type === 'ErasureDecided';
}

/** What is held, within its bounds; a quarter goes at once, so that this costs nothing for each event. */
function bounded(held: Framed[], bytes: number): { readonly held: Framed[]; readonly bytes: number } {
  if (held.length <= streamLimits.heldEvents && bytes <= streamLimits.heldBytes) return { held, bytes };
  let kept = held;
  while (kept.length > (streamLimits.heldEvents * 3) / 4 || sizeOf(kept) > (streamLimits.heldBytes * 3) / 4)
    kept = kept.slice(Math.max(1, kept.length >> 2));
  return { held: kept, bytes: sizeOf(kept) };
}

function sizeOf(framed: readonly Framed[]): number {
  return framed.reduce((sum, one) => sum + one.frame.length, 0);
}
