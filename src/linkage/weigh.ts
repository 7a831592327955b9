/** One step from what is likely before looking to what is likely after. */
export interface Step {
  readonly kind: 'prior' | 'level' | 'frequency' | 'household';
  /** Comparison and level; absent for the prior and the household. */
  readonly comparison?: string;
  readonly level?: string;
  /** "surname sounds alike", "rare surname": in words for a person. */
  readonly says: string;
  /** Bits: log2 of how much likelier it makes one person than two. */
  readonly weight: number;
}

/** How much two records speak for one person, taken apart. */
export interface Weighed {
  /** Log2 odds that they are one and the same, against everything else. */
  readonly score: number;
  /** Calibrated where the model is. */
  readonly probability: number;
  /** Probability that they are two people of one household or family. */
  readonly isRelative: number;
  /** What names and dates of birth alone weigh, in bits. */
  readonly identity: number;
  readonly levels: readonly number[];
  /** Prior first, household last; they add up to the score. */
  readonly steps: readonly Step[];
}
