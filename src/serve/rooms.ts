import { hostname } from 'node:os';
import { catalogues } from '../engine/catalogues.ts';
import type { Clock } from '../engine/clock.ts';
import { liveClock } from '../engine/clocks.ts';
import type { MachineClock } from '../engine/clocks.ts';
import type { RoomEngine } from '../engine/engine.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import { metersOf } from '../engine/meters.ts';
import type { EngineAround, EngineLog } from '../engine/room-engine.ts';
import { startRoom } from '../engine/room-engine.ts';
import type { Journal, RoomEntry } from '../journal/journal.ts';
import { takeTurn } from '../journal/turn.ts';
import type { LiveSource } from '../sources/source.ts';

export interface RoomsAround extends Pick<EngineAround, 'incidentOf' | 'projectionsOf' | 'taken'> {
  readonly journal: Journal;
  /** As heed_service: the sessions that hold the right to write. */
  readonly connectionString: string;
  readonly log: EngineLog;
  /** The clocks that live rooms go by; left out, this machine's. */
  readonly machine?: MachineClock | undefined;
}

/** A clock that was put forward counts as doubtful for this long. */
const agreedAfterMs = 60_000;

/** A room that this process runs, with its clock. */
export interface RunningRoom {
  readonly entry: RoomEntry;
  readonly engine: RoomEngine;
  readonly clock: Clock;
}

/** The rooms that this process runs: each a whole force, none knowing of the others. */
export class Rooms {
  readonly #around: RoomsAround;
  readonly #running = new Map<string, RunningRoom>();
  readonly #clockFaults = new Map<string, number>();
  readonly #agreeing = new Map<string, () => void>();

  constructor(around: RoomsAround) {
    this.#around = around;
  }

  get(room: string): RoomEngine | undefined {
    return this.#running.get(room)?.engine;
  }

  list(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** The time in a room, milliseconds; on the wall where there is no such room. */
  nowIn(room: string): number {
    return this.#running.get(room)?.clock.now() ?? Date.now();
  }

  /** By how much the machine's clock stands behind a room's, as a negative number of milliseconds; 0: they agree. */
  clockFault(room: string): number {
    return this.#clockFaults.get(room) ?? 0;
  }

  /** Takes up a room that is there or new; a replay brings the clock that it is moved by. */
  async open(entry: RoomEntry, sources: readonly LiveSource[], moved?: Clock): Promise<RunningRoom> {
    const { journal, connectionString, log } = this.#around;
    if (!(await journal.create(entry)))
      throw new Error(`There is a room ${entry.room} already, and it is no ${entry.kind} room.`);
    const clock = moved ?? (await this.#liveClock(entry.room));
    const seeker = { connectionString, journal, holder: `${hostname()} ${process.pid}` };
    const engine = startRoom({
      ...this.#around,
      entry,
      clock,
      catalogueOf: catalogues(),
      sources: new Map(sources.map((one) => [one.id, one])),
      takeTurn: async (signal) => takeTurn(entry.room, seeker, signal),
      log,
      meters: metersOf(entry.room),
    });
    const running = { entry, engine, clock };
    this.#running.set(entry.room, running);
    return running;
  }

  /** Stops a room and forgets it; its log stays. */
  async close(room: string): Promise<void> {
    const running = this.#running.get(room);
    this.#running.delete(room);
    this.#agreeing.get(room)?.();
    this.#agreeing.delete(room);
    await running?.engine.stop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.list().map(async (room) => this.close(room)));
  }

  /** Time never goes back, so a room starts no earlier than the last thing in its log. */
  async #liveClock(room: string): Promise<Clock> {
    const { journal, machine } = this.#around;
    const { seq } = await journal.head(room);
    const [last] = seq === 0 ? [] : await journal.read(room, seq - 1, 1);
    return liveClock(last?.recordedAt ?? 0, (byMs) => this.#clockJumped(room, byMs), machine);
  }

  /** A clock that was moved is a source that cannot be believed: it raises as every other does. */
  #clockJumped(room: string, byMs: number): void {
    const { log } = this.#around;
    const isBack = byMs === 0;
    this.#clockFaults.set(room, Math.min(byMs, 0));
    const by = `${Math.abs(Math.round(byMs / 1_000))} s`;
    const reason = isBack
      ? 'the machine’s clock agrees with the room’s again'
      : `the machine’s clock was moved ${byMs > 0 ? 'forward' : 'back'} by ${by}`;
    log.warn({ room, byMs }, reason);
    const running = this.#running.get(room);
    if (running === undefined) return;
    const { clock, engine } = running;
    const state = isBack ? 'up' : 'down';
    void engine.give(machineOrder(`clock-${state}-${clock.now()}`, 'ReportSource', { source: 'clock', state, reason }));
    this.#agreeing.get(room)?.();
    this.#agreeing.delete(room);
    // The room went with a clock that was put forward, so the two agree; the alarm has been heard by then.
    if (byMs > 0)
      this.#agreeing.set(
        room,
        clock.arm(clock.now() + agreedAfterMs, () => this.#clockJumped(room, 0)),
      );
  }
}
