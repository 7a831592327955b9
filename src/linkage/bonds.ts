/** Evidence is summed in whole parts of a bit, so that a sum is the same in whatever order it was made. */
const partsOfBit = 65_536;
const mostBits = 1024;

const none = -1;

/**
 * What is known between groups of nodes: for each two groups the identity evidence of the pairs across them, whether
 * somebody decided them apart, and the first link that was refused. Groups are named by their heads; when one is put
 * into another its bonds go along, each at most as often as the logarithm of how many there are.
 */
export class Bonds {
  readonly #ends: Int32Array;
  readonly #next: Int32Array;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;
  readonly #aparts: Int32Array;
  readonly #refusals: Int32Array;
  readonly #first: Int32Array;
  readonly #held: Int32Array;
  readonly #slots: Int32Array;
  #used = 0;

  /** Room for this many nodes, each its own group yet, and at most this many pairs of them. */
  constructor(nodes: number, pairs: number) {
    this.#ends = new Int32Array(2 * pairs).fill(none);
    this.#next = new Int32Array(2 * pairs);
    this.#sums = new Float64Array(pairs);
    this.#counts = new Int32Array(pairs);
    this.#aparts = new Int32Array(pairs).fill(none);
    this.#refusals = new Int32Array(pairs).fill(none);
    this.#first = new Int32Array(nodes).fill(none);
    this.#held = new Int32Array(nodes);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * pairs + 2))).fill(none);
  }

  /** How many bonds a group was given, by its head. */
  heldBy(head: number): number {
    return this.#held[head] ?? 0;
  }

  /** The bond between two groups, -1 where nothing is known. */
  between(a: number, b: number): number {
    if (this.#first[a] === none || this.#first[b] === none) return none;
    return this.#slots[this.#slotOf(a, b)] ?? none;
  }

  /** Evidence, in bits, of one more pair between two nodes that are still groups by themselves. */
  addEvidence(a: number, b: number, bits: number): void {
    const bond = this.#bondOf(a, b);
    const clamped = Math.max(-mostBits, Math.min(mostBits, bits));
    this.#sums[bond] = (this.#sums[bond] ?? 0) + Math.round(clamped * partsOfBit);
    this.#counts[bond] = (this.#counts[bond] ?? 0) + 1;
  }

  /** That two nodes, still groups by themselves, were decided apart, by the decision of this number. */
  addApart(a: number, b: number, decision: number): void {
    const bond = this.#bondOf(a, b);
    this.#aparts[bond] = lower(this.#aparts[bond] ?? none, decision);
  }

  /** Notes that the link of this rank was refused; the foremost is kept. */
  refuse(bond: number, rank: number): void {
    this.#refusals[bond] = lower(this.#refusals[bond] ?? none, rank);
  }

  /** The number of the first decision that holds the two apart, -1 where there is none. */
  apart(bond: number): number {
    return this.#aparts[bond] ?? none;
  }

  /** The mean evidence of the pairs across, in bits; 0 where no pair is known. */
  evidence(bond: number): number {
    const count = this.#counts[bond] ?? 0;
    return count === 0 ? 0 : (this.#sums[bond] ?? 0) / partsOfBit / count;
  }

  /** How many pairs are known across. */
  pairs(bond: number): number {
    return this.#counts[bond] ?? 0;
  }

  /** The rank of the foremost link that was refused between two groups that are still apart, -1 for none. */
  refusal(bond: number): number {
    return this.#refusals[bond] ?? none;
  }

  /** The bonds on which something was refused and whose two groups are still apart. */
  refused(): readonly number[] {
    const found: number[] = [];
    for (let bond = 0; bond < this.#used; bond += 1)
      if (this.#refusals[bond] !== none && this.#ends[2 * bond] !== none) found.push(bond);
    return found;
  }

  /** Gives what is known of the group headed by `from` to the one headed by `into`. */
  absorb(into: number, from: number): void {
    let half = this.#first[from] ?? none;
    while (half !== none) {
      const next = this.#next[half] ?? none;
      if (this.#ends[half] === from) this.#move(half, into);
      half = next;
    }
    this.#first[from] = none;
    this.#held[into] = (this.#held[into] ?? 0) + (this.#held[from] ?? 0);
  }

  #move(half: number, into: number): void {
    const bond = half >> 1;
    const other = this.#ends[half ^ 1] ?? none;
    this.#empty(this.#slotOf(this.#ends[half] ?? none, other));
    if (other === into) {
      this.#drop(bond);
      return;
    }
    const slot = this.#slotOf(into, other);
    const held = this.#slots[slot] ?? none;
    if (held !== none) {
      this.#sums[held] = (this.#sums[held] ?? 0) + (this.#sums[bond] ?? 0);
      this.#counts[held] = (this.#counts[held] ?? 0) + (this.#counts[bond] ?? 0);
      this.#aparts[held] = lower(this.#aparts[held] ?? none, this.#aparts[bond] ?? none);
      this.#refusals[held] = lower(this.#refusals[held] ?? none, this.#refusals[bond] ?? none);
      this.#drop(bond);
      return;
    }
    this.#ends[half] = into;
    this.#next[half] = this.#first[into] ?? none;
    this.#first[into] = half;
    this.#slots[slot] = bond;
  }

  #drop(bond: number): void {
    this.#ends[2 * bond] = none;
    this.#ends[2 * bond + 1] = none;
  }

  #bondOf(a: number, b: number): number {
    const slot = this.#slotOf(a, b);
    const held = this.#slots[slot] ?? none;
    if (held !== none) return held;
    const bond = this.#used;
    this.#used += 1;
    this.#slots[slot] = bond;
    this.#hang(2 * bond, a);
    this.#hang(2 * bond + 1, b);
    return bond;
  }

  #hang(half: number, head: number): void {
    this.#ends[half] = head;
    this.#next[half] = this.#first[head] ?? none;
    this.#first[head] = half;
    this.#held[head] = (this.#held[head] ?? 0) + 1;
  }

  /** Where the bond of two groups stands in the table, or would stand. */
  #slotOf(a: number, b: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(a, b) & mask;
    for (;;) {
      const bond = this.#slots[slot] ?? none;
      if (bond === none) return slot;
      const one = this.#ends[2 * bond];
      const other = this.#ends[2 * bond + 1];
      if ((one === a && other === b) || (one === b && other === a)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Empties a slot and moves up those behind it that could not have the place they wanted. */
  #empty(slot: number): void {
    const mask = this.#slots.length - 1;
    let hole = slot;
    let at = (slot + 1) & mask;
    for (;;) {
      const bond = this.#slots[at] ?? none;
      if (bond === none) break;
      const wanted = hash(this.#ends[2 * bond] ?? none, this.#ends[2 * bond + 1] ?? none) & mask;
      if (((at - wanted) & mask) >= ((at - hole) & mask)) {
        this.#slots[hole] = bond;
        hole = at;
      }
      at = (at + 1) & mask;
    }
    this.#slots[hole] = none;
  }
}

/** The lower of two numbers, where -1 stands for none. */
function lower(a: number, b: number): number {
  if (a === none) return b;
  return b === none ? a : Math.min(a, b);
}

/** The same for two groups in either order. */
function hash(a: number, b: number): number {
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  let mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high + 0x7f4a7c15, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
