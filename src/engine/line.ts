import type { Appended, Entry, Head, Journal, Projection, RecordedCommand } from '../journal/journal.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Catalogue } from '../room/safeguard.ts';
import type { Clock } from './clock.ts';
import { decide, digestOf } from './deciding.ts';
import type { Decided } from './deciding.ts';
import type { Answered, Order, Tail } from './engine.ts';
import type { Meters } from './meters.ts';

/** Orders decided and not yet durable, at most; contacts are let in beyond it. */
const waitingMax = 20_000;
/** Events in one transaction, unless a single order makes more. */
const batchEventsMax = 4_000;
/** Orders whose outcome is remembered in memory; older ones are found in the log. */
const rememberedMax = 20_000;
/** Admission never refuses what a caller brings. */
const neverBusy: ReadonlySet<string> = new Set([
  'PassTime',
  'PresentContact',
  'AnswerContact',
  'RecordStatement',
  'RecordRelay',
  'RecordObservation',
  'RecordLocation',
  'EndContact',
  'Mention',
]);

/** What a line needs of the world outside. */
export interface LineAround {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly catalogueOf: (policy: Policy) => Catalogue;
  readonly incidentOf: (room: Room, event: StoredEvent) => string | null;
  readonly projectionsOf: (room: Room, events: readonly StoredEvent[]) => readonly Projection[];
  /** Told of every batch once it is durable, before whoever sent its orders is answered. */
  readonly told: (tail: Tail) => void;
  /** An order that Heed itself could not decide: a fault, with nothing recorded. */
  readonly faulted: (order: Order, error: unknown) => void;
  /** The log could not be written, or another process writes it now; the line is empty and stands still. */
  readonly broken: (why: Broken) => void;
  readonly meters: Pick<Meters, 'append'>;
}

export type Broken = { readonly kind: 'deposed' } | { readonly kind: 'fault'; readonly error: unknown };

/** What an order came to, with all that is written of it. */
interface Writing extends Decided {
  readonly entries: readonly Entry[];
  readonly projections: readonly Projection[];
}

interface Waiting {
  readonly order: Order;
  readonly digest: string;
  readonly answer: (answered: Answered) => void;
  readonly decided: Writing;
}

interface Remembered {
  readonly digest: string;
  readonly answered: Promise<Answered>;
}

const notRecorded =
  'Not known to be recorded: the log cannot be written now. Send it again with the same id; it is done once.';
const ownFault = 'A fault in Heed itself; nothing was recorded.';

/** What a line begins on: the room as the log holds it, and the writer's turn. */
export interface LineStart {
  readonly room: Room;
  readonly head: Head;
  readonly epoch: number;
}

/** The orders of one room on their way from being decided to being durable. One writer's turn has one line. */
export class Line {
  readonly #around: LineAround;
  readonly #epoch: number;
  readonly #remembered = new Map<string, Remembered>();
  #durable: { readonly room: Room; readonly head: Head };
  #ahead: Room;
  #waiting: Waiting[] = [];
  #isAppending = false;
  #appending: Promise<void> = Promise.resolve();
  #closed: string | null = null;

  constructor(start: LineStart, around: LineAround) {
    this.#around = around;
    this.#epoch = start.epoch;
    this.#durable = { room: start.room, head: start.head };
    this.#ahead = start.room;
  }

  /** The room and its head up to the last durable event. */
  get durable(): { readonly room: Room; readonly head: Head } {
    return this.#durable;
  }

  /** The room with everything decided, durable or not. */
  get ahead(): Room {
    return this.#ahead;
  }

  /** Orders decided and not yet durable. */
  get depth(): number {
    return this.#waiting.length + (this.#isAppending ? 1 : 0);
  }

