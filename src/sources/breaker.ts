/** Keeps questions away from a source that has missed several in a row, and lets one through now and then. */
export interface Breaker {
  /** Whether a question may go out now; of a source that is being tried, one at a time may. */
  readonly allows: (now: number) => boolean;
  readonly succeeded: () => void;
  readonly missed: (now: number) => void;
  /** The question that was let through came to nothing that says anything about the source. */
  readonly left: () => void;
  readonly state: (now: number) => 'closed' | 'open' | 'half-open';
}

export interface BreakerLimits {
  /** Questions missed in a row that open it. */
  readonly misses: number;
  /** How long it stays open at first; each time that it opens again without an answer, twice as long. */
  readonly pauseMs: number;
}

/** The longest that a source is left alone. */
const pauseMaxMs = 300_000;

/** A breaker that is closed: everything goes through. */
export function breaker({ misses, pauseMs }: BreakerLimits): Breaker {
  let missedInRow = 0;
  let openUntil: number | null = null;
  let pause = pauseMs;
  let isTrying = false;
  return {
    allows: (now) => {
      if (openUntil === null) return true;
      if (now < openUntil || isTrying) return false;
      isTrying = true;
      return true;
    },
    succeeded: () => {
      missedInRow = 0;
      openUntil = null;
      pause = pauseMs;
      isTrying = false;
    },
    missed: (now) => {
      missedInRow += 1;
      const isTried = isTrying;
      isTrying = false;
      if (openUntil === null && missedInRow < misses) return;
      // Those that were on their way when it opened do not open it for longer.
      if (openUntil !== null && !isTried) return;
      if (isTried) pause = Math.min(pauseMaxMs, pause * 2);
      openUntil = now + pause;
    },
    left: () => {
      isTrying = false;
    },
    state: (now) => (openUntil === null ? 'closed' : now < openUntil ? 'open' : 'half-open'),
  };
}
