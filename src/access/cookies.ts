import type { Reason } from '../room/define.ts';
import { attemptForMs } from './attempt.ts';
import { isSafeUrl } from './loopback.ts';

/** The header that a console sends with every request that changes anything; a foreign page cannot. */
export const requestHeader = 'heed-request';

/** How a cookie is set; the form that @fastify/cookie takes. */
export interface CookieFlags {
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'strict' | 'lax';
  readonly path: '/';
  /** Absent: it goes with the browser. */
  readonly maxAge?: number;
}

export interface Cookie {
  readonly name: string;
  readonly flags: CookieFlags;
}

/** Where a service is reached, as people's browsers name it: `https://heed.example`, or http on this machine itself. */
export type Origin = URL;

/** The cookie of a session in one room; somebody may be in an exercise and in the live room at once. */
export function sessionCookie(origin: Origin, room: string): Cookie {
  return cookie(origin, `session.${room}`, 'strict');
}

/** The cookie of somebody on their way to the directory; they come back from another site, so it cannot be strict. */
export function attemptCookie(origin: Origin): Cookie {
  const { name, flags } = cookie(origin, 'sign-in', 'lax');
  return { name, flags: { ...flags, maxAge: attemptForMs / 1_000 } };
}

function cookie(origin: Origin, kind: string, sameSite: 'strict' | 'lax'): Cookie {
  if (!isSafeUrl(origin)) throw new Error('A session over plain http would be open to everybody on the way.');
  const secure = origin.protocol === 'https:';
  // Cookies do not tell ports apart: two demonstrations on one machine would sign each other out.
  const name = secure ? `__Host-heed-${kind}` : `heed-${origin.port === '' ? '80' : origin.port}-${kind}`;
  return { name, flags: { httpOnly: true, secure, sameSite, path: '/' } };
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request whose sender is known by a cookie, which the browser sends along whoever made it ask. */
export interface CookieRequest {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
  /** The origins that this service's own pages are loaded from. */
  readonly origins: readonly string[];
}

/** Why a request that changes something may have been made by another site's page, or null. */
export function madeByAnotherSite({ method, header, origins }: CookieRequest): Reason | null {
  if (readingMethods.has(method)) return null;
  if (header(requestHeader) === undefined)
    return crossSite(`A request that changes anything carries the header ${requestHeader}.`);
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return crossSite('The request was made by a page of another site.');
  const origin = header('origin');
  if (origin === undefined)
    return site === 'same-origin' ? null : crossSite('The request does not say which page made it (Origin).');
  return origins.includes(origin) ? null : crossSite('The request was made by a page of another origin.');
}

function crossSite(says: string): Reason {
  return { code: 'cross-site', says };
}
