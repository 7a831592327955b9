import { randomUUID } from 'node:crypto';
import type { RoomEngine } from '../engine/engine.ts';
import type { Journal } from '../journal/journal.ts';
import { formatInstant } from '../room/british-time.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import { outwardFault } from '../border/outward.ts';
import type { OutwardRule } from '../border/outward.ts';
import { sign } from '../telephony/signature.ts';
import type { SigningKey } from '../telephony/signature.ts';
import { webhookLimits } from './limits.ts';
import { isRestricted } from './sight.ts';
import type { Posted } from './post.ts';
import { post } from './post.ts';
import type { Cursor, Cursors, WebhookState } from './webhook-cursor.ts';

/** A configured address that is told of what happens in a room. */
export interface WebhookTarget {
  readonly id: string;
  readonly room: string;
  readonly url: string;
  /** The types of events that it is told of. */
  readonly types: readonly string[];
  /**
   * What it is told of events that are hidden from those who are not let in: nothing, only that one of the type
   * happened (a pager needs no more), or all of it.
   */
  readonly restricted: 'left-out' | 'bare' | 'whole';
  /** The headers that sign a body. */
  readonly sign: (body: string, at: number) => Readonly<Record<string, string>>;
}

/** How it goes with a target. */
export interface WebhookStanding {
  readonly target: string;
  readonly room: string;
  readonly state: WebhookState | 'starting';
  readonly seq: number;
  readonly attempts: number;
  readonly fault: string;
}

export interface WebhookAround {
  readonly targets: readonly WebhookTarget[];
  readonly engines: (room: string) => RoomEngine | undefined;
  readonly journal: Pick<Journal, 'read'>;
  readonly cursors: Cursors;
  readonly rule: OutwardRule;
  readonly now: () => number;
  /** A target was given up, and is told nothing more until it is revived. */
  readonly onDead: (standing: WebhookStanding) => void;
  readonly log: { readonly warn: (fields: Readonly<Record<string, unknown>>, says: string) => void };
  /** Waits between tries; as published where they are left out. */
  readonly waits?: { readonly firstMs: number; readonly longestMs: number; readonly attemptsMost: number };
}

/** What tells others of what happens in rooms, while it runs. */
export interface Webhooks {
  readonly standing: () => readonly WebhookStanding[];
  /** Begins anew with a target that was given up, from where it stopped. False where there is none by that id. */
  readonly revive: (target: string) => boolean;
  readonly stop: () => Promise<void>;
}

/** What signs the messages for an address, with the key that its owner was given: as what comes in is signed. */
export function signedFor(url: string, key: SigningKey): WebhookTarget['sign'] {
  const { pathname, search } = new URL(url);
  return (body, at) =>
    sign(key, { method: 'POST', path: `${pathname}${search}`, body }, { now: at, nonce: randomUUID() });
}

/** One event as CloudEvents 1.0 in structured JSON; `sequence` orders what has one source. */
export function cloudEvent(event: StoredEvent, isBare: boolean): string {
  const subject = event.scope === 'room' ? {} : { subject: event.scope };
  return JSON.stringify({
    specversion: '1.0',
    id: `${event.room}-${event.seq}`,
    source: `urn:heed:room:${event.room}`,
    type: `heed.${event.type}`,
    ...(isBare ? {} : subject),
    time: formatInstant(event.recordedAt),
    sequence: String(event.seq).padStart(16, '0'),
    datacontenttype: 'application/json',
    data: isBare ? { seq: event.seq, withheld: true } : event,
  });
}

/** Begins to tell configured addresses of what happens in rooms: in order for each, at least once, signed. */
export function startWebhooks(around: WebhookAround): Webhooks {
  const { targets } = around;
  if (targets.length > webhookLimits.targetsMost)
    throw new Error(`At most ${webhookLimits.targetsMost} webhooks can be configured; there are ${targets.length}.`);
  for (const { id, url } of targets) {
    const fault = URL.canParse(url) ? outwardFault(new URL(url), around.rule) : 'expected an address';
    if (fault !== null) throw new Error(`Webhook ${id}: ${fault}.`);
  }
  const tellers = targets.map((target) => teller(target, around));
  return {
    standing: () => tellers.map((one) => one.standing()),
    revive: (wanted) => tellers.some((one) => one.standing().target === wanted && one.revive()),
    stop: async () => {
      await Promise.all(tellers.map((one) => one.stop()));
    },
  };
}

interface Teller {
  readonly standing: () => WebhookStanding;
  readonly revive: () => boolean;
  readonly stop: () => Promise<void>;
}

/** How often a target without news is looked after by itself: for a room that is taken up again. */
const lookMs = 5_000;

