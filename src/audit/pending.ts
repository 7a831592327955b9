import type { Step } from './row.ts';

/** Steps that have been read and not been played, in the order of their times; those of one time as they were read. */
export interface Pending {
  readonly add: (step: Step) => void;
  /** The next step at or before an instant, or null. */
  readonly next: (until: number) => Step | null;
  readonly size: () => number;
  readonly steps: () => readonly Step[];
}

/** Steps in order, beginning with these. */
export function pendingSteps(begun: readonly Step[] = []): Pending {
  // The next one stands last: it leaves without the others being moved.
  const waiting: Step[] = [];
  const add = (step: Step): void => {
    let [low, high] = [0, waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((waiting[middle]?.at ?? 0) > step.at) low = middle + 1;
      else high = middle;
    }
    // Before those of the same time in this list: played after them.
    waiting.splice(low, 0, step);
  };
  for (const step of begun) add(step);
  return {
    add,
    next: (until) => ((waiting.at(-1)?.at ?? Infinity) <= until ? (waiting.pop() ?? null) : null),
    size: () => waiting.length,
    steps: () => waiting.toReversed(),
  };
}
