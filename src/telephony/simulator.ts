import { randomUUID } from 'node:crypto';
import { seeded } from './seeded.ts';
import type { Seeded } from './seeded.ts';
import { sign } from './signature.ts';
import type { SigningKey } from './signature.ts';
import type { Planned, Scene } from './simulated-calls.ts';
import { simulatedContact } from './simulated-calls.ts';

/** The time that the simulator goes by, milliseconds UTC: a room's own clock, or one of a test. */
export interface SimulatorClock {
  readonly now: () => number;
  readonly arm: (at: number, then: () => void) => () => void;
}

export interface SimulatorOptions {
  /** Address of the server, such as `http://127.0.0.1:8080`. */
  readonly base: string;
  readonly room: string;
  readonly key: SigningKey;
  /** The same seed, clock and rate make up the same contacts. */
  readonly seed: number;
  readonly callsPerMinute: number;
  readonly clock: SimulatorClock;
  /** Ends it: nothing more is begun or sent. */
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
  /** Contacts after which it ends by itself. */
  readonly callsMost?: number;
  /** Positions that answer; with none, calls ring until they are given up. */
  readonly positions?: readonly string[];
  readonly around?: Scene['around'];
  /** While it is, no new contact begins; those that have go on. */
  readonly isPaused?: () => boolean;
}

/** What the simulator did, in numbers. */
export interface SimulatorReport {
  readonly calls: number;
  /** Messages that left at least once, repeats of the network counted apart. */
  readonly messages: number;
  readonly attempts: number;
  readonly settled: number;
  /** Messages that the server will never take; a fault of one of the two. */
  readonly refused: number;
  readonly givenUp: number;
  /** Answers by their status; `none` where there was no answer. */
  readonly answers: Readonly<Record<string, number>>;
}

/** Tries of one message. What an emergency call says is not dropped for one bad minute. */
const attemptsMost = 12;
const firstWaitMs = 500;
const longestWaitMs = 30_000;
const answerMs = 10_000;
/** Contacts under way and messages being sent at the same time. */
const underWayMost = 2_000;
const sendingMost = 64;
/** Answers that say the message itself is wrong: sending it again helps nobody. */
const finalStatuses: readonly number[] = [400, 404, 405, 413, 415, 422];
const somewhere: Scene['around'] = { latitude: 54.5, longitude: -2.6 };

interface Running {
  readonly options: SimulatorOptions;
  readonly random: Seeded;
  readonly underWay: Set<Promise<void>>;
  readonly waiting: (() => void)[];
  /** What is to happen at once where the simulator is to end. */
  readonly ending: Set<() => void>;
  readonly counts: {
    calls: number;
    messages: number;
    attempts: number;
    settled: number;
    refused: number;
    givenUp: number;
  };
  readonly answers: Record<string, number>;
  sending: number;
}

/**
 * Behaves like the telephone system of a room: presents, answers, looks up, locates, loses and ends calls, and sends
 * what it tells late, twice and out of order. Each message is sent until the server has taken it, under the same id.
 */
export async function runSimulator(options: SimulatorOptions): Promise<SimulatorReport> {
  const { clock, seed, callsPerMinute, callsMost = Number.POSITIVE_INFINITY } = options;
  const running: Running = {
    options,
    random: seeded(seed),
    underWay: new Set(),
    waiting: [],
    ending: new Set(),
    counts: { calls: 0, messages: 0, attempts: 0, settled: 0, refused: 0, givenUp: 0 },
    answers: {},
    sending: 0,
  };
  const end = (): void => {
    for (const one of running.ending) one();
  };
  options.signal.addEventListener('abort', end, { once: true });
  const startedAt = clock.now();
  let next = startedAt;
  while (!isEnded(options) && running.counts.calls < callsMost) {
    await until(running, next);
    if (isEnded(options)) break;
    const isHeld = options.isPaused?.() === true || running.underWay.size >= underWayMost;
    if (!isHeld) begin(running, startedAt);
    next = Math.max(next, clock.now() - 60_000) + gapMs(running.random, callsPerMinute);
  }
  while (running.underWay.size > 0) await Promise.all(running.underWay);
  options.signal.removeEventListener('abort', end);
  return { ...running.counts, answers: running.answers };
}

