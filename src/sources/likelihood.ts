import { recordOf } from '../linkage/entities.ts';
import type { Features } from '../linkage/features.ts';
import { featuresOf } from '../linkage/features.ts';
import type { Match } from '../linkage/match.ts';
import { scoreOf, weigh } from '../linkage/weigh.ts';
import type { Model } from '../linkage/model.ts';
import type { Question, SourceRecord } from './source.ts';

/** People of one record that are weighed. */
const peopleMax = 4;
const reasonsMax = 4;

const asked = new WeakMap<Question, Features>();
/** Whom records name, by who is named together: names never change, and are compared again and again. */
const known = new WeakMap<SourceRecord['names'], readonly Known[]>();

interface Known {
  /** Which of the names. */
  readonly at: number;
  readonly features: Features;
}

function peopleIn(names: SourceRecord['names']): readonly Known[] {
  const held = known.get(names);
  if (held !== undefined) return held;
  const people = [...names.entries()].filter(([, { kind }]) => kind === 'person').slice(0, peopleMax);
  const found = people.map(([at, identity]) => ({ at, features: featuresOf(recordOf({ identity, beside: names })) }));
  known.set(names, found);
  return found;
}

/** The likeliest person of a record: how many bits, and which of its subjects that is, where the record has one. */
export interface Likely {
  readonly score: number;
  readonly mine: Features;
  readonly theirs: Features;
  readonly matched: string | undefined;
  /** By which it was weighed. */
  readonly model: Model;
}

/** How much all that is known speaks for the record being of the person asked about; null where that is nobody. */
export function weighed(question: Question, record: SourceRecord, model: Model): Likely | null {
  if (question.identity.kind !== 'person') return null;
  const mine = asked.get(question) ?? featuresOf(recordOf(question));
  asked.set(question, mine);
  let best: Likely | null = null;
  for (const { at, features: theirs } of peopleIn(record.names)) {
    const { score } = scoreOf(model, mine, theirs);
    if (best === null || score > best.score) best = { score, mine, theirs, matched: record.subjects[at], model };
  }
  return best;
}

/** What no rule finds, and all of it together makes likely: never more than weak, with what speaks most for it. */
export function likelyMatch(likely: Likely): { match: Match; matched: string | undefined } | null {
  const { score, mine, theirs, matched, model } = likely;
  if (score < model.thresholds.review) return null;
  const telling = weigh(model, mine, theirs).steps.filter(({ kind, weight }) => kind !== 'prior' && weight > 0);
  const most = telling.toSorted((a, b) => b.weight - a.weight).slice(0, reasonsMax);
  const said = most.map(({ says, weight }) => `${says}: +${weight.toFixed(1)}`);
  return { match: { strength: 'weak', reasons: ['perhaps, by all that is known together', ...said] }, matched };
}
