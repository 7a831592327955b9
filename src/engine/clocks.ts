import type { Clock } from './clock.ts';

/** `setTimeout` fires at once for anything longer. */
const timerMaxMs = 2_000_000_000;
/** A wall clock that leaves the room's by more than this has been moved. */
const jumpMs = 2_000;

/** The clocks of a machine: one that tells the time and can be moved, one that only counts, and its alarm. In ms. */
export interface MachineClock {
  readonly wall: () => number;
  readonly elapsed: () => number;
  /** Calls once when so much has been counted. Gives the way to call it off. */
  readonly wake: (afterMs: number, then: () => void) => () => void;
}

const thisMachine: MachineClock = {
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  wake: (afterMs, then) => {
    const timer = setTimeout(then, afterMs);
    return () => clearTimeout(timer);
  },
};

/**
 * The time of a live room. It counts by the clock that nobody can move and never goes back. Where the wall clock runs
 * ahead (the machine slept, or was behind) the room goes with it, so that what is due is late rather than lost; where
 * the wall clock is put back the room goes on counting, ahead of it. Either is told, in milliseconds, and again when
 * it is put back further or the two agree (0).
 */
export function liveClock(notBefore: number, jumped: (byMs: number) => void, machine = thisMachine): Clock {
  let told = machine.elapsed();
  let time = Math.max(machine.wall(), notBefore);
  let apart = 0;
  const now = (): number => {
    const elapsed = machine.elapsed();
    time += elapsed - told;
    told = elapsed;
    const ahead = machine.wall() - time;
    if (ahead > 0) time += ahead;
    const jump = Math.abs(ahead) > jumpMs ? Math.round(ahead) : 0;
    const behind = Math.min(jump, 0);
    if (jump > 0 || behind < 0 !== apart < 0 || Math.abs(behind - apart) > jumpMs) {
      apart = behind;
      queueMicrotask(() => jumped(jump));
    }
    return Math.trunc(time);
  };
  return { now, arm: (at, then) => armed({ now, wake: machine.wake }, at, then) };
}

function armed(
  { now, wake }: Pick<Clock, 'now'> & Pick<MachineClock, 'wake'>,
  at: number,
  then: () => void,
): () => void {
  let disarm: (() => void) | null = null;
  const wait = (): void => {
    const rest = at - now();
    disarm = wake(Math.min(Math.max(rest, 0), timerMaxMs), rest > timerMaxMs ? wait : fire);
  };
  const fire = (): void => {
    if (now() >= at) then();
    else wait();
  };
  wait();
  return () => disarm?.();
}

/** A clock that stands still until it is moved: the time of a replay room. */
export interface ManualClock extends Clock {
  /**
   * Moves to an instant, stopping at every one for which something is armed; after each it waits for `settled`, so
   * that whatever follows is done before time goes on. Never goes back. False where `settled` said to stop.
   */
  readonly advance: (to: number, settled: () => Promise<boolean>) => Promise<boolean>;
}

interface Armed {
  readonly at: number;
  readonly place: number;
  readonly call: () => void;
}

/** A clock standing at an instant. What is armed for one instant is called in the order in which it was armed. */
export function manualClock(start: number): ManualClock {
  let time = start;
  let count = 0;
  const waiting = new Set<Armed>();
  const next = (to: number): Armed | null => {
    let first: Armed | null = null;
    for (const one of waiting)
      if (one.at <= to && (first === null || one.at < first.at || (one.at === first.at && one.place < first.place)))
        first = one;
    return first;
  };
  return {
    now: () => time,
    arm: (at, then) => {
      const one = { at, place: (count += 1), call: then };
      waiting.add(one);
      return () => waiting.delete(one);
    },
    advance: async (to, settled) => {
      if (!(await settled())) return false;
      for (let one = next(to); one !== null; one = next(to)) {
        waiting.delete(one);
        time = Math.max(time, one.at);
        one.call();
        if (!(await settled())) return false;
      }
      time = Math.max(time, to);
      return true;
    },
  };
}
