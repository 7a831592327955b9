import type { Pairs } from './cluster.ts';
import { type Share, shareOf } from './wilson.ts';

/** How good what was found is, against the truth. The intervals take each hit for itself. */
export interface Judged {
  readonly precision: Share;
  readonly recall: Share;
  /** The harmonic mean of both; NaN where there was nothing to find and nothing was found. */
  readonly f1: number;
}

/** Means over records: how much of a record's cluster is its own, and how much of its own is in its cluster. */
export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface JudgedClusters {
  /** Over all pairs of records that stand together: "cluster F1" where links are judged after clustering. */
  readonly pairs: Judged;
  readonly bCubed: BCubed;
  /** Whole clusters: a hit has exactly the records of one true cluster; first all, then without those of one record. */
  readonly exact: Judged;
  readonly exactOfSeveral: Judged;
}

function judged(hits: number, found: number, truth: number): Judged {
  return { precision: shareOf(hits, found), recall: shareOf(hits, truth), f1: (2 * hits) / (found + truth) };
}

/** Labels as numbers from 0 on, in order of first appearance: what the judging of clusters takes. */
export function numbered(labels: Iterable<string | number>): Int32Array {
  const numbers = new Map<string | number, number>();
  const found: number[] = [];
  for (const label of labels) {
    const number = numbers.get(label) ?? numbers.size;
    if (number === numbers.size) numbers.set(label, number);
    found.push(number);
  }
  return Int32Array.from(found);
}

/** Pairs found against the true ones; either end first, a pair given twice counts once. */
export function judgePairs(found: Pairs, truth: Pairs): Judged {
  const [mine, known] = [keysOf(found), keysOf(truth)];
  let hits = 0;
  let at = 0;
  for (const key of mine) {
    while (at < known.length && (known[at] ?? 0) < key) at += 1;
    if (known[at] === key) hits += 1;
  }
  return judged(hits, mine.length, known.length);
}

/** Pairs found against true clusters: for each record the number of its own, below the number of records. */
export function judgePairsByTruth(found: Pairs, truth: Int32Array): Judged {
  const keys = keysOf(found);
  let hits = 0;
  for (const key of keys) if (truth[Math.floor(key / span)] === truth[key % span]) hits += 1;
  return judged(hits, keys.length, sizesOf(truth).reduce(addPairs, 0));
}

const span = 2 ** 26;

/** Each pair as one number, sorted, once; more nodes than this holds would need another form. */
function keysOf({ a, b }: Pairs): Float64Array {
  const keys = new Float64Array(a.length);
  let many = 0;
  for (let at = 0; at < a.length; at += 1) {
    const one = a[at] ?? 0;
    const other = b[at] ?? 0;
    if (Math.min(one, other) < 0 || Math.max(one, other) >= span)
      throw new RangeError(`no pair of ${one} and ${other}`);
    if (one !== other) keys[many++] = Math.min(one, other) * span + Math.max(one, other);
  }
  const sorted = keys.subarray(0, many).toSorted();
  let kept = 0;
  for (let at = 0; at < many; at += 1) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
  return sorted.subarray(0, kept);
}

/** How many records have each label. */
function sizesOf(labels: Int32Array): Float64Array {
  const sizes = new Float64Array(labels.length);
  for (const label of labels) {
    if (label < 0 || label >= labels.length) throw new RangeError(`label ${label} among ${labels.length} records`);
    sizes[label] = (sizes[label] ?? 0) + 1;
  }
  return sizes;
}

function addPairs(sum: number, size: number): number {
  return sum + (size * (size - 1)) / 2;
}

/** Clusters found against the true ones: for each record a label of each, from 0 and below the number of records. */
export function judgeClusters(found: Int32Array, truth: Int32Array): JudgedClusters {
  if (found.length !== truth.length) throw new RangeError(`${found.length} labels against ${truth.length} true ones`);
  const foundSizes = sizesOf(found);
  const truthSizes = sizesOf(truth);
  let [hits, precision, recall, exact, exactOfSeveral] = [0, 0, 0, 0, 0];
  eachOverlap({ found, truth, foundSizes }, (mine, known, size) => {
    const ofFound = foundSizes[mine] ?? 0;
    const ofTruth = truthSizes[known] ?? 0;
    hits = addPairs(hits, size);
    precision += (size * size) / ofFound;
    recall += (size * size) / ofTruth;
    if (size !== ofFound || size !== ofTruth) return;
    exact += 1;
    if (size > 1) exactOfSeveral += 1;
  });
  return {
    pairs: judged(hits, foundSizes.reduce(addPairs, 0), truthSizes.reduce(addPairs, 0)),
    bCubed: {
      precision: precision / found.length,
      recall: recall / found.length,
      f1: (2 * precision * recall) / (precision + recall) / found.length,
    },
    exact: judged(exact, ofLeast(foundSizes, 1), ofLeast(truthSizes, 1)),
    exactOfSeveral: judged(exactOfSeveral, ofLeast(foundSizes, 2), ofLeast(truthSizes, 2)),
  };
}

/** How many clusters have at least so many records. */
function ofLeast(sizes: Float64Array, size: number): number {
  return sizes.reduce((many, one) => (one >= size ? many + 1 : many), 0);
}

interface Labelled {
  readonly found: Int32Array;
  readonly truth: Int32Array;
  readonly foundSizes: Float64Array;
}

/** Tells for each found and each true cluster that share records how many, without going through pairs. */
function eachOverlap({ found, truth, foundSizes }: Labelled, tell: (f: number, t: number, size: number) => void): void {
  const starts = new Int32Array(found.length + 1);
  for (let label = 0; label < found.length; label += 1)
    starts[label + 1] = (starts[label] ?? 0) + (foundSizes[label] ?? 0);
  const places = starts.slice();
  const members = new Int32Array(found.length);
  for (let node = 0; node < found.length; node += 1) {
    const place = places[found[node] ?? 0] ?? 0;
    members[place] = node;
    places[found[node] ?? 0] = place + 1;
  }
  const counts = new Int32Array(found.length);
  for (let label = 0; label < found.length; label += 1) {
    const own = members.subarray(starts[label], starts[label + 1]);
    for (const node of own) counts[truth[node] ?? 0] = (counts[truth[node] ?? 0] ?? 0) + 1;
    for (const node of own) {
      const known = truth[node] ?? 0;
      const size = counts[known] ?? 0;
      counts[known] = 0;
      if (size > 0) tell(label, known, size);
    }
  }
}
