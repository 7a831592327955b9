import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { post } from './post.ts';
import type { Posted, Posting } from './post.ts';

/** Begins an answer and never ends it. */
const endless: RequestListener = (_request, response) => {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    response.once('drain', more);
  };
  more();
};

/** Posts to another server that answers so. */
async function posted(answer: RequestListener, more: Partial<Posting> = {}): Promise<Posted> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const signal = new AbortController().signal;
  try {
    return await post({ url, headers: {}, body: '{}', rule: { listed: ['127.0.0.1'] }, signal, ...more });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('what is taken is taken, whatever is said with it', async () => {
  expect(await posted((_request, response) => response.writeHead(202).end('thank you'))).toEqual({ ok: true });
});

test('an answer that does not end is taken for its status and let go', async () => {
  expect(await posted(endless)).toEqual({ ok: true });
});

test.each<[string, RequestListener, string]>([
  ['does not answer', () => undefined, 'no answer within 400 ms'],
  ['hangs up', (request) => request.socket.destroy(), 'no answer (ECONNRESET)'],
  ['redirects', (_request, response) => response.writeHead(307, { location: '/' }).end(), 'answered 307: redirects'],
  ['fails', (_request, response) => response.writeHead(503).end(), 'answered 503'],
])('another side that %s is told of', async (_what, answer, why) => {
  const outcome = await posted(answer, { answerMs: 400 });
  expect(outcome).toMatchObject({ ok: false, isGone: false, why: expect.stringContaining(why) as string });
});

test('nothing is sent where the address may not be called', async () => {
  let asked = 0;
  const outcome = await posted(() => void (asked += 1), { rule: { listed: [] } });
  expect(outcome).toMatchObject({ ok: false, why: expect.stringContaining('expected https') as string });
  expect(asked).toBe(0);
});
