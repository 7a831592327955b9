import { sliceRoom } from '../../../room/snapshot.ts';
import { Following } from './following.ts';
import type { FromLink, Given, ToLink } from './messages.ts';
import { Outbox } from './outbox.ts';

/** One room of one person, shared by all their windows. */
interface Held {
  readonly following: Following;
  readonly outbox: Outbox;
  readonly windows: Set<MessagePort>;
  /** Those that show where units are. */
  readonly watching: Set<MessagePort>;
  /** Which window gave a command that is not answered yet. */
  readonly givers: Map<string, MessagePort>;
}

/** The link says so often that it is there. */
const hereMs = 5_000;

/** The link of this browser: one stream and one outbox for each room and person, however many windows look. */
export class Link {
  readonly #held = new Map<string, Held>();

  constructor() {
    setInterval(() => {
      for (const { windows } of this.#held.values()) for (const one of windows) tell(one, { kind: 'here' });
    }, hereMs);
  }

  /** Takes a window in; it is gone once it says so. */
  connect(port: MessagePort): void {
    let mine: string | null = null;
    const leave = (): void => {
      if (mine !== null) this.#leave(mine, port);
      mine = null;
    };
    port.addEventListener('message', ({ data }: MessageEvent<ToLink>) => {
      if (data.kind === 'left') return leave();
      if (data.kind === 'give') return this.#give(mine, port, data.given);
      if (data.kind === 'watch-positions') return this.#watch(mine, port, data.isWatching);
      leave();
      mine = `${data.room} ${data.person}`;
      this.#enter(mine, data, port);
    });
    port.start();
  }

  #enter(key: string, { room, person }: { readonly room: string; readonly person: string }, port: MessagePort): void {
    const held = this.#held.get(key) ?? this.#begin(key, room, person);
    held.windows.add(port);
    held.following.comeIn();
    const say = (message: FromLink): void => tell(port, message);
    const loaded = held.following.room();
    if (loaded !== null) say({ kind: 'room', slices: [...sliceRoom(loaded)] });
    say({ kind: 'kept', kept: held.outbox.kept() });
    say({ kind: 'standing', standing: held.following.standing() });
  }

  #give(key: string | null, port: MessagePort, given: Given): void {
    const held = this.#held.get(key ?? '');
    held?.givers.set(given.id, port);
    void held?.outbox.give(given);
  }

  #watch(key: string | null, port: MessagePort, isWatching: boolean): void {
    const held = this.#held.get(key ?? '');
    if (held === undefined) return;
    if (!isWatching) return void held.watching.delete(port);
    held.watching.add(port);
    tell(port, { kind: 'positions', isWhole: true, positions: held.following.positions() });
  }

  #begin(key: string, room: string, person: string): Held {
    const windows = new Set<MessagePort>();
    const watching = new Set<MessagePort>();
    const givers = new Map<string, MessagePort>();
    const say = (message: FromLink): void => {
      for (const one of windows) tell(one, message);
    };
    const following = new Following(room, person, {
      room: (loaded) => say({ kind: 'room', slices: [...sliceRoom(loaded)] }),
      shown: (shown) => say({ kind: 'shown', shown }),
      standing: (standing) => say({ kind: 'standing', standing }),
      positions: (positions, isWhole) => {
        for (const one of watching) tell(one, { kind: 'positions', isWhole, positions });
      },
    });
    const outbox = new Outbox({
      room,
      person,
      now: () => following.now(),
      changed: (kept) => say({ kind: 'kept', kept }),
      answered: (given, answer) => {
        const giver = givers.get(given.id);
        givers.delete(given.id);
        const told: FromLink = { kind: 'answered', given, answer };
        if (giver !== undefined && windows.has(giver)) tell(giver, told);
        else say(told);
      },
      turnedAway: () => following.doubt(),
    });
    const held: Held = { windows, watching, givers, following, outbox };
    this.#held.set(key, held);
    return held;
  }

  #leave(key: string, port: MessagePort): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    held.windows.delete(port);
    held.watching.delete(port);
    if (held.windows.size > 0) return;
    held.following.end();
    held.outbox.end();
    this.#held.delete(key);
  }
}

function tell(port: MessagePort, message: FromLink): void {
  port.postMessage(message);
}