function teller(target: WebhookTarget, around: WebhookAround): Teller {
  const stopping = new AbortController();
  const bell = bellOf(stopping.signal);
  let cursor: Cursor | null = null;
  const standing = (): WebhookStanding => ({
    target: target.id,
    room: target.room,
    state: cursor?.state ?? 'starting',
    seq: cursor?.seq ?? 0,
    attempts: cursor?.attempts ?? 0,
    fault: cursor?.fault ?? '',
  });
  const keep = async (next: Cursor): Promise<void> => {
    const died = next.state === 'dead' && cursor?.state !== 'dead';
    await around.cursors.write(target.room, target.id, next);
    cursor = next;
    if (died) around.onDead(standing());
  };
  let leave = idle;
  const telling = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const engine = around.engines(target.room);
      if (engine?.state() !== 'writing') await bell.wait(lookMs);
      else
        try {
          leave();
          leave = engine.follow(bell.ring);
          cursor = await around.cursors.read(target.room, target.id, engine.head().seq);
          await tellOn({ target, around, engine, bell, keep, signal: stopping.signal }, cursor);
        } catch (error) {
          around.log.warn({ webhook: target.id, fault: nameOf(error) }, 'a webhook stumbled and begins again');
          await bell.wait(lookMs);
        }
    }
  })();
  return {
    standing,
    revive: () => {
      if (cursor?.state !== 'dead') return false;
      cursor = { ...cursor, state: 'going', attempts: 0, fault: '' };
      bell.revive();
      return true;
    },
    stop: async () => {
      stopping.abort();
      leave();
      await telling;
    },
  };
}

interface Telling {
  readonly target: WebhookTarget;
  readonly around: WebhookAround;
  readonly engine: RoomEngine;
  readonly bell: Bell;
  readonly keep: (cursor: Cursor) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Tells a target event after event, until the room is no longer written for here. */
async function tellOn(telling: Telling, from: Cursor): Promise<void> {
  const { target, around, engine, bell, keep, signal } = telling;
  let cursor = from;
  const isStopping = (): boolean => signal.aborted;
  while (!isStopping() && engine.state() === 'writing') {
    if (cursor.state === 'dead') {
      if (!(await bell.waitForRevival(lookMs))) continue;
      cursor = { ...cursor, state: 'going', attempts: 0, fault: '' };
      await keep(cursor);
    }
    const page =
      cursor.seq >= engine.head().seq
        ? []
        : (await around.journal.read(target.room, cursor.seq, webhookLimits.pageEvents)).filter(
            (event) => event.seq <= engine.head().seq,
          );
    if (page.length === 0) {
      await bell.wait(lookMs);
      continue;
    }
    const start = cursor;
    for (const event of page) {
      const message = messageOf(target, { event, room: engine.room() });
      if (message !== null) cursor = await delivered(telling, message, cursor);
      if (cursor.state === 'dead' || isStopping()) break;
      cursor = { ...cursor, seq: event.seq };
      if (message !== null) await keep(cursor);
    }
    if (cursor.seq !== start.seq) await keep(cursor);
  }
}

/** What a target is told of an event; null: nothing. */
function messageOf(
  target: WebhookTarget,
  { event, room }: { readonly event: StoredEvent; readonly room: Room },
): string | null {
  if (!target.types.includes(event.type)) return null;
  if (target.restricted === 'whole' || !isRestricted(event, room)) return cloudEvent(event, false);
  return target.restricted === 'bare' ? cloudEvent(event, true) : null;
}

/** Posts one message until it is taken, the target is given up, or it is time to stop. */
async function delivered(telling: Telling, body: string, from: Cursor): Promise<Cursor> {
  const { target, around, bell, keep, signal } = telling;
  const { firstMs, longestMs, attemptsMost } = around.waits ?? {
    firstMs: webhookLimits.firstWaitMs,
    longestMs: webhookLimits.longestWaitMs,
    attemptsMost: webhookLimits.attemptsMost,
  };
  const isStopping = (): boolean => signal.aborted;
  let cursor = from;
  while (!isStopping()) {
    const posted = await posting(telling, body);
    if (posted.ok) return { ...cursor, state: 'going', attempts: 0, fault: '' };
    if (isStopping()) break;
    const attempts = cursor.attempts + 1;
    const isDead = posted.isGone || attempts >= attemptsMost;
    cursor = { ...cursor, state: isDead ? 'dead' : 'trying', attempts, fault: posted.why };
    await keep(cursor);
    around.log.warn({ webhook: target.id, attempts, fault: posted.why }, 'a webhook was not taken');
    if (isDead) return cursor;
    await bell.sleep(Math.min(longestMs, firstMs * 2 ** (attempts - 1)));
  }
  return cursor;
}

function posting({ target, around, signal }: Telling, body: string): Promise<Posted> {
  const type = 'application/cloudevents+json; charset=utf-8';
  const headers = { 'content-type': type, ...target.sign(body, around.now()) };
  return post({ url: new URL(target.url), headers, body, rule: around.rule, signal });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** Wakes whoever waits for news. */
interface Bell {
  readonly ring: () => void;
  readonly revive: () => void;
  /** Until it rings, or so long; news that came while nobody waited counts. */
  readonly wait: (mostMs: number) => Promise<void>;
  /** True once revival was asked for. */
  readonly waitForRevival: (mostMs: number) => Promise<boolean>;
  /** So long, whatever rings; only the end cuts it short. */
  readonly sleep: (ms: number) => Promise<void>;
}

function idle(): void {
  // Nobody waits, and nothing is followed.
}

function bellOf(signal: AbortSignal): Bell {
  let hasRung = false;
  let isRevived = false;
  let wake = idle;
  const resting = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        wake = idle;
        resolve();
      }
      signal.addEventListener('abort', done);
      wake = done;
    });
  return {
    ring: () => {
      hasRung = true;
      wake();
    },
    revive: () => {
      isRevived = true;
      wake();
    },
    wait: async (mostMs) => {
      if (!hasRung) await resting(mostMs);
      hasRung = false;
    },
    waitForRevival: async (mostMs) => {
      if (!isRevived) await resting(mostMs);
      const revived = isRevived;
      isRevived = false;
      return revived;
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
      }),
  };
}
