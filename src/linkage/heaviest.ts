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

/**
 * Which pairs weigh at least the threshold, heaviest first; equally heavy ones by their lower node, then by their
 * higher: an order that does not depend on how the pairs were given. Weights are numbers, none of them NaN.
 */
export function heaviestFirst(pairs: Weighted, threshold: number): Int32Array {
  const { weight } = pairs;
  let many = 0;
  for (let at = 0; at < weight.length; at += 1) if ((weight[at] ?? 0) >= threshold) many += 1;
  const sorting: Sorting = {
    words: new Uint32Array(many),
    order: new Int32Array(many),
    spareWords: new Uint32Array(many),
    spareOrder: new Int32Array(many),
  };
  let rank = 0;
  for (let at = 0; at < weight.length; at += 1) if ((weight[at] ?? 0) >= threshold) sorting.order[rank++] = at;
  takeNodes(sorting, pairs, true);
  sortByWords(sorting);
  takeNodes(sorting, pairs, false);
  sortByWords(sorting);
  takeWeights(sorting, weight, false);
  sortByWords(sorting);
  takeWeights(sorting, weight, true);
  sortByWords(sorting);
  return sorting.order;
}
