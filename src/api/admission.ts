import { fastifyCookie } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { madeByAnotherSite, sessionCookie } from '../access/cookies.ts';
import { arrivedFromElsewhere } from '../access/demonstration.ts';
import { mayNotEnter } from '../access/entry.ts';
import type { Session } from '../access/sessions.ts';
import type { RoomEngine } from '../engine/engine.ts';
import type { Actor } from '../room/define.ts';
import type { Around } from './around.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';

/** A signed-in person or machine of one room. */
export interface Who {
  readonly actor: Actor;
  /** The mark of the session; null for whoever shows a token with each request. */
  readonly session: string | null;
  /** When the session is over, whatever happens. */
  readonly endsAt: number | null;
  readonly way: 'directory' | 'demonstration' | 'bearer';
}

/** Somebody at work in a room. */
export interface Seat {
  readonly who: Who;
  readonly room: string;
  readonly engine: RoomEngine;
}

/** A session found a moment ago is taken for found: sign-out in this process ends it at once all the same. */
const rememberedMs = 2_000;
const rememberedMost = 10_000;

/** Who is let in to which room. */
export interface Admission {
  /** Why nothing at all is done for this request, or null. */
  readonly turnedAway: (request: FastifyRequest) => Problem | null;
  readonly seatOf: (request: FastifyRequest, room: string) => Promise<Seat | Problem>;
  /** Whether whoever sits there may go on doing so. */
  readonly isStillThere: (request: FastifyRequest, seat: Seat) => Promise<boolean>;
  /** The session token that a browser sent for a room. */
  readonly tokenOf: (request: FastifyRequest, room: string) => string | undefined;
  /** A session was ended here: whoever watches it is told at once. */
  readonly ended: (seat: Seat, token: string) => void;
  readonly watchEnd: (seat: Seat, ended: () => void) => () => void;
}

interface Remembered {
  readonly at: number;
  readonly session: Promise<Session | null>;
}

/** The admission of one service. */
export function admissionOf(around: Around): Admission {
  const remembered = new Map<string, Remembered>();
  const watching = new Map<string, Set<() => void>>();
  const [origin] = around.origins;
  const tokenOf = (request: FastifyRequest, room: string): string | undefined =>
    cookieOf(request, sessionCookie(origin, room).name);
  const sessionOf = async (room: string, token: string): Promise<Session | null> => {
    const key = `${room} ${token}`;
    const held = remembered.get(key);
    if (held !== undefined && around.now() - held.at < rememberedMs) return held.session;
    const session = around.sessions.of(room, token);
    remembered.delete(key);
    remembered.set(key, { at: around.now(), session });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= rememberedMost) break;
      remembered.delete(oldest);
    }
    session.catch(() => remembered.delete(key));
    return session;
  };
  const proved = async (request: FastifyRequest, room: string): Promise<Proved | Problem | null> => {
    const bearer = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return borne(around, bearer);
    const token = tokenOf(request, room);
    const session = token === undefined ? null : await sessionOf(room, token);
    if (session === null || session.endsAt <= around.now()) return null;
    const { actor, mark, way, endsAt, roles } = session;
    return { who: { actor, session: mark, way, endsAt }, roles };
  };
  const seatOf = async (request: FastifyRequest, room: string): Promise<Seat | Problem> => {
    const found = await proved(request, room);
    if (found === null) return problem('sign-in-needed');
    if ('problem' in found) return found;
    const engine = around.rooms.get(room);
    if (engine === undefined) return problem('not-found');
    if (found.who.way !== 'bearer') {
      const forged = madeByAnotherSite({
        ...asCookieRequest(request),
        origins: around.origins.map((one) => one.origin),
      });
      if (forged !== null) return problem('forged-request', { detail: forged.says });
    }
    const barred =
      engine.room().seq === 0 ? null : mayNotEnter(engine.room(), { actor: found.who.actor, roles: found.roles });
    if (barred === null) return { who: found.who, room, engine };
    return found.who.way === 'bearer' ? problem('not-found') : problem('forbidden', { detail: barred.says });
  };
  return {
    turnedAway: (request) => turnedAway(around, request),
    seatOf,
    isStillThere: async (request, seat) => {
      const now = await seatOf(request, seat.room);
      return 'who' in now && now.who.session === seat.who.session && now.who.actor.id === seat.who.actor.id;
    },
    tokenOf,
    ended: ({ room, who }, token) => {
      remembered.delete(`${room} ${token}`);
      for (const ended of watching.get(who.session ?? '') ?? []) ended();
    },
    watchEnd: ({ who: { session } }, ended) => {
      if (session === null) return () => undefined;
      const held = watching.get(session) ?? new Set();
      watching.set(session, held.add(ended));
      return () => {
        held.delete(ended);
        if (held.size === 0) watching.delete(session);
      };
    },
  };
}

interface Proved {
  readonly who: Who;
  readonly roles: readonly string[] | null;
}

async function borne(around: Around, token: string): Promise<Proved | Problem> {
  const found = await around.directory?.bearer(token);
  if (found === undefined) return problem('sign-in-needed', { detail: 'Bearer tokens are not accepted here.' });
  if (found.kind !== 'known') return problem('sign-in-needed', { detail: found.reason.says });
  return { who: { actor: found.actor, session: null, way: 'bearer', endsAt: null }, roles: found.roles };
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : fastifyCookie.parse(cookie)[name];
}

/** The value of a cookie that a browser sent. */
export function cookieValue(request: FastifyRequest, name: string): string | undefined {
  return cookieOf(request, name);
}

function asCookieRequest(request: FastifyRequest): {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
} {
  return {
    method: request.method,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

/** In a demonstration nobody proves who they are, so nothing is answered that did not come from this very machine. */
function turnedAway(around: Around, request: FastifyRequest): Problem | null {
  if (around.demonstration === null) return null;
  const { raw } = request;
  const peer = raw.socket.remoteAddress;
  const reason = arrivedFromElsewhere({ peer, httpVersion: raw.httpVersion, rawHeaders: raw.rawHeaders });
  return reason === null ? null : problem('forbidden', { detail: reason.says });
}
