import type { Room } from '../../room/room.ts';
import { emptyRoom } from '../../room/room.ts';
import { evolveShown } from '../../views/redact.ts';
import type { Shown } from '../../views/redact.ts';

/** A room is kept so often while a log is folded; between two of them it is folded again. */
const keptEvery = 250;

/** What was known when: any moment of a log, folded as its reader may see it. */
export class Past {
  readonly #shown: readonly Shown[];
  readonly #times: readonly number[];
  readonly #kept: readonly Room[];

  constructor(id: string, shown: readonly Shown[]) {
    const kept: Room[] = [];
    const times: number[] = [];
    let room = emptyRoom(id, 'replay');
    for (const [place, one] of shown.entries()) {
      if (place % keptEvery === 0) kept.push(room);
      room = evolveShown(room, one);
      times.push(room.now);
    }
    this.#shown = shown;
    this.#times = times;
    this.#kept = kept;
  }

  /** How many events it holds. */
  get length(): number {
    return this.#shown.length;
  }

  /** When an event became known, milliseconds; of one that is hidden, when the one before it did. */
  timeOf(place: number): number {
    return this.#times[place] ?? 0;
  }

  /** How many events were known by an instant. */
  countBy(at: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The room after so many events. */
  roomAfter(count: number): Room | null {
    const kept = Math.min(Math.floor(Math.max(0, count - 1) / keptEvery), this.#kept.length - 1);
    let room = this.#kept[kept];
    if (room === undefined) return null;
    for (const one of this.#shown.slice(kept * keptEvery, count)) room = evolveShown(room, one);
    return room;
  }
}
