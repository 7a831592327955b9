import type { Recorded, Spoken, Watch } from './watch.ts';
import { answerTo } from './watch.ts';

/** What the record leaves open, the gravest first; of what is `not-shown` it cannot say whether it was. */
export const gravities = [
  'danger-unanswered',
  'alarm-unanswered',
  'answered-late',
  'prompt-unanswered',
  'not-shown',
] as const;
export type Gravity = (typeof gravities)[number];

/** One incident of a matter. */
export type Told = Pick<Watch, 'ref' | 'openedAt' | 'channel' | 'desk' | 'grade' | 'sentAt' | 'closedAt' | 'danger'> & {
  readonly recorded: readonly Recorded[];
  readonly spoken: readonly Spoken[];
  readonly left: number;
};

/** Everything that the export tells of one person or place within a stretch of time. */
export interface Matter {
  readonly key: string;
  readonly about: string;
  readonly gravity: Gravity;
  readonly from: number;
  readonly until: number;
  readonly contacts: number;
  readonly incidents: readonly Told[];
}

const alarming = new Set(['alarm', 'floor', 'refusal']);

/** How grave it is that something said was not answered, or null where it was. */
export function gravityOf(watch: Pick<Watch, 'danger'>, spoken: Spoken): Gravity | null {
  if (!spoken.isJudged) return spoken.level === 'alarm' || spoken.level === 'floor' ? 'not-shown' : null;
  const answer = answerTo(spoken);
  if (answer === 'in-time') return null;
  if (!alarming.has(spoken.level)) return answer === 'never' ? 'prompt-unanswered' : null;
  if (answer === 'late') return 'answered-late';
  return watch.danger ? 'danger-unanswered' : 'alarm-unanswered';
}

/** The matter that incidents of one key come to, or null where nothing stayed open. */
export function matterOf(key: string, watches: readonly Watch[]): Matter | null {
  const found = watches.flatMap((watch) => watch.spoken.map((one) => gravityOf(watch, one)));
  const gravity = gravities.find((one) => found.includes(one));
  if (gravity === undefined) return null;
  const inOrder = watches.toSorted((a, b) => a.openedAt - b.openedAt || a.number - b.number);
  return {
    key,
    about: inOrder.find((one) => one.about !== '')?.about ?? `Incident ${inOrder[0]?.ref ?? ''}`,
    gravity,
    from: inOrder[0]?.openedAt ?? 0,
    until: Math.max(...watches.map((one) => one.lastAt)),
    contacts: watches.reduce((sum, one) => sum + one.contacts, 0),
    incidents: inOrder.map(told),
  };
}

function told({ ref, openedAt, channel, desk, grade, sentAt, closedAt, danger, recorded, spoken, left }: Watch): Told {
  return { ref, openedAt, channel, desk, grade, sentAt, closedAt, danger, recorded, spoken, left };
}

/** The gravest first; then where more safeguards spoke, more people got in touch, and what came first. */
export function byGravity(a: Matter, b: Matter): number {
  return (
    gravities.indexOf(a.gravity) - gravities.indexOf(b.gravity) ||
    voices(b) - voices(a) ||
    b.contacts - a.contacts ||
    a.from - b.from ||
    (a.key < b.key ? -1 : 1)
  );
}

function voices({ incidents }: Matter): number {
  return new Set(incidents.flatMap((one) => one.spoken.map((spoken) => spoken.safeguard))).size;
}

/** The gravest of all matters, at most so many; the others are counted. Local to one audit. */
export interface Gravest {
  readonly add: (matter: Matter) => void;
  readonly told: () => readonly Matter[];
}

/** Keeps so many matters, beginning with these. */
export function gravest(most: number, begun: readonly Matter[] = []): Gravest {
  let kept: Matter[] = [...begun];
  const trimmed = (): Matter[] => kept.toSorted(byGravity).slice(0, most);
  return {
    add: (matter) => {
      kept.push(matter);
      if (kept.length >= most * 2) kept = trimmed();
    },
    told: trimmed,
  };
}
