import type { Actor, StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Head, Outcome } from '../journal/journal.ts';

/** A command on its way to a room; checked by its schema and with its actor known before it gets here. */
export interface Order {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly actor: Actor;
  /** When it happened, as told; null: now. */
  readonly at: number | null;
  readonly override: string | null;
}

/** What became of an order. `conflict`: its id was used before, for something else. `busy`: try again. */
export type Answered =
  | { readonly kind: 'recorded'; readonly outcome: Outcome; readonly isRepeat: boolean }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'busy' }
  /** Not known to be recorded: the journal is away, or this process no longer writes for the room. */
  | { readonly kind: 'not-recorded'; readonly why: string };

/** Events that became durable together, with the room before and after them. */
export interface Tail {
  readonly events: readonly StoredEvent[];
  readonly before: Room;
  readonly after: Room;
}

export type EngineState = 'loading' | 'standby' | 'writing' | 'stalled' | 'stopped';

/** One room, held in memory by its one writer. */
export interface RoomEngine {
  readonly id: string;
  readonly state: () => EngineState;
  /** The room up to its last durable event: what everybody is shown. */
  readonly room: () => Room;
  readonly head: () => Head;
  /** Decides, appends, and answers once what was decided is durable. Never rejects. */
  readonly give: (order: Order) => Promise<Answered>;
  /** Tells of every batch once it is durable, in order, from the next one on. Gives the way to leave. */
  readonly follow: (told: (tail: Tail) => void) => () => void;
  /** Resolves once this process writes for the room; never for one that is stopped first. */
  readonly untilWriting: () => Promise<void>;
  /** Resolves once nothing is queued, appended or asked of a source. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}
