import type { Positions } from '../positions/positions.ts';
import type { County } from '../simulate/county.ts';
import { drivingOf } from '../simulate/driving.ts';
import { trafficOf } from '../simulate/traffic.ts';
import type { ManualClock } from '../engine/clocks.ts';
import { ownOrder } from './openings.ts';
import type { RunningRoom } from './rooms.ts';
import type { Traffic } from './pages.ts';

/** The people of the county are asked what they do next this often. */
const tickMs = 1_000;
/** When it is lived through afterwards, this often. */
const pastTickMs = 2_000;
/** Acts in one tick: what is beyond waits for the next. */
const actsMax = 100;

export interface TrafficAround {
  readonly county: County;
  readonly seed: number;
  /** Staff whom visitors have taken on: nobody acts in their place. */
  readonly taken: () => Promise<ReadonlySet<string>>;
  /** Where its units say that they are. */
  readonly positions: Positions;
}

/** A room whose clock stands still until it is moved. */
export type MovedRoom = RunningRoom & { readonly clock: ManualClock };

/** Lets the county live up to an instant, as fast as the log takes it. */
export async function liveThrough(
  { engine, clock }: MovedRoom,
  { county, seed, until }: { readonly county: County; readonly seed: number; readonly until: number },
): Promise<void> {
  const traffic = trafficOf({ county, seed });
  const settled = async (): Promise<boolean> => engine.idle().then(() => true);
  let count = 0;
  for (let now = clock.now(); now < until; now = clock.now()) {
    await clock.advance(Math.min(until, now + pastTickMs), settled);
    const acts = traffic.nextActs(engine.room(), { now: clock.now(), taken: new Set() });
    const answers = acts.map(async (act) => {
      count += 1;
      const answered = await engine.give({ ...ownOrder(`past-${count}`, act), actor: act.as });
      if (answered.kind === 'recorded') traffic.heard(act, answered.outcome, clock.now());
    });
    await Promise.all(answers);
  }
}

/** A demonstration's traffic while it runs. */
export interface RunningTraffic extends Traffic {
  readonly stop: () => Promise<void>;
}

/** Lets the invented county live: calls come in, and its people answer them, until it is paused or stopped. */
export function startTraffic({ engine, clock }: RunningRoom, around: TrafficAround): RunningTraffic {
  const { county, seed, positions } = around;
  const traffic = trafficOf({ county, seed });
  const driving = drivingOf({ county, seed, placeOf: traffic.placeOf });
  let isPaused = false;
  let count = 0;
  let ticking: Promise<void> = Promise.resolve();
  let isTicking = false;

  async function tick(): Promise<void> {
    const room = engine.room();
    positions.take(driving.positions(room, clock.now()), { room, now: clock.now() });
    const acts = traffic.nextActs(engine.room(), { now: clock.now(), taken: await around.taken() });
    for (const act of acts.slice(0, actsMax)) {
      if (isPaused) return;
      count += 1;
      const order = ownOrder(`traffic-${engine.head().seq}-${count}`, act);
      const answered = await engine.give({ ...order, actor: act.as });
      if (answered.kind === 'recorded') traffic.heard(act, answered.outcome, clock.now());
    }
  }

  const timer = setInterval(() => {
    if (isPaused || isTicking || engine.state() !== 'writing') return;
    isTicking = true;
    ticking = tick().finally(() => {
      isTicking = false;
    });
  }, tickMs);
  return {
    isPaused: () => isPaused,
    pause: (wanted) => {
      isPaused = wanted;
    },
    stop: async () => {
      isPaused = true;
      clearInterval(timer);
      await ticking;
    },
  };
}
