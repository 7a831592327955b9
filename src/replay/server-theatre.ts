import { randomUUID } from 'node:crypto';
import { formatInstant } from '../room/british-time.ts';
import type { Actor, Reason, StoredEvent } from '../room/define.ts';
import { fold } from '../room/fold.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { Gate } from '../room/safeguard.ts';
import type { Outcome } from '../room/step.ts';
import type { Cue, Scene } from './theatre.ts';

/** One request may take as long as a night with all that falls due in it. */
const requestMs = 120_000;
const pageSize = 1_000;

/** The server cannot be reached, or answers what no server of Heed answers. */
export class ServerFault extends Error {}

/** What has been seen of the room on the server. */
interface Running {
  readonly room: string;
  readonly sessions: Map<string, string>;
  readonly events: StoredEvent[];
  seen: Room;
  now: number;
  count: number;
}

type OpenCue = Extract<Cue, { readonly kind: 'open' }>;
type GiveCue = Extract<Cue, { readonly kind: 'give' }>;

/**
 * A place where cases are played on a running server: each in a fresh replay room, whose clock moves only when told.
 * Every command goes through the API, signed in as whoever gives it. Rejects with a ServerFault.
 */
export function serverTheatre(base: URL): (cue: Cue) => Promise<Scene> {
  let running: Running | null = null;
  return async (cue) => {
    if (cue.kind === 'open') {
      running = await opened(base, cue);
      return sceneOf(running, {});
    }
    if (running === null) throw new ServerFault('Nothing is being played yet.');
    if (cue.kind === 'give') return given(base, running, cue);
    return run(base, running, cue.until);
  };
}

function sceneOf({ seen, now, events }: Running, what: Partial<Scene>): Scene {
  return { room: seen, now, events, outcome: null, opened: 0, isTooLong: false, ...what };
}

async function opened(base: URL, { startedAt, opening, sources }: OpenCue): Promise<Running> {
  const room = `replay-${randomUUID()}`;
  const body = {
    room,
    startedAt: formatInstant(startedAt),
    opening: opening.map(({ type, data }) => ({ type, data })),
    sources,
  };
  await ask(base, { path: '/replays', body });
  const seen = emptyRoom(room, 'replay');
  const running: Running = { room, sessions: new Map(), events: [], seen, now: startedAt, count: opening.length };
  await catchUp(base, running);
  return running;
}

async function given(base: URL, running: Running, cue: GiveCue): Promise<Scene> {
  running.count += 1;
  const id = `command-${running.count}`;
  const { type, data, override, at, actor } = cue;
  const session = await signedIn(base, running, actor);
  const body = { id, data, at: formatInstant(at), ...(override === null ? {} : { override }) };
  const path = `/rooms/${running.room}/commands/${type}`;
  const { status, json } = await ask(base, { path, body, session, allowed: [200, 409] });
  const before = running.events.length;
  await catchUp(base, running);
  return sceneOf(running, { outcome: status === 200 ? { kind: 'done' } : refusal(json, running.events.slice(before)) });
}

/** The refusal as the room recorded it, gates and all; one without gates leaves no event but its reasons. */
function refusal(json: unknown, events: readonly StoredEvent[]): Outcome {
  const { reasons = [] } = json as { readonly reasons?: readonly Reason[] };
  const refused = events.findLast((event) => event.type === 'CommandRefused');
  const { gates = [] } = (refused?.body ?? {}) as { readonly gates?: readonly Gate[] };
  return { kind: 'refused', reasons: reasons.map(({ code, says }) => ({ code, says })), gates };
}

async function run(base: URL, running: Running, until: number): Promise<Scene> {
  const path = `/replays/${running.room}/clock`;
  const { json } = await ask(base, { path, body: { to: formatInstant(until) } });
  const { isTooLong } = json as { readonly isTooLong: boolean };
  running.now = Math.max(running.now, until);
  await catchUp(base, running);
  return sceneOf(running, { isTooLong });
}

/** A session for whoever acts next: one each, as at so many desks. */
async function signedIn(base: URL, { room, sessions }: Running, actor: Actor): Promise<string> {
  const who = `${actor.kind}:${actor.id}`;
  const held = sessions.get(who);
  if (held !== undefined) return held;
  const body = { kind: actor.kind, id: actor.id };
  const { cookie } = await ask(base, { path: `/rooms/${room}/sign-in`, body });
  if (cookie === null) throw new ServerFault(`${base.origin} signed nobody in as ${actor.id}.`);
  sessions.set(who, cookie);
  return cookie;
}

/** Reads what was appended and folds it, as any console does. */
async function catchUp(base: URL, running: Running): Promise<void> {
  for (;;) {
    const path = `/replays/${running.room}/events?after=${running.seen.seq}&limit=${pageSize}`;
    const { json } = await ask(base, { path });
    const { events } = json as { readonly events: readonly StoredEvent[] };
    running.events.push(...events);
    running.seen = fold(running.seen, events);
    if (events.length < pageSize) return;
  }
}

interface Asked {
  readonly path: string;
  readonly body?: unknown;
  readonly session?: string;
  readonly allowed?: readonly number[];
}

interface Said {
  readonly status: number;
  readonly json: unknown;
  readonly cookie: string | null;
}

async function ask(base: URL, { path, body, session, allowed = [200, 201] }: Asked): Promise<Said> {
  // A page of this server's own would say as much: who is signed in by a cookie must show that nobody else asks.
  const headers: Record<string, string> = { 'heed-request': 'replay', origin: base.origin };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (session !== undefined) headers['cookie'] = session;
  const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, base), { ...sent, signal: AbortSignal.timeout(requestMs) }).catch(
    (error: unknown) => {
      throw new ServerFault(`${base.origin} cannot be reached: ${reasonOf(error)}.`);
    },
  );
  const text = await response.text();
  if (!allowed.includes(response.status))
    throw new ServerFault(`${base.origin}${path} answered ${response.status}: ${text.slice(0, 500)}`);
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')[0] ?? null;
  return { status: response.status, json: parsed(text, path), cookie };
}

function parsed(text: string, path: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    throw new ServerFault(`${path} answered what is not JSON: ${text.slice(0, 200)}`);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
