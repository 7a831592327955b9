import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import { z } from 'zod';
import { madeByAnotherSite } from '../access/cookies.ts';
import { BatchRefused } from '../batch/duckdb.ts';
import { reasonOf } from '../policy/bytes.ts';
import type { Sitting } from './sitting.ts';
import { NotOpen } from './sitting.ts';

const host = '127.0.0.1';
const folder = join(import.meta.dirname, 'page');
const bodyBytesMax = 16_384;
const secretBytes = 32;

/** The page may load what this server itself serves and nothing else; nobody may frame it, and nothing is kept. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const decided = z.strictObject({
  pair: z.int().min(0),
  verdict: z.enum(['same', 'apart', 'unsure']),
  reason: z.string().max(2_000),
});

/** A server that runs. */
export interface Listening {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** A secret that a request may be asked for. */
class Secret {
  readonly text = randomBytes(secretBytes).toString('base64url');

  is(given: string | undefined): boolean {
    const [mine, theirs] = [Buffer.from(this.text), Buffer.from(given ?? '')];
    return mine.length === theirs.length && timingSafeEqual(mine, theirs);
  }
}

/** Who is let in: whoever opens the address first, from then on by a cookie of that browser. */
class Door {
  readonly token = new Secret();
  readonly cookie = new Secret();
  #isUsed = false;

  /** Whether this token lets somebody in; it does so once. */
  admits(token: string | undefined): boolean {
    if (this.#isUsed || !this.token.is(token)) return false;
    this.#isUsed = true;
    return true;
  }
}

/** Serves a sitting to one browser on this machine. Rejects with BatchRefused where nobody can listen there. */
export async function listen(sitting: Sitting, port: number): Promise<Listening> {
  const server = fastify({ bodyLimit: bodyBytesMax, forceCloseConnections: true });
  const door = new Door();
  await server.register(fastifyCookie);
  let own = 0;
  guard(server, door, () => own);
  routes(server, sitting);
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw new BatchRefused(`Cannot listen on ${host}, port ${port}: ${reasonOf(error)}.`);
  }
  own = (server.server.address() as AddressInfo).port;
  const close = async (): Promise<void> => {
    await server.close();
  };
  return { address: `http://${host}:${own}/?token=${door.token.text}`, close };
}

/** Turns away everything but one browser that names this machine: another name that leads here is another site's. */
function guard(server: FastifyInstance, door: Door, ownPort: () => number): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    const port = ownPort();
    const hosts = [`${host}:${port}`, `localhost:${port}`];
    if (!hosts.includes(request.headers.host ?? ''))
      return refused(reply, 421, 'This page answers to this machine only.');
    const header = (name: string): string | undefined => {
      const given = request.headers[name];
      return typeof given === 'string' ? given : undefined;
    };
    const origins = hosts.map((one) => `http://${one}`);
    const foreign = madeByAnotherSite({ method: request.method, header, origins });
    if (foreign !== null) return refused(reply, 403, foreign.says);
    const name = `heed-${port}-review`;
    if (door.cookie.is(request.cookies[name])) return undefined;
    if (!isArrival(request) || !door.admits((request.query as Readonly<Record<string, string | undefined>>)['token']))
      return refused(
        reply,
        403,
        'This page opens with the address that was printed, once, in one browser. If it was opened elsewhere, end ' +
          'the review and start it again: no decision is lost.',
      );
    reply.setCookie(name, door.cookie.text, { httpOnly: true, sameSite: 'strict', path: '/' });
    return undefined;
  });
  server.setErrorHandler(async (error: { readonly statusCode?: number; readonly message: string }, _request, reply) => {
    if (error instanceof NotOpen) return refused(reply, 409, error.message);
    const status = error.statusCode ?? 500;
    return refused(reply, status, status < 500 ? error.message : `Nothing was kept: ${error.message}`);
  });
}

function isArrival({ method, url }: FastifyRequest): boolean {
  return method === 'GET' && url.startsWith('/?');
}

async function refused(reply: FastifyReply, status: number, says: string): Promise<FastifyReply> {
  return reply.code(status).type('text/plain; charset=utf-8').send(says);
}

function routes(server: FastifyInstance, sitting: Sitting): void {
  for (const [path, name, type] of [
    ['/', 'page.html', 'text/html'],
    ['/page.css', 'page.css', 'text/css'],
    ['/page.js', 'page.js', 'text/javascript'],
  ] as const) {
    const text = readFileSync(join(folder, name), 'utf8');
    server.get(path, async (_request, reply) => reply.type(`${type}; charset=utf-8`).send(text));
  }
  server.get('/favicon.ico', async (_request, reply) => reply.code(204).send());
  server.get('/standing', async () => sitting.standing());
  server.post('/decide', async ({ body }, reply) => {
    const read = decided.safeParse(body);
    if (!read.success) return refused(reply, 400, 'A decision names a pair, a verdict and a reason.');
    const { pair, verdict, reason } = read.data;
    sitting.decide(pair, verdict, reason.replaceAll(/\s+/g, ' ').trim());
    return sitting.standing();
  });
  server.post('/undo', async () => {
    sitting.undo();
    return sitting.standing();
  });
}
