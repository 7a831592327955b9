import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Asked, Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { propertySettings } from '../../test/runs.ts';
import { commandSchemas } from '../room/vocabulary.ts';

let database: TestDatabase;
let api: LiveApi;
let handler: Client;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  handler = await api.as('handler-1');
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const at = (path: string): string => `/rooms/${api.room}${path}`;

/** What comes back for these very bytes. */
async function sent(text: string): Promise<string> {
  const { hostname, port } = new URL(api.base);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('utf8');
}

describe('every answer', () => {
  test.each(['/health', '/ready', '/rooms', '/openapi.json', '/docs', '/nowhere', '/rooms/x/queue'])(
    'of %s forbids a browser everything that it does not need',
    async (path) => {
      const { headers } = await handler.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('has a number of our own, whatever number the request brought', async () => {
    const told = 'evil\u2028injected';
    const asked = await handler.get(at('/incidents/none'), {
      'x-request-id': 'chosen-by-them',
      'request-id': encodeURI(told),
    });
    expect(asked.json['instance']).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(api.said()).not.toContain('chosen-by-them');
  });

  test('to no request at all is a line and the end of the connection', async () => {
    expect(await sent('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"malformed-request"/);
    expect(await sent('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sent('GET /health HTTP/1.1\r\nhost: a\r\nx: \u0000\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const smuggled =
      'POST /rooms HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await sent(smuggled)).toMatch(/^HTTP\/1\.1 400 /);
    const large = `GET /health HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`;
    expect(await sent(large)).toMatch(/^HTTP\/1\.1 431 [^]*"code":"headers-too-large"/);
  });

  test('to a request that is told drop by drop is cut off', () => {
    const { server } = api.app;
    expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
    expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
    expect(server.maxConnections).toBeLessThanOrEqual(4_000);
    expect(server.maxHeadersCount).toBeLessThanOrEqual(100);
  });
});

describe('whoever is not signed in', () => {
  test.each(['', '/queue', '/incidents/i1', '/events', '/visible', '/stream', '/board'])(
    'is asked to sign in for %s, of this room as of one that there is not',
    async (path) => {
      const [here, nowhere] = [await api.stranger.get(at(path)), await api.stranger.get(`/rooms/nowhere${path}`)];
      expect(here.status).toBe(401);
      expect({ ...nowhere.json, instance: '' }).toEqual({ ...here.json, instance: '' });
    },
  );

  test('with a session of another room, or a made-up one, is nobody here', async () => {
    for (const cookie of [
      'heed-80-session.elsewhere=x',
      `heed-80-session.${api.room}=${'a'.repeat(43)}`,
      'x'.repeat(9_000),
    ]) {
      expect((await api.stranger.get(at('/queue'), { cookie })).status).toBe(401);
    }
    expect((await api.stranger.get(at('/queue'), { authorization: 'Bearer abc' })).status).toBe(401);
    expect((await handler.get('/rooms/elsewhere/queue')).status).toBe(401);
  });

  test('sees no room but those of a demonstration', async () => {
    expect((await api.stranger.get('/rooms')).json['rooms']).toMatchObject([{ room: api.room, you: null }]);
    expect((await handler.get('/rooms')).json['rooms']).toMatchObject([{ you: 'handler-1' }]);
  });
});

describe('a session', () => {
  test('is a cookie that no script and no other site can use, new each time', async () => {
    const first = await api.stranger.post(at('/sign-in'), { kind: 'staff', id: 'handler-2' });
    const second = await api.stranger.post(at('/sign-in'), { kind: 'staff', id: 'handler-2' });
    const [one, two] = [first, second].map((asked) => asked.headers.getSetCookie());
    expect(one?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(one).not.toEqual(two);
  });

  test('is not for anybody who is not in the room, nor for machines of a room that is no replay', async () => {
    for (const body of [
      { kind: 'staff', id: 'nobody' },
      { kind: 'machine', id: 'heed' },
    ])
      expect((await api.stranger.post(at('/sign-in'), body)).json['code']).toBe('forbidden');
    expect((await api.stranger.post(at('/sign-in'), { kind: 'world', id: 'world' })).status).toBe(422);
    expect((await api.stranger.post('/rooms/nowhere/sign-in', { kind: 'staff', id: 'a' })).status).toBe(404);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of another origin', { origin: 'http://127.0.0.1:9' }],
    ['without the header of the console', { 'heed-request': '' }],
  ])('does nothing on behalf of a page %s', async (_what, headers) => {
    const sentAlong = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const own: Readonly<Record<string, string>> = {
      cookie: handler.cookie,
      ...(headers['heed-request'] === '' ? {} : { 'heed-request': 'x' }),
    };
    const response = await fetch(`${api.base}${at('/commands/AddEntry')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://127.0.0.1', ...own, ...sentAlong },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  test('ends when its owner signs out, and the access log has both', async () => {
    const dispatcher = await api.as('dispatcher-1');
    expect((await dispatcher.get(at('/queue'))).status).toBe(200);
    const out = await dispatcher.post(at('/sign-out'), '');
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect((await dispatcher.get(at('/queue'))).status).toBe(401);
  });
});

describe('a demonstration', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['a proxy', { 'x-forwarded-for': '203.0.113.9' }],
    ['a tunnel', { via: '1.1 tunnel' }],
    ['a page of another site', { origin: 'https://evil.example' }],
  ])('answers nothing that came through %s', async (_what, headers) => {
    for (const path of ['/rooms', '/health', at('/queue')])
      expect((await handler.get(path, headers)).json['code']).toBe('forbidden');
  });

  test('answers no name but its own', async () => {
    const answer = await sent('GET /rooms HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('the log of the service', () => {
  test('names routes and never what was asked for', async () => {
    await handler.get(at('/search?q=Wetherby-Quince'));
    await handler.get(at('/subjects/wetherby-quince'));
    await handler.get('/nowhere/wetherby-quince?x=wetherby-quince');
    expect(api.said().toLowerCase()).not.toContain('quince');
    expect(api.said()).toContain('"route":"/rooms/:room/search"');
  });
});

describe('health and readiness', () => {
  test('are two things, and the second says what is wrong', async () => {
    expect((await api.stranger.get('/health')).json).toEqual({ alive: true });
    const ready = await api.stranger.get('/ready');
    expect(ready.status).toBe(200);
    expect(ready.json).toMatchObject({
      ready: true,
      checks: { log: { ok: true }, [`room ${api.room}`]: { ok: true } },
    });
  });
});

describe('a process that stands by', () => {
  test('takes nothing, shows nothing, and is not ready', async () => {
    const beside = await liveApi(database, { isStandby: true });
    try {
      // Sessions are in the database: whoever is signed in here is signed in there.
      const own = { cookie: handler.cookie };
      const body = { id: 'on-standby', data: { incident: 'i1', summary: 'x' } };
      const given = await beside.stranger.post(at('/commands/OpenIncident'), body, own);
      expect([given.status, given.json['code']]).toEqual([503, 'not-recorded']);
      expect(given.headers.get('retry-after')).toBe('2');
      expect(given.json['detail']).toContain('Nothing was recorded');
      for (const path of ['/queue', '/visible', '/stream', '/events'])
        expect((await beside.stranger.get(at(path), own)).json['code']).toBe('room-not-ready');
      const ready = await beside.stranger.get('/ready');
      expect(ready.status).toBe(503);
      expect(ready.json).toMatchObject({ ready: false, checks: { [`room ${api.room}`]: { ok: false } } });
      expect((await beside.stranger.get('/health')).status).toBe(200);
    } finally {
      await beside.close();
    }
  });
});

test('methods that a route does not have are named, and none of them is more than it says', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    const response = await fetch(`${api.base}${at('/queue')}`, { method, headers: { cookie: handler.cookie } });
    expect([405, 415]).toContain(response.status);
  }
  for (const method of ['HEAD', 'OPTIONS', 'PROPFIND']) {
    const response = await fetch(`${api.base}${at('/queue')}`, { method, headers: { cookie: handler.cookie } });
    expect([404, 405]).toContain(response.status);
    expect(response.headers.get('access-control-allow-methods')).toBeNull();
  }
});

test('a stranger who guesses on is told to wait, and somebody signed in at the same address is not', async () => {
  const all: Asked[] = [];
  for (let tries = 0; tries < 400; tries += 50)
    all.push(...(await Promise.all(Array.from({ length: 50 }, async () => api.stranger.get(at('/queue'))))));
  expect(new Set(all.map((one) => one.status))).toEqual(new Set([401, 429]));
  const told = all.find((one) => one.status === 429);
  expect(told?.json['code']).toBe('too-many-requests');
  expect(Number(told?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await handler.get(at('/queue'))).status).toBe(200);
});

test('no body whatever makes a fault of a command', async () => {
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({ id: fc.stringMatching(/^[a-z]{1,8}$/), data: fc.jsonValue() }),
    fc.record({ id: fc.uuid(), data: fc.dictionary(fc.constantFrom('incident', 'contact', 'text'), fc.jsonValue()) }),
  );
  const asked = fc.asyncProperty(fc.constantFrom(...commandSchemas.keys()), body, async (type, one) => {
    expect((await handler.post(at(`/commands/${type}`), JSON.stringify(one))).status).toBeLessThan(500);
  });
  await fc.assert(asked, propertySettings(150));
  expect(api.said()).not.toContain('a fault in answering');
});
