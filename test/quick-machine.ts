import type { MachineClock } from '../src/engine/clocks.ts';

/** A machine on which time passes faster, and whose wall clock can be moved. */
export interface QuickMachine extends MachineClock {
  readonly move: (ms: number) => void;
}

/** A machine that counts so many milliseconds in one. */
export function quickMachine(speed: number): QuickMachine {
  const [start, began] = [Date.now(), performance.now()];
  let moved = 0;
  const elapsed = (): number => (performance.now() - began) * speed;
  return {
    wall: () => start + elapsed() + moved,
    elapsed,
    wake: (afterMs, then) => {
      const timer = setTimeout(then, afterMs / speed);
      return () => clearTimeout(timer);
    },
    move: (ms) => {
      moved += ms;
    },
  };
}
