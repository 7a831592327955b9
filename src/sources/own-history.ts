import type { Projection } from '../database/projection.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import { bySpelling, bySpellingId, isSpelt } from './by-spelling.ts';
import { dropStatement, keepStatement } from './record-rows.ts';
import type { KeptRecord, RecordId } from './record-rows.ts';
import { recordsAfter } from './records.ts';
import { shelfSource } from './shelf-source.ts';
import type { Shelves } from './shelf-source.ts';
import type { Answer, LiveSource, Question, Shelf } from './source.ts';

/** The source that is asked by itself about every identifier. */
const ownHistoryId = 'own-history';

/** Where the own history of a room stands. */
export function ownShelf(room: string): Shelf {
  return { room, source: ownHistoryId };
}

/** The force's own history, as the log of the room was projected into the database. */
export function ownHistory(shelves: Shelves, room: string): LiveSource {
  return shelfSource(shelves, ownShelf(room));
}

/**
 * The own history with what is asked after it: of somebody whom its keys do not find, their name as it is spelt. The
 * answer comes later, as a check of its own, and never delays the first.
 */
export function ownHistoryWithSpelling(shelves: Shelves, room: string, schema: string): readonly LiveSource[] {
  return [{ ...ownHistory(shelves, room), askNext: afterOwnHistory }, bySpelling(shelves, ownShelf(room), schema)];
}

function afterOwnHistory({ identity }: Question, { result }: Answer): string | null {
  return result === 'no-trace' && isSpelt(identity) ? bySpellingId : null;
}

/** What the events of one command change in the own history, in the order in which it is to be written. */
export interface HistoryChanges {
  readonly kept: readonly KeptRecord[];
  readonly dropped: readonly RecordId[];
}

/** What the events of one command changed; the room is as after the last of them. */
export function changesOf(room: Room, events: readonly StoredEvent[]): HistoryChanges {
  const kept = new Map<string, KeptRecord>();
  const dropped = new Map<string, RecordId>();
  for (const event of events)
    for (const change of recordsAfter(room, event)) {
      const place = `${change.record.kind} ${change.record.id}`;
      if (change.kind === 'kept') {
        kept.set(place, { record: change.record, incident: change.incident, seq: event.seq });
        dropped.delete(place);
      } else {
        dropped.set(place, change.record);
        kept.delete(place);
      }
    }
  return { kept: [...kept.values()], dropped: [...dropped.values()] };
}

/** The statements that bring the own history up to date with the events of one command. */
export function projectionsOf(room: Room, events: readonly StoredEvent[]): readonly Projection[] {
  const { kept, dropped } = changesOf(room, events);
  const shelf = ownShelf(room.id);
  return [
    ...(kept.length === 0 ? [] : [keepStatement(shelf, kept)]),
    ...(dropped.length === 0 ? [] : [dropStatement(shelf, dropped)]),
  ];
}
