import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { LiveRoom } from '../../test/live-room.ts';
import { liveRoom, openRoom } from '../../test/live-room.ts';
import { nonceMemory, verifySigned } from '../telephony/signature.ts';
import { cursorsIn } from './webhook-cursor.ts';
import { signedFor, startWebhooks } from './webhooks.ts';
import type { WebhookStanding, WebhookTarget, Webhooks } from './webhooks.ts';

let database: TestDatabase;
let live: LiveRoom;

beforeAll(async () => {
  database = await testDatabase();
  live = await liveRoom(database);
  await live.untilWriting();
  await openRoom(live);
  await live.send('handler-1', 'OpenIncident', { incident: 'i1', kinds: [], summary: 'a start' });
});
afterAll(async () => {
  await live.close();
  await database.drop();
});

interface Taken {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly event: { readonly id: string; readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

/** Another system, in a server of its own, that answers as it is told. */
interface Other {
  readonly url: string;
  readonly taken: Taken[];
  answer: (taken: Taken) => number;
  /** Resolves once so many were taken with 2xx. */
  readonly untilTaken: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function other(): Promise<Other> {
  const taken: Taken[] = [];
  const waiting = new Set<() => void>();
  const standing = { answer: (_taken: Taken): number => 204 };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        event: JSON.parse(body) as Taken['event'],
      };
      const status = standing.answer(one);
      if (status < 300) taken.push(one);
      response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('x'.repeat(100));
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    set answer(answer: (one: Taken) => number) {
      standing.answer = answer;
    },
    get answer() {
      return standing.answer;
    },
    untilTaken: async (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (taken.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const key = { id: 'webhook-1', secret: 'a secret of the tests that nobody else has' };
function target(url: string, more: Partial<WebhookTarget> = {}): WebhookTarget {
  return {
    id: 'pager',
    room: live.engine.id,
    url,
    types: ['EntryAdded'],
    restricted: 'left-out',
    sign: signedFor(url, key),
    ...more,
  };
}

function start(targets: readonly WebhookTarget[], onDead: (one: WebhookStanding) => void = () => undefined): Webhooks {
  return startWebhooks({
    targets,
    engines: (room) => (room === live.engine.id ? live.engine : undefined),
    journal: live.journal,
    cursors: cursorsIn(live.database.service),
    rule: { listed: ['127.0.0.1'] },
    now: () => Date.now(),
    onDead,
    log: { warn: () => undefined },
    waits: { firstMs: 1, longestMs: 4, attemptsMost: 5 },
  });
}

async function write(text: string): Promise<void> {
  await live.send('handler-1', 'AddEntry', { incident: 'i1', text, source: 'handler' });
}

function textsOf({ taken }: Other): readonly unknown[] {
  return taken.map(({ event }) => (event.data['body'] as { readonly text: string }).text);
}

async function untilBegun(webhooks: Webhooks): Promise<void> {
  while (webhooks.standing().some((one) => one.state === 'starting'))
    await new Promise((resolve) => setImmediate(resolve));
}

/** Runs a test with another system and what tells it, and ends both. */
async function telling(
  work: (there: Other, webhooks: Webhooks) => Promise<void>,
  more: Partial<WebhookTarget> & { readonly onDead?: (one: WebhookStanding) => void } = {},
): Promise<void> {
  const { onDead, ...own } = more;
  const there = await other();
  const webhooks = start([target(there.url, own)], onDead);
  try {
    await untilBegun(webhooks);
    await work(there, webhooks);
  } finally {
    await webhooks.stop();
    await there.close();
  }
}

describe('a webhook', () => {
  test('is told of the events that it names, in order, as signed CloudEvents', async () => {
    await telling(
      async (there) => {
        for (const text of ['one', 'two', 'three']) await write(text);
        await live.send('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'as told' });
        await write('four');
        await there.untilTaken(4);
        expect(textsOf(there)).toEqual(['one', 'two', 'three', 'four']);
        const [first] = there.taken;
        const seq = Number(first?.event.data['seq']);
        expect(first?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
        expect(first?.event).toMatchObject({
          specversion: '1.0',
          id: `${live.engine.id}-${seq}`,
          source: `urn:heed:room:${live.engine.id}`,
          type: 'heed.EntryAdded',
          subject: 'incident:i1',
          datacontenttype: 'application/json',
          sequence: String(seq).padStart(16, '0'),
        });
        const verified = verifySigned(
          { method: 'POST', path: '/hook', body: first?.body ?? '' },
          {
            headers: first?.headers ?? {},
            keys: new Map([[key.id, { ...key, sender: 'heed' }]]),
            nonces: nonceMemory({ most: 10 }),
            now: Date.now(),
          },
        );
        expect(verified.ok).toBe(true);
      },
      { id: 'in-order' },
    );
  });

  test('that fails is tried again, and nothing overtakes what failed', async () => {
    await telling(
      async (there) => {
        let failures = 0;
        there.answer = () => {
          failures += 1;
          return failures % 3 === 0 ? 200 : 500;
        };
        for (const text of ['a', 'b', 'c', 'd']) await write(text);
        await there.untilTaken(4);
        expect(textsOf(there)).toEqual(['a', 'b', 'c', 'd']);
      },
      { id: 'again' },
    );
  });

  test('goes on after a restart from where it was', async () => {
    const there = await other();
    const first = start([target(there.url, { id: 'restarted' })]);
    await untilBegun(first);
    await write('before');
    await there.untilTaken(1);
    await first.stop();
    await write('meanwhile');
    const second = start([target(there.url, { id: 'restarted' })]);
    // At least once: what was taken just as the first stopped may come a second time.
    for (let count = 2; !textsOf(there).includes('meanwhile'); count += 1) await there.untilTaken(count);
    await second.stop();
    await there.close();
    expect([...new Set(textsOf(there))]).toEqual(['before', 'meanwhile']);
  });

  test.each<[string, number]>([
    ['fails again and again', 500],
    ['redirects', 302],
    ['is gone', 410],
  ])('that %s is given up, which is told, and goes on from there once it is revived', async (_what, status) => {
    const dead = deferred<WebhookStanding>();
    await telling(
      async (there, webhooks) => {
        there.answer = () => status;
        await write(`lost ${status}`);
        const standing = await dead.promise;
        expect(standing).toMatchObject({ state: 'dead', attempts: status === 410 ? 1 : 5 });
        expect(standing.fault).toContain(String(status));
        await write(`later ${status}`);
        there.answer = () => 202;
        expect(webhooks.revive('nobody')).toBe(false);
        expect(webhooks.revive(`dead-${status}`)).toBe(true);
        await there.untilTaken(2);
        expect(textsOf(there)).toEqual([`lost ${status}`, `later ${status}`]);
      },
      { id: `dead-${status}`, onDead: dead.resolve },
    );
  });
});

/** A promise with the way to keep it. */
function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const kept: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => kept.push(resolve));
  return { promise, resolve: (value) => kept[0]?.(value) };
}

test('a webhook inside the network that is not listed is not even begun', () => {
  const around = {
    engines: () => undefined,
    journal: live.journal,
    cursors: cursorsIn(live.database.service),
    rule: { listed: [] },
    now: () => 0,
    onDead: () => undefined,
    log: { warn: () => undefined },
  };
  for (const url of ['http://127.0.0.1:1/', 'https://10.0.0.1/', 'https://169.254.169.254/', 'nonsense'])
    expect(() =>
      startWebhooks({ ...around, targets: [target(url.startsWith('http') ? url : 'http://a/', { url })] }),
    ).toThrow(/^Webhook pager: expected /);
});

describe('of a restricted incident', () => {
  test.each<[WebhookTarget['restricted'], readonly unknown[]]>([
    ['left-out', ['seen']],
    ['bare', [true, 'seen']],
    ['whole', ['veiled', 'seen']],
  ])('a target that is %s is told %j', async (restricted, told) => {
    const incident = `veil-${restricted}-1`;
    await live.send('handler-1', 'OpenIncident', { incident, kinds: [], summary: 'x' });
    const body = { incident, readers: ['specialist-1'], desk: 'specialist', reason: 'a colleague is named' };
    const answered = await live.send('fim-1', 'RestrictIncident', body);
    expect(answered).toMatchObject({ outcome: { kind: 'done' } });
    await telling(
      async (there) => {
        await live.send('specialist-1', 'AddEntry', { incident, text: 'veiled', source: 'handler' });
        await write('seen');
        await there.untilTaken(told.length);
        const saw = there.taken.map(({ event }) => {
          const { body: inside, withheld } = event.data as { body?: { text: string }; withheld?: true };
          return withheld ?? inside?.text;
        });
        expect(saw).toEqual(told);
        expect(JSON.stringify(there.taken).includes(incident)).toBe(restricted === 'whole');
      },
      { id: `target-${restricted}`, restricted },
    );
  });
});
