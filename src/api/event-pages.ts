import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Seat, Who } from './admission.ts';
import type { Around } from './around.ts';
import type { Framed, Hub } from './hub.ts';
import { frameOf } from './hub.ts';
import { isWhole, seesAll, showing, withheldAt } from './sight.ts';

/** A place of the log as it goes to one reader: its event, or that it is withheld. */
export type Placed = Framed | { readonly event: null; readonly frame: string; readonly seq: number };

/** Whoever reads events, and what of. */
export interface Reading {
  readonly around: Around;
  readonly hub: Hub;
  readonly seat: Seat;
}

/** Events after a place of the log, at most so many and none beyond the room in memory: from there, or from the log. */
export async function eventsAfter(
  { around, hub, seat }: Reading,
  after: number,
  most: number,
): Promise<readonly Framed[]> {
  const held = hub.after(after, most);
  if (held !== null) return held;
  const upTo = hub.head();
  const events = await around.journal.read(seat.room, after, most);
  return events.filter((event) => event.seq <= upTo).map((event) => ({ event, frame: frameOf(event) }));
}

/** The same, read in the reader's own name and behind the database's fence where they are older than memory. */
export async function fencedAfter(reading: Reading, after: number, most: number): Promise<readonly Placed[]> {
  const { around, hub, seat } = reading;
  const room = seat.engine.room();
  // A machine that plays a replay is shown all of it; nobody's name stands before the fence for it.
  if (hub.after(after, 1) !== null || isWhole(room, seat.who)) return eventsAfter(reading, after, most);
  const upTo = hub.head();
  const events = await around.past(room, nameOf(seat.who), { after, upTo, limit: most });
  return everyPlace(events, after, Math.min(upTo, after + most));
}

function nameOf({ actor }: Who): string | null {
  return actor.kind === 'staff' ? actor.id : null;
}

/** Each place from one to another, with its event where that was not hidden. */
function everyPlace(events: readonly StoredEvent[], after: number, upTo: number): readonly Placed[] {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  return Array.from({ length: Math.max(0, upTo - after) }, (_, place) => {
    const seq = after + 1 + place;
    const event = bySeq.get(seq);
    return event === undefined
      ? { event: null, seq, frame: frameOf(withheldAt(seq)) }
      : { event, frame: frameOf(event) };
  });
}

/** The place in the log of what was sent. */
export function seqOf(placed: Placed): number {
  return placed.event === null ? placed.seq : placed.event.seq;
}

/** What one place is for a reader, as the room stands now: the very frame that others get, or one of their own. */
export function frameFor(placed: Placed, room: Room, who: Who): string {
  if (placed.event === null) return placed.frame;
  const shown = showing(placed.event, { before: room, after: room })(who);
  return shown === placed.event ? placed.frame : frameOf(shown);
}

/** All of these as one text. */
export function framesFor(placed: readonly Placed[], room: Room, who: Who): string {
  if (seesAll({ before: room, after: room }, who)) return placed.map((one) => one.frame).join('');
  return placed.map((one) => frameFor(one, room, who)).join('');
}

/** What one place is for a reader, as a value. */
export function valueFor(placed: Placed, room: Room, who: Who): { readonly seq: number } {
  if (placed.event === null) return withheldAt(placed.seq);
  return showing(placed.event, { before: room, after: room })(who);
}
