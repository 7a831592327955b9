const digitBits = 11;
const digits = 2 ** digitBits;
const mask = digits - 1;

/** Pairs of nodes with the weight of each; the three lists are of one length. */
export interface Weighted {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly weight: Float64Array;
}

/** What is being sorted: 32 bits of each pair, and which pair it is; the spare lists take turns with them. */
interface Sorting {
  words: Uint32Array;
  order: Int32Array;
  spareWords: Uint32Array;
  spareOrder: Int32Array;
}

/** Where this machine keeps the low 32 bits of a floating-point number: first, or second. */
const lowAt = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 0 : 1;

/** The high or the low bits of each weight, so turned that the heavier has the smaller number. */
function takeWeights({ words, order }: Sorting, weight: Float64Array, wantsHigh: boolean): void {
  const bits = new Uint32Array(weight.buffer, weight.byteOffset, weight.length * 2);
  for (let rank = 0; rank < order.length; rank += 1) {
    const at = 2 * (order[rank] ?? 0);
    const high = bits[at + 1 - lowAt] ?? 0;
    const low = bits[at + lowAt] ?? 0;
    const isNegative = high > 0x7fffffff && !(high === 0x80000000 && low === 0);
    if (wantsHigh) words[rank] = isNegative ? high : ~(high | 0x80000000);
    else words[rank] = isNegative ? low : ~low;
  }
}

function takeNodes({ words, order }: Sorting, { a, b }: Weighted, wantsHigher: boolean): void {
  for (let rank = 0; rank < order.length; rank += 1) {
    const at = order[rank] ?? 0;
    const one = a[at] ?? 0;
    const other = b[at] ?? 0;
    words[rank] = one < other === wantsHigher ? other : one;
  }
}

/** Sorts by the words taken, what was before staying before among equals. */
function sortByWords(sorting: Sorting): void {
  for (let shift = 0; shift < 32; shift += digitBits) {
    const { words, order, spareWords, spareOrder } = sorting;
    const places = new Int32Array(digits + 1);
    for (let rank = 0; rank < words.length; rank += 1) {
      const digit = ((words[rank] ?? 0) >>> shift) & mask;
      places[digit + 1] = (places[digit + 1] ?? 0) + 1;
    }
    if (places.includes(words.length)) continue;
    for (let digit = 1; digit < digits; digit += 1) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
    for (let rank = 0; rank < words.length; rank += 1) {
      const word = words[rank] ?? 0;
      const digit = (word >>> shift) & mask;
      const place = places[digit] ?? 0;
      places[digit] = place + 1;
      spareWords[place] = word;
      spareOrder[place] = order[rank] ?? 0;
    }
    sorting.words = spareWords;
    sorting.order = spareOrder;
    sorting.spareWords = words;
    sorting.spareOrder = order;
  }
}

/** Sorts by the digits of nodes and weights: for many. */
function sortMany(order: Int32Array, pairs: Weighted): void {
  const many = order.length;
  const sorting: Sorting = {
    words: new Uint32Array(many),
    order: order.slice(),
    spareWords: new Uint32Array(many),
    spareOrder: new Int32Array(many),
  };
  takeNodes(sorting, pairs, true);
  sortByWords(sorting);
  takeNodes(sorting, pairs, false);
  sortByWords(sorting);
  takeWeights(sorting, pairs.weight, false);
  sortByWords(sorting);
  takeWeights(sorting, pairs.weight, true);
  sortByWords(sorting);
  order.set(sorting.order);
}

/** Whether of two pairs the first comes first: the heavier, then that with the lower node, then the lower other one. */
export function isBefore({ a, b, weight }: Weighted, one: number, other: number): boolean {
  const mine = weight[one] ?? 0;
  const theirs = weight[other] ?? 0;
  if (mine !== theirs) return mine > theirs;
  const [a1, b1, a2, b2] = [a[one] ?? 0, b[one] ?? 0, a[other] ?? 0, b[other] ?? 0];
  const low = Math.min(a1, b1) - Math.min(a2, b2);
  return low === 0 ? Math.max(a1, b1) < Math.max(a2, b2) : low < 0;
}

/** Sorts by putting each one where it belongs among those before it: for few. */
function sortFew(order: Int32Array, pairs: Weighted): void {
  for (let rank = 1; rank < order.length; rank += 1) {
    const one = order[rank] ?? 0;
    let place = rank;
    while (place > 0 && isBefore(pairs, one, order[place - 1] ?? 0)) {
      order[place] = order[place - 1] ?? 0;
      place -= 1;
    }
    order[place] = one;
  }
}

/** Up to here putting one by one is quicker than going through all digits, of which most would stay empty. */
const few = 256;

/**
 * Which pairs weigh at least the threshold, those of one group (by the label of either node) side by side, and in each
 * group the heaviest first; equally heavy ones by their lower node, then by their higher: an order that does not depend
 * on how the pairs were given. Weights are numbers, none of them NaN.
 */
export function heaviestFirst(pairs: Weighted, threshold: number, labels: Int32Array): Int32Array {
  const { a, weight } = pairs;
  const ends = new Int32Array(labels.length + 1);
  for (let at = 0; at < weight.length; at += 1)
    if ((weight[at] ?? 0) >= threshold) {
      const label = labels[a[at] ?? 0] ?? 0;
      ends[label + 1] = (ends[label + 1] ?? 0) + 1;
    }
  for (let label = 0; label < labels.length; label += 1) ends[label + 1] = (ends[label + 1] ?? 0) + (ends[label] ?? 0);
  const order = new Int32Array(ends[labels.length] ?? 0);
  for (let at = 0; at < weight.length; at += 1)
    if ((weight[at] ?? 0) >= threshold) {
      const label = labels[a[at] ?? 0] ?? 0;
      const place = ends[label] ?? 0;
      order[place] = at;
      ends[label] = place + 1;
    }
  let start = 0;
  for (let label = 0; label < labels.length; label += 1) {
    const end = ends[label] ?? 0;
    if (end - start > 1) (end - start > few ? sortMany : sortFew)(order.subarray(start, end), pairs);
    start = end;
  }
  return order;
}
