import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { calibrate, calibrationError, type Decided, plainProbability, probabilityOf } from './calibrate.ts';

/** As many pairs of a score as said, this many of them the same. */
function decided(score: number, same: number, of: number): readonly Decided[] {
  return [
    { score, isSame: true, count: same },
    { score, isSame: false, count: of - same },
  ];
}

test('without decisions a score is believed: even odds at 0, two to one at 1, a thousand to one at 10', () => {
  expect(probabilityOf(0, null)).toBe(0.5);
  expect(probabilityOf(1, null)).toBeCloseTo(2 / 3, 12);
  expect(probabilityOf(10, null)).toBeCloseTo(1024 / 1025, 12);
  expect(calibrate([])).toBeNull();
});

test('scores that are too shy come out as decided', () => {
  const calibration = calibrate([...decided(-4, 20, 1000), ...decided(0, 800, 1000), ...decided(4, 990, 1000)]);
  expect(probabilityOf(-4, calibration)).toBeCloseTo(0.02, 3);
  expect(probabilityOf(0, calibration)).toBeCloseTo(0.8, 3);
  expect(probabilityOf(4, calibration)).toBeCloseTo(0.99, 3);
  expect(probabilityOf(2, calibration)).toBeGreaterThan(0.8);
  expect(probabilityOf(30, calibration)).toBeGreaterThan(1 - 1e-7);
});

test('neighbours out of order are pooled: what scores higher is never less likely', () => {
  const calibration = calibrate([...decided(1, 60, 100), ...decided(2, 40, 100), ...decided(3, 90, 100)]);
  const half = (100 + plainProbability(1.5)) / 201;
  expect(calibration?.slice(0, 2)).toEqual([
    [1, half],
    [2, half],
  ]);
  expect(probabilityOf(1.5, calibration)).toBeCloseTo(half, 12);
});

test('two decisions do not make certain', () => {
  const calibration = calibrate([...decided(-1, 0, 1), ...decided(1, 1, 1)]);
  expect(probabilityOf(-1, calibration)).toBeCloseTo((0 + 1 / 3) / 2, 12);
  expect(probabilityOf(1, calibration)).toBeCloseTo((1 + 2 / 3) / 2, 12);
});

test('the error is the distance of what was said from what was found, every pair counting alike', () => {
  const { error, bins } = calibrationError(
    [
      { probability: 0.9, isSame: true, count: 70 },
      { probability: 0.9, isSame: false, count: 30 },
      { probability: 0.1, isSame: false, count: 100 },
    ],
    2,
  );
  expect(error).toBeCloseTo((0.2 + 0.1) / 2, 12);
  expect(bins.map(({ count }) => count)).toEqual([100, 100]);
  expect(calibrationError([]).error).toBe(0);
});

test('bins hold about equally many, and none parts pairs of one probability', () => {
  const forecasts = Array.from({ length: 1000 }, (_, at) => ({ probability: (at % 500) / 500, isSame: at % 3 === 0 }));
  const { bins } = calibrationError(forecasts);
  expect(bins.map(({ count }) => count)).toEqual(Array(10).fill(100));
});

const anyDecided = fc.array(
  fc.record({
    score: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -60, max: 60, noNaN: true })),
    isSame: fc.boolean(),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 60 },
);

test('whatever was decided, in whatever order, a higher score is never less likely and nothing is certain', () => {
  fc.assert(
    fc.property(anyDecided, fc.double({ min: -80, max: 80, noNaN: true }), fc.nat(40), (decisions, score, more) => {
      const calibration = calibrate(decisions);
      const probability = probabilityOf(score, calibration);
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probabilityOf(score + more, calibration)).toBeGreaterThanOrEqual(probability * (1 - 1e-12));
      for (const [, given] of calibration ?? []) expect(given > 0 && given < 1).toBe(true);
      const shuffled = calibrate(decisions.toReversed()) ?? [];
      expect(shuffled).toHaveLength(calibration?.length ?? 0);
      for (const [at, [, given]] of shuffled.entries()) expect(given).toBeCloseTo(calibration?.[at]?.[1] ?? NaN, 12);
    }),
    propertySettings(200),
  );
});

test('calibrated on half of the decisions, the other half is told within two hundredths', () => {
  const halves = [0, 1].map((half) =>
    Array.from({ length: 20_000 }, (_, at): Decided => {
      const score = ((at * 2 + half) % 401) / 20 - 10;
      const chance = ((Math.imul(at * 2 + half, 2_654_435_761) >>> 0) % 100_003) / 100_003;
      return { score, isSame: chance < plainProbability(1.6 * score + 1) };
    }),
  );
  const calibration = calibrate(halves[0] ?? []);
  const error = (by: (score: number) => number): number =>
    calibrationError((halves[1] ?? []).map(({ score, isSame }) => ({ probability: by(score), isSame }))).error;
  expect(error(plainProbability)).toBeGreaterThan(0.04);
  expect(error((score) => probabilityOf(score, calibration))).toBeLessThan(0.02);
});
