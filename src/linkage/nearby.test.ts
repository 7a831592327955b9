import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Identity } from '../room/subject.ts';
import { metresBetween } from '../room/ground.ts';
import { metresApart, nearMaxM, squaresOf } from './nearby.ts';

type Place = Extract<Identity, { kind: 'place' }>;

function at(latitude: number, longitude: number, radiusM = 5): Place {
  return { kind: 'place', premises: '14', street: 'Mill Lane', position: { latitude, longitude, radiusM } };
}

test('a minute of latitude is a nautical mile', () => {
  const [one, other] = [
    { latitude: 52, longitude: -1, radiusM: 1 },
    { latitude: 52 + 1 / 60, longitude: -1, radiusM: 1 },
  ];
  expect(Math.round(metresBetween(one, other))).toBe(1853);
});

test('what is known less precisely than what counts as near is near nothing, nor is what belongs to everybody', () => {
  expect(metresApart(at(52.2, -1), at(52.20028, -1), 50)).toBe(31);
  expect(metresApart(at(52.2, -1), at(52.20028, -1), 30)).toBeNull();
  expect(metresApart(at(52.2, -1), at(52.20028, -1, 51), 50)).toBeNull();
  expect(metresApart(at(52.2, -1, 3_000), at(52.20028, -1), 50)).toBeNull();
  expect(metresApart(at(52.2, -1), { ...at(52.20028, -1), public: true }, 50)).toBeNull();
  expect(metresApart(at(0, 0), at(0, 0.0001), 50)).toBeNull();
});

test('whatever is near stands in one of the squares that are asked, anywhere in these islands', () => {
  const anywhere = fc.record({
    latitude: fc.double({ min: 49, max: 61, noNaN: true }),
    longitude: fc.double({ min: -9, max: 2, noNaN: true }),
  });
  const away = fc.double({ min: -0.0025, max: 0.0025, noNaN: true });
  fc.assert(
    fc.property(anywhere, away, away, ({ latitude, longitude }, north, east) => {
      const [mine, theirs] = [at(latitude, longitude), at(latitude + north, longitude + east)];
      fc.pre(metresApart(mine, theirs, nearMaxM) !== null);
      expect(squaresOf(mine, true)).toContain(squaresOf(theirs, false)[0]);
    }),
  );
});