  /** Decides an order and answers once it is durable. Never rejects. */
  give(order: Order): Promise<Answered> {
    if (this.#closed !== null) return Promise.resolve({ kind: 'not-recorded', why: this.#closed });
    const digest = digestOf(order);
    const held = this.#remembered.get(order.id);
    if (held !== undefined)
      return held.digest === digest ? held.answered.then(repeated) : Promise.resolve({ kind: 'conflict' });
    if (this.#waiting.length >= waitingMax && !neverBusy.has(order.type)) return Promise.resolve({ kind: 'busy' });
    const decided = this.#tried(order);
    if (decided === null) return Promise.resolve({ kind: 'not-recorded', why: ownFault });
    if (order.type === 'PassTime' && decided.events.length === 0)
      return Promise.resolve({ kind: 'recorded', outcome: decided.outcome, isRepeat: false });
    const answered = new Promise<Answered>((answer) => {
      this.#waiting.push({ order, digest, answer, decided });
    });
    this.#remember(order.id, { digest, answered });
    if (!this.#isAppending && this.#waiting.length === 1) setImmediate(() => this.#flush());
    return answered;
  }

  /** Nothing more is taken; who waits is told that nothing was recorded. */
  close(why: string): void {
    if (this.#closed !== null) return;
    this.#closed = why;
    this.#ahead = this.#durable.room;
    this.#refuseWaiting(why);
  }

  /** Resolves once what was on its way to the log when the line closed has landed, or failed. */
  landed(): Promise<void> {
    return this.#appending;
  }

  /** Decides on what is ahead; a fault in deciding harms one order and no other. */
  #tried(order: Order): Writing | null {
    const { clock, catalogueOf, incidentOf, projectionsOf } = this.#around;
    try {
      const on = { now: clock.now(), catalogue: catalogueOf(this.#ahead.policy) };
      const decided = decide(this.#ahead, order, on);
      const { after, events } = decided;
      const entries = events.map((event) => ({ event, incident: incidentOf(after, event) }));
      const projections = projectionsOf(after, events);
      this.#ahead = after;
      return { ...decided, entries, projections };
    } catch (error) {
      this.#around.faulted(order, error);
      return null;
    }
  }

  #remember(id: string, one: Remembered): void {
    this.#remembered.set(id, one);
    if (this.#remembered.size <= rememberedMax) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }

  #flush(): void {
    if (this.#isAppending || this.#waiting.length === 0 || this.#closed !== null) return;
    const batch = this.#nextBatch();
    const { journal, meters } = this.#around;
    const toAppend = {
      room: this.#durable.room.id,
      epoch: this.#epoch,
      after: this.#durable.head,
      entries: batch.flatMap(({ decided }) => decided.entries),
      commands: batch.filter(isKept).map(recordOf),
      projections: batch.flatMap(({ decided }) => decided.projections),
    };
    this.#isAppending = true;
    this.#appending = meters
      .append(toAppend, journal.append)
      .then((appended) => this.#settled(batch, appended))
      .catch((error: unknown) => this.#broke({ kind: 'fault', error }, batch));
  }

  #nextBatch(): readonly Waiting[] {
    let events = 0;
    let count = 0;
    for (const { decided } of this.#waiting) {
      events += decided.events.length;
      if (count > 0 && events > batchEventsMax) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  #settled(batch: readonly Waiting[], appended: Appended): void {
    if (appended.kind === 'deposed') {
      this.#broke({ kind: 'deposed' }, batch);
      return;
    }
    this.#isAppending = false;
    if (appended.kind === 'repeated') this.#againWithout(batch, appended.commands);
    else this.#becomeDurable(batch, appended.head);
    this.#flush();
  }

  #becomeDurable(batch: readonly Waiting[], head: Head): void {
    const before = this.#durable.room;
    const after = batch.at(-1)?.decided.after ?? before;
    this.#durable = { room: after, head };
    const events = batch.flatMap(({ decided }) => decided.events);
    if (events.length > 0) this.#around.told({ events, before, after });
    for (const { answer, decided } of batch) answer({ kind: 'recorded', outcome: decided.outcome, isRepeat: false });
  }

  /** Some of these came before and are in the log: they are answered from there, the others decided afresh. */
  #againWithout(batch: readonly Waiting[], recorded: readonly RecordedCommand[]): void {
    const known = new Map(recorded.map((one) => [one.id, one]));
    const again = [...batch, ...this.#waiting];
    this.#waiting = [];
    this.#ahead = this.#durable.room;
    for (const one of again) {
      const record = known.get(one.order.id);
      if (record === undefined) this.#decideAgain(one);
      else if (record.digest === one.digest) one.answer({ kind: 'recorded', outcome: record.outcome, isRepeat: true });
      else {
        this.#remembered.delete(one.order.id);
        one.answer({ kind: 'conflict' });
      }
    }
  }

  #decideAgain(one: Waiting): void {
    const decided = this.#tried(one.order);
    if (decided === null) one.answer({ kind: 'not-recorded', why: ownFault });
    else this.#waiting.push({ ...one, decided });
  }

  #broke(why: Broken, batch: readonly Waiting[]): void {
    this.#waiting = [...batch, ...this.#waiting];
    this.#isAppending = false;
    this.close(notRecorded);
    // A line that was closed while the batch was on its way still owes its orders an answer.
    this.#refuseWaiting(notRecorded);
    this.#around.broken(why);
  }

  #refuseWaiting(why: string): void {
    for (const { answer } of this.#waiting) answer({ kind: 'not-recorded', why });
    this.#waiting = [];
  }
}

function repeated(answered: Answered): Answered {
  return answered.kind === 'recorded' ? { ...answered, isRepeat: true } : answered;
}

/** The passing of time is nobody's order: it is decided again whenever it is due. */
function isKept({ order }: Waiting): boolean {
  return order.type !== 'PassTime';
}

function recordOf({ order, digest, decided }: Waiting): RecordedCommand {
  return { id: order.id, digest, outcome: decided.outcome };
}
