import type { Room } from '../room/room.ts';

/** What is looked at in turn: everything once in so long, a few at every tick. */
export interface Round {
  ids: readonly string[];
  done: number;
  beganAt: number;
}

/** A round that is at its end: the next look begins a new one. */
export function emptyRound(): Round {
  return { ids: [], done: 0, beganAt: -Infinity };
}

/** What the round comes to at this instant; where it is over, a new one begins with what there is now. */
export function inTurn(
  round: Round,
  now: number,
  every: { readonly ms: number; readonly all: () => readonly string[] },
): readonly string[] {
  if (round.done >= round.ids.length) {
    if (now - round.beganAt < every.ms) return [];
    round.ids = every.all();
    round.done = 0;
    round.beganAt = now;
  }
  const { length } = round.ids;
  // A round ends a second early, so that the next begins in time.
  const reached = Math.ceil((length * (now - round.beganAt + 2_000)) / every.ms);
  const from = round.done;
  round.done = Math.max(from, Math.min(length, reached));
  return round.ids.slice(from, round.done);
}

/** Open incidents, kept beside the room so that a week of closed ones is not read through every second. */
export interface OpenOnes {
  readonly ids: Set<string>;
  readAt: number;
}

const againMs = 600_000;

/** The open incidents: those that were heard of and, every ten minutes, those that the room has besides. */
export function openIncidents(open: OpenOnes, room: Room, now: number): readonly string[] {
  if (now - open.readAt >= againMs || now < open.readAt) {
    open.ids.clear();
    for (const { id, state } of room.incidents.values()) if (state === 'open') open.ids.add(id);
    open.readAt = now;
  }
  for (const id of open.ids) if (room.incidents.get(id)?.state !== 'open') open.ids.delete(id);
  return [...open.ids];
}
