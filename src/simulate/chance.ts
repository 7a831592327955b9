/**
 * A number in [0, 1) that depends on the seed and the names alone: the same on every machine, and whatever else has
 * happened. What is drawn for one call never shifts what is drawn for the next.
 */
export function chance(seed: number, ...names: readonly (string | number)[]): number {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (const name of names) {
    const text = String(name);
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
    hash = Math.imul(hash ^ 0x1f, 16_777_619);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85eb_ca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2_ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 4_294_967_296;
}

/** The item that a number in [0, 1) falls on. An empty list is a fault of the data. */
export function pick<T>(list: readonly T[], drawn: number): T {
  const item = list[Math.min(list.length - 1, Math.floor(drawn * list.length))];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** The same, where items have weights. */
export function pickWeighted<T extends { readonly weight: number }>(list: readonly T[], drawn: number): T {
  const total = list.reduce((sum, one) => sum + one.weight, 0);
  let left = drawn * total;
  for (const one of list) {
    left -= one.weight;
    if (left < 0) return one;
  }
  return pick(list, 0.999);
}

/** A whole number between two bounds, both included. */
export function between(least: number, most: number, drawn: number): number {
  return least + Math.floor(drawn * (most - least + 1));
}

/** The same items in an order of their own. */
export function shuffled<T>(list: readonly T[], seed: number, name: string): readonly T[] {
  return list
    .map((item, at) => ({ item, place: chance(seed, name, at), at }))
    .toSorted((a, b) => a.place - b.place || a.at - b.at)
    .map(({ item }) => item);
}
