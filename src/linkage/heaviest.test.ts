import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { heaviestFirst } from './heaviest.ts';

const anyWeight = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, Infinity, -Infinity, 1e-320, -1e-320),
);

/** Few, and more than are sorted one by one. */
const anyPairs = fc.constantFrom(0, 2, 20, 300, 700).chain((many) =>
  fc.record({
    weights: fc.array(anyWeight, { minLength: many, maxLength: many }),
    a: fc.array(fc.nat(70_000), { minLength: many, maxLength: many }),
    b: fc.array(fc.nat(70_000), { minLength: many, maxLength: many }),
  }),
);

test('links come heaviest first, equally heavy ones by their nodes, be they few or many', () => {
  fc.assert(
    fc.property(anyPairs, fc.constantFrom(-Infinity, 0, 1), ({ weights, a, b }, threshold) => {
      const pairs = { a: Int32Array.from(a), b: Int32Array.from(b), weight: Float64Array.from(weights) };
      const says = (at: number): readonly number[] => {
        const [one = 0, other = 0] = [a[at], b[at]];
        return [(weights[at] ?? 0) + 0, Math.min(one, other), Math.max(one, other)];
      };
      const inOrder = weights
        .flatMap((weight, at) => (weight >= threshold ? [says(at)] : []))
        .toSorted(([w = 0, l = 0, h = 0], [v = 0, k = 0, g = 0]) => (w === v ? l - k || h - g : v > w ? 1 : -1));
      expect([...heaviestFirst(pairs, threshold, new Int32Array(70_001))].map(says)).toEqual(inOrder);
    }),
    propertySettings(60),
  );
});

test('those of one group stand side by side', () => {
  const pairs = { a: Int32Array.of(0, 2, 1, 3), b: Int32Array.of(1, 3, 0, 2), weight: Float64Array.of(1, 9, 5, 7) };
  expect([...heaviestFirst(pairs, 0, Int32Array.of(0, 0, 2, 2))]).toEqual([2, 0, 1, 3]);
});
