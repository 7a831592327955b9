import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyReply } from 'fastify';
import { problem } from '../api/problems.ts';
import type { Problem } from '../api/problems.ts';
import type { Answer, Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';
import type { Configured } from './configuration.ts';

/** The map of the invented county, which a demonstration shows where nothing else is configured. */
const shipped = fileURLToPath(new URL('../../basemaps/dunnockshire.pmtiles', import.meta.url));
/** So much of the file is given at once, at most: a map asks for a few kilobytes at a time. */
const mostBytes = 4 * 1024 * 1024;
const type = 'application/vnd.pmtiles';

/** The file that maps are drawn over, or null where there is none. */
export function basemapOf({ settings, beside }: Configured): string | null {
  if (settings.basemap !== undefined) return beside(settings.basemap);
  return settings.environment === 'demonstration' ? shipped : null;
}

/** What a request asks for of a file: its first and last byte; null where it asks for all of it. */
function rangeOf(header: string | undefined, size: number): readonly [number, number] | 'not-there' | null {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined) return null;
  const from = Number(first);
  const to = Math.min(last === undefined || last === '' ? size - 1 : Number(last), size - 1, from + mostBytes - 1);
  return from >= size || to < from ? 'not-there' : [from, to];
}

async function bytesAt(file: string, [from, to]: readonly [number, number]): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from + 1), 0, to - from + 1, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Gives a part of the file, as a range that was asked for. */
async function part(file: string, asked: string | undefined, reply: FastifyReply): Promise<Answer | Problem> {
  const about = await stat(file).catch(() => null);
  if (about === null) return problem('not-found', { detail: 'The basemap that is configured is not there.' });
  const range = rangeOf(asked, about.size) ?? [0, Math.min(about.size, mostBytes) - 1];
  const headers = {
    'accept-ranges': 'bytes',
    // Another file at the same place is another map: what was kept of the one before is not mixed with it.
    etag: `"${about.size.toString(36)}-${Math.floor(about.mtimeMs).toString(36)}"`,
    'cache-control': 'no-cache',
  };
  if (range === 'not-there') {
    void reply.code(416).headers({ ...headers, 'content-range': `bytes */${about.size}` });
    await reply.type(type).send('');
    return 'taken-over';
  }
  const bytes = await bytesAt(file, range);
  const [from] = range;
  const isWhole = asked === undefined && bytes.length === about.size;
  const told = isWhole ? {} : { 'content-range': `bytes ${from}-${from + bytes.length - 1}/${about.size}` };
  void reply.code(isWhole ? 200 : 206).headers({ ...headers, ...told });
  await reply.type(type).send(bytes);
  return 'taken-over';
}

/** The ground that maps are drawn over, as one file that is read in parts. */
export function basemapRoutes(file: string | null): readonly Route[] {
  return [
    openRoute({
      method: 'GET',
      path: '/basemap.pmtiles',
      tag: 'Console',
      summary: 'The map that units and incidents are drawn over, as a PMTiles file',
      describes: 'Answers ranges of bytes, at most 4 MB at a time. 404 where no map is configured.',
      security: 'open',
      answer: { says: 'A part of the file, or all of it where it is small.', type },
      problems: ['not-found'],
      handle: async ({ request, reply }) =>
        file === null
          ? problem('not-found', { detail: 'No basemap is configured.' })
          : part(file, request.headers.range, reply),
    }),
  ];
}
