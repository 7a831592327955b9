import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsOf } from '../src/simulate/arrivals.ts';
import { assumptionsOf } from '../src/simulate/assumptions.ts';
import { inventedCounty } from '../src/simulate/county.ts';
import { measured } from '../src/simulate/measured.ts';
import { callsBefore } from '../src/simulate/past.ts';
import { plant, readPlanted } from '../src/simulate/planted.ts';
import type { Planted } from '../src/simulate/planted.ts';
import { shiftOf, staffOf } from '../src/simulate/staff.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const monday = Date.UTC(2026, 6, 20);
const assumed = assumptionsOf('force');
const days = Array.from({ length: 56 }, (_, day) => arrivalsOf({ seed: 3, assumed }, monday / dayMs + day));
const force = inventedCounty('force');

function planted(id: number, at: readonly number[]): Planted {
  const texts = at.map((minute) => `told after ${minute} min`);
  const common = { kind: 'violence', danger: true, channel: '999', style: 'spoken', why: 'as told' } as const;
  return { ...common, id: `violence-${String(id).padStart(3, '0')}`, at: [...at], texts };
}

test('the same seed brings the same arrivals, another seed others', () => {
  const day = monday / dayMs;
  expect(arrivalsOf({ seed: 3, assumed }, day)).toEqual(days[0]);
  expect(arrivalsOf({ seed: 4, assumed }, day)).not.toEqual(days[0]);
});

test('a force has as many beginnings as assumed, and the nights are as quiet as measured', () => {
  const all = days.flat();
  const anHour = all.length / (days.length * 24);
  expect(anHour / assumed['beginnings-an-hour']).toBeGreaterThan(0.95);
  expect(anHour / assumed['beginnings-an-hour']).toBeLessThan(1.12);
  // 03:00 to 05:00 UTC is 04:00 to 06:00 in a British July.
  const nightly = all.filter(({ at }) => Math.floor((at % dayMs) / hourMs) >= 3 && (at % dayMs) / hourMs < 5);
  const expected =
    Array.from({ length: 7 }, (_, day) => [4, 5].map((hour) => measured.weekHours[day * 24 + hour] ?? 0))
      .flat()
      .reduce((sum, one) => sum + one, 0) / 14;
  expect(nightly.length / (days.length * 2 * anHour)).toBeGreaterThan(expected * 0.85);
  expect(nightly.length / (days.length * 2 * anHour)).toBeLessThan(expected * 1.15);
});

test('there are storms and one-event bursts, and both are rare', () => {
  const bursts = days.flat().filter(({ burst }) => burst > 0);
  expect(bursts.length).toBeGreaterThan(10);
  expect(bursts.length).toBeLessThan(70);
  for (const { burst } of bursts) {
    expect(burst).toBeGreaterThanOrEqual(assumed['burst-callers'][0]);
    expect(burst).toBeLessThanOrEqual(assumed['burst-callers'][1]);
  }
  const busiest = days.map((day) => Math.max(...Array.from({ length: 24 }, (_, hour) => inHour(day, hour))));
  const stormy = busiest.filter((most) => most > assumed['beginnings-an-hour'] * 2.4);
  expect(stormy.length).toBeGreaterThan(1);
  expect(stormy.length).toBeLessThan(16);
});

function inHour(day: (typeof days)[number], hour: number): number {
  return day.filter(({ at }) => Math.floor((at % dayMs) / hourMs) === hour).length;
}

test('front doors are rung from again about as often as in the measured calls', () => {
  const calls = [...callsBefore(force, { seed: 7, at: monday, days: 9 })]
    .filter(({ kind, place }) => kind === 'matter' && place !== null && place.kind !== 'street')
    .toSorted((a, b) => a.at - b.at);
  const within = (ms: number): number => {
    const start = (calls[0]?.at ?? 0) + ms;
    const last = new Map<string, number>();
    let [all, again] = [0, 0];
    for (const { at, place } of calls) {
      const before = last.get(place?.id ?? '');
      last.set(place?.id ?? '', at);
      if (at >= start) all += 1;
      if (at >= start && before !== undefined && at - before <= ms) again += 1;
    }
    return again / all;
  };
  expect(Math.abs(within(dayMs) - measured.repeatAtPlace.within24Hours)).toBeLessThan(0.04);
  expect(Math.abs(within(7 * dayMs) - measured.repeatAtPlace.within7Days)).toBeLessThan(0.1);
});

test('one emergency call in five or so is silent', () => {
  const calls = [...callsBefore(force, { seed: 7, at: monday, days: 3 })].filter(({ channel }) => channel === '999');
  const silent = calls.filter(({ kind }) => kind === 'silent' || kind === 'distressed').length;
  expect(silent / calls.length).toBeGreaterThan(0.15);
  expect(silent / calls.length).toBeLessThan(0.26);
});

test('every minute of the day belongs to a shift, and a shift to the hours that it is named for', () => {
  const shifts = Array.from({ length: 1_440 }, (_, minute) => shiftOf(assumed, minute));
  expect([shifts[0], shifts[7 * 60 - 1], shifts[7 * 60], shifts[15 * 60], shifts[23 * 60]]).toEqual([2, 2, 0, 1, 2]);
  expect(shiftOf(assumed, -1)).toBe(2);
  const handlers = staffOf(['Una Larkenshaw'], assumed).filter(({ role }) => role === 'handler');
  expect([0, 1, 2].map((shift) => handlers.filter((one) => one.shift === shift).length)).toEqual([38, 48, 30]);
});

test('a line that is no planted danger is named by its number', () => {
  const good = JSON.stringify(planted(1, [0]));
  const { planted: read, problems } = readPlanted(`${good}\nnonsense\n{"id":"x"}\n\n`, 'planted.ndjson');
  expect(read).toHaveLength(1);
  expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  const uneven = JSON.stringify({ ...planted(2, [0, 5]), texts: ['only one'] });
  expect(readPlanted(uneven, 'planted.ndjson').problems.map(({ message }) => message)).toEqual([
    'There is one time for each text.',
  ]);
});

test('whatever is planted is told whole, in its order, in time to be answered, or is left out by name', () => {
  const spans = fc.array(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 5 }), { maxLength: 12 });
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 24 }), fc.nat(1_000), (all, hours, seed) => {
      const things = all.map((at, place) =>
        planted(
          place,
          at.toSorted((a, b) => a - b),
        ),
      );
      const until = monday + hours * hourMs;
      const { calls, leftOut } = plant(force, things, { seed, from: monday, until });
      const told = things.filter(({ id }) => !leftOut.includes(id));
      expect(calls).toHaveLength(told.reduce((sum, { texts }) => sum + texts.length, 0));
      for (const one of told) {
        const own = calls.filter((call) => call.planted.id === one.id);
        expect(own.flatMap(({ call }) => call.words)).toEqual(one.texts);
        for (const { call } of own) expect(call.at).toBeLessThanOrEqual(until - 3 * hourMs);
        expect(own.every(({ call }) => call.at >= monday)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
