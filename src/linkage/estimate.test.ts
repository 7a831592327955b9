import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { estimate, type Estimating, type PairClass } from './estimate.ts';
import { type Counted, priorFrom, randomU, type Shape, type Shares, startShares } from './shares.ts';

const level = {};
const nothing = { isNull: true } as const;

/** Given name, surname and birth with a null level each, at different places; home without. */
const shape: Shape = [
  { levels: [nothing, level, level, level] },
  { levels: [level, level, level, nothing] },
  { levels: [level, level, nothing, level] },
  { levels: [level, level] },
];

const same: Shares = [
  [0, 0.8, 0.15, 0.05],
  [0.85, 0.1, 0.05, 0],
  [0.9, 0.07, 0, 0.03],
  [0.6, 0.4],
];
const household: Shares = [
  [0, 0.01, 0.03, 0.96],
  [0.9, 0.05, 0.05, 0],
  [0.001, 0.009, 0, 0.99],
  [0.97, 0.03],
];
const unrelated: Shares = [
  [0, 0.01, 0.02, 0.97],
  [0.01, 0.02, 0.97, 0],
  [0.001, 0.009, 0, 0.99],
  [0.02, 0.98],
];

/** Numbers from 0 up to 1, the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function drawn(shares: readonly number[], next: () => number): number {
  let left = next();
  for (const [at, share] of shares.entries()) {
    left -= share;
    if (left < 0 && share > 0) return at;
  }
  return shares.length - 1;
}

/** Pairs made up: of each class so many, one value in ten not known where there is a level for that. */
function made(pairs: readonly (readonly [Shares, number])[], seed = 7): readonly Counted[] {
  const next = chance(seed);
  const counts = new Map<string, { levels: readonly number[]; count: number }>();
  for (const [shares, many] of pairs)
    for (let pair = 0; pair < many; pair += 1) {
      const levels = shares.map((own, comparison) => {
        const unknown = shape[comparison]?.levels.findIndex(({ isNull }) => isNull === true) ?? -1;
        return unknown >= 0 && next() < 0.1 ? unknown : drawn(own, next);
      });
      const held = counts.get(levels.join(' ')) ?? { levels, count: 0 };
      held.count += 1;
      counts.set(levels.join(' '), held);
    }
  return [...counts.values()];
}

function furthest(found: Shares | undefined, known: Shares): number {
  return Math.max(
    ...known.flatMap((shares, comparison) =>
      shares.map((share, at) =>
        shape[comparison]?.levels[at]?.isNull === true ? 0 : Math.abs(share - (found?.[comparison]?.[at] ?? NaN)),
      ),
    ),
  );
}

test('without labels, two classes are found as they were made, within two hundredths', () => {
  const counts = made([
    [same, 20_000],
    [unrelated, 80_000],
  ]);
  const found = estimate({ shape, counts, classes: ['m', 'u'] });
  expect(furthest(found.shares.m, same)).toBeLessThan(0.02);
  expect(furthest(found.shares.u, unrelated)).toBeLessThan(0.02);
  expect(found.prior.m).toBeCloseTo(0.2, 2);
  expect(found).toMatchObject({ isConverged: true, isOrdered: true });
});

const aHousehold = startShares(shape, [0.1, 0.8, 0.1, 0.8]);

/** What a household shares are two comparisons, too few to learn it and strangers at once: u is from random pairs. */
test('beside u from random pairs, a household is told from one person, within two hundredths', () => {
  const u = randomU(shape, made([[unrelated, 200_000]], 3));
  const counts = made([
    [same, 30_000],
    [household, 50_000],
    [unrelated, 40_000],
  ]);
  const found = estimate({ shape, counts, classes: ['m', 'h', 'u'], start: { h: aHousehold, u }, held: ['u'] });
  expect(furthest(found.shares.m, same)).toBeLessThan(0.02);
  expect(furthest(found.shares.h, household)).toBeLessThan(0.02);
  expect(found.prior.h).toBeCloseTo(50 / 120, 2);
  expect(found).toMatchObject({ isConverged: true, isOrdered: true });
});

test('what is held stays as it began; one person in a thousand pairs is found beside it', () => {
  const u = randomU(shape, made([[unrelated, 200_000]], 3));
  const counts = made([
    [same, 1_000],
    [unrelated, 999_000],
  ]);
  const found = estimate({
    shape,
    counts,
    classes: ['m', 'u'],
    start: { u },
    held: ['u'],
    prior: { m: 0.001, u: 0.999 },
  });
  expect(furthest(found.shares.u, u)).toBe(0);
  expect(furthest(found.shares.m, same)).toBeLessThan(0.06);
  expect(found.prior.m).toBeCloseTo(0.001, 4);
});

