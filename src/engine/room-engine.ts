import type { Head, RoomEntry } from '../journal/journal.ts';
import type { Turn } from '../journal/turn.ts';
import { fold } from '../room/fold.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import { nextDue } from '../room/step.ts';
import type { LiveSource } from '../sources/source.ts';
import { Checks } from './checks.ts';
import { archiving, coldIn, recalling, ripeIn } from './cold.ts';
import type { Answered, EngineState, Order, RoomEngine, Tail } from './engine.ts';
import type { Broken, LineAround } from './line.ts';
import { Line } from './line.ts';
import { machineOrder } from './machine-orders.ts';
import type { Meters } from './meters.ts';

/** Events read back from the log at once while a room is being loaded. */
const pageSize = 5_000;
/** Between tries to take the room up again after the log failed. */
const againMs = 250;
/** Events after which the room is pictured anew, so that the next start is quick. */
const eventsBetweenSnapshots = 25_000;
/** How often finished incidents are looked for that may leave the room. */
const archiveEveryMs = 60_000;

/** What happens to a room that somebody who runs it should know: no personal data, ever. */
export interface EngineLog {
  readonly info: (fields: Readonly<Record<string, unknown>>, says: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, says: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, says: string) => void;
}

export interface EngineAround
  extends Pick<LineAround, 'journal' | 'clock' | 'catalogueOf' | 'incidentOf' | 'projectionsOf'> {
  readonly entry: RoomEntry;
  readonly sources: ReadonlyMap<string, LiveSource>;
  /** Waits until nobody else writes for the room, and begins the next turn. */
  readonly takeTurn: (signal: AbortSignal) => Promise<Turn>;
  readonly log: EngineLog;
  readonly meters: Meters;
  /** Brings what rests on the whole room up to date whenever it is taken up, before anything is written. */
  readonly taken?: (room: Room) => Promise<void>;
}

const genesis: Head = { seq: 0, hash: '0'.repeat(64) };

/** Takes a room up: waits for its turn, loads it, writes for it, and takes it up again whenever the log fails. */
export function startRoom(around: EngineAround): RoomEngine {
  return new WritingRoom(around);
}

class WritingRoom implements RoomEngine {
  readonly id: string;
  readonly #around: EngineAround;
  readonly #checks: Checks;
  readonly #followers = new Set<(tail: Tail) => void>();
  readonly #settling = new Set<() => void>();
  readonly #awaitingTurn = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  readonly #archiver: NodeJS.Timeout | null;
  #state: EngineState = 'standby';
  #room: Room;
  #head = genesis;
  #line: Line | null = null;
  #isLoaded = false;
  #snapshotAt = 0;
  #picturing: Promise<void> | null = null;
  #timerAt: number | null = null;
  #disarm: () => void = () => undefined;

