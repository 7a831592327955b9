import { join } from 'node:path';
import { runCase } from '../replay/case.ts';
import type { StoredEvent } from '../room/define.ts';
import { safeguards } from '../safeguards/catalogue.ts';

/** Where the founding cases stand. */
export const foundingFolder = join(import.meta.dirname, '..', '..', 'cases', 'founding');
const repeating: ReadonlySet<string> = new Set(['RungReached', 'DutyJoined']);
const repeatsShown = 12;

/** A case as it was played, as JSON: its report, and every event, so that a console folds the room of any moment. */
export function playedJson(name: string): string {
  const result = runCase(join(foundingFolder, `${name}.yaml`), { safeguards });
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
