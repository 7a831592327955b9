import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJaroWinklerAbove, isWithinOneSlip, jaroWinkler } from './distance.ts';

/** Published values of Winkler's own examples. */
test.each([
  ['martha', 'marhta', 0.961],
  ['dixon', 'dicksonx', 0.813],
  ['dwayne', 'duane', 0.84],
  ['', 'a', 0],
  ['', '', 1],
])('Jaro-Winkler of %s and %s is the published one', (a, b, value) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(value, 3);
});

test.each([
  ['dunmore', 'dunmore', true],
  ['dunmore', 'dunmoer', true],
  ['dunmore', 'dunmor', true],
  ['dunmore', 'sdunmore', true],
  ['dunmore', 'dinmore', true],
  ['dunmore', 'dinmora', false],
  ['dunmore', 'dunm', false],
  ['ab', 'ba', true],
  ['abc', 'cba', false],
])('one slip between %s and %s: %s', (a, b, is) => {
  expect(isWithinOneSlip(a, b)).toBe(is);
  expect(isWithinOneSlip(b, a)).toBe(is);
});

test('similarity is a number from 0 to 1, whatever the words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0);
      expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1);
      expect(jaroWinkler(a, a)).toBe(1);
    }),
  );
});

test('two words are above a threshold where their similarity is, though it is not reckoned to the end', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ж', '👮'), maxLength: 70 });
  const threshold = fc.double({ min: 0.75, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(word, word, threshold, (a, b, least) => {
      for (const other of [b, a.slice(1), `${a}b`, `${a.slice(0, 4)}${b}`])
        expect(isJaroWinklerAbove(least, a, other)).toBe(jaroWinkler(a, other) > least);
    }),
    { numRuns: 400 },
  );
});
