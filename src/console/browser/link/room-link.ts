import type { Room } from '../../../room/room.ts';
import { rebuilding } from '../../../room/snapshot.ts';
import type { UnitPosition } from '../../../room/unit-position.ts';
import { evolveShown } from '../../../views/redact.ts';
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

/** The link says every few seconds that it is there; nothing for this long, and it is gone. */
const goneMs = 20_000;
const watchMs = 5_000;

/** However fast the log grows, windows are drawn anew for it at most this often: a key that is pressed waits for none. */
const tellMs = 100;

interface Waiting {
  readonly given: Given;
  readonly resolve: (answer: CommandAnswer) => void;
}

/** A window's end of the link: folds what comes with the room's own `evolve`, and gives commands. */
export class RoomLink {
  readonly #open: () => MessagePort;
  #port: MessagePort | null = null;
  #heardAt = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #room: string;
  readonly #person: string;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #strayListeners = new Set<(given: Given, answer: CommandAnswer) => void>();
  #known: Known = nothing;
  /** What windows were told of it last. */
  #told: Known = nothing;
  #toldAt = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  readonly #positionListeners = new Set<() => void>();
  #positions: ReadonlyMap<string, UnitPosition> = new Map();

  constructor(open: () => MessagePort, room: string, person: string) {
    this.#open = open;
    this.#room = room;
    this.#person = person;
  }

  /** Enters the room: from now on this window is told of it. Where the link dies, another is opened. */
  enter(): void {
    this.leave();
    const port = this.#open();
    this.#port = port;
    this.#heardAt = Date.now();
    port.addEventListener('message', ({ data }: MessageEvent<FromLink>) => {
      if (this.#port === port) this.#heard(data);
    });
    port.start();
    this.#say({ kind: 'enter', room: this.#room, person: this.#person });
    if (this.#positionListeners.size > 0) this.#say({ kind: 'watch-positions', isWatching: true });
    for (const { given } of this.#waiting.values()) this.#say({ kind: 'give', given });
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heardAt > goneMs) this.enter();
    }, watchMs);
  }

  /** For `useSyncExternalStore`: the same value until something changes. */
  readonly known = (): Known => this.#told;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where units are, by unit: a new map whenever that is told, and nothing before somebody asks for it. */
  readonly positions = (): ReadonlyMap<string, UnitPosition> => this.#positions;

  /** Asks to be told where units are; the last to leave ends it. The room is not drawn anew by it. */
  readonly subscribePositions = (listener: () => void): (() => void) => {
    if (this.#positionListeners.size === 0) this.#say({ kind: 'watch-positions', isWatching: true });
    this.#positionListeners.add(listener);
    return () => {
      this.#positionListeners.delete(listener);
      if (this.#positionListeners.size === 0) this.#say({ kind: 'watch-positions', isWatching: false });
    };
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
      this.#waiting.set(given.id, { given, resolve });
      this.#say({ kind: 'give', given });
    });
  }

  /** Leaves the room: the last window to do so ends its stream. */
  leave(): void {
    clearInterval(this.#watch);
    this.#say({ kind: 'left' });
    this.#port?.close();
    this.#port = null;
  }

  /** Listens for answers to what a window gave that is gone by now. */
  readonly strays = (listener: (given: Given, answer: CommandAnswer) => void): (() => void) => {
    this.#strayListeners.add(listener);
    return () => this.#strayListeners.delete(listener);
  };

  #say(message: ToLink): void {
    this.#port?.postMessage(message);
  }

  #heard(message: FromLink): void {
    this.#heardAt = Date.now();
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
        return this.#grow({ room });
      }
      case 'standing': {
        const { standing } = message;
        const { state, roomState } = this.#known.standing;
        const isSame = state === standing.state && roomState === standing.roomState;
        return isSame ? this.#grow({ standing }) : this.#change({ standing });
      }
      case 'kept':
        return this.#change({ kept: message.kept });
      case 'positions':
        return this.#moved(message.positions, message.isWhole);
      case 'answered':
        return this.#answered(message.given, message.answer);
      case 'here':
    }
  }

  #moved(positions: readonly UnitPosition[], isWhole: boolean): void {
    const all = isWhole ? [] : [...this.#positions.values()];
    this.#positions = new Map([...all, ...positions].map((one) => [one.unit, one]));
    for (const one of this.#positionListeners) one();
  }

  #answered(given: Given, answer: CommandAnswer): void {
    const waiting = this.#waiting.get(given.id);
    this.#waiting.delete(given.id);
    // Whoever hears that it is done finds it done.
    this.#tell();
    if (waiting !== undefined) waiting.resolve(answer);
    else for (const one of this.#strayListeners) one(given, answer);
  }

  #change(change: Partial<Known>): void {
    this.#known = { ...this.#known, ...change };
    this.#tell();
  }

  /** A change of many: those that come together are told of together. */
  #grow(change: Partial<Known>): void {
    this.#known = { ...this.#known, ...change };
    const waits = this.#toldAt + tellMs - Date.now();
    if (waits <= 0 || waits > tellMs) this.#tell();
    else this.#telling ??= setTimeout(() => this.#tell(), waits);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#toldAt = Date.now();
    if (this.#told === this.#known) return;
    this.#told = this.#known;
    for (const one of this.#listeners) one();
  }
}
