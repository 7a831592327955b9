import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverTheatre } from '../src/replay/server-theatre.ts';
import type { Outcome } from '../src/room/step.ts';
import { liveAfar } from '../src/simulate/afar.ts';
import { inventedCounty } from '../src/simulate/county.ts';
import { nationalPolicy, span } from './control-room.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

const startLimitMs = 120_000;
let live: Served;

beforeAll(async () => {
  live = await served();
}, startLimitMs);
afterAll(async () => {
  await live.close();
});

test(
  'the county lives in a room on a server: people ring there, and are answered through its interface',
  async () => {
    const outcomes: Outcome[] = [];
    const paced: number[] = [];
    const scene = await liveAfar(
      {
        county: inventedCounty(),
        seed: 5,
        policy: nationalPolicy().policy,
        digest: 'test',
        at: Date.UTC(2026, 6, 25, 18),
        forMs: span('90 s'),
        besides: [],
        told: (_, outcome) => {
          outcomes.push(outcome);
        },
        pace: async (passedMs) => {
          paced.push(passedMs);
        },
      },
      serverTheatre(new URL(live.origin)),
    );
    expect(scene.room.contacts.size).toBeGreaterThan(0);
    expect(scene.room.contacts.some(({ handler }) => handler !== null)).toBe(true);
    expect(outcomes.length).toBeGreaterThan(8);
    expect(outcomes.filter(({ kind }) => kind === 'refused').length / outcomes.length).toBeLessThan(0.05);
    expect(paced.at(-1)).toBe(span('90 s'));
  },
  startLimitMs,
);
