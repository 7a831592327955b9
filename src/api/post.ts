import { request as requestPlain } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { outwardFault, outwardLookup } from '../border/outward.ts';
import type { OutwardRule } from '../border/outward.ts';
import { webhookLimits } from './limits.ts';

/** A message on its way to a configured address. */
export interface Posting {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly rule: OutwardRule;
  readonly signal: AbortSignal;
  /** From the call to the end of the answer; as published where it is left out. */
  readonly answerMs?: number;
}

/** What became of it. A redirect is no delivery: what is configured is where it goes. */
export type Posted = { readonly ok: true } | { readonly ok: false; readonly why: string; readonly isGone: boolean };

/** No answer in time. */
const late = 'ELATE';

function failed(why: string, isGone = false): Posted {
  return { ok: false, why, isGone };
}

/** Posts to one address, once. Whatever goes wrong is the answer; what the other side says is read and thrown away. */
export function post({
  url,
  headers,
  body,
  rule,
  signal,
  answerMs = webhookLimits.answerMs,
}: Posting): Promise<Posted> {
  const fault = outwardFault(url, rule);
  if (fault !== null) return Promise.resolve(failed(fault));
  return new Promise((resolve) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: outwardLookup(rule),
      signal,
      agent: false,
    };
    const call: ClientRequest = (url.protocol === 'https:' ? requestEncrypted : requestPlain)(url, options);
    const timer = setTimeout(() => call.destroy(Object.assign(new Error(), { code: late })), answerMs);
    const done = (outcome: Posted): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    call.on('error', (error: NodeJS.ErrnoException) => done(failed(wordsOf(error, answerMs))));
    call.on('response', (answer) => {
      const told = outcomeOf(answer.statusCode ?? 0);
      readAway(answer, () => done(told));
    });
    call.end(body);
  });
}

function wordsOf(error: NodeJS.ErrnoException, answerMs: number): string {
  if (error.code === 'EOUTWARD') return error.message;
  if (error.code === late) return `no answer within ${answerMs} ms`;
  return `no answer (${error.code ?? error.name})`;
}

function outcomeOf(status: number): Posted {
  if (status >= 200 && status < 300) return { ok: true };
  if (status >= 300 && status < 400) return failed(`answered ${status}: redirects are not followed`);
  return failed(`answered ${status}`, status === 410);
}

/** Reads an answer to its end without keeping it; one that does not end is let go. */
function readAway(answer: IncomingMessage, done: () => void): void {
  let bytes = 0;
  answer.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > webhookLimits.answerBytes) answer.destroy();
  });
  answer.on('error', done);
  answer.on('close', done);
}
