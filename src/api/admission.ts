import { fastifyCookie } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { madeByAnotherSite, sessionCookie } from '../access/cookies.ts';
import { arrivedFromElsewhere } from '../access/demonstration.ts';
import { mayNotEnter } from '../access/entry.ts';
import { personHeader } from '../views/person-header.ts';
import type { Session } from '../access/sessions.ts';
import type { RoomEngine } from '../engine/engine.ts';
import type { Actor } from '../room/define.ts';
import { codeOf, isAway } from '../database/fault-words.ts';
import type { Around } from './around.ts';
import { apiLimits } from './limits.ts';
import { isProblem, problem } from './problems.ts';
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
  /** Does what rests on the sessions in the database; where that is away, the problem that says so. */
  readonly inSessions: <T>(work: () => Promise<T>) => Promise<T | Problem>;
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
  const sessions = sessionsHeld(around);
  const inSessions = sessionsReached(around);
  const watching = new Map<string, Set<() => void>>();
  const [origin] = around.origins;
  const tokenOf = (request: FastifyRequest, room: string): string | undefined =>
    cookieValue(request, sessionCookie(origin, room).name);
  const seatOf = async (request: FastifyRequest, room: string): Promise<Seat | Problem> => {
    const bearer = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = tokenOf(request, room);
    const proved =
      bearer === undefined ? await inSessions(async () => sessions.of(room, token)) : await borne(around, bearer);
    if (proved === null) return problem('sign-in-needed');
    return 'problem' in proved ? proved : seated(around, { request, room, proved });
  };
  return {
    turnedAway: (request) => turnedAway(around, request),
    seatOf,
    inSessions,
    isStillThere: async (request, seat) => {
      const now = await seatOf(request, seat.room);
      // Whoever is signed in stays so while nobody can be asked about them.
      if (isProblem(now) && isUnknown(now)) return true;
      return 'who' in now && now.who.session === seat.who.session && now.who.actor.id === seat.who.actor.id;
    },
    tokenOf,
    ended: ({ room, who }, token) => {
      sessions.forget(room, token);
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

/** Whether a problem says that it could not be found out who somebody is, rather than that they are nobody here. */
export function isUnknown({ problem: code }: Problem): boolean {
  return code === 'log-away' || code === 'directory-away';
}

/** Tells that the sessions are away as a problem to whoever asks, and in the log once, however many ask. */
function sessionsReached({ log }: Around): Admission['inSessions'] {
  let away = false;
  const found = (isNowAway: boolean, fault: string): void => {
    if (away !== isNowAway) log.warn({ fault }, isNowAway ? 'sessions cannot be looked up' : 'sessions are back');
    away = isNowAway;
  };
  return async (work) => {
    try {
      const done = await work();
      found(false, '');
      return done;
    } catch (error) {
      if (!isAway(error)) throw error;
      found(true, codeOf(error));
      const headers = { 'retry-after': String(apiLimits.retryAfterSeconds) };
      return problem('log-away', { detail: sessionsAway, headers });
    }
  };
}

const sessionsAway = 'Who is signed in cannot be looked up now, for the database does not answer. Nothing was done.';

interface Proving {
  readonly request: FastifyRequest;
  readonly room: string;
  readonly proved: Proved;
}

/** Lets somebody who has proved who they are into a room, or says why not. */
function seated(around: Around, { request, room, proved }: Proving): Seat | Problem {
  const { who, roles } = proved;
  const engine = around.rooms.get(room);
  if (engine === undefined) return problem('not-found');
  const isBearer = who.way === 'bearer';
  // Only a browser sends its proof along whoever made it ask.
  const forged = isBearer ? null : madeElsewhere(around, request);
  if (forged !== null) return forged;
  const meant = request.headers[personHeader];
  if (meant !== undefined && meant !== encodeURIComponent(who.actor.id))
    return problem('sign-in-needed', { detail: 'Somebody else is signed in from this browser now.' });
  const whole = engine.room();
  const barred = whole.seq === 0 ? null : mayNotEnter(whole, { actor: who.actor, roles });
  if (barred === null) return { who, room, engine };
  return isBearer ? problem('not-found') : problem('forbidden', { detail: barred.says });
}

/** Why a request may have been made by another site's page, or null. */
export function madeElsewhere(around: Around, request: FastifyRequest): Problem | null {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const origins = around.origins.map((one) => one.origin);
  const forged = madeByAnotherSite({ method: request.method, header, origins });
  return forged === null ? null : problem('forged-request', { detail: forged.says });
}

/** Sessions as the database has them, asked again after a moment. */
interface SessionsHeld {
  readonly of: (room: string, token: string | undefined) => Promise<Proved | null>;
  readonly forget: (room: string, token: string) => void;
}

function sessionsHeld({ sessions, now }: Around): SessionsHeld {
  const remembered = new Map<string, Remembered>();
  const found = async (room: string, token: string): Promise<Session | null> => {
    const key = `${room} ${token}`;
    const held = remembered.get(key);
    if (held !== undefined && now() - held.at < rememberedMs) return held.session;
    const session = sessions.of(room, token);
    remembered.delete(key);
    remembered.set(key, { at: now(), session });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= rememberedMost) break;
      remembered.delete(oldest);
    }
    session.catch(() => remembered.delete(key));
    return session;
  };
  return {
    of: async (room, token) => {
      const session = token === undefined ? null : await found(room, token);
      if (session === null || session.endsAt <= now()) return null;
      const { actor, mark, way, endsAt, roles } = session;
      return { who: { actor, session: mark, way, endsAt }, roles };
    },
    forget: (room, token) => void remembered.delete(`${room} ${token}`),
  };
}

interface Proved {
  readonly who: Who;
  readonly roles: readonly string[] | null;
}

async function borne(around: Around, token: string): Promise<Proved | Problem> {
  const found = await around.directory?.bearer(token);
  if (found === undefined) return problem('sign-in-needed', { detail: 'Bearer tokens are not accepted here.' });
  if (found.kind === 'away') return problem('directory-away', { detail: found.reason.says });
  if (found.kind !== 'known') return problem('sign-in-needed', { detail: found.reason.says });
  return { who: { actor: found.actor, session: null, way: 'bearer', endsAt: null }, roles: found.roles };
}

/** The value of a cookie that a browser sent. */
export function cookieValue(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : fastifyCookie.parse(cookie)[name];
}

/** In a demonstration nobody proves who they are, so nothing is answered that did not come from this very machine. */
function turnedAway(around: Around, request: FastifyRequest): Problem | null {
  if (around.demonstration === null) return null;
  const { raw } = request;
  const peer = raw.socket.remoteAddress;
  const reason = arrivedFromElsewhere({ peer, httpVersion: raw.httpVersion, rawHeaders: raw.rawHeaders });
  return reason === null ? null : problem('forbidden', { detail: reason.says });
}
