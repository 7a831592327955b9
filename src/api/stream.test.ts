import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { query } from '../../test/query.ts';
import type { StreamReader } from '../../test/stream-reader.ts';
import { readStream } from '../../test/stream-reader.ts';
import { streamLimits } from './limits.ts';

let database: TestDatabase;
let api: LiveApi;
let handler: Client;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  handler = await api.as('handler-1');
  await api.send('handler-1', 'OpenIncident', { incident: 'i1', kinds: [], summary: 'a start' });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const head = (): number => api.engine.head().seq;

/** Writes so many lines; the last place of the log once they are durable. */
async function write(count: number, length = 20): Promise<number> {
  const lines = Array.from({ length: count }, (_, place) => `${place} ${'x'.repeat(length)}`);
  await Promise.all(
    lines.map(async (text) => api.send('handler-1', 'AddEntry', { incident: 'i1', text, source: 'handler' })),
  );
  return head();
}

async function reachedSeq(reader: StreamReader, seq: number): Promise<void> {
  await reader.until((one) => one.event === 'message' && one.data['seq'] === seq);
}

function from(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

async function views(actor: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return query(
    database.ownerUrl,
    `select type, header::json ->> 'cause' as upto, header::json ->> 'command' as request from heed.access_event
      where actor = '${actor}' and type like 'View%' order by seq`,
  );
}

describe('a stream', () => {
  test('from a place of the log has every event after it, once and in order, and goes on live', async () => {
    const reader = await readStream(api, handler, 0);
    await reachedSeq(reader, head());
    const last = await write(30);
    await reachedSeq(reader, last);
    reader.close();
    expect(reader.seqs()).toEqual(from(1, last));
    const messages = reader.heard.filter((one) => one.event === 'message');
    expect(messages.every((one) => one.id === one.data['seq'])).toBe(true);
    const log = await api.journal.read(api.room, 0, 10_000);
    expect(messages.map((one) => one.data)).toEqual(JSON.parse(JSON.stringify(log.slice(0, last))));
  });

  test('resumes from the last event that came, whatever the address says', async () => {
    const before = head();
    await write(5);
    const reader = await readStream(api, handler, 'last-event-id', before + 2);
    await reachedSeq(reader, head());
    reader.close();
    expect(reader.seqs()).toEqual(from(before + 3, head()));
  });

  test('without a place begins with what comes', async () => {
    const reader = await readStream(api, handler);
    await reader.until((one) => one.event === 'pulse');
    const last = await write(1);
    await reachedSeq(reader, last);
    reader.close();
    expect(reader.seqs()).toEqual([last]);
  });

  test('loses and repeats nothing while it catches up and the room goes on writing', async () => {
    const readers = await Promise.all([0, 1, 7, 40].map(async (after) => readStream(api, handler, after)));
    const writing = Promise.all([write(200), write(200), write(200)]);
    const late = await Promise.all([0, 3].map(async (after) => readStream(api, handler, after)));
    await writing;
    const last = head();
    for (const reader of [...readers, ...late]) await reachedSeq(reader, last);
    for (const [place, reader] of [...readers, ...late].entries()) {
      reader.close();
      expect(reader.seqs()).toEqual(from(([0, 1, 7, 40, 0, 3][place] ?? 0) + 1, last));
    }
  });

  test('says what time it is here and how far the log has come, as a comment and as an event', async () => {
    const reader = await readStream(api, handler);
    const pulse = await reader.until((one) => one.event === 'pulse');
    reader.close();
    expect(pulse.data).toMatchObject({ seq: head(), state: 'writing' });
    expect(Date.now() - Date.parse(String(pulse.data['at']))).toBeLessThan(60_000);
    expect(reader.comments[0]).toBe(pulse.data['at']);
  });

  test('ends at once when its reader signs out', async () => {
    const dispatcher = await api.as('dispatcher-1');
    const other = await api.as('dispatcher-1');
    const [reader, stays] = [await readStream(api, dispatcher), await readStream(api, other)];
    await reader.until((one) => one.event === 'pulse');
    expect((await dispatcher.post(`/rooms/${api.room}/sign-out`, {})).status).toBe(200);
    await reader.ended;
    expect(reader.heard.at(-1)).toMatchObject({ event: 'end' });
    await reachedSeq(stays, await write(1));
    stays.close();
    expect((await readStream(api, dispatcher)).status).toBe(401);
  });

  test('is a view that was opened and closed, in the access log', async () => {
    const supervisor = await api.as('supervisor-1');
    const reader = await readStream(api, supervisor);
    await reader.until((one) => one.event === 'pulse');
    const seq = await write(1);
    await reachedSeq(reader, seq);
    reader.close();
    let found = await views('staff:supervisor-1');
    while (found.length < 2) found = await views('staff:supervisor-1');
    expect(found.map((one) => one['type'])).toEqual(['ViewOpened', 'ViewClosed']);
    expect(found[1]?.['upto']).toBe(String(seq));
    expect(found[0]?.['request']).toBe(found[1]?.['request']);
  });

  test('ends when its reader goes off duty', async () => {
    const constable = await api.as('constable-1');
    const reader = await readStream(api, constable);
    await reader.until((one) => one.event === 'pulse');
    await api.send('constable-1', 'SignOff', { staff: 'constable-1' });
    await reader.ended;
    expect(reader.heard.at(-1)).toMatchObject({ event: 'end' });
  });

  test('is for so many at a time, and a place is free again when one is left', async () => {
    const supervisor = await api.as('supervisor-2');
    const held = await Promise.all(from(1, streamLimits.perPerson).map(async () => readStream(api, supervisor)));
    expect(held.map((one) => one.status)).toEqual(held.map(() => 200));
    expect((await readStream(api, supervisor)).status).toBe(429);
    held[0]?.close();
    await held[0]?.ended;
    let status = 429;
    while (status === 429) {
      const again = await readStream(api, supervisor);
      status = again.status;
      again.close();
    }
    expect(status).toBe(200);
    for (const one of held) one.close();
  });
});

test('a reader that takes nothing is let go, and nobody else waits for it', async () => {
  const stuck = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { cookie: handler.cookie };
    request(`${api.base}/rooms/${api.room}/stream`, { headers }, resolve).on('error', reject).end();
  });
  stuck.on('error', () => undefined);
  const gone = new Promise((resolve) => stuck.on('close', resolve));
  stuck.pause();
  const reader = await readStream(api, handler);
  await reader.until((one) => one.event === 'pulse');
  const each = 10_000;
  // More than the machine itself holds between two of its own sockets.
  for (let bytes = 0; bytes < 24_000_000; bytes += each * 50) await write(50, each);
  await reachedSeq(reader, head());
  reader.close();
  // It is found out by reading on: whatever was under way comes, and then the end that nobody wrote.
  stuck.resume();
  await gone;
  expect(stuck.complete).toBe(false);
});
