import type { Ask, Duty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { CommandType } from '../room/vocabulary.ts';
import type { Call } from './calls.ts';
import { act, somebody } from './moment.ts';
import type { Moment } from './moment.ts';

/** What was asked for, about what, and who is to answer. */
export interface Question {
  readonly ask: Ask;
  readonly incident: Incident | null;
  readonly call: Call | null;
  /** Whoever answers, where anybody of their kind may. */
  readonly who: string;
  /** What to call it in the memory: the duty or the refusal that it answers. */
  readonly about: string;
  /** The safeguard that asks. */
  readonly safeguard: string;
  readonly duty: Duty | null;
}

/** Gives what answers a question, if it can; false where there is nothing to give now. */
export type Answerer = (moment: Moment, question: Question) => boolean;

/** What answered nothing so often is not said again: the ladder climbs. */
const triesMost = 3;
/** Words that people of the room give as reasons. */
export function reason(moment: Moment, name: string): string {
  const found = moment.county.lines.reasons[name];
  return (typeof found === 'string' ? found : found?.[0]) ?? 'As the log says';
}

/** The text in a field of a command's data, or an empty one. */
export function textIn(data: Readonly<Record<string, unknown>>, field: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : '';
}

/** What an ask names, by its field. */
export function given(question: Question, name: string): string {
  return question.ask.with[name] ?? '';
}

/** The incident that a question is about. */
export function incidentOf({ ask, incident }: Question): string | null {
  return ask.with['incident'] ?? incident?.id ?? null;
}

/** Gives one command in answer. */
export function give(
  moment: Moment,
  question: Question,
  type: CommandType,
  doing: { readonly as?: string | null; readonly data: Readonly<Record<string, unknown>> },
): boolean {
  const { as = question.who, data } = doing;
  const key = `${type} ${question.about} ${Object.values(question.ask.with).join(' ')}`;
  const tries = moment.memory.tries.get(key) ?? 0;
  if (tries >= triesMost || !act(moment, { as, type, data, about: question.about, key })) return false;
  moment.memory.tries.set(key, tries + 1);
  return true;
}

/** People who spoke to the caller: never the second to decide. */
function spoke(moment: Moment, question: Question): ReadonlySet<string> {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  return incident === undefined ? new Set() : spokeToCaller(moment.room, incident);
}

/** Somebody of a role who did not speak to the caller. */
export function another(moment: Moment, question: Question, role: string): string | null {
  return somebody(moment, role, question.about, spoke(moment, question));
}
