import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../../test/database.ts';
import { testServer } from '../../test/database.ts';
import type { Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';

let server: TestServer;
let api: LiveApi;
let handler: Client;
let ahead = 0;

beforeAll(async () => {
  server = await testServer();
  api = await liveApi(server, { api: { now: () => Date.now() + ahead } });
  handler = await api.as('handler-1');
});

afterAll(async () => {
  await api.close();
  await server.stop();
});

function times(text: string): number {
  return api.said().split(text).length - 1;
}

test('while the database is away nobody is taken for signed out, and the log has a line for all who ask', async () => {
  const queue = `/rooms/${api.room}/queue`;
  expect((await handler.get(queue)).status).toBe(200);
  await server.kill();
  // Longer than a session that was found is remembered for.
  ahead = 10_000;
  const asked = await Promise.all(Array.from({ length: 20 }, async () => handler.get(queue)));
  expect(new Set(asked.map((one) => `${one.status} ${String(one.json['code'])}`))).toEqual(new Set(['503 log-away']));
  expect(asked[0]?.headers.get('retry-after')).toBe('2');
  expect((await handler.get('/rooms')).json['code']).toBe('log-away');
  const chosen = await api.stranger.post(`/rooms/${api.room}/sign-in`, { kind: 'staff', id: 'handler-2' });
  expect([chosen.status, chosen.json['code']]).toEqual([503, 'log-away']);
  expect([times('sessions cannot be looked up'), times('a fault in answering')]).toEqual([1, 0]);
  await server.start();
  await expect.poll(async () => (await handler.get(queue)).status, { timeout: 20_000 }).toBe(200);
  expect(times('sessions are back')).toBe(1);
});
