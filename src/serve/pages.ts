import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';

const folder = join(import.meta.dirname, 'page');
/** The page may load what this service itself serves, and nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The first plain page, which shows that the queue and the stream work; the console takes its place. */
export function pageRoutes(): readonly Route[] {
  return [
    file('/', 'page.html', 'text/html; charset=utf-8'),
    file('/page.css', 'page.css', 'text/css; charset=utf-8'),
    file('/page.js', 'page.js', 'text/javascript; charset=utf-8'),
  ];
}

function file(path: string, name: string, type: string): Route {
  const text = readFileSync(join(folder, name), 'utf8');
  return openRoute({
    method: 'GET',
    path,
    tag: 'Pages',
    summary: `The first plain page: ${name}`,
    security: 'open',
    answer: { says: 'The file.', type },
    problems: [],
    handle: () => ({ text, type, headers: { 'content-security-policy': policy } }),
  });
}

/** The traffic of a demonstration, as its page may stop and start it. */
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
