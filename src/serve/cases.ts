import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { problem } from '../api/problems.ts';
import type { Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';
import { runCase } from '../replay/case.ts';
import type { StoredEvent } from '../room/define.ts';
import { safeguards } from '../safeguards/catalogue.ts';

const folder = join(import.meta.dirname, '..', '..', 'cases', 'founding');
const repeating: ReadonlySet<string> = new Set(['RungReached', 'DutyJoined']);
const repeatsShown = 12;
const said = { tag: 'Cases', security: 'open' as const };

/** A case as it was played, as JSON: its report, and every event, so that a console folds the room of any moment. */
function playedJson(name: string): string {
  const result = runCase(join(folder, `${name}.yaml`), { safeguards });
  if (!result.ok) throw new Error(`The founding case ${name} cannot be played.`);
  const { report, played: play } = result;
  const duties = report.duties.map((duty) => ({ ...duty, rungs: duty.rungs.slice(0, repeatsShown) }));
  return JSON.stringify({ report: { ...report, duties }, events: withoutRepeats(play.events) });
}

/** Over months a duty that nobody meets is told again tens of thousands of times: the first of them are shown. */
function withoutRepeats(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const told = new Map<string, number>();
  return events.filter(({ type, ids }) => {
    if (!repeating.has(type)) return true;
    const key = `${type} ${ids['duty']}`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return count <= repeatsShown;
  });
}

/** The founding cases, played: each when somebody asks for it, and then kept. */
export function caseRoutes(): readonly Route[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.twin.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted();
  const kept = new Map<string, string>();
  const caseOf = (name: string): string => {
    const found = kept.get(name) ?? playedJson(name);
    kept.set(name, found);
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
      handle: ({ params }) => (names.includes(params.case) ? { json: caseOf(params.case) } : problem('not-found')),
    }),
  ];
}
