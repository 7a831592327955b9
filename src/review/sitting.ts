import type { DecisionLine, DecisionLog } from '../batch/decision-log.ts';
import { pairKey, standing } from '../batch/decision-log.ts';
import { visible } from '../border/visible.ts';
import type { Beside } from '../linkage/explain.ts';
import { sideBySide, unknownIn, waterfall } from '../linkage/explain.ts';
import { weigh } from '../linkage/weigh.ts';
import type { Pair, Queue } from './queue.ts';

/** What somebody may say of a pair. */
export type Verdict = Exclude<DecisionLine['verdict'], 'undone'>;

/** A bar of the waterfall as the page shows it. */
export interface ShownBar {
  readonly says: string;
  readonly values: string;
  readonly weight: number;
  readonly score: number;
}

export interface ShownPair {
  /** What the page calls it by when it answers. */
  readonly pair: number;
  readonly one: string;
  readonly other: string;
  readonly fields: readonly Beside[];
  /** What could not be compared because a record does not say it. */
  readonly unknown: readonly string[];
  readonly bars: readonly ShownBar[];
}

/** What the page shows. */
export interface Standing {
  readonly by: string;
  /** Decided by this person so far, those of earlier sittings included; by anybody; and still open. */
  readonly mine: number;
  readonly all: number;
  readonly left: number;
  readonly shown: ShownPair | null;
  /** This person's last decision that stands, which may be undone. */
  readonly last: { readonly one: string; readonly other: string; readonly verdict: Verdict } | null;
}

/** Something decided that is not open to this person any more, or unknown. */
export class NotOpen extends Error {}

const shownMax = 2_000;
const nameMax = 200;

/** Text of a record as a page may show it. */
function shown(value: string): string {
  return visible(value, shownMax);
}

/** One person deciding the pairs of a run, one after another. */
export class Sitting {
  readonly #queue: Queue;
  readonly #log: DecisionLog;
  readonly #by: string;
  readonly #places: ReadonlyMap<string, number>;

  constructor({ queue, log, by }: { readonly queue: Queue; readonly log: DecisionLog; readonly by: string }) {
    this.#queue = queue;
    this.#log = log;
    this.#by = by;
    this.#places = new Map(queue.pairs.map(({ one, other }, place) => [pairKey(one, other), place]));
  }

  /** What is open now: what others decided meanwhile is not asked again. */
  standing(): Standing {
    const stands = standing(this.#log.lines());
    const open = this.#queue.pairs.flatMap(({ one, other }, place) => (stands.has(pairKey(one, other)) ? [] : [place]));
    const [next] = open;
    const pair = next === undefined ? undefined : this.#queue.pairs[next];
    const last = this.#last();
    return {
      by: this.#by,
      mine: [...stands.values()].filter(({ verdicts }) => verdicts.some(({ by }) => by === this.#by)).length,
      all: stands.size,
      left: open.length,
      shown: next === undefined || pair === undefined ? null : this.#shown(next, pair),
      last:
        last === null || last.verdict === 'undone'
          ? null
          : { one: visible(last.one, nameMax), other: visible(last.other, nameMax), verdict: last.verdict },
    };
  }

  /** Keeps a decision; it is on the disk once this returns. Throws NotOpen where this person has decided the pair. */
  decide(place: number, verdict: Verdict, reason: string): void {
    const pair = this.#queue.pairs[place];
    if (pair === undefined) throw new NotOpen('There is no such pair.');
    const held = standing(this.#log.lines()).get(pairKey(pair.one, pair.other));
    if (held?.verdicts.some(({ by }) => by === this.#by) === true) throw new NotOpen('You have decided this pair.');
    const { score } = weigh(this.#queue.model, ...pair.features);
    const { one, other } = pair;
    this.#append({ one, other, verdict, reason: reason === '' ? null : reason, score });
  }

  /** Takes this person's last decision back, of this sitting or an earlier one; its pair is open again. */
  undo(): void {
    const last = this.#last();
    if (last === null) throw new NotOpen('There is nothing to undo.');
    const { one, other, score } = last;
    this.#append({ one, other, verdict: 'undone', reason: null, score });
  }

  #append(line: Omit<DecisionLine, 'by' | 'at' | 'model'>): void {
    this.#log.append({ ...line, by: this.#by, at: new Date().toISOString(), model: this.#queue.digest });
  }

  #last(): DecisionLine | null {
    const lines = this.#log.lines();
    const stands = standing(lines);
    const stood = lines.findLast((line) => {
      const key = pairKey(line.one, line.other);
      return this.#places.has(key) && stands.get(key)?.verdicts.includes(line) === true && line.by === this.#by;
    });
    return stood ?? null;
  }

  #shown(place: number, { one, other, features }: Pair): ShownPair {
    const weighed = weigh(this.#queue.model, ...features);
    return {
      pair: place,
      one: visible(one, nameMax),
      other: visible(other, nameMax),
      fields: sideBySide(weighed, ...features).map((field) => ({
        ...field,
        one: shown(field.one),
        other: shown(field.other),
      })),
      unknown: unknownIn(weighed),
      bars: waterfall(weighed, ...features).map(({ says, values, weight, score }) => ({
        says,
        values: shown(values),
        weight,
        score,
      })),
    };
  }
}
