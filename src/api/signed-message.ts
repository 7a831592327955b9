import type { FastifyRequest } from 'fastify';
import type { MachineKeys } from '../access/machine-keys.ts';
import { signatureHeaders, verifySigned } from '../telephony/signature.ts';
import type { AcceptedKey, NonceMemory } from '../telephony/signature.ts';
import type { Around } from './around.ts';
import type { Problem } from './problems.ts';
import { problem } from './problems.ts';

/** What signatures are checked with. */
export interface SignedDoor {
  readonly around: Pick<Around, 'machineKeys' | 'now'>;
  readonly nonces: NonceMemory;
}

/** A message as it came in. */
export interface SignedMessage {
  /** What the key must be for, besides the room. */
  readonly kind: string;
  readonly room: string;
  readonly request: FastifyRequest;
}

/** Whose message it is; null headers, wrong signatures and keys of other rooms are told apart by nobody. */
export function senderOf(
  { around, nonces }: SignedDoor,
  { kind, room, request }: SignedMessage,
): { readonly sender: string } | Problem {
  const named = request.headers[signatureHeaders.key];
  const keys = keysFor(around.machineKeys, typeof named === 'string' ? named : '');
  const body = Buffer.isBuffer(request.body) ? request.body : '';
  const parts = { method: request.method, path: request.url, body };
  const verified = verifySigned(parts, { headers: request.headers, keys, nonces, now: around.now() });
  if (!verified.ok)
    return problem(verified.problem === 'replayed' ? 'message-replayed' : 'signature-wrong', { detail: verified.says });
  const mayUse = around.machineKeys.find(verified.key)?.mayUse(room, kind) === true;
  return mayUse
    ? { sender: verified.sender }
    : problem('forbidden', { detail: 'The key is not for this room and channel.' });
}

/** The one key that a request names, as signatures are checked with it. */
function keysFor(keys: MachineKeys, named: string): ReadonlyMap<string, AcceptedKey> {
  const key = keys.find(named);
  if (key === null) return new Map();
  const secret = Buffer.from(key.secret()).toString('utf8');
  return new Map([[named, { id: named, secret, sender: key.actor.id }]]);
}

/** The JSON of a body that was signed byte for byte; undefined where it is none. */
export function jsonIn(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8'), (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
