import { britishClockAt } from '../room/british-time.ts';
import type { Gravity } from './matter.ts';
import { gravityOf } from './matter.ts';
import type { Spoken, Watch } from './watch.ts';

/** How often a safeguard spoke, and what the record shows of the answers. */
export interface SafeguardTally {
  prompts: number;
  alarms: number;
  floors: number;
  refusals: number;
  /** Said, and the export cannot show whether anybody answered. */
  unjudged: number;
  unanswered: number;
  late: number;
}

/** How many incidents there were, and in how many something stayed open. */
export interface Share {
  incidents: number;
  missed: number;
}

/** Everything that is counted, whatever is told. */
export interface Tally {
  readonly safeguards: Map<string, SafeguardTally>;
  readonly gravities: Map<string, number>;
  readonly hours: Map<string, Share>;
  readonly channels: Map<string, Share>;
  readonly desks: Map<string, Share>;
  incidents: number;
  contacts: number;
  /** Incidents that no row closes, where rows do close others. */
  leftOpen: number;
  /** Steps that end or move something that no row before them began: they tell of nothing. */
  orphans: number;
  matters: number;
}

export function emptyTally(): Tally {
  return {
    safeguards: new Map(),
    gravities: new Map(),
    hours: new Map(),
    channels: new Map(),
    desks: new Map(),
    incidents: 0,
    contacts: 0,
    leftOpen: 0,
    orphans: 0,
    matters: 0,
  };
}

/** Desks that are told apart; a column of free text would have no end. */
const desksMax = 500;
export const otherDesks = '(other desks)';

const unspoken: Readonly<SafeguardTally> = {
  prompts: 0,
  alarms: 0,
  floors: 0,
  refusals: 0,
  unjudged: 0,
  unanswered: 0,
  late: 0,
};

const levels = { prompt: 'prompts', alarm: 'alarms', floor: 'floors', refusal: 'refusals' } as const;

/** Counts one incident with what was said about it. */
export function countWatch(tally: Tally, watch: Watch): void {
  const found = watch.spoken.map((one) => countSpoken(tally, watch, one));
  const isMissed = found.some((one) => one !== null && one !== 'not-shown');
  tally.incidents += 1;
  tally.contacts += watch.contacts;
  const hour = String(britishClockAt(watch.openedAt).hour).padStart(2, '0');
  const isKnown = tally.desks.has(watch.desk) || tally.desks.size < desksMax;
  countShare(tally.hours, hour, isMissed);
  countShare(tally.channels, watch.contacts === 0 ? 'none' : watch.channel, isMissed);
  if (watch.desk !== '') countShare(tally.desks, isKnown ? watch.desk : otherDesks, isMissed);
}

function countShare(of: Map<string, Share>, key: string, isMissed: boolean): void {
  const held = of.get(key) ?? { incidents: 0, missed: 0 };
  of.set(key, held);
  held.incidents += 1;
  if (isMissed) held.missed += 1;
}

function countSpoken(tally: Tally, watch: Watch, spoken: Spoken): Gravity | null {
  const held = tally.safeguards.get(spoken.safeguard) ?? { ...unspoken };
  tally.safeguards.set(spoken.safeguard, held);
  held[levels[spoken.level]] += 1;
  if (!spoken.isJudged) held.unjudged += 1;
  const gravity = gravityOf(watch, spoken);
  if (gravity === 'answered-late') held.late += 1;
  else if (gravity !== null && gravity !== 'not-shown') held.unanswered += 1;
  return gravity;
}

/** Shares by what stayed open, the most first. */
export function bySize(shares: ReadonlyMap<string, Share>): readonly (readonly [string, Share])[] {
  return [...shares].toSorted(
    ([a, one], [b, other]) => other.missed - one.missed || other.incidents - one.incidents || (a < b ? -1 : 1),
  );
}
