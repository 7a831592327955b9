import { createHash } from 'node:crypto';
import type { Check } from '../room/check.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import { questionOf } from '../sources/history.ts';
import type { Answer, LiveSource, Question } from '../sources/source.ts';
import type { Clock } from './clock.ts';
import type { Answered, Order, Tail } from './engine.ts';
import { machineOrder } from './machine-orders.ts';
import type { Meters } from './meters.ts';

/** Questions with one source at a time, and waiting for it; beyond that it counts as unavailable. */
const askedAtOnceMax = 8;
const waitingMax = 2_000;
/** A source that has not answered by now has timed out, whatever its own limits. */
const answerMs = 15_000;
/** Answers missed in a row before the source is reported down. */
const missedMax = 3;
/** While a source is down it is tried this often. */
const probeMs = 15_000;

export interface ChecksAround {
  readonly sources: ReadonlyMap<string, LiveSource>;
  readonly clock: Clock;
  readonly give: (order: Order) => Promise<Answered>;
  readonly room: () => Room;
  /** A replay's sources answer at once and say how long they would have taken: its clock waits for them. */
  readonly isReplay: boolean;
  /** Told whenever a question has been answered, whether anything follows at once or not. */
  readonly settled: () => void;
  readonly meters: Pick<Meters, 'question' | 'waiting'>;
}

interface Asking {
  readonly check: string;
  readonly question: Question;
  /** Which of all questions it is, in the order in which they were asked. */
  readonly place: number;
}

/** An answer that has come and is not yet recorded. */
interface Come {
  readonly queue: Queue;
  readonly asking: Asking;
  readonly answer: Answer;
}

/** What is known of one source while this process runs. */
interface Queue {
  readonly source: LiveSource;
  readonly waiting: Asking[];
  asked: number;
  missed: number;
  isDown: boolean;
}

/** The reactor that puts a room's requested checks to their sources; what comes back returns as commands. */
export class Checks {
  readonly #around: ChecksAround;
  readonly #queues = new Map<string, Queue>();
  /** Cuts short each question that is with a source. */
  readonly #cuts = new Set<() => void>();
  /** Answers of a replay that wait for those asked before them. */
  #come: Come[] = [];
  #isStopped = false;
  #working = 0;
  #asked = 0;

  constructor(around: ChecksAround) {
    this.#around = around;
  }

  /** Questions that are with a source. */
  get working(): number {
    return this.#working;
  }

  /** Asks what was requested in a batch. */
  follow({ events, after }: Tail): void {
    for (const event of events)
      if (event.type === 'CheckRequested' && event.body !== null)
        this.#put(event, (event.body as { readonly source: string }).source, after);
  }

  /** Asks again what was asked and never answered, as after a restart. */
  resume(): void {
    const room = this.#around.room();
    for (const check of room.checks.values()) {
      if (check.completedAt !== null) continue;
      const { id, subject, contact, incident, source } = check;
      const ids = { check: id, subject, contact: contact ?? undefined, incident: incident ?? undefined };
      this.#put({ ids }, source, room);
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const queue of this.#queues.values()) queue.waiting.length = 0;
    for (const cut of this.#cuts) cut();
  }

  #queueOf(id: string): Queue | null {
    const held = this.#queues.get(id);
    const source = this.#around.sources.get(id);
    if (held !== undefined || source === undefined) return held ?? null;
    const isDown = this.#around.room().sources.get(id)?.state === 'down';
    const queue: Queue = { source, waiting: [], asked: 0, missed: isDown ? missedMax : 0, isDown };
    this.#queues.set(id, queue);
    return queue;
  }

  #put(event: Pick<StoredEvent, 'ids'>, source: string, room: Room): void {
    const check = event.ids['check'] ?? '';
    const queue = this.#queueOf(source);
    const question = questionOf(room, event, this.#around.clock.now());
    if (queue === null || question === null || queue.waiting.length >= waitingMax) {
      this.#complete(check, { result: 'unavailable', findings: [], tookMs: 0 });
      return;
    }
    queue.waiting.push({ check, question, place: this.#asked });
    this.#asked += 1;
    this.#pump(queue);
  }

  #pump(queue: Queue): void {
    const { source, waiting } = queue;
    while (queue.asked < askedAtOnceMax && !this.#isStopped) {
      const asking = waiting.shift();
      if (asking === undefined) break;
      queue.asked += 1;
      this.#working += 1;
      void this.#ask(queue, asking);
    }
    this.#around.meters.waiting(source.id, waiting.length);
  }

  async #ask(queue: Queue, asking: Asking): Promise<void> {
    const answer = await this.#answerOf(queue.source, asking.question);
    queue.asked -= 1;
    this.#working -= 1;
    if (this.#isStopped) return;
    this.#come.push({ queue, asking, answer });
    this.#pump(queue);
    this.#record();
    this.#around.settled();
  }

  /**
   * Records what has come: a live room each answer as it comes, a replay those of one instant together, in the order in
   * which they were asked. Its clock waits for all of them, and which of them a database gives first is chance.
   */
  #record(): void {
    if (this.#around.isReplay && this.#working > 0) return;
    const come = this.#come.toSorted((a, b) => a.asking.place - b.asking.place);
    this.#come = [];
    for (const { queue, asking, answer } of come) {
      this.#complete(asking.check, answer);
      this.#askNext(queue, asking, answer);
      this.#observe(queue, answer, asking.question);
    }
  }

  /** The source's answer; a source that throws has failed, one that is silent has timed out. Never rejects. */
  async #answerOf(source: LiveSource, question: Question): Promise<Answer> {
    // A timer and not AbortSignal.timeout: on Node 20 that one may be collected before it fires.
    const limit = new AbortController();
    const cut = (): void => limit.abort();
    const timer = setTimeout(cut, answerMs);
    this.#cuts.add(cut);
    const late = new Promise<Answer>((resolve) => {
      limit.signal.addEventListener('abort', () => resolve(missed('timed-out')), { once: true });
    });
    const asked = async (): Promise<Answer> =>
      Promise.race([source.ask(question, limit.signal).catch(() => missed('failed')), late]);
    try {
      return await this.#around.meters.question(source.id, asked);
    } finally {
      clearTimeout(timer);
      this.#cuts.delete(cut);
    }
  }

  #complete(check: string, { result, findings, tookMs }: Answer): void {
    const { clock, give, isReplay } = this.#around;
    const order = machineOrder(`answer-${check}`, 'CompleteCheck', { check, result, findings }, 'source');
    if (isReplay && tookMs > 0) clock.arm(clock.now() + tookMs, () => void give(order));
    else void give(order);
  }

