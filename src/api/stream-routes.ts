import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { StoredEvent } from '../room/define.ts';
import { formatInstant } from '../room/british-time.ts';
import type { Admission, Seat } from './admission.ts';
import type { Around } from './around.ts';
import { eventsAfter, framesFor } from './event-pages.ts';
import type { Batch, Hub } from './hub.ts';
import { frameOf } from './hub.ts';
import { streamLimits } from './limits.ts';
import { ofRoom, purpose } from './of-room.ts';
import { tellPositions } from './position-routes.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { closed, look } from './reading.ts';
import type { Registering } from './register.ts';
import type { Answer, Route, SeatedCall } from './route.ts';
import { roomRoute } from './route.ts';
import { hasChanged, mayLook, roomAt, seesAll, sightEndsAt, withheldAt } from './sight.ts';

const after = z
  .string()
  .regex(/^\d{1,15}$/, 'a place in the log, such as 4711')
  .transform(Number)
  .optional()
  .meta({ type: 'integer', minimum: 0, description: 'The last event that you have; `Last-Event-ID` says the same.' });

const wanted = z.strictObject({ after, purpose });
type StreamCall = SeatedCall<unknown, z.output<typeof wanted>, unknown>;

/** Who holds how many streams, so that nobody holds them all. */
interface Counts {
  readonly enter: (room: string, person: string) => (() => void) | null;
}

function counts(): Counts {
  const held = new Map<string, number>();
  const change = (key: string, by: number): void => {
    const next = (held.get(key) ?? 0) + by;
    if (next <= 0) held.delete(key);
    else held.set(key, next);
  };
  return {
    enter: (room, person) => {
      const own = `${room} ${person}`;
      if ((held.get(own) ?? 0) >= streamLimits.perPerson || (held.get(room) ?? 0) >= streamLimits.perRoom) return null;
      change(own, 1);
      change(room, 1);
      return () => {
        change(own, -1);
        change(room, -1);
      };
    },
  };
}

/** The stream of a room's events, as each reader may see them. */
export function streamRoutes(registering: Registering): readonly Route[] {
  const counted = counts();
  return [
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/stream',
      tag: 'What happens',
      summary: 'Every event of the room as it becomes durable, as server-sent events',
      describes:
        'The id of a message is the event’s place in the log; resume with `Last-Event-ID` or `after`, and nothing is ' +
        'lost or said twice. An event that is hidden from you is only its place, `{"seq":…,"withheld":true}`. ' +
        '`reload`: what you may see has changed; begin again from `/visible`. `pulse` and a comment, every few ' +
        'seconds, say what time it is here and how far the log has come. `positions`: where units are, all of them ' +
        'at first and then those that moved; they have no place in the log and no id. `end`: you are signed out. A ' +
        'reader that is too slow is let go and resumes.',
      answer: { says: 'The stream; it does not end by itself.', type: 'text/event-stream' },
      problems: ['forbidden', 'purpose-needed', 'too-many-streams', 'room-not-ready', 'not-logged'],
      params: ofRoom,
      query: wanted,
      handle: (call) => begin(registering, counted, call),
    }),
  ];
}

/** From where a reader goes on: what the browser says by itself counts before what stands in the address. */
function startOf(call: StreamCall): number | null {
  const told = call.request.headers['last-event-id'];
  if (typeof told === 'string' && /^\d{1,15}$/.test(told)) return Number(told);
  return call.query.after ?? null;
}

