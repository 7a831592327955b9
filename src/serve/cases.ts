import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { problem } from '../api/problems.ts';
import type { Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';
import { foundingFolder } from './played-case.ts';

const run = promisify(execFile);
const said = { tag: 'Cases', security: 'open' as const };

const player = join(import.meta.dirname, '..', '..', 'bin', 'play-case.js');
const outputBytesMost = 64 * 1024 * 1024;

/** Plays a case in a process of its own: months of one take seconds, for which no room may wait. */
async function played(name: string): Promise<readonly string[]> {
  const { stdout } = await run(process.execPath, [player, name], { maxBuffer: outputBytesMost });
  return stdout.split('\n');
}

/** The founding cases, played: each when somebody asks for it, and then kept. */
export function caseRoutes(): readonly Route[] {
  const names = readdirSync(foundingFolder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.twin.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted();
  const kept = new Map<string, Promise<readonly string[]>>();
  const caseOf = async (name: string): Promise<readonly string[]> => {
    const found = kept.get(name) ?? played(name);
    kept.set(name, found);
    found.catch(() => kept.delete(name));
    return found;
  };
  return [
    openRoute({
      ...said,
      method: 'GET',
      path: '/cases',
      summary: 'The founding cases',
      answer: { says: 'Their names.', schema: z.object({ cases: z.array(z.string()) }) },
      problems: [],
      handle: () => ({ json: JSON.stringify({ cases: names }) }),
    }),
    openRoute({
      ...said,
      method: 'GET',
      path: '/cases/{case}',
      summary: 'A founding case as it was played: its report and its events',
      answer: { says: 'The report, and the log of its room.' },
      problems: ['not-found'],
      params: z.object({ case: z.string().max(100) }),
      handle: async ({ params }) =>
        names.includes(params.case) ? { json: (await caseOf(params.case))[0] ?? '' } : problem('not-found'),
    }),
    openRoute({
      ...said,
      method: 'GET',
      path: '/cases/{case}/script',
      summary: 'What a founding case is practised by',
      describes: 'The world that it opens with, and what its people and machines did, with when.',
      answer: { says: 'The script.' },
      problems: ['not-found'],
      params: z.object({ case: z.string().max(100) }),
      handle: async ({ params }) =>
        names.includes(params.case) ? { json: (await caseOf(params.case))[1] ?? '' } : problem('not-found'),
    }),
  ];
}
