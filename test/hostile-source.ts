import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the process tells its parent: where it listens, every request that arrives, and that it has told all. */
export type Told =
  | { readonly kind: 'listening'; readonly port: number }
  /** Everything that arrived before it was asked has been told. */
  | { readonly kind: 'told' }
  | {
      readonly kind: 'arrived';
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly body: string;
    };

const record = { id: 'X1', at: '2026-01-01T10:00:00Z', number: '07700 900123', text: 'seen before' };
const one = JSON.stringify({ results: [record] });

function json(response: ServerResponse, text: string, more: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...more }).end(text);
}

const counts = new Map<string, number>();

function countOf(name: string): number {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count;
}

/** A system that is slow, wrong, down or hostile, as its path says. */
const ways: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  ok: (response) => json(response, one),
  whole: (response) => json(response, JSON.stringify([record])),
  empty: (response) => json(response, '{"results": []}'),
  gone: (response) => response.writeHead(404).end('nothing here'),
  slow: () => undefined,
  malformed: (response) => json(response, '{"results": [{"id": '),
  latin: (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x5b, 0x22, 0xe9, 0x22, 0x5d])),
  types: (response) => json(response, '{"results": [{"id": {"a": 1}, "at": 5, "number": ["x"]}, 7, null, "x"]}'),
  shape: (response) => json(response, '{"results": {"id": 1}}'),
  mixed: (response) =>
    json(response, JSON.stringify({ results: [record, { id: 'X2' }, { ...record, id: 'X3', extra: 'x' }] })),
  stranger: (response) => json(response, JSON.stringify({ results: [{ ...record, number: '07700 900999' }] })),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
  error: (response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Sorry</h1>'),
  denied: (response) => response.writeHead(403).end('no'),
  huge: (response) => json(response, 'x', { 'content-length': '9000000000' }),
  endless: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write('[1,2,3,4,5,6,7,8,9],'.repeat(1_000)));
      if (!response.destroyed) response.once('drain', more);
    };
    response.write('{"results": [');
    more();
  },
  drip: (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"results": ['),
  packed: (response) => json(response, 'x', { 'content-encoding': 'gzip' }),
  reset: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"results": [', () => response.socket?.resetAndDestroy());
  },
  short: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write(one, () => response.socket?.end());
  },
  redirect: (response) => response.writeHead(302, { location: '/trap' }).end(),
  metadata: (response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  headers: (response) => json(response, one, { 'x-long': 'x'.repeat(60_000) }),
  garbage: (response) => void response.socket?.end('this is no HTTP at all\r\n\r\n'),
  proto: (response) =>
    json(
      response,
      '{"__proto__": {"polluted": true}, "results": [{"__proto__": {"number": "07700 900123"}, "id": "X1"}]}',
    ),
  limited: (response) => response.writeHead(429, { 'retry-after': '1' }).end(),
  flaky: (response, { url }) => {
    if (countOf(url ?? '') < 3) response.writeHead(503).end();
    else json(response, one);
  },
  broken: (response, { url }) => {
    if (countOf(url ?? '') < 4) response.writeHead(503).end();
    else json(response, one);
  },
  many: (response) =>
    json(response, JSON.stringify({ results: Array.from({ length: 300 }, (_, at) => ({ ...record, id: `X${at}` })) })),
};

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    const body = Buffer.concat(pieces).toString('utf8');
    process.send?.({ kind: 'arrived', method, path: url, headers, body } satisfies Told);
    const way = ways[/^\/([a-z]+)/.exec(url)?.[1] ?? ''];
    if (way === undefined) response.writeHead(410).end();
    else way(response, request);
  });
  response.on('error', () => undefined);
});
server.on('clientError', (_, socket) => socket.destroy());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ kind: 'listening', port: (server.address() as AddressInfo).port } satisfies Told);
});
process.on('message', () => process.send?.({ kind: 'told' } satisfies Told));
process.on('disconnect', () => process.exit());
