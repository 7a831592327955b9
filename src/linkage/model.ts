import type { Column } from './features.ts';

/** How often one level is seen: between two records of one person, of two unrelated people, of two of one household. */
export interface Chances {
  readonly m: number;
  readonly u: number;
  readonly h: number;
}

/** How often values of a column are borne. */
export interface Frequencies {
  /** Share of all records that bear the value, of those borne most often; of several in one record each for itself. */
  readonly values: Readonly<Record<string, number>>;
  /** What a value weighs that is not listed, and the least that any weighs as. */
  readonly floor: number;
  /** A value borne by this share of all records or more says nothing of who somebody is; null where none is so. */
  readonly generic: number | null;
}

/** The columns whose values are counted. */
export type CountedColumn = Extract<
  Column,
  | 'given'
  | 'surname'
  | 'givenRoot'
  | 'surnameRoot'
  | 'postcode'
  | 'town'
  | 'phone'
  | 'email'
  | 'account'
  | 'vehicle'
  | 'birthplace'
  | 'occupation'
  | 'ident'
>;

/** Everything that a weight rests on, as it stands in one JSON document. */
export interface Model {
  readonly format: 'heed-linkage-model';
  readonly version: 1;
  readonly made: {
    /** The day it was made, ISO. */
    readonly at: string;
    /** What it was learned from. */
    readonly from: string;
    readonly how: string;
  };
  /** Of all pairs that are compared, the share that is one person, and the share of one household. */
  readonly prior: { readonly match: number; readonly household: number };
  /** By comparison, then by level; levels that carry no evidence do not appear. */
  readonly comparisons: Readonly<Record<string, Readonly<Record<string, Chances>>>>;
  readonly frequencies: Readonly<Partial<Record<CountedColumn, Frequencies>>>;
  /** How many times as often a given name and surname, parted by a space, go together as each by itself would say. */
  readonly together: Readonly<Record<string, number>>;
  /** Least scores, in bits, to be taken as certain, as strong, and to be shown to a person at all. */
  readonly thresholds: { readonly certain: number; readonly strong: number; readonly review: number };
  /** Scores with the share that was decided to be one person, scores rising; null if nobody has decided any. */
  readonly calibration: readonly (readonly [score: number, probability: number])[] | null;
}
