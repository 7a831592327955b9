import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A secret shared with one sender. Several may be in force at once, so that one can follow another. */
export interface SigningKey {
  readonly id: string;
  readonly secret: string;
}

/** A key that requests are accepted with: whose it is, and when it ends. */
export interface AcceptedKey extends SigningKey {
  /** The sender's configured name, the same for all of its keys. */
  readonly sender: string;
  readonly until?: number;
}

/** A request as it stands on the wire: its path with its query, and the very bytes of its body. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array | string;
}

/** The headers that carry a signature, in lower case as servers give them. */
export const signatureHeaders = {
  key: 'heed-key',
  timestamp: 'heed-timestamp',
  nonce: 'heed-nonce',
  signature: 'heed-signature',
} as const;

/** How far a sender's clock may be from this one, either way. */
export const signatureWindowMs = 5 * 60_000;
const keyForm = /^[a-z0-9][a-z0-9-]{0,63}$/;
const timestampForm = /^\d{1,15}$/;
const nonceForm = /^[\w-]{16,64}$/;
const signatureForm = /^v1=([0-9a-f]{64})$/;
/** What a request line can hold; a line break in it could be read as the end of one part and the start of the next. */
const methodForm = /^[A-Za-z]{1,16}$/;
const pathForm = /^[\x21-\x7e]{0,4096}$/;

/** What the signature is over: nothing of the request can be changed, left out or moved to another place. */
function signed(
  { method, path, body }: SignedParts,
  { key, timestamp, nonce }: { readonly key: string; readonly timestamp: string; readonly nonce: string },
): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return ['v1', key, timestamp, nonce, method.toUpperCase(), path, digest].join('\n');
}

function macOf(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/** The headers of a signed request. A request that is sent again is signed again, with a nonce of its own. */
export function sign(
  key: SigningKey,
  parts: SignedParts,
  { now, nonce }: { readonly now: number; readonly nonce: string },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now));
  const mac = macOf(key.secret, signed(parts, { key: key.id, timestamp, nonce })).toString('hex');
  return {
    [signatureHeaders.key]: key.id,
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.nonce]: nonce,
    [signatureHeaders.signature]: `v1=${mac}`,
  };
}

/** Nonces that were seen, so that no request is taken twice. */
export interface NonceMemory {
  /** True, once, for a nonce that has not been seen; false for one that was, or that may have been and is forgotten. */
  readonly isNew: (nonce: string, timestamp: number, now: number) => boolean;
  readonly size: () => number;
}

/**
 * A memory of at most so many nonces. One that has to forget refuses whatever is as old as what it forgot, so that
 * being full never lets a request in twice; given the instant of its start as `notBefore`, neither does a restart.
 */
export function nonceMemory({
  most,
  notBefore = -1,
}: {
  readonly most: number;
  readonly notBefore?: number;
}): NonceMemory {
  const seen = new Map<string, number>();
  let floor = notBefore;
  return {
    isNew: (nonce, timestamp, now) => {
      for (const [held, at] of seen) {
        const isPast = at < now - signatureWindowMs;
        if (!isPast && seen.size < most) break;
        seen.delete(held);
        // What is outside the window is refused for that.
        if (!isPast) floor = Math.max(floor, at);
      }
      if (timestamp <= floor || seen.has(nonce)) return false;
      seen.set(nonce, timestamp);
      return true;
    },
    size: () => seen.size,
  };
}

export type SignatureProblem = 'unsigned' | 'malformed' | 'unknown-key' | 'wrong-signature' | 'wrong-time' | 'replayed';

export type Verified =
  | { readonly ok: true; readonly key: string; readonly sender: string }
  | { readonly ok: false; readonly problem: SignatureProblem; readonly says: string };

const says: Readonly<Record<SignatureProblem, string>> = {
  unsigned: `A request is signed: it carries ${Object.values(signatureHeaders).join(', ')}.`,
  malformed: 'The headers of the signature are not of the form that the documentation gives.',
  // One sentence for both: nobody learns which keys there are.
  'unknown-key': 'The signature is not that of a key in force over this method, path and body.',
  'wrong-signature': 'The signature is not that of a key in force over this method, path and body.',
  'wrong-time': `The request was not signed within ${signatureWindowMs / 60_000} minutes of now; compare the clocks.`,
  replayed: 'The request was taken before, or may have been; sign it again to send it again.',
};

function refused(problem: SignatureProblem): Verified {
  return { ok: false, problem, says: says[problem] };
}

export interface Verifying {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly keys: ReadonlyMap<string, AcceptedKey>;
  readonly nonces: NonceMemory;
  readonly now: number;
}

/** Stands in for the secret of a key that there is not, so that guessing at keys takes as long as having one. */
const noSecret = 'there is no key of this name';

/**
 * Whether a request was signed with a key in force, just now, and never before. The nonce is remembered only once the
 * signature is right, so that a stranger cannot fill the memory.
 */
export function verifySigned(parts: SignedParts, { headers, keys, nonces, now }: Verifying): Verified {
  const values = Object.values(signatureHeaders).map((name) => headers[name]);
  if (values.some((one) => one === undefined)) return refused('unsigned');
  const [key, timestamp, nonce, signature] = values;
  if (typeof key !== 'string' || typeof timestamp !== 'string') return refused('malformed');
  if (typeof nonce !== 'string' || typeof signature !== 'string') return refused('malformed');
  const told = signatureForm.exec(signature)?.[1];
  if (told === undefined || !keyForm.test(key) || !timestampForm.test(timestamp) || !nonceForm.test(nonce))
    return refused('malformed');
  if (!methodForm.test(parts.method) || !pathForm.test(parts.path)) return refused('malformed');
  const held = keys.get(key);
  const inForce = held === undefined || (held.until !== undefined && held.until < now) ? undefined : held;
  const mac = macOf(inForce?.secret ?? noSecret, signed(parts, { key, timestamp, nonce }));
  const isRight = timingSafeEqual(mac, Buffer.from(told, 'hex'));
  if (inForce === undefined) return refused('unknown-key');
  if (!isRight) return refused('wrong-signature');
  if (Math.abs(Number(timestamp) - now) > signatureWindowMs) return refused('wrong-time');
  if (!nonces.isNew(`${key} ${nonce}`, Number(timestamp), now)) return refused('replayed');
  return { ok: true, key, sender: inForce.sender };
}
