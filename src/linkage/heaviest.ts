const digits = 0x10000;

/** Pairs of nodes with the weight of each; the three lists are of one length. */
export interface Weighted {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly weight: Float64Array;
}

/** The words of a floating-point number, where this machine keeps them: which of the two is the low one. */
const lowWord = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 0 : 1;

/** For each of the weights a number that is smaller for the heavier: the high or the low 32 bits of it. */
function fillFromWeights(words: Uint32Array, weight: Float64Array, wantsHigh: boolean): void {
  const bits = new Uint32Array(weight.buffer, weight.byteOffset, weight.length * 2);
  for (let at = 0; at < weight.length; at += 1) {
    const high = bits[2 * at + 1 - lowWord] ?? 0;
    const low = bits[2 * at + lowWord] ?? 0;
    const isNegative = high > 0x7fffffff && !(high === 0x80000000 && low === 0);
    if (wantsHigh) words[at] = isNegative ? high : ~(high | 0x80000000);
    else words[at] = isNegative ? low : ~low;
  }
}

function fillFromNodes({ a, b }: Weighted, words: Uint32Array, wantsHigher: boolean): void {
  for (let at = 0; at < a.length; at += 1) {
    const one = a[at] ?? 0;
    const other = b[at] ?? 0;
    words[at] = one < other === wantsHigher ? other : one;
  }
}

/** One pass of a radix sort: by 16 bits of each one's word, what was before staying before among equals. */
function pass(words: Uint32Array, shift: number, from: Int32Array, to: Int32Array): boolean {
  const starts = new Int32Array(digits + 1);
  for (const at of from) {
    const digit = ((words[at] ?? 0) >>> shift) & 0xffff;
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  if (starts.includes(from.length)) return false;
  for (let digit = 1; digit <= digits; digit += 1) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  for (const at of from) {
    const digit = ((words[at] ?? 0) >>> shift) & 0xffff;
    const place = starts[digit] ?? 0;
    to[place] = at;
    starts[digit] = place + 1;
  }
  return true;
}

/**
 * Which pairs weigh at least the threshold, heaviest first; equally heavy ones by their lower node, then by their
 * higher: an order that does not depend on how the pairs were given. Weights are numbers, none of them NaN.
 */
export function heaviestFirst(pairs: Weighted, threshold: number): Int32Array {
  const { weight } = pairs;
  let many = 0;
  for (const one of weight) if (one >= threshold) many += 1;
  let order = new Int32Array(many);
  let spare = new Int32Array(many);
  let place = 0;
  for (let at = 0; at < weight.length; at += 1) if ((weight[at] ?? 0) >= threshold) order[place++] = at;
  const words = new Uint32Array(weight.length);
  const fills = [
    () => fillFromNodes(pairs, words, true),
    () => fillFromNodes(pairs, words, false),
    () => fillFromWeights(words, weight, false),
    () => fillFromWeights(words, weight, true),
  ];
  for (const fill of fills) {
    fill();
    for (const shift of [0, 16]) if (pass(words, shift, order, spare)) [order, spare] = [spare, order];
  }
  return order;
}