test('classes that begin in each other’s place come out under their right names', () => {
  const counts = made([
    [same, 20_000],
    [unrelated, 60_000],
  ]);
  const found = estimate({
    shape,
    counts,
    classes: ['m', 'u'],
    start: { m: unrelated, u: same },
    prior: { m: 0.5, u: 0.5 },
  });
  expect(furthest(found.shares.m, same)).toBeLessThan(0.02);
  expect(found.prior.m).toBeCloseTo(0.25, 2);
  expect(found.isOrdered).toBe(true);
});

test('where what is held agrees more than what was learnt, it is said that the names are wrong', () => {
  const counts = made([[unrelated, 10_000]]);
  const found = estimate({ shape, counts, classes: ['m', 'u'], start: { u: same }, held: ['u'] });
  expect(found.isOrdered).toBe(false);
});

test('a comparison that nothing is known of stays as it began, and adds no evidence', () => {
  const counts = made([
    [same, 5_000],
    [unrelated, 5_000],
  ]);
  const blinded = counts.map(({ levels, count }) => ({ levels: [...levels.slice(0, 3), null], count }));
  const found = estimate({ shape, counts: blinded, classes: ['m', 'u'] });
  const three = estimate({
    shape: shape.slice(0, 3),
    counts: counts.map(({ levels, count }) => ({ levels: levels.slice(0, 3), count })),
    classes: ['m', 'u'],
  });
  expect(found.shares.m?.[3]?.[0]).toBeCloseTo(0.9, 9);
  expect(found.prior.m).toBeCloseTo(three.prior.m ?? NaN, 9);
});

test('a level that never showed among random pairs is rare, not impossible', () => {
  const u = randomU([{ levels: [level, level] }], [{ levels: [1], count: 1_000_000 }]);
  expect(u[0]?.[0]).toBeCloseTo(5e-7, 9);
});

test('a prior from sure rules that find 8 of 10', () => {
  expect(priorFrom({ found: 400, recall: 0.8, records: 1000 })).toBeCloseTo(500 / 499_500, 7);
  expect(priorFrom({ found: 0, recall: 0.8, records: 1000 })).toBeGreaterThan(0);
  expect(() => priorFrom({ found: 1, recall: 0, records: 10 })).toThrow('recall 0');
});

const counted = (levels: readonly number[]): Estimating => ({
  shape,
  counts: [{ levels, count: 1 }],
  classes: ['m', 'u'],
});

test('a pattern that does not fit its shape is a fault', () => {
  expect(() => estimate(counted([1, 1]))).toThrow('2 levels for 4 comparisons');
  expect(() => estimate(counted([1, 1, 1, 2]))).toThrow('comparison 3 has no level 2');
});

const anyCounts = fc.array(
  fc.record({
    levels: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.option(fc.nat(1))),
    count: fc.oneof(fc.nat(50), fc.nat(10_000_000), fc.constant(1e12)),
  }),
  { maxLength: 40 },
);
const anyClasses = fc.constantFrom<Estimating['classes']>(['m', 'u'], ['m', 'h', 'u']);
const anyHeld = fc.subarray<PairClass>(['m', 'h', 'u']);

test('whatever is counted, the likelihood never falls, and nothing is 0, 1 or no number', () => {
  fc.assert(
    fc.property(anyCounts, anyClasses, anyHeld, (counts, classes, held) => {
      const found = estimate({ shape, counts, classes, held, rounds: 60 });
      for (const [round, likelihood] of found.likelihoods.entries()) {
        const before = found.likelihoods[round - 1] ?? Number.NEGATIVE_INFINITY;
        expect(likelihood).toBeGreaterThanOrEqual(before - 1e-9 * Math.abs(likelihood) - 1e-9);
      }
      const shares = [...Object.values(found.shares).flat(2), ...Object.values(found.prior)];
      expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
      const sum = Object.values(found.prior).reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(1, 9);
    }),
    propertySettings(60),
  );
});

test('the order of the patterns makes no difference worth the name', () => {
  const counts = made([
    [same, 2_000],
    [unrelated, 8_000],
  ]);
  const one = estimate({ shape, counts, classes: ['m', 'u'] });
  const other = estimate({ shape, counts: counts.toReversed(), classes: ['m', 'u'] });
  expect(furthest(one.shares.m, other.shares.m ?? [])).toBeLessThan(1e-9);
});