function isEnded({ signal }: SimulatorOptions): boolean {
  return signal.aborted;
}

/** Calls come as they come: the time between two of them is anything, and right in the mean. */
function gapMs(random: Seeded, callsPerMinute: number): number {
  return Math.max(1, Math.round((-Math.log(1 - random.next()) * 60_000) / callsPerMinute));
}

function begin(running: Running, startedAt: number): void {
  const { options, counts } = running;
  counts.calls += 1;
  // Each contact has a chance of its own, whatever has become of the others.
  const random = seeded(options.seed ^ Math.imul(counts.calls, 0x9e3779b1));
  // Another run of the same seed makes other calls: an id is one call's for ever.
  const ref = `sim/${startedAt.toString(36)}/${options.seed}/${counts.calls}`;
  const { positions = [], around = somewhere } = options;
  for (const planned of simulatedContact({ random, at: options.clock.now(), ref, positions, around })) {
    const sending = send(running, planned).finally(() => running.underWay.delete(sending));
    running.underWay.add(sending);
  }
}

/** Resolves at an instant of the clock, or as soon as the simulator is to end. */
async function until({ options, ending }: Running, at: number): Promise<void> {
  if (isEnded(options)) return;
  await new Promise<void>((resolve) => {
    const callOff = options.clock.arm(at, () => {
      ending.delete(end);
      resolve();
    });
    const end = (): void => {
      callOff();
      resolve();
    };
    ending.add(end);
  });
}

async function send(running: Running, planned: Planned): Promise<void> {
  const { options, counts } = running;
  await until(running, planned.sendAt);
  if (isEnded(options)) return;
  counts.messages += 1;
  for (let attempt = 1; attempt <= attemptsMost; attempt += 1) {
    const answer = await attempted(running, planned);
    const isTaken = answer.status >= 200 && answer.status < 300;
    if (isTaken && !(planned.isAnswerLost && attempt === 1)) {
      counts.settled += 1;
      return;
    }
    if (finalStatuses.includes(answer.status)) {
      counts.refused += 1;
      return;
    }
    const backOff = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
    await until(running, options.clock.now() + Math.min(longestWaitMs, Math.max(backOff, answer.afterMs)));
    if (isEnded(options)) return;
  }
  counts.givenUp += 1;
}

interface Answer {
  /** 0 where there was no answer. */
  readonly status: number;
  /** What the server asks for before the next try. */
  readonly afterMs: number;
}

async function attempted(running: Running, { channel, message }: Planned): Promise<Answer> {
  const { options, counts, answers } = running;
  await turn(running);
  const url = new URL(`${options.base}/rooms/${options.room}/ingress/${channel}`);
  const body = JSON.stringify(message);
  const parts = { method: 'POST', path: `${url.pathname}${url.search}`, body };
  counts.attempts += 1;
  // A timer and not AbortSignal.timeout: on Node 20 that one may be collected before it fires.
  const limit = new AbortController();
  const cut = (): void => limit.abort();
  const timer = setTimeout(cut, answerMs);
  options.signal.addEventListener('abort', cut, { once: true });
  try {
    const response = await (options.fetch ?? fetch)(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...sign(options.key, parts, { now: options.clock.now(), nonce: randomUUID() }),
      },
      redirect: 'error',
      signal: limit.signal,
    });
    await response.arrayBuffer();
    answers[response.status] = (answers[response.status] ?? 0) + 1;
    const seconds = Number(response.headers.get('retry-after') ?? '0');
    return { status: response.status, afterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0 };
  } catch {
    // No answer, whatever the reason: the message may or may not have been taken, and is sent again.
    answers['none'] = (answers['none'] ?? 0) + 1;
    return { status: 0, afterMs: 0 };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', cut);
    running.sending -= 1;
    running.waiting.shift()?.();
  }
}

/** Waits for one of the places to send from. */
async function turn(running: Running): Promise<void> {
  while (running.sending >= sendingMost) await new Promise<void>((resolve) => running.waiting.push(resolve));
  running.sending += 1;
}
