import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { id } from '../room/define.ts';

/** How long somebody may take at the directory before they must begin again. */
export const attemptForMs = 600_000;

const longestReturnCharacters = 500;
const longestCookieCharacters = 2_000;

/** Somebody on their way to the directory. It is kept in their browser's cookie and nowhere else. */
export interface Attempt {
  readonly room: string;
  readonly beganAt: number;
  /** 32 random bytes as base64url: state, nonce and verifier all follow from them. */
  readonly secret: string;
  /** Where in the console they were going: a path of this service. */
  readonly returnTo: string;
}

/** A new attempt. Where it leads back to is a path of this service, or its first page. */
export function beginAttempt(room: string, returnTo: string, now: number): Attempt {
  return { room, beganAt: now, secret: randomBytes(32).toString('base64url'), returnTo: ownPath(returnTo) };
}

/** A path of this service; anything that a browser would take for another site is the first page. */
function ownPath(path: string): string {
  const isOwn = path.length <= longestReturnCharacters && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path);
  return isOwn ? path : '/';
}

/** The attempt as the text of a cookie. */
export function attemptText({ room, beganAt, secret, returnTo }: Attempt): string {
  return [room, beganAt.toString(36), secret, Buffer.from(returnTo).toString('base64url')].join('.');
}

/** The attempt in a cookie that a browser sent, or null. It is hostile until the directory brings back its state. */
export function readAttempt(text: string): Attempt | null {
  if (text.length > longestCookieCharacters) return null;
  const [room = '', began = '', secret = '', path = '', ...more] = text.split('.');
  const beganAt = Number.parseInt(began, 36);
  const isFit =
    more.length === 0 &&
    id.safeParse(room).success &&
    /^[0-9a-z]{1,10}$/.test(began) &&
    Number.isSafeInteger(beganAt) &&
    /^[\w-]{43}$/.test(secret);
  return isFit ? { room, beganAt, secret, returnTo: ownPath(Buffer.from(path, 'base64url').toString('utf8')) } : null;
}

/** Whether an attempt is still young enough to be finished. */
export function isOver({ beganAt }: Attempt, now: number): boolean {
  return now - beganAt >= attemptForMs || beganAt > now;
}

/** What goes to the directory. Each is bound to the room and to when it began: neither can be changed on the way. */
export function derived(attempt: Attempt, purpose: 'state' | 'nonce' | 'verifier'): string {
  return createHmac('sha256', Buffer.from(attempt.secret, 'base64url'))
    .update(`heed sign-in ${purpose} ${attempt.room} ${attempt.beganAt}`)
    .digest('base64url');
}

/** Whether the state that came back belongs to this attempt. */
export function isStateOf(attempt: Attempt, state: string): boolean {
  const given = Buffer.from(state);
  const own = Buffer.from(derived(attempt, 'state'));
  return given.length === own.length && timingSafeEqual(given, own);
}

/** What is remembered of an attempt so that it cannot be finished twice. */
export function attemptDigest(attempt: Attempt): string {
  // The bytes, not their text: base64 writes the same bytes in more than one way.
  return createHash('sha256').update('heed attempt ').update(Buffer.from(attempt.secret, 'base64url')).digest('hex');
}
