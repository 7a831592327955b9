import type { Room } from '../../room/room.ts';
import { rebuilding } from '../../room/snapshot.ts';
import { evolveShown } from '../../views/redact.ts';
import type { CommandAnswer, FromLink, Given, Kept, Standing, ToLink } from './messages.ts';

/** What a window knows of its room. */
export interface Known {
  /** Null until it was loaded for the first time. */
  readonly room: Room | null;
  readonly standing: Standing;
  /** What was given on this machine and is not answered yet. */
  readonly kept: readonly Kept[];
}

const nothing: Known = {
  room: null,
  standing: { state: 'loading', seq: 0, head: 0, roomAt: 0, heardAt: 0, roomState: 'writing' },
  kept: [],
};

/** A window's end of the link: folds what comes with the room's own `evolve`, and gives commands. */
export class RoomLink {
  readonly #port: MessagePort;
  readonly #room: string;
  readonly #person: string;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, (answer: CommandAnswer) => void>();
  #known: Known = nothing;

  constructor(port: MessagePort, room: string, person: string) {
    this.#port = port;
    this.#room = room;
    this.#person = person;
    port.addEventListener('message', ({ data }: MessageEvent<FromLink>) => this.#heard(data));
    port.start();
  }

  /** Enters the room: from now on this window is told of it. */
  enter(): void {
    this.#say({ kind: 'enter', room: this.#room, person: this.#person });
  }

  /** For `useSyncExternalStore`: the same value until something changes. */
  readonly known = (): Known => this.#known;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The time in the room, milliseconds: as it was last told, gone on with as this machine's clock does. */
  readonly now = (): number => {
    const { standing, room } = this.#known;
    const since = standing.heardAt === 0 ? 0 : Date.now() - standing.heardAt;
    return Math.max(standing.roomAt + since, room?.now ?? 0);
  };

  /** Keeps a command on this machine and sends it; resolves with what the room answered, however long that takes. */
  async give(given: Given): Promise<CommandAnswer> {
    return new Promise((resolve) => {
      this.#waiting.set(given.id, resolve);
      this.#say({ kind: 'give', given });
    });
  }

  /** Leaves the room: the last window to do so ends its stream. */
  leave(): void {
    this.#say({ kind: 'left' });
  }

  #say(message: ToLink): void {
    this.#port.postMessage(message);
  }

  #heard(message: FromLink): void {
    switch (message.kind) {
      case 'room': {
        const building = rebuilding();
        for (const slice of message.slices) building.add(slice);
        return this.#change({ room: building.room() });
      }
      case 'shown': {
        let { room } = this.#known;
        if (room === null) return;
        for (const one of message.shown) if (one.seq > room.seq) room = evolveShown(room, one);
        return this.#change({ room });
      }
      case 'standing':
        return this.#change({ standing: message.standing });
      case 'kept':
        return this.#change({ kept: message.kept });
      case 'answered':
        this.#waiting.get(message.id)?.(message.answer);
        this.#waiting.delete(message.id);
    }
  }

  #change(change: Partial<Known>): void {
    this.#known = { ...this.#known, ...change };
    for (const one of this.#listeners) one();
  }
}
