import type { StoredEvent } from '../room/define.ts';
import type { Why } from '../room/duty.ts';
import type { Band, Policy } from '../room/policy.ts';
import { gradeOfBand, gradeRank } from '../room/policy.ts';
import type { Words } from '../views/words.ts';
import { say } from '../views/words.ts';
import type { Shown } from './evidence.ts';

export type SpokenLevel = 'prompt' | 'alarm' | 'floor' | 'refusal';

/** Something that a safeguard would have said. */
export interface Spoken {
  readonly safeguard: string;
  readonly level: SpokenLevel;
  readonly at: number;
  readonly says: string;
  /** Whether the export can show what would answer it; what it cannot show counts for nothing. */
  readonly isJudged: boolean;
  readonly duty: string | null;
  readonly band: Band | null;
  /** The last instant that counts as in time. */
  readonly answerBy: number;
  readonly answeredAt: number | null;
  /** The event that answered it. */
  readonly answeredBy: string | null;
}

/** Something that the record shows, with the line of the export that says so. */
export interface Recorded {
  readonly at: number;
  readonly line: number;
  readonly says: string;
}

/** What is known of one incident of the export while it is in the room. Local to one audit. */
export interface Watch {
  readonly number: number;
  readonly ref: string;
  readonly openedAt: number;
  readonly channel: string;
  desk: string;
  /** What it is told under: the dwelling, number or person that it is about; null where it stands alone. */
  key: string | null;
  about: string;
  contacts: number;
  danger: boolean;
  grade: string | null;
  /** When a unit was first sent. */
  sentAt: number | null;
  closedAt: number | null;
  lastAt: number;
  readonly recorded: Recorded[];
  readonly spoken: Spoken[];
  /** Spoken or recorded beyond what is kept. */
  left: number;
}

/** Time for somebody who has just heard of it. */
const readyMs = 5 * 60_000;
const keptMax = 40;

interface DutyBody {
  readonly safeguard: string;
  readonly level: 'prompt' | 'alarm';
  readonly why: Why;
  readonly dueAt: number;
  readonly about: string;
  readonly asks: readonly { readonly command: string }[];
  readonly band: Band;
  readonly grade: string;
  readonly gates: readonly (Pick<DutyBody, 'safeguard' | 'why' | 'asks'> & object)[];
}

/** How what is heard is judged and put into words. */
export interface Ears {
  readonly shown: Shown;
  readonly policy: Policy;
  readonly words: Words;
}

/** Keeps to what a report can tell; the rest is counted. */
export function keep<T>(watch: Watch, list: T[], one: T): void {
  if (list.length < keptMax) list.push(one);
  else watch.left += 1;
}

/** A duty that was opened and has not spoken yet. */
export interface Opened {
  readonly duty: string;
  readonly watch: Watch | null;
  readonly body: Pick<DutyBody, 'safeguard' | 'level' | 'why' | 'dueAt' | 'asks'>;
}

function isJudged({ shown }: Ears, asks: DutyBody['asks']): boolean {
  return asks.some((one) => shown.commands.has(one.command));
}

/** Who was free is in no export, and is not said to have been nobody. */
function unfree(why: Why): Why {
  return 'free' in why.params ? { ...why, params: { ...why.params, free: 'not in the export' } } : why;
}

/** What a duty says as it speaks. */
export function spokenDuty(ears: Ears, { duty, body }: Opened, as: Pick<Spoken, 'level' | 'at'>): Spoken {
  const { safeguard, why, dueAt, asks } = body;
  const { level, at } = as;
  return {
    safeguard,
    level,
    at,
    says: say(ears.words, safeguard, unfree(why)),
    isJudged: isJudged(ears, asks),
    duty,
    band: null,
    answerBy: Math.max(dueAt, at + readyMs),
    answeredAt: null,
    answeredBy: null,
  };
}

/** A floor above what the record shows as graded, or null where nothing could show that it was reached. */
export function spokenFloor(ears: Ears, watch: Watch, event: StoredEvent): Spoken | null {
  const { safeguard, band, why } = event.body as DutyBody;
  const wanted = gradeOfBand(ears.policy, band);
  if (wanted === null) return null;
  const { evidence } = ears.shown;
  const isReached = isAtLeast(ears.policy, watch.grade, band) || watch.sentAt !== null;
  return {
    safeguard,
    level: 'floor',
    at: event.recordedAt,
    says: `At least ${wanted.title}. ${say(ears.words, safeguard, why)}`,
    isJudged: evidence.has('grades') || evidence.has('units'),
    duty: null,
    band,
    answerBy: event.recordedAt + readyMs,
    answeredAt: isReached ? event.recordedAt : null,
    answeredBy: isReached ? 'GradeSet' : null,
  };
}

/**
 * What would have stood in the way of something that the record shows as done. Whom a unit saw is in no export: where
 * one was sent, a closing is not judged by that.
 */
export function spokenRefusals(ears: Ears, watch: Watch, event: StoredEvent): readonly Spoken[] {
  const { gates } = event.body as DutyBody;
  return gates
    .filter(({ why }) => why.code !== 'open-duties')
    .map(({ safeguard, why, asks }) => ({
      safeguard,
      level: 'refusal',
      at: event.recordedAt,
      says: say(ears.words, safeguard, why),
      isJudged: isJudged(ears, asks) && watch.sentAt === null,
      duty: null,
      band: null,
      answerBy: event.recordedAt,
      answeredAt: null,
      answeredBy: null,
    }));
}

/** Whether a grade is as high as a band asks. */
export function isAtLeast(policy: Policy, grade: string | null, band: Band): boolean {
  const wanted = gradeOfBand(policy, band);
  return grade !== null && wanted !== null && gradeRank(policy, grade) <= gradeRank(policy, wanted.id);
}

/** Answers what waits for it; an answer counts once. What the very row answers that raised it was never said. */
export function answered(watch: Watch, on: (one: Spoken) => boolean, by: { at: number; type: string }): void {
  for (let place = watch.spoken.length - 1; place >= 0; place -= 1) {
    const one = watch.spoken[place];
    if (one === undefined || one.answeredAt !== null || !on(one)) continue;
    if (one.at === by.at && by.type !== 'IncidentClosed') watch.spoken.splice(place, 1);
    else watch.spoken[place] = { ...one, answeredAt: by.at, answeredBy: by.type };
  }
}

export type Answer = 'in-time' | 'late' | 'never';

/** What became of something that was said. A closing is an end, not an answer. */
export function answerTo({ answeredAt, answeredBy, answerBy }: Spoken): Answer {
  if (answeredAt === null || answeredBy === 'IncidentClosed') return 'never';
  return answeredAt <= answerBy ? 'in-time' : 'late';
}
