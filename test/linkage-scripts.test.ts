import { expect, test } from 'vitest';
import { nameBook } from '../bench/linkage/names.ts';
import { Population } from '../bench/linkage/population.ts';
import { faultlessRecords } from '../bench/linkage/records.ts';
import { hitsBySlice, nameChecks, recallOf, scriptPairs, slicer } from '../bench/linkage/scripts.ts';

test.each([
  ['arabic', 10_395, /^\P{Script=Latin}+$/u],
  ['russian', 26_342, /^\P{Script=Latin}+$/u],
  ['chinese', 9809, /^\P{Script=Latin}+$/u],
] as const)('names spelt in %s: %d pairs, each with letters of its own', (script, count, native) => {
  const pairs = scriptPairs(script);
  if (pairs === null) return;
  expect(pairs).toHaveLength(count);
  expect(pairs.every((pair) => native.test(pair.native) && pair.latin !== '' && pair.seen >= 1)).toBe(true);
});

test('a test of two scripts is put to each pair, and to each name beside three others', () => {
  const pairs = Array.from({ length: 500 }, (_, at) => ({ latin: `n${at}`, native: `N${at}`, seen: 1 }));
  const exact = recallOf(pairs, (latin, native) => latin.toUpperCase() === native);
  expect(exact).toEqual({ same: { hits: 500, of: 500 }, different: { hits: 0, of: 1500 } });
  const anything = recallOf(pairs, () => true);
  expect(anything).toEqual({ same: { hits: 500, of: 500 }, different: { hits: 1500, of: 1500 } });
});

test('of the checks of full names 84 of 138 mean one person', () => {
  const checks = nameChecks();
  if (checks === null) return;
  expect(checks).toHaveLength(138);
  expect(checks.filter(({ isSame }) => isSame)).toHaveLength(84);
  expect(checks.every(({ one, other }) => one !== '' && other !== '')).toBe(true);
});

test('a name belongs to the origin whose lists hold it, with or without its marks', () => {
  const sliceOf = slicer(nameBook(false));
  expect(sliceOf('Rosalind', 'Trevithick')).toBe('british');
  expect(sliceOf('imran', 'QURESHI')).toBe('southAsian');
  expect(sliceOf('Małgorzata', 'Wiśniewska')).toBe('polish');
  expect(sliceOf('malgorzata', 'wisniewski')).toBe('polish');
  expect(sliceOf('Nobody', 'Xqzt')).toBe('none');
});

test('hits are counted by the origin that the generator gave', () => {
  const population = new Population(2000, 3, nameBook(false));
  const bySlice = hitsBySlice(
    faultlessRecords(population),
    ({ origin }) => origin,
    ({ sex }) => sex === 'f',
  );
  expect([...bySlice.values()].reduce((sum, { of }) => sum + of, 0)).toBe(2000);
  expect(bySlice.get('british')?.of).toBeGreaterThan(1300);
  expect(bySlice.get('british')?.hits).toBeGreaterThan(550);
});
