import { createHash } from 'node:crypto';
import type { Around } from './around.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { openApiOf } from './openapi.ts';
import type { Route } from './route.ts';
import { openRoute } from './route.ts';

const tag = 'This document';

/** The published document and its readable page; both are made once, of the routes as they are. */
export function docsRoutes(routes: readonly Route[], around: Around): readonly Route[] {
  const own: Route[] = [];
  let made: Promise<{ readonly json: string; readonly page: string; readonly tagOf: string }> | null = null;
  const make = async (): NonNullable<typeof made> => {
    const published = await openApiOf([...routes, ...own], around);
    const json = JSON.stringify(published);
    const page = await docsPage(published, around.banner);
    return { json, page, tagOf: `"${createHash('sha256').update(json).digest('hex').slice(0, 32)}"` };
  };
  const document = (): NonNullable<typeof made> => (made ??= make());
  own.push(
    openRoute({
      method: 'GET',
      path: '/openapi.json',
      tag,
      summary: 'This interface as an OpenAPI 3.1 document',
      security: 'open',
      answer: { says: 'The document.' },
      problems: [],
      handle: async ({ request, reply }) => {
        const { json, tagOf } = await document();
        const headers = { etag: tagOf, 'cache-control': 'no-cache' };
        if (request.headers['if-none-match'] !== tagOf) return { json, headers };
        void reply.code(304).headers(headers).send();
        return 'taken-over';
      },
    }),
    openRoute({
      method: 'GET',
      path: '/docs',
      tag,
      summary: 'This interface as a page to read',
      security: 'open',
      answer: { says: 'The page.', type: 'text/html' },
      problems: [],
      handle: async () => ({
        text: (await document()).page,
        type: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': docsPolicy, 'cache-control': 'no-cache' },
      }),
    }),
  );
  return own;
}
