/** How much of a file is read before it is refused; every figure is a bound on work as well as on size. */
export interface Limits {
  readonly maxBytes: number;
  /** Lists and groups of fields inside one another. */
  readonly maxDepth: number;
  /** Names, values, lists and groups of fields together. */
  readonly maxNodes: number;
  readonly maxTextCharacters: number;
  readonly maxKeyCharacters: number;
  readonly maxProblems: number;
}

/** Generous for anything a person writes: a case file of 2 MiB is two thousand pages. */
export const defaultLimits: Limits = {
  maxBytes: 2 * 1024 * 1024,
  maxDepth: 32,
  maxNodes: 100_000,
  maxTextCharacters: 65_536,
  maxKeyCharacters: 128,
  maxProblems: 20,
};
