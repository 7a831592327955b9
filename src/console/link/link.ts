import { sliceRoom } from '../../room/snapshot.ts';
import { Following } from './following.ts';
import type { FromLink, ToLink } from './messages.ts';
import { Outbox } from './outbox.ts';

/** One room of one person, shared by all their windows. */
interface Held {
  readonly following: Following;
  readonly outbox: Outbox;
  readonly windows: Set<MessagePort>;
}

/** The link of this browser: one stream and one outbox for each room and person, however many windows look. */
export class Link {
  readonly #held = new Map<string, Held>();

  /** Takes a window in; it is gone once it says so. */
  connect(port: MessagePort): void {
    let mine: string | null = null;
    const leave = (): void => {
      if (mine !== null) this.#leave(mine, port);
      mine = null;
    };
    port.addEventListener('message', ({ data }: MessageEvent<ToLink>) => {
      if (data.kind === 'left') return leave();
      if (data.kind === 'give') return void this.#held.get(mine ?? '')?.outbox.give(data.given);
      leave();
      mine = `${data.room} ${data.person}`;
      this.#enter(mine, data, port);
    });
    port.start();
  }

  #enter(key: string, { room, person }: { readonly room: string; readonly person: string }, port: MessagePort): void {
    const held = this.#held.get(key) ?? this.#begin(key, room, person);
    held.windows.add(port);
    const say = (message: FromLink): void => port.postMessage(message);
    const loaded = held.following.room();
    if (loaded !== null) say({ kind: 'room', slices: [...sliceRoom(loaded)] });
    say({ kind: 'kept', kept: held.outbox.kept() });
    say({ kind: 'standing', standing: held.following.standing() });
  }

  #begin(key: string, room: string, person: string): Held {
    const windows = new Set<MessagePort>();
    const say = (message: FromLink): void => {
      for (const one of windows) one.postMessage(message);
    };
    const held: Held = {
      windows,
      following: new Following(room, person, {
        room: (loaded) => say({ kind: 'room', slices: [...sliceRoom(loaded)] }),
        shown: (shown) => say({ kind: 'shown', shown }),
        standing: (standing) => say({ kind: 'standing', standing }),
      }),
      outbox: new Outbox({
        room,
        person,
        changed: (kept) => say({ kind: 'kept', kept }),
        answered: (id, answer) => say({ kind: 'answered', id, answer }),
      }),
    };
    this.#held.set(key, held);
    return held;
  }

  #leave(key: string, port: MessagePort): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    held.windows.delete(port);
    if (held.windows.size > 0) return;
    held.following.end();
    held.outbox.end();
    this.#held.delete(key);
  }
}