  constructor(around: EngineAround) {
    const { entry, clock, sources } = around;
    this.id = entry.room;
    this.#around = around;
    this.#room = emptyRoom(entry.room, entry.kind);
    const isReplay = entry.kind === 'replay';
    const give = (order: Order): Promise<Answered> => this.give(order);
    this.#checks = new Checks({
      sources,
      clock,
      give,
      room: () => this.#room,
      isReplay,
      settled: () => this.#settled(),
      meters: around.meters,
    });
    this.#archiver = isReplay ? null : setInterval(() => this.#archive(), archiveEveryMs).unref();
    this.#ended = this.#keepWriting();
  }

  state(): EngineState {
    return this.#state;
  }

  room(): Room {
    return this.#room;
  }

  head(): Head {
    return this.#head;
  }

  async give(order: Order): Promise<Answered> {
    return this.#around.meters.order(order.type, async () => this.#given(order));
  }

  follow(follower: (tail: Tail) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  async untilWriting(): Promise<void> {
    if (this.#state === 'writing') return;
    await new Promise<void>((resolve) => this.#awaitingTurn.add(resolve));
  }

  async idle(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#isIdle()) return;
      await new Promise<void>((resolve) => this.#settling.add(resolve));
    }
  }

  async stop(): Promise<void> {
    if (this.#archiver !== null) clearInterval(this.#archiver);
    this.#checks.stop();
    this.#stopping.abort();
    await this.#ended;
    await this.#picturing;
    if (this.#head.seq > this.#snapshotAt) await this.#picture();
  }

  async #given(order: Order): Promise<Answered> {
    const { meters } = this.#around;
    const line = this.#line;
    if (line === null) return { kind: 'not-recorded', why: whyNot(this.#state) };
    const cold = coldIn(line.ahead, order.data);
    if (cold.length > 0 && order.type !== 'Recall') await this.#recall(line, cold);
    const answering = line.give(order);
    meters.queued(line.depth);
    this.#arm();
    const answered = await answering;
    meters.queued(line.depth);
    this.#settled();
    return answered;
  }

  /** Takes the room up again and again, until it is told to stop. */
  async #keepWriting(): Promise<void> {
    const { signal } = this.#stopping;
    const isStopping = (): boolean => signal.aborted;
    while (!isStopping()) {
      try {
        const turn = await this.#around.takeTurn(signal);
        try {
          await this.#writeInTurn(turn);
        } finally {
          await turn.release();
        }
      } catch (error) {
        this.#state = 'stalled';
        if (!isStopping()) this.#warn(error, 'the room cannot be taken up');
      }
      if (!isStopping()) await new Promise((resolve) => setTimeout(resolve, againMs));
    }
    this.#state = 'stopped';
  }

  /** One turn at writing, until the right to write or the log is gone. */
  async #writeInTurn(turn: Turn): Promise<void> {
    const { log } = this.#around;
    const over = new AbortController();
    this.#state = 'loading';
    await this.#load();
    await this.#around.taken?.(this.#room);
    const broken = new Promise<Broken>((resolve) => {
      const deposed = (): void => resolve({ kind: 'deposed' });
      const told = (tail: Tail): void => this.#told(tail);
      const faulted = (order: Order, error: unknown): void => this.#faulted(order, error);
      const start = { room: this.#room, head: this.#head, epoch: turn.epoch };
      this.#line = new Line(start, { ...this.#around, told, faulted, broken: resolve });
      void turn.lost.then(deposed);
      this.#stopping.signal.addEventListener('abort', deposed, { once: true, signal: over.signal });
    });
    this.#state = 'writing';
    log.info({ room: this.id, seq: this.#head.seq, epoch: turn.epoch }, 'writing for the room');
    this.#passTime(this.#around.clock.now());
    this.#checks.resume();
    for (const resolve of this.#awaitingTurn) resolve();
    this.#awaitingTurn.clear();
    const why = await broken;
    over.abort();
    await this.#endTurn(why);
  }

  async #endTurn(why: Broken): Promise<void> {
    const { log } = this.#around;
    const line = this.#line;
    this.#state = 'stalled';
    this.#disarm();
    this.#timerAt = null;
    line?.close(whyNot('stalled'));
    await line?.landed();
    this.#line = null;
    if (why.kind === 'fault') log.error({ room: this.id, fault: String(why.error) }, 'the log cannot be written');
    this.#settled();
  }

  /** Brings the room up to the end of the log: from its newest picture, then event by event. */
  async #load(): Promise<void> {
    const { journal, entry } = this.#around;
    if (!this.#isLoaded) {
      const restored = await journal.restore(entry);
      this.#room = restored.room;
      this.#head = restored.head;
      this.#snapshotAt = restored.head.seq;
    }
    const end = await journal.head(this.id);
    if (end.seq < this.#head.seq || (end.seq === this.#head.seq && end.hash !== this.#head.hash))
      throw new Error(`The log of ${this.id} stands at ${end.seq} and is not the one that stood at ${this.#head.seq}.`);
    while (this.#head.seq < end.seq) {
      const events = await journal.read(this.id, this.#head.seq, pageSize);
      const last = events.at(-1);
      if (last === undefined) throw new Error(`The log of ${this.id} ends at ${this.#head.seq}, before its head.`);
      const before = this.#room;
      this.#room = fold(before, events);
      this.#head = { seq: last.seq, hash: last.seq === end.seq ? end.hash : '' };
      if (this.#isLoaded) this.#tell({ events, before, after: this.#room });
    }
    this.#isLoaded = true;
  }

  #told(tail: Tail): void {
    this.#room = tail.after;
    this.#head = this.#line?.durable.head ?? this.#head;
    this.#checks.follow(tail);
    this.#tell(tail);
    this.#arm();
    if (this.#head.seq - this.#snapshotAt >= eventsBetweenSnapshots) void this.#picture();
  }

  /** A follower that fails is a fault of its own and nobody else's. */
  #tell(tail: Tail): void {
    for (const follower of this.#followers)
      try {
        follower(tail);
      } catch (error) {
        this.#warn(error, 'a follower of the room failed');
      }
  }

  /** One timer, for whatever falls due next. */
  #arm(): void {
    const at = this.#line === null ? null : nextDue(this.#line.ahead);
    if (at === this.#timerAt) return;
    this.#disarm();
    this.#timerAt = at;
    this.#disarm = at === null ? () => undefined : this.#around.clock.arm(at, () => this.#passTime(at));
  }

  #passTime(due: number): void {
    const { clock, meters } = this.#around;
    const line = this.#line;
    this.#timerAt = null;
    meters.dutyLate(clock.now() - due);
    if (line === null) return;
    void line.give(machineOrder(`time-${line.ahead.seq + 1}`, 'PassTime', {})).then(() => this.#settled());
    this.#arm();
  }

  async #recall(line: Line, cold: ReturnType<typeof coldIn>): Promise<void> {
    for (const one of cold)
      try {
        await line.give(await recalling(this.#around.journal, line.ahead, one));
      } catch (error) {
        this.#warn(error, 'what was archived could not be brought back');
      }
  }

  /** Pictures the room as it stands; one picture at a time. */
  async #picture(): Promise<void> {
    this.#picturing ??= this.#pictured().finally(() => {
      this.#picturing = null;
    });
    await this.#picturing;
  }

  async #pictured(): Promise<void> {
    const head = this.#head;
    try {
      await this.#around.journal.keepSnapshot(this.#room, head);
      this.#snapshotAt = head.seq;
    } catch (error) {
      this.#warn(error, 'the room could not be pictured; the log has everything');
    }
  }

  #archive(): void {
    if (this.#line === null) return;
    const now = this.#around.clock.now();
    for (const cold of ripeIn(this.#line.ahead, now)) void this.give(archiving(cold, now));
  }

  #isIdle(): boolean {
    return (this.#line?.depth ?? 0) === 0 && this.#checks.working === 0;
  }

  #settled(): void {
    if (!this.#isIdle()) return;
    for (const resolve of this.#settling) resolve();
    this.#settling.clear();
  }

  #faulted(order: Order, error: unknown): void {
    const fault = error instanceof Error ? error.stack : String(error);
    const fields = { room: this.id, command: order.id, type: order.type, fault };
    this.#around.log.error(fields, 'a command could not be decided');
  }

  #warn(error: unknown, says: string): void {
    this.#around.log.warn({ room: this.id, fault: String(error) }, says);
  }
}

function whyNot(state: EngineState): string {
  if (state === 'standby')
    return 'Nothing was recorded: another process writes for this room, and this one waits beside it.';
  if (state === 'loading') return 'Nothing was recorded: the room is being loaded. Send it again with the same id.';
  return 'Nothing was recorded: the log cannot be written now. Send it again with the same id.';
}
