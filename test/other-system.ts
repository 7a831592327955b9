import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Identity } from '../src/room/subject.ts';
import { httpSourceConfig } from '../src/sources/http-config.ts';
import { httpSource } from '../src/sources/http-source.ts';
import type { Answer, LiveSource, Question } from '../src/sources/source.ts';
import type { Told } from './hostile-source.ts';
import { manualClock } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';

export type Arrival = Extract<Told, { readonly kind: 'arrived' }>;

/** Another system in a process of its own, with what arrived there. */
export interface OtherSystem {
  readonly origin: string;
  /** Resolves with the next request that arrives. */
  readonly nextArrival: () => Promise<void>;
  /** The requests that arrived while something was done. */
  readonly arrivalsOf: (work: () => Promise<unknown>) => Promise<readonly Arrival[]>;
  readonly stop: () => Promise<void>;
}

/** Starts a system that is slow, wrong, down or hostile, as each request's path says. */
export async function otherSystem(): Promise<OtherSystem> {
  const script = fileURLToPath(new URL('./hostile-source.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [listening] = (await once(child, 'message')) as [Told];
  if (listening.kind !== 'listening') throw new Error('it does not listen');
  const arrivals: Arrival[] = [];
  let arrived: (() => void) | undefined;
  let allTold: (() => void) | undefined;
  child.on('message', (told: Told) => {
    if (told.kind === 'told') allTold?.();
    if (told.kind !== 'arrived') return;
    arrivals.push(told);
    arrived?.();
  });
  const caughtUp = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      allTold = resolve;
      child.send('told?');
    });
  };
  return {
    origin: `http://127.0.0.1:${listening.port}`,
    nextArrival: async () => {
      await new Promise<void>((resolve) => {
        arrived = () => {
          arrived = undefined;
          resolve();
        };
      });
    },
    arrivalsOf: async (work) => {
      await caughtUp();
      const before = arrivals.length;
      await work();
      await caughtUp();
      return arrivals.slice(before);
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** When the questions of these tests are asked. */
export const askedAt = Date.UTC(2026, 1, 3, 12);
/** How long one attempt may take, unless a test says otherwise. */
export const attemptMs = 3_000;

/** Which way the other system answers, and what is changed in the configuration. */
export interface Setting {
  readonly way: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

const record = {
  id: 'id',
  kind: 'incident',
  when: { from: 'at' },
  names: [{ kind: 'phone', number: 'number' }],
  says: '{text}',
};

/** The source of a system. Its clock waits for nothing but the time of an attempt, which a test lets pass. */
export function sourceOf(
  origin: string,
  { way, change = {}, answer = {}, secrets = {} }: Setting,
): { readonly source: LiveSource; readonly clock: ManualClock } {
  const clock = manualClock(askedAt);
  clock.skipUpTo(attemptMs - 1);
  const config = httpSourceConfig.parse({
    id: 'other',
    kind: 'http',
    title: 'Another system',
    ask: { phone: { url: `${origin}/${way}?number={number}` } },
    answer: { items: '/results', record, ...answer },
    listed: ['127.0.0.1'],
    ...change,
  });
  return { source: httpSource(config, { clock, random: () => 0.5, secret: (name) => secrets[name] }), clock };
}

const number: Identity = { kind: 'phone', number: '07700 900123' };

/** A question about a number that the other system knows, or about somebody else. */
export function about(identity: Identity = number): Question {
  return { subject: 's1', identity, beside: [], apartFrom: [], at: askedAt };
}

/** Nobody leaves. */
export const never = new AbortController().signal;

/** One question to a source of its own. */
export async function answerOf(origin: string, setting: Setting, question = about()): Promise<Answer> {
  return sourceOf(origin, setting).source.ask(question, never);
}
