import { pictureCache, picturePath } from '../picture-kept.ts';

/** What a worker that answers for pages has, beside what every worker has. */
interface Answering {
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
}
interface Waiting extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface Asking extends Event {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}

const answering = globalThis as unknown as Answering;
const longestMs = 12 * 60 * 60_000;

addEventListener('install', (event) => (event as Waiting).waitUntil(answering.skipWaiting()));
addEventListener('activate', (event) => (event as Waiting).waitUntil(answering.clients.claim()));

/** The picture of the room and its styles come from this machine alone: whether the service answers or not. */
addEventListener('fetch', (event) => {
  const asking = event as Asking;
  const { pathname } = new URL(asking.request.url);
  if (pathname === picturePath) asking.respondWith(picture(asking.request));
  else if (pathname.endsWith('.css')) asking.respondWith(kept(asking.request));
});

async function kept(request: Request): Promise<Response> {
  return (await (await caches.open(pictureCache)).match(request)) ?? fetch(request);
}

async function picture(request: Request): Promise<Response> {
  const cache = await caches.open(pictureCache);
  const found = await cache.match(request, { ignoreSearch: true });
  const at = Number(found?.headers.get('heed-at') ?? 0);
  if (found !== undefined && Date.now() - at < longestMs) return found;
  await cache.delete(request, { ignoreSearch: true });
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response('There is no picture of the room on this machine, or none of the last twelve hours.', {
    headers,
  });
}
