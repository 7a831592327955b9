import type { Projection } from '../database/projection.ts';
import type { Reason, StoredEvent } from '../room/define.ts';
import type { Room, RoomKind } from '../room/room.ts';
import type { Gate } from '../room/safeguard.ts';

/** Where a room's chain stands: the last event and the digest that covers everything up to it. */
export interface Head {
  readonly seq: number;
  /** Lower-case hexadecimal SHA-256; of a room without events, 64 zeros. */
  readonly hash: string;
}

/** What became of a command, as whoever sent it is told, however often they ask. */
export type Outcome =
  | { readonly kind: 'done'; readonly seq: number }
  | {
      readonly kind: 'refused';
      readonly seq: number;
      readonly reasons: readonly Reason[];
      readonly gates: readonly Gate[];
    };

/** A command that has been decided: its id may not be used for another payload (settled point 11). */
export interface RecordedCommand {
  readonly id: string;
  /** SHA-256 of what was asked: type, data, actor, `at` as told and override. */
  readonly digest: string;
  readonly outcome: Outcome;
}

/**
 * An event on its way into the log, with the incident it belongs to where its own header names none. Where the header
 * names one, the event is found under that.
 */
export interface Entry {
  readonly event: StoredEvent;
  readonly incident: string | null;
}

/** What is appended in one transaction: whole or not at all. */
export interface Batch {
  readonly room: string;
  /** The writer's turn; another writer's append is refused once a later turn has begun. */
  readonly epoch: number;
  readonly after: Head;
  readonly entries: readonly Entry[];
  readonly commands: readonly RecordedCommand[];
  /** Rows of the search and history tables that follow from these events, written in the same transaction. */
  readonly projections: readonly Projection[];
}

export type { Projection };

export type Appended =
  | { readonly kind: 'appended'; readonly head: Head }
  /** A later writer has taken the room over: this one must stop. */
  | { readonly kind: 'deposed' }
  /** Some of these command ids are in the log already; nothing was appended. */
  | { readonly kind: 'repeated'; readonly commands: readonly RecordedCommand[] };

/** A room as the journal knows it. */
export interface RoomEntry {
  readonly room: string;
  readonly kind: RoomKind;
  readonly createdAt: number;
}

/** A room taken from its newest usable snapshot, or an empty one: what is folded on from there. */
export interface Restored {
  readonly room: Room;
  readonly head: Head;
}

/**
 * The durable log of every room of one database. Each method rejects only with a fault (the database is away, or
 * broken); after a rejected `append` it is unknown whether it was written, and `head` tells.
 */
export interface Journal {
  readonly rooms: () => Promise<readonly RoomEntry[]>;
  /** Makes the room if it is not there. False when it exists with another kind. */
  readonly create: (entry: RoomEntry) => Promise<boolean>;
  /** Begins the next writer's turn; appends of earlier turns are refused from here on. */
  readonly beginTurn: (room: string, holder: string) => Promise<number>;
  readonly head: (room: string) => Promise<Head>;
  readonly append: (batch: Batch) => Promise<Appended>;
  readonly commandsRecorded: (room: string, ids: readonly string[]) => Promise<readonly RecordedCommand[]>;
  /** Events after a seq, in order, at most `limit`; bodies that were erased are null. */
  readonly read: (room: string, after: number, limit: number) => Promise<readonly StoredEvent[]>;
  /** Every event of one incident, and of its contacts from before they were joined to it, in order. */
  readonly readIncident: (room: string, incident: string) => Promise<readonly StoredEvent[]>;
  /** Every event of one contact that belongs to no incident, in order. */
  readonly readContact: (room: string, contact: string) => Promise<readonly StoredEvent[]>;
  /** The newest snapshot that this fold can use and whose seq and hash are in the log; else the empty room. */
  readonly restore: (entry: RoomEntry) => Promise<Restored>;
  /**
   * Keeps a picture of the room at its seq, written in slices so that nothing else waits; older ones go. Rejects where
   * bodies were erased since the room was restored: it must be restored anew, for it holds what the log does not.
   */
  readonly keepSnapshot: (room: Room, head: Head) => Promise<void>;
}
