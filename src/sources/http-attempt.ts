import { request as requestPlain } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { codeOf } from '../database/fault-words.ts';
import { bareHost, outwardLookup } from '../border/outward.ts';
import type { Outgoing } from './http-question.ts';
import type { Answer } from './source.ts';

/** The time of a source, and what is to happen in it. */
export interface SourceClock {
  readonly now: () => number;
  /** Calls back once the instant has come. Gives the way to call it off. */
  readonly arm: (at: number, then: () => void) => () => void;
}

/** How an attempt is made. */
export interface Attempting {
  readonly clock: SourceClock;
  readonly headers: Readonly<Record<string, string>>;
  readonly listed: readonly string[];
  readonly untilMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Why there was no answer: for the log, without a word of whom it was about. */
export interface Missed {
  readonly kind: 'missed';
  readonly result: Exclude<Answer['result'], 'found' | 'no-trace'>;
  readonly reason: string;
  /** The same might go well in a moment. */
  readonly isPassing: boolean;
  /** Nothing of the question can have arrived. */
  readonly isUnsent: boolean;
  /** How long it asks to be left alone, where it says. */
  readonly retryAfterMs: number | null;
}

export interface Received {
  readonly kind: 'received';
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

const maxHeaderBytes = 16_384;

/** What was missed, and how. */
export function missed(result: Missed['result'], reason: string, more: Partial<Missed> = {}): Missed {
  return { kind: 'missed', result, reason, isPassing: false, isUnsent: false, retryAfterMs: null, ...more };
}

/** One request and its answer, within its time and its size. Never rejects, and follows nothing that it is told to. */
export async function attempt(outgoing: Outgoing, attempting: Attempting): Promise<Received | Missed> {
  const { clock, untilMs, signal } = attempting;
  if (signal.aborted) return missed('timed-out', 'nobody waited for the answer any longer');
  return new Promise((resolve) => {
    const sent = send(outgoing, attempting);
    const settle = (what: Received | Missed): void => {
      disarm();
      signal.removeEventListener('abort', leave);
      sent.destroy();
      resolve(what);
    };
    const disarm = clock.arm(untilMs, () => settle(missed('timed-out', 'it took too long', { isPassing: true })));
    const leave = (): void => settle(missed('timed-out', 'nobody waited for the answer any longer'));
    signal.addEventListener('abort', leave, { once: true });
    // A request that is destroyed still reports an error: it is heard, and changes nothing any more.
    sent.on('error', (error) => settle(missedBy(error)));
    sent.on('response', (response) => receive(response, attempting.maxBytes, settle));
    sent.end(outgoing.body ?? undefined);
  });
}

function send({ origin, method, path, body }: Outgoing, { headers, listed }: Attempting): ClientRequest {
  const isEncrypted = origin.protocol === 'https:';
  const length = body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return (isEncrypted ? requestEncrypted : requestPlain)({
    method,
    path,
    hostname: bareHost(origin),
    port: origin.port === '' ? (isEncrypted ? 443 : 80) : Number(origin.port),
    headers: { accept: 'application/json', 'accept-encoding': 'identity', ...length, ...headers },
    lookup: outwardLookup({ listed }),
    agent: false,
    maxHeaderSize: maxHeaderBytes,
  });
}

function receive(response: IncomingMessage, maxBytes: number, settle: (what: Received | Missed) => void): void {
  const status = response.statusCode ?? 0;
  const refusal = refusalOf(response, status, maxBytes);
  if (refusal !== null) return settle(refusal);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  response.on('data', (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > maxBytes) settle(tooLarge(maxBytes));
    else pieces.push(piece);
  });
  response.on('error', (error) => settle(missedBy(error)));
  response.on('end', () => {
    const contentType = response.headers['content-type'] ?? '';
    settle({ kind: 'received', status, contentType, body: Buffer.concat(pieces) });
  });
}

/** What need not be read on: a redirect, a packed answer, one that is too large, one that asks to be left alone. */
function refusalOf({ headers }: IncomingMessage, status: number, maxBytes: number): Missed | null {
  if (status >= 300 && status < 400) return missed('failed', `it sends elsewhere (${status}), which is never followed`);
  if (status === 429 || status >= 500) {
    const result = status === 429 || status === 502 || status === 503 || status === 504 ? 'unavailable' : 'failed';
    const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
    const retryAfterMs = seconds === undefined ? null : Number(seconds) * 1_000;
    return missed(result, `it answers with ${status}`, { isPassing: true, retryAfterMs });
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return missed('failed', 'its answer is packed, which was not asked for');
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

function tooLarge(maxBytes: number): Missed {
  return missed('failed', `its answer has more than ${maxBytes} bytes`);
}

const unsent: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const broken: readonly string[] = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'];

/** What an error of the connection comes to. Its code is told; its words may hold addresses. */
function missedBy(error: Error): Missed {
  const code = codeOf(error);
  if (unsent.includes(code)) return missed('unavailable', `it is away (${code})`, { isPassing: true, isUnsent: true });
  if (broken.includes(code) || code === '')
    return missed('unavailable', `its connection broke ${code}`.trim(), { isPassing: true });
  if (code === 'EOUTWARD') return missed('failed', 'its name stands for an address that may not be called');
  if (code.startsWith('HPE_')) return missed('failed', `it does not speak HTTP (${code})`);
  return missed('failed', `its connection was refused here (${code})`);
}
