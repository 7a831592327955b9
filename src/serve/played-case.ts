import { join } from 'node:path';
import { runCase } from '../replay/case.ts';
import type { CaseFile } from '../replay/case-file.ts';
import type { Cue } from '../replay/theatre.ts';
import type { Actor, StoredEvent } from '../room/define.ts';
import { safeguards } from '../safeguards/catalogue.ts';

/** Where the founding cases stand. */
export const foundingFolder = join(import.meta.dirname, '..', '..', 'cases', 'founding');
/** A case to be practised: the world it opens with, and what its people and machines did, with when. */
interface CaseScript {
  readonly startedAt: number;
  readonly endsAt: number;
  readonly opening: readonly { readonly type: string; readonly data: unknown }[];
  readonly sources: CaseFile['world']['sources'];
  readonly acts: readonly {
    readonly id: string;
    readonly type: string;
    readonly data: unknown;
    readonly actor: Actor;
    /** When it happened, and when the room learned of it. */
    readonly at: number;
    readonly due: number;
    readonly override: string | null;
  }[];
}

const repeating: ReadonlySet<string> = new Set(['RungReached', 'DutyJoined']);
const repeatsShown = 12;

/** A case in two lines of JSON: how it was played, and what it is practised by. */
export function playedLines(name: string): string {
  const cues: Cue[] = [];
  const file = join(foundingFolder, `${name}.yaml`);
  const result = runCase(file, { safeguards, heard: (cue) => void cues.push(cue) });
  if (!result.ok) throw new Error(`The founding case ${name} cannot be played.`);
  const { report, played: play } = result;
  const duties = report.duties.map((duty) => ({ ...duty, rungs: duty.rungs.slice(0, repeatsShown) }));
  const played = { report: { ...report, duties }, events: withoutRepeats(play.events) };
  return [played, scriptOf(cues)].map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** What somebody needs who practises a case: its world, and what everybody did, of the first of its plays. */
function scriptOf(cues: readonly Cue[]): CaseScript {
  const [open] = cues;
  if (open?.kind !== 'open') throw new Error('A case opens with its world.');
  const next = cues.findIndex((cue, place) => place > 0 && cue.kind === 'open');
  const first = next < 0 ? cues : cues.slice(0, next);
  const moments = first.filter((cue) => cue.kind === 'run').map((cue) => cue.until);
  let count = 0;
  const acts = first.flatMap((cue, place) => {
    if (cue.kind !== 'give') return [];
    count += 1;
    const { type, data, actor, at, override } = cue;
    const before = first[place - 1];
    return [{ id: `act-${count}`, type, data, actor, at, override, due: before?.kind === 'run' ? before.until : at }];
  });
  const { startedAt, sources } = open;
  const opening = open.opening.map(({ type, data }) => ({ type, data }));
  return { startedAt, endsAt: moments.at(-1) ?? startedAt, opening, sources, acts };
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
