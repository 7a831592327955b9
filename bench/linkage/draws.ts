/** Spreads the bits of a whole number over 32 bits, so that neighbours have nothing in common. */
export function spread(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A stream of draws that depends on a seed, a purpose and an index alone. `chance` of the simulation hashes words for
 * every number and takes 139 ns; here one start serves all draws of one thing (sfc32 of PractRand), which ten million
 * people need. The index is part of the 96 bits it starts from: no two share a stream.
 */
export class Draws {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  /** Goes to the beginning of the stream of one thing. */
  start(seed: number, purpose: number, index: number): this {
    this.a = spread(seed) ^ Math.imul(purpose + 1, 0x9e37_79b1);
    this.b = index | 0;
    this.c = spread(index ^ Math.imul(purpose + 1, 0x85eb_ca77));
    this.counter = 1;
    for (let round = 0; round < 12; round += 1) this.step();
    return this;
  }

  private step(): number {
    const out = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    return this.step() / 4_294_967_296;
  }

  /** A whole number from 0 to below a bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list. */
  of<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('nothing to draw from');
    return item;
  }
}

/** Items drawn by weight in constant time, however many (Walker's alias method, as Vose fills it). */
export class Weighted<T> {
  readonly items: readonly T[];
  private readonly sure: Float64Array;
  private readonly other: Int32Array;

  constructor(items: readonly T[], weights: readonly number[]) {
    if (items.length === 0 || items.length !== weights.length) throw new Error('expected one weight for each item');
    this.items = items;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.sure = Float64Array.from(weights, (weight) => (weight * items.length) / total);
    this.other = Int32Array.from(items.keys());
    const small: number[] = [];
    const large: number[] = [];
    for (const [at, share] of this.sure.entries()) (share < 1 ? small : large).push(at);
    while (small.length > 0 && large.length > 0) {
      const less = small.pop() ?? 0;
      const more = large.at(-1) ?? 0;
      this.other[less] = more;
      this.sure[more] = (this.sure[more] ?? 0) + (this.sure[less] ?? 0) - 1;
      if ((this.sure[more] ?? 0) < 1) small.push(large.pop() ?? 0);
    }
    for (const at of [...small, ...large]) this.sure[at] = 1;
  }

  /** One item, the likelier the more it weighs. */
  draw(draws: Draws): T {
    const at = draws.below(this.items.length);
    return this.items[draws.next() < (this.sure[at] ?? 1) ? at : (this.other[at] ?? at)] as T;
  }
}

/** Weights by rank: 1 / (rank + shift) ** exponent (Zipf and Mandelbrot). */
export function zipf(count: number, { exponent, shift }: { exponent: number; shift: number }): readonly number[] {
  return Array.from({ length: count }, (_, at) => 1 / (at + 1 + shift) ** exponent);
}
