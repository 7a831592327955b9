/** The time of one room, and what is to happen in it. Milliseconds UTC. */
export interface Clock {
  readonly now: () => number;
  /** Calls back once the instant has come; at once if it is past. Gives the way to call it off. */
  readonly arm: (at: number, then: () => void) => () => void;
}
