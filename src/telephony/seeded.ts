/** Chance that comes out the same each time for the same seed. */
export interface Seeded {
  /** From 0 up to but not including 1. */
  readonly next: () => number;
  readonly within: (least: number, most: number) => number;
  readonly whole: (least: number, most: number) => number;
  readonly happens: (share: number) => boolean;
  readonly oneOf: <T>(list: readonly [T, ...T[]]) => T;
}

/** Mulberry32: 32 bits of state, enough to make up a night's calls. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    within: (least, most) => least + next() * (most - least),
    whole,
    happens: (share) => next() < share,
    oneOf: (list) => list[whole(0, list.length - 1)] ?? list[0],
  };
}
