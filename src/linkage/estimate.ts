import { agreementOf, chanceShares, type Counted, flatOf, probable, type Shape, type Shares } from './shares.ts';
import { sharesOf, startShares, type Tables, tablesFor } from './shares.ts';

/** The classes of pairs: one and the same (m), relatives or one household (h), people with nothing in common (u). */
export type PairClass = 'm' | 'h' | 'u';

export interface Estimating {
  readonly shape: Shape;
  readonly counts: readonly Counted[];
  /** From the most alike to the least. */
  readonly classes: readonly ['m', 'u'] | readonly ['m', 'h', 'u'];
  /** Where to begin; what is not given begins at `startShares`. */
  readonly start?: Partial<Record<PairClass, Shares>>;
  /** Which of the shares stay as they began, such as u taken from random pairs. */
  readonly held?: readonly PairClass[];
  /** How many pairs of each class to begin with, out of 1. */
  readonly prior?: Partial<Record<PairClass, number>>;
  /** How many imagined pairs, spread as at the start, each class is given besides those counted; 1. */
  readonly smoothing?: number;
  readonly rounds?: number;
  /** It has come to rest when no share changes by more than this in a round; 1e-6. */
  readonly tolerance?: number;
}

export interface Estimate {
  readonly shares: Partial<Record<PairClass, Shares>>;
  /** The share of each class among the pairs counted. */
  readonly prior: Partial<Record<PairClass, number>>;
  /** Natural logarithm of the likelihood as each round starts, that of the imagined pairs with it: never falls. */
  readonly likelihoods: readonly number[];
  readonly isConverged: boolean;
  /** Whether m agrees more than h, and h more than u: if not, the classes are not what their names say. */
  readonly isOrdered: boolean;
}

const usualRounds = 1000;
const usualTolerance = 1e-6;
const usualPrior = { m: 0.1, h: 0.1, u: 0.8 };

/**
 * Learns from counted patterns of levels, without labels, how often each level shows in each class (expectation and
 * maximisation; levels independent within a class). Gives never 0, 1 or NaN. Classes that came out in each other's
 * place are given their right names, but for those held.
 */
export function estimate(asked: Estimating): Estimate {
  const tables = tablesFor(asked.shape, asked.counts);
  const classes = classesOf(asked, tables);
  const counts = Float64Array.from(asked.counts, ({ count }) => count);
  const likelihoods: number[] = [];
  let isConverged = false;
  while (!isConverged && likelihoods.length < (asked.rounds ?? usualRounds)) {
    const expected = expectedOf(classes, tables, counts);
    likelihoods.push(expected.likelihood);
    isConverged = maximise(classes, tables, expected) <= (asked.tolerance ?? usualTolerance);
  }
  const found = named(classes, tables);
  return {
    shares: Object.fromEntries(found.map(({ name, shares }) => [name, shares])),
    prior: Object.fromEntries(found.map(({ name, prior }) => [name, prior])),
    likelihoods,
    isConverged,
    isOrdered: found.every((one, at) => {
      const before = found[at - 1];
      return before === undefined || agreementOf(before.shares, tables) > agreementOf(one.shares, tables);
    }),
  };
}

interface Class {
  readonly name: PairClass;
  readonly isHeld: boolean;
  /** The imagined pairs: of each of all levels, and of the class. */
  readonly imagined: Float64Array;
  readonly imaginedPairs: number;
  shares: Shares;
  prior: number;
}

function classesOf(asked: Estimating, tables: Tables): readonly Class[] {
  const { shape, classes, start = {}, held = [], prior = {}, smoothing = 1 } = asked;
  const usual = {
    m: startShares(
      shape,
      Array.from(shape, () => 0.9),
    ),
    h: startShares(
      shape,
      Array.from(shape, () => 0.4),
    ),
    u: chanceShares(shape),
  };
  const sum = classes.reduce((total, name) => total + (prior[name] ?? usualPrior[name]), 0);
  return classes.map((name) => {
    const shares = sharesOf(tables, flatOf(start[name] ?? usual[name], tables));
    const share = (prior[name] ?? usualPrior[name]) / sum;
    return {
      name,
      isHeld: held.includes(name),
      imagined: flatOf(shares, tables).map((one) => one * smoothing),
      imaginedPairs: share * smoothing,
      shares,
      prior: share,
    };
  });
}