async function begin(registering: Registering, counted: Counts, call: StreamCall): Promise<Answer | Problem> {
  const { around, admission, hubs } = registering;
  const { request, reply, seat } = call;
  const leave = counted.enter(seat.room, `${seat.who.actor.kind} ${seat.who.actor.id}`);
  if (leave === null) return problem('too-many-streams', { headers: { 'retry-after': '5' } });
  const hub = hubs.of(seat.engine);
  const from = startOf(call);
  const query = from === null ? undefined : `after ${from}`;
  const about = { around, request, seat };
  const at = { view: 'stream', query, purpose: call.query.purpose, stays: true };
  const looked = await look(about, at, () => true);
  if (isProblem(looked) || reply.raw.destroyed) {
    leave();
    return isProblem(looked) ? looked : 'taken-over';
  }
  reply.hijack();
  const { raw } = reply;
  // A stream that has ended leaves no idle connection behind it.
  raw.shouldKeepAlive = false;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    // Proxies that gather answers before they pass them on would hold the room's events back.
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${streamLimits.retryMs}\n\n`);
  const isStillThere = (): ReturnType<Admission['isStillThere']> => admission.isStillThere(request, seat);
  const watchEnd = (ended: () => void): (() => void) => admission.watchEnd(seat, ended);
  const left = (upTo: number): void => {
    leave();
    void closed(about, at, upTo);
  };
  readOn({ around, hub, seat, raw, isStillThere, watchEnd, left }, Math.min(from ?? hub.head(), hub.head()));
  return 'taken-over';
}

/** One reader of the stream. */
interface Reader {
  readonly around: Around;
  readonly hub: Hub;
  readonly seat: Seat;
  readonly raw: ServerResponse;
  readonly isStillThere: () => Promise<boolean>;
  readonly watchEnd: (ended: () => void) => () => void;
  /** They have gone, having been shown everything up to this place of the log. */
  readonly left: (upTo: number) => void;
}

/** How far one reader has been sent, and the ways to send them more and to let them go. */
interface Sending {
  readonly gone: AbortSignal;
  readonly sent: () => number;
  readonly isLive: () => boolean;
  readonly send: (text: string, upTo?: number) => void;
  readonly goLive: (caughtUp: CaughtUp) => void;
  /** Ends the stream, with a last word where there is one to say. */
  readonly end: (why: string | null) => void;
}

/** The sending to one reader. What a broken glass shows ends by itself, whether or not anything happens then. */
function sendingTo(
  { around, hub, seat, raw }: Reader,
  from: number,
): Sending & { readonly reload: () => void; readonly look: () => void } {
  const gone = new AbortController();
  let upTo = from;
  let isLive = false;
  let endsAt = sightEndsAt(seat.engine.room(), seat.who);
  const send = (text: string, to = upTo): void => {
    // Whoever cannot keep up is let go, and resumes from the last event that came: the room waits for nobody. What
    // has just been sent to everybody at once, however much, is nobody's slowness.
    if (raw.writableLength > streamLimits.waitingBytes) return void raw.destroy();
    upTo = to;
    raw.write(text);
  };
  const reload = (): void => {
    endsAt = sightEndsAt(seat.engine.room(), seat.who);
    send(reloadAt(upTo));
  };
  return {
    gone: gone.signal,
    sent: () => upTo,
    isLive: () => isLive,
    send,
    reload,
    goLive: (caughtUp) => {
      upTo = caughtUp.upTo;
      isLive = true;
      if (caughtUp.hasPassedChange) reload();
      send(pulseOf(around, seat, hub));
    },
    look: () => {
      if (!isLive) return;
      send(pulseOf(around, seat, hub));
      if (endsAt !== null && endsAt <= around.nowIn(seat.room)) reload();
    },
    end: (why) => {
      if (gone.signal.aborted) return;
      if (why !== null && !raw.destroyed) {
        raw.end(`event: end\ndata: ${JSON.stringify({ why })}\n\n`);
        setTimeout(() => raw.destroy(), streamLimits.stuckMs).unref();
      }
      gone.abort();
    },
  };
}

const signedOut = 'You are signed out.';

/** Sends a reader everything after a place of the log, and then whatever comes. */
function readOn(reader: Reader, from: number): void {
  const { around, hub, seat, raw } = reader;
  const sending = sendingTo(reader, from);
  const { end } = sending;
  const positions = tellPositions(around, { seat, raw, isLive: sending.isLive, send: sending.send });
  const unfollow = hub.follow((batch) => {
    if (!sending.isLive() || sending.gone.aborted) return;
    sending.send(textOf(batch, seat, sending.sent()), batch.framed.at(-1)?.event.seq);
    if (!mayLook(batch.after, seat.who)) end('You are not on duty here any more.');
    else if (changesIn(batch, seat)) sending.reload();
  });
  const pulse = setInterval(() => {
    sending.look();
    if ((seat.who.endsAt ?? Infinity) <= around.now()) end(signedOut);
    else
      void reader.isStillThere().then(
        (isThere) => (isThere ? undefined : end(signedOut)),
        () => undefined,
      );
  }, streamLimits.pulseMs);
  const unwatch = reader.watchEnd(() => end(signedOut));
  const close = (): void => end('The service is stopping.');
  hub.closed.addEventListener('abort', close, { once: true });
  raw.on('close', () => end(null));
  raw.on('error', () => end(null));
  sending.gone.addEventListener('abort', () => {
    clearInterval(pulse);
    unfollow();
    positions.leave();
    unwatch();
    hub.closed.removeEventListener('abort', close);
    reader.left(sending.sent());
    if (!raw.writableEnded) raw.destroy();
  });
  const goLive = (caughtUp: CaughtUp): void => {
    sending.goLive(caughtUp);
    positions.begin();
  };
  catchUp(reader, from, { gone: sending.gone, goLive }).catch((error: unknown) => {
    const fault = error instanceof Error ? error.name : 'unknown';
    if (!sending.gone.aborted) around.log.warn({ room: seat.room, fault }, 'a reader of the stream could not catch up');
    end(null);
  });
}

/** Whether anything in a batch changed what this reader sees, even if what follows in it changed it back. */
function changesIn(batch: Batch, { who }: Seat): boolean {
  if (seesAll(batch, who)) return false;
  return batch.moments().some(({ before, after: next }) => hasChanged(before, next, who));
}

/** A batch as this reader may see it, without what they have already. */
function textOf(batch: Batch, seat: Seat, sent: number): string {
  const isFresh = (batch.framed[0]?.event.seq ?? 0) > sent;
  if (isFresh && seesAll(batch, seat.who)) return batch.shared;
  const showings = batch.showings();
  return batch.framed
    .map(({ event, frame }, place) => {
      if (event.seq <= sent) return '';
      const shown = showings[place]?.(seat.who) ?? withheldAt(event.seq);
      return shown === event ? frame : frameOf(shown);
    })
    .join('');
}

function reloadAt(seq: number): string {
  return `id: ${seq}\nevent: reload\ndata: ${JSON.stringify({ seq })}\n\n`;
}

/** What time it is here, and how far the log has come: a console can tell how far it is behind. */
function pulseOf(around: Around, seat: Seat, hub: Hub): string {
  const at = formatInstant(around.nowIn(seat.room));
  return `: ${at}\nevent: pulse\ndata: ${JSON.stringify({ at, seq: hub.head(), state: seat.engine.state() })}\n\n`;
}

interface CaughtUp {
  readonly upTo: number;
  /** On the way something was passed that changes what people may see. */
  readonly hasPassedChange: boolean;
}

/**
 * Sends page after page, each once the reader has taken the one before, until nothing is left. It goes live without
 * awaiting anything after the last look, so that no event falls in between.
 */
async function catchUp(
  reader: Reader,
  from: number,
  { gone, goLive }: Pick<Sending, 'gone' | 'goLive'>,
): Promise<void> {
  const { hub, seat, raw } = reader;
  let upTo = from;
  let hasPassedChange = false;
  for (;;) {
    gone.throwIfAborted();
    if (upTo >= hub.head()) return goLive({ upTo, hasPassedChange });
    const page = await eventsAfter(reader, upTo, streamLimits.pageEvents);
    const last = page.at(-1);
    if (last === undefined) throw new Error('the log ends before its head');
    const isTaken = raw.write(framesFor(page, roomAt(seat.engine.room(), reader.around.nowIn(seat.room)), seat.who));
    upTo = last.event.seq;
    hasPassedChange ||= page.some(({ event }) => changesSight(event, { seat, from }));
    if (!isTaken) await drained(raw, gone);
  }
}

/** Events after which an incident that somebody knew may be hidden from them, or one that was hidden may be shown. */
const changing: ReadonlySet<string> = new Set([
  'IncidentRestricted',
  'ReaderAdmitted',
  'ReaderWithdrawn',
  'RestrictionLifted',
  'GlassBroken',
  'IncidentsJoined',
]);

/**
 * Whether a reader who was away when this happened must begin again. One who never knew of an incident is not told by
 * this that there is one: only what was there before they went away can have been taken from them.
 */
function changesSight(event: StoredEvent, { seat, from }: { readonly seat: Seat; readonly from: number }): boolean {
  const { actor } = seat.who;
  if (event.type === 'PolicyAdopted' || event.ids['staff'] === actor.id) return true;
  if (event.type === 'ContactAnswered' && event.actor.id === actor.id) return true;
  if (!changing.has(event.type)) return false;
  const incident = seat.engine.room().incidents.get(event.ids['incident'] ?? '');
  return incident !== undefined && (event.type === 'RestrictionLifted' || incident.seq <= from);
}

/** Until a reader has taken what waits for them; one that takes nothing is let go. */
function drained(raw: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => raw.destroy(), streamLimits.stuckMs);
    const done = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', abandoned);
      resolve();
    };
    const abandoned = (): void => {
      clearTimeout(timer);
      raw.off('drain', done);
      reject(new Error('gone'));
    };
    raw.once('drain', done);
    gone.addEventListener('abort', abandoned, { once: true });
  });
}
