import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Asked, LiveApi } from '../../test/live-api.ts';
import { liveApi, machineSecret } from '../../test/live-api.ts';
import type { IngressChannel, IngressSent } from '../telephony/messages.ts';
import { sign } from '../telephony/signature.ts';

let database: TestDatabase;
let api: LiveApi;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const key = { id: 'key-1', secret: machineSecret };
const pathOf = (channel: string): string => `/rooms/${api.room}/ingress/${channel}`;

interface Sending {
  readonly key?: typeof key;
  readonly nonce?: string;
  readonly now?: number;
  readonly path?: string;
  readonly type?: string;
  /** What is sent in place of what was signed. */
  readonly instead?: string;
}

async function send(channel: string, body: string, sending: Sending = {}): Promise<Asked> {
  const path = sending.path ?? pathOf(channel);
  const nonce = sending.nonce ?? randomUUID();
  const parts = { method: 'POST', path: pathOf(channel), body };
  const signed = sign(sending.key ?? key, parts, { now: sending.now ?? Date.now(), nonce });
  return api.stranger.post(path, sending.instead ?? body, {
    'content-type': sending.type ?? 'application/json',
    ...signed,
  });
}

async function tell<C extends IngressChannel>(
  channel: C,
  message: IngressSent[C],
  sending: Sending = {},
): Promise<Asked> {
  return send(channel, JSON.stringify(message), sending);
}

const now = (): string => new Date().toISOString();

function commandsOf(asked: Asked): readonly string[] {
  const commands = asked.json['commands'] as readonly { readonly command: string; readonly outcome: string }[];
  return commands.map(({ command, outcome }) => `${command} ${outcome}`);
}

describe('a message', () => {
  test('of a call becomes its commands, in order, and is answered once they are in the log', async () => {
    const call = { ref: 'call-a', service: '999' as const, cli: { number: '07700900001' } };
    const asked = await tell('telephony', { kind: 'presented', id: 'm1', at: now(), call });
    expect(asked.status).toBe(200);
    expect(commandsOf(asked)).toEqual(['PresentContact done', 'Mention done']);
    const answered = await tell('telephony', {
      kind: 'answered',
      id: 'm2',
      at: now(),
      call,
      position: 'desk-handler-1',
    });
    expect(commandsOf(answered)).toEqual(['AnswerContact done']);
    const [contact] = [...api.engine.room().contacts.values()];
    expect(contact).toMatchObject({ channel: '999', state: 'answered', handler: 'handler-1' });
    expect(api.said()).not.toContain('07700900001');
  });

  test('sent again, signed again, is taken for the same', async () => {
    const message = { kind: 'text', id: 't1', at: now(), from: '07700900002', text: 'help me' } as const;
    expect(commandsOf(await tell('text', message))).toEqual([
      'PresentContact done',
      'Mention done',
      'RecordStatement done',
    ]);
    const head = api.engine.head().seq;
    const again = await tell('text', message);
    expect(again.status).toBe(200);
    expect(api.engine.head().seq).toBe(head);
  });

  test('of every channel is a contact of it', async () => {
    await tell('web-form', { id: 'w1', at: now(), text: 'a form', from: { name: 'Ann Reed' } });
    await tell('partner-mail', { id: 'p1', at: now(), from: 'desk@partner.example', body: 'a mail' });
    const channels = [...api.engine.room().contacts.values()].map((one) => one.channel);
    expect(channels).toEqual(expect.arrayContaining(['web-form', 'partner-mail']));
  });

  test('of advanced mobile location may come as the form that carriers post', async () => {
    const form = [
      'v=3',
      'location_latitude=51.50000',
      'location_longitude=-0.12000',
      'location_accuracy=20',
      `location_time=${Date.now()}`,
      'device_number=07700900001',
    ].join('&');
    const asked = await send('telephony', form, { type: 'application/x-www-form-urlencoded' });
    expect(asked.status).toBe(200);
    expect(commandsOf(asked)).toContain('RecordLocation done');
    expect((await send('text', form, { type: 'application/x-www-form-urlencoded' })).json['code']).toBe(
      'media-type-not-taken',
    );
  });

  test.each<[string, number, string, string]>([
    ['{', 400, 'malformed-json', 'no JSON'],
    ['{}', 422, 'invalid-input', 'empty'],
    ['{"kind":"presented","id":"x","at":"yesterday","call":{"ref":"a"}}', 422, 'invalid-input', 'without an instant'],
    [`{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 422, 'invalid-input', 'nested beyond sense'],
  ])('%.30s is answered %i %s: %s', async (body, status, code) => {
    const asked = await send('telephony', body);
    expect([asked.status, asked.json['code']]).toEqual([status, code]);
  });
});

describe('a message is not taken', () => {
  const body = JSON.stringify({ kind: 'text', id: 'x1', at: '2026-02-03T21:04:30Z', text: 'x' });

  test.each<[string, Sending]>([
    ['with another secret', { key: { id: 'key-1', secret: `${machineSecret}y` } }],
    ['with a key that there is not', { key: { id: 'key-9', secret: machineSecret } }],
    ['when it was changed on the way', { instead: body.replace('"x"', '"y"') }],
    ['ten minutes later', { now: Date.now() - 600_000 }],
    ['from ten minutes ahead', { now: Date.now() + 600_000 }],
  ])('%s', async (_what, sending) => {
    const asked = await send('text', body, sending);
    expect([asked.status, asked.json['code']]).toEqual([401, 'signature-wrong']);
  });

  test('at another address than it was signed for', async () => {
    expect((await send('text', body, { path: pathOf('partner-mail') })).json['code']).toBe('signature-wrong');
    expect((await send('text', body, { path: `${pathOf('text')}?x=1` })).json['code']).toBe('signature-wrong');
  });

  test('unsigned', async () => {
    expect((await api.stranger.post(pathOf('text'), body)).json['code']).toBe('signature-wrong');
  });

  test('twice with one nonce', async () => {
    const nonce = randomUUID();
    expect((await send('text', body, { nonce })).status).toBe(200);
    expect((await send('text', body, { nonce })).json['code']).toBe('message-replayed');
  });

  test('by a key of another room', async () => {
    const asked = await send('text', body, { key: { id: 'key-2', secret: `${machineSecret}x` } });
    expect([asked.status, asked.json['code']]).toEqual([403, 'forbidden']);
  });
});

test('a storm of calls is taken whole, and every one of them is a contact', async () => {
  const before = api.engine.room().contacts.size;
  const storm = await Promise.all(
    Array.from({ length: 300 }, async (_, place) =>
      tell('telephony', { kind: 'presented', id: `s-${place}`, at: now(), call: { ref: `storm-${place}` } }),
    ),
  );
  expect(new Set(storm.map((one) => one.status))).toEqual(new Set([200]));
  expect(api.engine.room().contacts.size).toBe(before + 300);
});
