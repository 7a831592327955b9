import { createParser } from 'eventsource-parser';
import type { Client, LiveApi } from './live-api.ts';

/** One message of a stream, as its reader had it. */
export interface Heard {
  readonly event: string;
  readonly id: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of a room's stream. */
export interface StreamReader {
  readonly status: number;
  readonly heard: readonly Heard[];
  /** The places of the log that came, in order. */
  readonly seqs: () => readonly number[];
  readonly comments: readonly string[];
  /** Resolves once something heard is so; rejects when the stream ends before. */
  readonly until: (isSo: (one: Heard) => boolean) => Promise<Heard>;
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** Opens the stream of a room as somebody, from a place of the log. */
export async function readStream(
  api: LiveApi,
  client: Client,
  after?: number | 'last-event-id',
  last = 0,
): Promise<StreamReader> {
  const closing = new AbortController();
  const query = typeof after === 'number' ? `?after=${after}` : '';
  const resuming = after === 'last-event-id' ? { 'last-event-id': String(last) } : {};
  const response = await fetch(`${api.base}/rooms/${api.room}/stream${query}`, {
    headers: { cookie: client.cookie, ...resuming } as Record<string, string>,
    signal: closing.signal,
  });
  const heard: Heard[] = [];
  const comments: string[] = [];
  const waiting = new Set<{
    isSo: (one: Heard) => boolean;
    resolve: (one: Heard) => void;
    reject: (why: Error) => void;
  }>();
  const parser = createParser({
    onComment: (comment) => void comments.push(comment),
    onEvent: ({ event, id, data }) => {
      const one = {
        event: event ?? 'message',
        id: id === undefined ? null : Number(id),
        data: JSON.parse(data) as Heard['data'],
      };
      heard.push(one);
      for (const waiter of waiting)
        if (waiter.isSo(one)) {
          waiting.delete(waiter);
          waiter.resolve(one);
        }
    },
  });
  const reading = async (): Promise<void> => {
    const decoder = new TextDecoder();
    try {
      if (response.body !== null)
        for await (const part of response.body) parser.feed(decoder.decode(part as Uint8Array, { stream: true }));
    } catch {
      // The other side let go, or this one did.
    }
    for (const { reject } of waiting) reject(new Error('the stream ended'));
  };
  return {
    status: response.status,
    heard,
    comments,
    seqs: () => heard.filter((one) => one.event === 'message').map((one) => Number(one.data['seq'])),
    until: async (isSo) => {
      const found = heard.find(isSo);
      if (found !== undefined) return found;
      return new Promise((resolve, reject) => waiting.add({ isSo, resolve, reject }));
    },
    ended: reading(),
    close: () => closing.abort(),
  };
}