  /** What an answer leaves open is put to the next source, as a check of its own. */
  #askNext({ source }: Queue, { check, question }: Asking, answer: Answer): void {
    const next = source.askNext?.(question, answer) ?? null;
    const asked = this.#around.room().checks.get(check);
    if (next === null || asked === undefined) return;
    const { id, data } = nextCheck(asked, next);
    void this.#around.give(machineOrder(id, 'RequestCheck', data, 'source'));
  }

  /** A source that misses several answers in a row is reported down, and up again with its first answer. */
  #observe(queue: Queue, answer: Answer, question: Question): void {
    if (this.#around.isReplay) return;
    const isAnswered = answer.result === 'found' || answer.result === 'no-trace';
    queue.missed = isAnswered ? 0 : queue.missed + 1;
    if (isAnswered === !queue.isDown || (!queue.isDown && queue.missed < missedMax)) return;
    queue.isDown = !isAnswered;
    this.#report(queue);
    if (queue.isDown) this.#probe(queue, question);
  }

  #report({ source, isDown }: Queue): void {
    const { clock, give } = this.#around;
    const reason = isDown ? `${missedMax} questions in a row without an answer` : 'answers again';
    const data = { source: source.id, state: isDown ? 'down' : 'up', reason };
    void give(machineOrder(`source-${source.id}-${clock.now()}`, 'ReportSource', data, 'source'));
  }

  /** While it is down it is asked again and again what it last missed, so that its return is noticed. */
  #probe(queue: Queue, question: Question): void {
    const { clock } = this.#around;
    clock.arm(clock.now() + probeMs, () => {
      if (this.#isStopped || !queue.isDown) return;
      void this.#tryAgain(queue, question);
    });
  }

  async #tryAgain(queue: Queue, question: Question): Promise<void> {
    const now = this.#around.clock.now();
    const answer = await this.#answerOf(queue.source, { ...question, at: now });
    if (this.#isStopped) return;
    this.#observe(queue, answer, question);
    if (queue.isDown) this.#probe(queue, question);
  }
}

/** The order for a check of what another one left open; asked twice, it is one and the same. */
function nextCheck({ id, subject, contact, incident }: Check, source: string): Pick<Order, 'id' | 'data'> {
  const next = `next-${createHash('sha256').update(`${source} ${id}`).digest('hex').slice(0, 24)}`;
  const place = { ...(contact === null ? {} : { contact }), ...(incident === null ? {} : { incident }) };
  return { id: next, data: { check: next, source, subject, ...place, purpose: 'nothing found by what is known' } };
}

function missed(result: 'timed-out' | 'failed'): Answer {
  return { result, findings: [], tookMs: 0 };
}
