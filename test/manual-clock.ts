/** A clock that stands still until a test moves it. */
export interface ManualClock {
  readonly now: () => number;
  readonly arm: (at: number, then: () => void) => () => void;
  /** Moves on, and lets everything happen that falls due. */
  readonly pass: (ms: number) => void;
  /** Lets happen at once whatever is armed for no longer than this: what a test does not want to wait for. */
  readonly skipUpTo: (ms: number) => void;
  /** How long everything was armed for, in order. */
  readonly armed: readonly number[];
}

interface Due {
  readonly at: number;
  readonly happens: () => void;
}

/** A clock for tests, at this instant. */
export function manualClock(start: number): ManualClock {
  const waiting = new Set<Due>();
  const armed: number[] = [];
  let now = start;
  let skipMs = -1;
  return {
    now: () => now,
    armed,
    arm: (at, then) => {
      armed.push(at - now);
      const due: Due = { at, happens: then };
      waiting.add(due);
      if (at - now <= skipMs)
        queueMicrotask(() => {
          if (!waiting.delete(due)) return;
          now = Math.max(now, at);
          then();
        });
      return () => {
        waiting.delete(due);
      };
    },
    pass: (ms) => {
      now += ms;
      for (const due of [...waiting].toSorted((a, b) => a.at - b.at))
        if (due.at <= now && waiting.delete(due)) due.happens();
    },
    skipUpTo: (ms) => {
      skipMs = ms;
    },
  };
}
