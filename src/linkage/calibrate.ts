import { probable } from './shares.ts';

/** A pair that somebody decided, or many of one score with one answer. */
export interface Decided {
  /** Log2 of the odds of being one and the same. */
  readonly score: number;
  readonly isSame: boolean;
  /** How many such pairs; 1. */
  readonly count?: number;
}

/** Scores, rising, each with the probability that decisions gave it. */
export type Calibration = readonly (readonly [score: number, probability: number])[];

/** The probability that a score says by itself: the logistic of a score in bits. */
export function plainProbability(score: number): number {
  return 1 / (1 + 2 ** -score);
}

/** Decisions over a stretch of scores that were pooled. */
interface Pool {
  readonly from: number;
  readonly to: number;
  readonly same: number;
  readonly of: number;
}

function together(a: Pool, b: Pool): Pool {
  return { from: a.from, to: b.to, same: a.same + b.same, of: a.of + b.of };
}

/** Pools neighbours until the share of the same never falls with the score (pool adjacent violators). */
function pooled(pools: readonly Pool[]): readonly Pool[] {
  const kept: Pool[] = [];
  for (const one of pools) {
    let last = one;
    for (let before = kept.at(-1); before !== undefined && before.same * last.of >= last.same * before.of; ) {
      kept.pop();
      last = together(before, last);
      before = kept.at(-1);
    }
    kept.push(last);
  }
  return kept;
}

/**
 * What scores mean, from decisions: isotonic regression, where every pool of decisions has one more of which the score
 * itself is believed, so that no few decisions make certain. Null where nothing was decided.
 */
export function calibrate(decisions: readonly Decided[]): Calibration | null {
  const sorted = decisions
    .filter(({ score, count = 1 }) => Number.isFinite(score) && count > 0)
    .toSorted((x, y) => x.score - y.score);
  const single: Pool[] = [];
  for (const { score, isSame, count = 1 } of sorted) {
    const one = { from: score, to: score, same: isSame ? count : 0, of: count };
    const last = single.at(-1);
    if (last?.from === score) single[single.length - 1] = together(last, one);
    else single.push(one);
  }
  const believed = pooled(single).map((one) => {
    const middle = probable(plainProbability((one.from + one.to) / 2));
    return { ...one, same: one.same + middle, of: one.of + 1 };
  });
  const points = pooled(believed).flatMap(({ from, to, same, of }): [number, number][] =>
    from === to
      ? [[from, same / of]]
      : [
          [from, same / of],
          [to, same / of],
        ],
  );
  return points.length === 0 ? null : points;
}

/**
 * The probability of a score: between two points of the calibration the odds go over evenly in bits, beyond the last
 * they rise or fall as the score does. Without a calibration the score is believed.
 */
export function probabilityOf(score: number, calibration: Calibration | null): number {
  const first = calibration?.[0];
  const last = calibration?.at(-1);
  if (calibration === null || first === undefined || last === undefined) return plainProbability(score);
  if (score <= first[0]) return plainProbability(bits(first[1]) + score - first[0]);
  if (score >= last[0]) return plainProbability(bits(last[1]) + score - last[0]);
  let low = 0;
  let high = calibration.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((calibration[middle]?.[0] ?? 0) <= score) low = middle;
    else high = middle;
  }
  const [fromScore, from] = calibration[low] ?? first;
  const [toScore, to] = calibration[high] ?? last;
  const way = (score - fromScore) / (toScore - fromScore);
  return plainProbability(bits(from) + way * (bits(to) - bits(from)));
}

const mostBits = 50;

/** Probability as log2 of odds. */
function bits(probability: number): number {
  return Math.max(-mostBits, Math.min(mostBits, Math.log2(probability / (1 - probability))));
}

/** A probability that was given to so many pairs of which this many are the same. */
export interface Forecast {
  readonly probability: number;
  readonly isSame: boolean;
  readonly count?: number;
}

export interface Bin {
  readonly count: number;
  /** The mean of the probabilities given, and the share of those that are the same. */
  readonly said: number;
  readonly found: number;
}

export interface Calibrated {
  /** The mean distance of what was said from what was found, every pair counting alike; 0 where there are none. */
  readonly error: number;
  readonly bins: readonly Bin[];
}

/** Expected calibration error in bins of about equal counts; pairs of one probability are in one bin. */
export function calibrationError(forecasts: readonly Forecast[], bins = 10): Calibrated {
  const sorted = forecasts
    .filter(({ count = 1 }) => count > 0)
    .toSorted((x, y) => x.probability - y.probability || Number(x.isSame) - Number(y.isSame));
  const all = sorted.reduce((sum, { count = 1 }) => sum + count, 0);
  const made: Bin[] = [];
  let [count, said, same, before] = [0, 0, 0, 0];
  for (const [at, { probability, isSame, count: own = 1 }] of sorted.entries()) {
    count += own;
    said += probability * own;
    if (isSame) same += own;
    const isFull = before + count >= (all * (made.length + 1)) / bins;
    const next = sorted[at + 1]?.probability;
    if (next !== undefined && (!isFull || next === probability)) continue;
    made.push({ count, said: said / count, found: same / count });
    before += count;
    [count, said, same] = [0, 0, 0];
  }
  const error = made.reduce((sum, bin) => sum + (bin.count * Math.abs(bin.said - bin.found)) / all, 0);
  return { error, bins: made };
}

/**
 * The calibration error on decisions that calibrating did not see: they are kept back a part at a time, and each part
 * is forecast from the rest. Null where there are too few for that.
 */
export function errorKeptBack(decisions: readonly Decided[], parts = 5): number | null {
  const sorted = decisions.toSorted((x, y) => x.score - y.score || Number(x.isSame) - Number(y.isSame));
  if (sorted.length < 2 * parts) return null;
  const forecasts = Array.from({ length: parts }, (_, part) => {
    const calibration = calibrate(sorted.filter((_one, at) => at % parts !== part));
    const kept = sorted.filter((_one, at) => at % parts === part);
    return kept.map((one) => ({ ...one, probability: probabilityOf(one.score, calibration) }));
  });
  return calibrationError(forecasts.flat()).error;
}
