import type pg from 'pg';
import type { StoredEvent } from '../room/define.ts';
import { evolve } from '../room/fold.ts';
import type { Room, RoomKind } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import { changesOf, ownShelf } from './own-history.ts';
import { dropStatement, keepStatement, removeNext, shelfStart } from './record-rows.ts';
import type { KeptRecord, RecordId, Removed } from './record-rows.ts';
import type { Shelf } from './source.ts';

/** Events read at a time. */
const readAtOnce = 2_000;
/** Records written in one statement. */
const writtenAtOnce = 500;

/** The log of a room, as the journal reads it. */
export interface RoomLog {
  readonly head: (room: string) => Promise<{ readonly seq: number }>;
  readonly read: (room: string, after: number, limit: number) => Promise<readonly StoredEvent[]>;
}

export interface Rebuilding {
  readonly pool: pg.Pool;
  readonly log: RoomLog;
  readonly room: string;
  readonly kind: RoomKind;
}

/** What rebuilding came to. */
export interface Rebuilt {
  readonly events: number;
  readonly kept: number;
  /** Records that stood there and follow from nothing in the log. */
  readonly removed: number;
}

interface Work {
  readonly around: Rebuilding;
  readonly shelf: Shelf;
  /** The head of the log when rebuilding began: what is written stands as of there. */
  readonly upTo: number;
  /** The latest state of what is still in the room; what was archived is written. */
  readonly pending: Map<string, KeptRecord>;
  room: Room;
  command: StoredEvent[];
  written: KeptRecord[];
  kept: number;
}

/**
 * Brings the own history to what the log says, whatever stood there: after an erasure, or where it is in doubt. The
 * room may be written to meanwhile; a later state on the shelf is left alone.
 */
export async function rebuildRecords(around: Rebuilding): Promise<Rebuilt> {
  const { seq: upTo } = await around.log.head(around.room);
  const work: Work = {
    around,
    shelf: ownShelf(around.room),
    upTo,
    pending: new Map(),
    room: emptyRoom(around.room, around.kind),
    command: [],
    written: [],
    kept: 0,
  };
  for (let after = 0; after < upTo; ) {
    const events = await around.log.read(around.room, after, Math.min(readAtOnce, upTo - after));
    if (events.length === 0) throw new Error(`The log of ${around.room} ends after ${after}, before its head ${upTo}.`);
    for (const event of events) await take(work, event);
    after = events.at(-1)?.seq ?? upTo;
  }
  await settle(work);
  work.written.push(...work.pending.values());
  await write(work);
  await catchUp(work);
  return { events: upTo, kept: work.kept, removed: await removeOthers(work) };
}

/** Folds an event; what a command changed is worked out once its last event is in. */
async function take(work: Work, event: StoredEvent): Promise<void> {
  if (work.command[0] !== undefined && work.command[0].command !== event.command) await settle(work);
  work.room = evolve(work.room, event);
  work.command.push(event);
}

/** What leaves the room with an event: its record changes no more until it is recalled. */
const leaving: Readonly<Record<string, 'incident' | 'contact'>> = {
  IncidentArchived: 'incident',
  ContactArchived: 'contact',
};

async function settle(work: Work): Promise<void> {
  const { kept, dropped } = changesOf(work.room, work.command);
  for (const one of kept) work.pending.set(placeOf(one.record), { ...one, seq: work.upTo });
  for (const one of dropped) work.pending.delete(placeOf(one));
  for (const { type, ids } of work.command) {
    const kind = leaving[type];
    if (kind === undefined) continue;
    const place = placeOf({ kind, id: ids[kind] ?? '' });
    const held = work.pending.get(place);
    if (held === undefined) continue;
    work.written.push(held);
    work.pending.delete(place);
  }
  work.command = [];
  if (work.written.length >= writtenAtOnce) await write(work);
}

function placeOf({ kind, id }: RecordId): string {
  return `${kind} ${id}`;
}

async function write(work: Work): Promise<void> {
  work.kept += work.written.length;
  for (let at = 0; at < work.written.length; at += writtenAtOnce) {
    const { text, values } = keepStatement(work.shelf, work.written.slice(at, at + writtenAtOnce), true);
    await work.around.pool.query(text, [...values]);
  }
  work.written = [];
}

/** What happened meanwhile was projected by its writer; only what it took off the shelf may have come back. */
async function catchUp({ around, shelf, upTo, room: held }: Work): Promise<void> {
  let room = held;
  for (let after = upTo; ; ) {
    const events = await around.log.read(around.room, after, readAtOnce);
    if (events.length === 0) return;
    room = events.reduce(evolve, room);
    const { dropped } = changesOf(room, events);
    if (dropped.length > 0) {
      const { text, values } = dropStatement(shelf, dropped);
      await around.pool.query(text, [...values]);
    }
    after = events.at(-1)?.seq ?? after;
  }
}

async function removeOthers({ around, shelf, upTo }: Work): Promise<number> {
  let removed = 0;
  for (let after: Removed | null = shelfStart; after !== null; removed += after?.removed ?? 0)
    after = await removeNext(around.pool, shelf, { seq: upTo, after });
  return removed;
}
