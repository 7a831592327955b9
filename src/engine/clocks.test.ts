import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { liveClock, manualClock } from './clocks.ts';
import type { MachineClock } from './clocks.ts';

const start = Date.UTC(2026, 1, 3, 12);
const minuteMs = 60_000;

/** A machine whose wall clock can be moved while the one that counts goes on. */
function machine(): MachineClock & {
  readonly pass: (ms: number) => void;
  readonly move: (ms: number) => void;
} {
  let elapsed = 0;
  let moved = 0;
  return {
    wall: () => start + elapsed + moved,
    elapsed: () => elapsed,
    wake: () => () => undefined,
    pass: (ms) => {
      elapsed += ms;
    },
    move: (ms) => {
      moved += ms;
    },
  };
}

async function told(run: (jumped: (byMs: number) => void) => void): Promise<readonly number[]> {
  const jumps: number[] = [];
  run((byMs) => jumps.push(byMs));
  await new Promise((resolve) => setImmediate(resolve));
  return jumps;
}

describe('the time of a live room', () => {
  test('is the time on the wall while nobody moves it, and tells nobody', async () => {
    const jumps = await told((jumped) => {
      const on = machine();
      const clock = liveClock(0, jumped, on);
      on.pass(minuteMs);
      expect(clock.now()).toBe(start + minuteMs);
    });
    expect(jumps).toEqual([]);
  });

  test('goes with a wall clock that is put forward, and says by how much', async () => {
    const jumps = await told((jumped) => {
      const on = machine();
      const clock = liveClock(0, jumped, on);
      on.move(10 * minuteMs);
      expect(clock.now()).toBe(start + 10 * minuteMs);
    });
    expect(jumps).toEqual([10 * minuteMs]);
  });

  test('goes on counting when the wall clock is put back, and says so once', async () => {
    const jumps = await told((jumped) => {
      const on = machine();
      const clock = liveClock(0, jumped, on);
      on.move(-10 * minuteMs);
      on.pass(1_000);
      expect(clock.now()).toBe(start + 1_000);
      on.pass(1_000);
      expect(clock.now()).toBe(start + 2_000);
    });
    expect(jumps).toEqual([-10 * minuteMs]);
  });

  test('says so again once the two agree', async () => {
    const jumps = await told((jumped) => {
      const on = machine();
      const clock = liveClock(0, jumped, on);
      on.move(-5_000);
      clock.now();
      on.move(5_000);
      clock.now();
    });
    expect(jumps).toEqual([-5_000, 0]);
  });

  test('says so again when it is put back further, or so far forward that the room goes with it', async () => {
    const jumps = await told((jumped) => {
      const on = machine();
      const clock = liveClock(0, jumped, on);
      for (const moved of [-5, -1, 10]) {
        on.move(moved * minuteMs);
        clock.now();
      }
    });
    expect(jumps).toEqual([-5 * minuteMs, -6 * minuteMs, 4 * minuteMs]);
  });

  test('never starts before the last thing in the log', () => {
    const on = machine();
    const clock = liveClock(start + minuteMs, () => undefined, on);
    on.pass(500);
    expect(clock.now()).toBe(start + minuteMs + 500);
  });

  test('never goes back, however the wall clock is moved', () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.integer({ min: 0, max: 1e6 })));
    fc.assert(
      fc.property(moves, (all) => {
        const on = machine();
        const clock = liveClock(0, () => undefined, on);
        let last = clock.now();
        for (const [move, pass] of all) {
          on.move(move);
          on.pass(pass);
          const now = clock.now();
          expect(now).toBeGreaterThanOrEqual(last + pass);
          last = now;
        }
      }),
      propertySettings(200),
    );
  });

  test('calls back once the instant has come', async () => {
    const clock = liveClock(0, () => undefined);
    const at = clock.now() + 5;
    const came = await new Promise<number>((resolve) => {
      clock.arm(at, () => resolve(clock.now()));
    });
    expect(came).toBeGreaterThanOrEqual(at);
  });
});

describe('a clock that is moved by hand', () => {
  test('stops at every instant for which something is armed, those armed on the way included', async () => {
    const clock = manualClock(start);
    const seen: string[] = [];
    const say = (what: string): void => void seen.push(`${what} ${clock.now() - start}`);
    clock.arm(start + 30, () => {
      say('late');
    });
    clock.arm(start + 10, () => {
      say('first');
      clock.arm(start + 20, () => say('between'));
    });
    await clock.advance(start + 40, () => Promise.resolve(true));
    expect([...seen, clock.now() - start]).toEqual(['first 10', 'between 20', 'late 30', 40]);
  });

  test('calls what is armed for one instant in the order in which it was armed', async () => {
    const clock = manualClock(start);
    const seen: number[] = [];
    for (const place of [1, 2, 3]) clock.arm(start + 5, () => seen.push(place));
    await clock.advance(start + 5, () => Promise.resolve(true));
    expect(seen).toEqual([1, 2, 3]);
  });

  test('never calls what was called off', async () => {
    const clock = manualClock(start);
    const seen: number[] = [];
    const disarm = clock.arm(start + 5, () => seen.push(1));
    disarm();
    await clock.advance(start + 10, () => Promise.resolve(true));
    expect(seen).toEqual([]);
  });

  test('does not go back', async () => {
    const clock = manualClock(start);
    await clock.advance(start - minuteMs, () => Promise.resolve(true));
    expect(clock.now()).toBe(start);
  });
});
