import { z } from 'zod';
import { problem } from '../api/problems.ts';
import type { Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';
import type { Words } from '../views/words.ts';
import { buildConsole } from './console-files.ts';
import type { ConsoleFiles } from './console-files.ts';

/** The page may load what this service itself serves, and nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const said = { tag: 'Console', security: 'open' as const };
/** The name of a file changes with what it says, so that it is kept for good. */
const forGood = 'public, max-age=31536000, immutable';

/** The console, put together the first time that somebody asks for it, and the words that it says. */
export function consoleRoutes(words: Words): readonly Route[] {
  let made: Promise<ConsoleFiles> | null = null;
  const files = async (): Promise<ConsoleFiles> => (made ??= buildConsole());
  const allWords = JSON.stringify(Object.fromEntries(words));
  return [
    openRoute({
      ...said,
      method: 'GET',
      path: '/',
      summary: 'The console',
      answer: { says: 'The page.', type: 'text/html' },
      problems: [],
      handle: async () => ({
        text: (await files()).page,
        type: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': policy, 'cache-control': 'no-cache' },
      }),
    }),
    openRoute({
      ...said,
      method: 'GET',
      path: '/console/{file}',
      summary: 'A file of the console',
      answer: { says: 'The file.', type: 'text/javascript' },
      problems: ['not-found'],
      params: z.object({ file: z.string().max(100) }),
      handle: async ({ params, request }) => {
        const file = (await files()).files.get(params.file);
        if (file === undefined) return problem('not-found');
        const headers = { 'cache-control': forGood, vary: 'accept-encoding', 'content-security-policy': policy };
        const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
        return takesGzip
          ? { text: file.gzipped, type: file.type, headers: { ...headers, 'content-encoding': 'gzip' } }
          : { text: file.bytes, type: file.type, headers };
      },
    }),
    openRoute({
      ...said,
      method: 'GET',
      path: '/words',
      summary: 'What each safeguard says, by its phrase codes',
      answer: { says: 'Templates by safeguard and code.' },
      problems: [],
      handle: () => ({ json: allWords, headers: { 'cache-control': 'no-cache' } }),
    }),
  ];
}

/** The traffic of a demonstration, as the console may stop and start it. */
export interface Traffic {
  readonly isPaused: () => boolean;
  readonly pause: (isPaused: boolean) => void;
}

const standing = z.object({ isPaused: z.boolean() });

/** Whether the invented traffic goes on, in a demonstration only. */
export function trafficRoutes(traffic: Traffic): readonly Route[] {
  const said = { tag: 'Demonstration', problems: [], security: 'open' as const };
  const answer = { says: 'Whether the traffic is paused.', schema: standing };
  const path = '/demonstration/traffic';
  const handle = (): { readonly json: string } => ({ json: JSON.stringify({ isPaused: traffic.isPaused() }) });
  return [
    openRoute({ ...said, answer, path, method: 'GET', summary: 'Whether invented calls come in', handle }),
    openRoute({
      ...said,
      answer,
      path,
      method: 'POST',
      summary: 'Pause the invented calls, or let them go on',
      body: z.strictObject({ isPaused: z.boolean() }),
      handle: ({ body }) => {
        traffic.pause(body.isPaused);
        return handle();
      },
    }),
  ];
}
