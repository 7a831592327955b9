/** The levels of each comparison, best agreement first; a null level says that one side is not known. */
export type Shape = readonly { readonly levels: readonly { readonly isNull?: true }[] }[];

/** How many pairs show this level in each comparison; null for a comparison is no evidence, as a null level is. */
export interface Counted {
  readonly levels: readonly (number | null)[];
  readonly count: number;
}

/** For each comparison how often each level shows in pairs of one class. */
export type Shares = readonly (readonly number[])[];

const leastShare = 1e-12;

/** A share that is neither nothing nor all. */
export function probable(share: number): number {
  return Math.min(1 - leastShare, Math.max(leastShare, share));
}

/** Shares to begin with: the best level as said for each comparison, each further one a quarter of that before it. */
export function startShares(shape: Shape, best: readonly number[]): Shares {
  return shape.map(({ levels }, comparison) => {
    const known = levels.map((level, at) => (level.isNull === true ? -1 : at)).filter((at) => at >= 0);
    const first = best[comparison] ?? 0.5;
    const rest = known.slice(1).map((_, at) => 4 ** -at);
    const sum = rest.reduce((total, one) => total + one, 0);
    return levels.map((_, level) => {
      const rank = known.indexOf(level);
      if (rank === 0) return known.length === 1 ? 1 : first;
      return rank < 0 ? 0 : ((1 - first) * (rest[rank - 1] ?? 0)) / sum;
    });
  });
}

/** The same levels with the rarest best: how pairs begin that agree only by chance. */
export function chanceShares(shape: Shape): Shares {
  return shape.map(({ levels }) => {
    const known = levels.filter((level) => level.isNull !== true).length;
    const all = (4 ** known - 1) / 3;
    let rank = 0;
    return levels.map((level) => (level.isNull === true ? 0 : 4 ** rank++ / all));
  });
}

/** How often each level shows among random pairs, as good as all of which are unrelated. */
export function randomU(shape: Shape, counts: readonly Counted[], smoothing = 0.5): Shares {
  const tables = tablesFor(shape, counts);
  const seen = seenLevels(tables, (pattern) => counts[pattern]?.count ?? 0);
  return sharesOf(
    tables,
    Float64Array.from(seen, (count) => count + smoothing),
  );
}

export interface Deterministic {
  /** How many pairs rules found that nobody doubts, and what share of all the true ones they are thought to find. */
  readonly found: number;
  readonly recall: number;
  readonly records: number;
}

/** The share of all pairs of records that are of one and the same, from what sure rules found. */
export function priorFrom({ found, recall, records }: Deterministic): number {
  const pairs = (records * (records - 1)) / 2;
  if (!(recall > 0 && recall <= 1) || !(found >= 0) || !(pairs >= 1))
    throw new RangeError(`no prior from ${found} pairs found at recall ${recall} among ${records} records`);
  return probable(Math.max(0.5, found / recall) / (pairs + 1));
}

/** The patterns laid out flat: for each pattern and comparison where its level stands among all levels, or -1. */
export interface Tables {
  readonly shape: Shape;
  readonly comparisons: number;
  readonly patterns: Int32Array;
  /** Where the levels of each comparison begin among all levels, and after the last one how many there are. */
  readonly starts: readonly number[];
  /** For each of all levels: whether it says anything. */
  readonly isKnown: Uint8Array;
  /** For each comparison: whether any pair counted says anything about it. */
  readonly isSeen: readonly boolean[];
}

export function tablesFor(shape: Shape, counts: readonly Counted[]): Tables {
  const starts = [0];
  for (const { levels } of shape) starts.push((starts.at(-1) ?? 0) + levels.length);
  const isKnown = Uint8Array.from(
    shape.flatMap(({ levels }) => levels.map((level) => (level.isNull === true ? 0 : 1))),
  );
  const patterns = new Int32Array(counts.length * shape.length).fill(-1);
  const isSeen = shape.map(() => false);
  for (const [pattern, { levels, count }] of counts.entries()) {
    if (levels.length !== shape.length || !(count >= 0) || count === Number.POSITIVE_INFINITY)
      throw new RangeError(
        `pattern ${pattern}: ${levels.length} levels for ${shape.length} comparisons, ${count} pairs`,
      );
    for (const [comparison, level] of levels.entries()) {
      if (level === null) continue;
      const at = (starts[comparison] ?? 0) + level;
      if (shape[comparison]?.levels[level] === undefined)
        throw new RangeError(`pattern ${pattern}: comparison ${comparison} has no level ${level}`);
      if (isKnown[at] === 0) continue;
      patterns[pattern * shape.length + comparison] = at;
      if (count > 0) isSeen[comparison] = true;
    }
  }
  return { shape, comparisons: shape.length, patterns, starts, isKnown, isSeen };
}

/** How often each of all levels shows, each pattern counted as often as said. */
function seenLevels({ patterns, comparisons, isKnown }: Tables, countOf: (pattern: number) => number): Float64Array {
  const seen = new Float64Array(isKnown.length);
  for (let at = 0; at < patterns.length; at += 1) {
    const level = patterns[at] ?? -1;
    if (level >= 0) seen[level] = (seen[level] ?? 0) + countOf(Math.floor(at / comparisons));
  }
  return seen;
}

/**
 * Counts of levels as shares of their comparison, none of them 0 or 1. A null level gets one half in every class: it
 * weighs nothing.
 */
export function sharesOf({ shape, starts }: Tables, seen: Float64Array): Shares {
  return shape.map(({ levels }, comparison) => {
    const start = starts[comparison] ?? 0;
    const counts = levels.map((level, at) => (level.isNull === true ? 0 : (seen[start + at] ?? 0)));
    const sum = counts.reduce((total, one) => total + one, 0);
    const known = levels.filter((level) => level.isNull !== true).length;
    return levels.map((level, at) =>
      level.isNull === true ? 0.5 : probable(sum > 0 ? (counts[at] ?? 0) / sum : 1 / known),
    );
  });
}

/** How far the pairs of a class agree, 1 at best: the mean standing of its levels, over all comparisons seen. */
export function agreementOf(shares: Shares, { shape, isSeen }: Tables): number {
  let sum = 0;
  let many = 0;
  for (const [comparison, { levels }] of shape.entries()) {
    const known = levels.map((level, at) => (level.isNull === true ? -1 : at)).filter((at) => at >= 0);
    if (known.length < 2 || isSeen[comparison] !== true) continue;
    many += 1;
    for (const [rank, level] of known.entries())
      sum += (shares[comparison]?.[level] ?? 0) * (1 - rank / (known.length - 1));
  }
  return many === 0 ? 0 : sum / many;
}

/** The shares of all levels in one row, nothing for null levels. */
export function flatOf(shares: Shares, { shape }: Tables): Float64Array {
  return Float64Array.from(
    shape.flatMap(({ levels }, comparison) =>
      levels.map((level, at) => {
        const share = shares[comparison]?.[at];
        if (share === undefined || !(share >= 0) || share === Number.POSITIVE_INFINITY)
          throw new RangeError(`no share for level ${at} of comparison ${comparison}`);
        return level.isNull === true ? 0 : share;
      }),
    ),
  );
}