interface Expected {
  readonly likelihood: number;
  /** For each class the pairs of it thought to be among those counted, and of each of all levels. */
  readonly pairs: Float64Array;
  readonly seen: readonly Float64Array[];
}

/**
 * Which share of each pattern's pairs is thought to be of which class, and how likely all of it is. Nothing is made
 * anew for a pattern: there are tens of thousands of them, in hundreds of rounds.
 */
function expectedOf(classes: readonly Class[], tables: Tables, counts: Float64Array): Expected {
  const logs = classes.map(({ shares }) => flatOf(shares, tables).map((share) => (share > 0 ? Math.log(share) : 0)));
  const pairs = new Float64Array(classes.length);
  const seen = classes.map(() => new Float64Array(tables.isKnown.length));
  const odds = new Float64Array(classes.length);
  let likelihood = imaginedLikelihood(classes, logs);
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    const count = counts[pattern] ?? 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < classes.length; at += 1) {
      const log = Math.log(classes[at]?.prior ?? 0) + sumOver(tables, pattern, logs[at]);
      odds[at] = log;
      if (log > most) most = log;
    }
    let sum = 0;
    for (let at = 0; at < classes.length; at += 1) sum += odds[at] = Math.exp((odds[at] ?? 0) - most);
    likelihood += count * (most + Math.log(sum));
    for (let at = 0; at < classes.length; at += 1) {
      const share = (count * (odds[at] ?? 0)) / sum;
      pairs[at] = (pairs[at] ?? 0) + share;
      addOver(tables, pattern, seen[at], share);
    }
  }
  return { likelihood, pairs, seen };
}

/** The sum of what the levels of a pattern are worth. */
function sumOver({ patterns, comparisons }: Tables, pattern: number, worth: Float64Array | undefined): number {
  let sum = 0;
  for (let place = pattern * comparisons; place < (pattern + 1) * comparisons; place += 1) {
    const level = patterns[place] ?? -1;
    if (level >= 0) sum += worth?.[level] ?? 0;
  }
  return sum;
}

/** Adds something to every level of a pattern. */
function addOver(
  { patterns, comparisons }: Tables,
  pattern: number,
  seen: Float64Array | undefined,
  more: number,
): void {
  if (seen === undefined) return;
  for (let place = pattern * comparisons; place < (pattern + 1) * comparisons; place += 1) {
    const level = patterns[place] ?? -1;
    if (level >= 0) seen[level] = (seen[level] ?? 0) + more;
  }
}

function imaginedLikelihood(classes: readonly Class[], logs: readonly Float64Array[]): number {
  let sum = 0;
  for (const [at, { prior, imagined, imaginedPairs, isHeld }] of classes.entries()) {
    sum += imaginedPairs * Math.log(prior);
    if (!isHeld) for (const [level, pairs] of imagined.entries()) sum += pairs * (logs[at]?.[level] ?? 0);
  }
  return sum;
}

/** Gives each class the shares that fit best what was expected; how far the share that moved most has moved. */
function maximise(classes: readonly Class[], tables: Tables, { pairs, seen }: Expected): number {
  const together = classes.map(({ imaginedPairs }, at) => imaginedPairs + (pairs[at] ?? 0));
  const sum = together.reduce((total, one) => total + one, 0);
  let furthest = 0;
  for (const [at, one] of classes.entries()) {
    const prior = sum > 0 ? probable((together[at] ?? 0) / sum) : one.prior;
    furthest = Math.max(furthest, Math.abs(prior - one.prior));
    one.prior = prior;
    if (one.isHeld) continue;
    const shares = sharesOf(
      tables,
      one.imagined.map((imagined, level) => imagined + (seen[at]?.[level] ?? 0)),
    );
    const before = flatOf(one.shares, tables);
    for (const [level, share] of flatOf(shares, tables).entries())
      furthest = Math.max(furthest, Math.abs(share - (before[level] ?? 0)));
    one.shares = shares;
  }
  return furthest;
}

/** The classes under their right names: those not held in the order in which they agree. */
function named(classes: readonly Class[], tables: Tables): readonly Class[] {
  const free = classes
    .filter(({ isHeld }) => !isHeld)
    .toSorted((x, y) => agreementOf(y.shares, tables) - agreementOf(x.shares, tables));
  let next = 0;
  return classes.map((one) => {
    if (one.isHeld) return one;
    const { shares, prior } = free[next++] ?? one;
    return { ...one, shares, prior };
  });
}
