import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import type { Pairs } from './cluster.ts';
import { judgeClusters, judgePairs, judgePairsByTruth, numbered } from './judge.ts';

function pairs(list: readonly (readonly [number, number])[]): Pairs {
  return { a: Int32Array.from(list, ([a]) => a), b: Int32Array.from(list, ([, b]) => b) };
}

test('pairs found are judged whichever end comes first and however often they were given', () => {
  const found = pairs([
    [0, 1],
    [1, 0],
    [2, 1],
    [5, 3],
  ]);
  const { precision, recall, f1 } = judgePairs(
    found,
    pairs([
      [1, 0],
      [1, 2],
      [0, 2],
      [4, 3],
    ]),
  );
  expect([precision.hits, precision.of, recall.of]).toEqual([2, 3, 4]);
  expect(f1).toBeCloseTo(4 / 7, 12);
  const byTruth = judgePairsByTruth(found, numbered(['x', 'x', 'x', 'y', 'y', 'z']));
  expect(byTruth).toEqual(
    judgePairs(
      found,
      pairs([
        [0, 1],
        [0, 2],
        [1, 2],
        [3, 4],
      ]),
    ),
  );
});

test('the classic example: three clusters found, where B-cubed and whole clusters tell different things', () => {
  const found = numbered('aaaaabbcccc'.split(''));
  const truth = numbered('11111223455'.split(''));
  const judged = judgeClusters(found, truth);
  expect([judged.pairs.precision.hits, judged.pairs.precision.of, judged.pairs.recall.of]).toEqual([12, 17, 12]);
  expect(judged.bCubed.precision).toBeCloseTo((5 + 2 + 1 / 4 + 1 / 4 + 1) / 11, 12);
  expect(judged.bCubed.recall).toBe(1);
  expect([judged.exact.precision.hits, judged.exact.precision.of, judged.exact.recall.of]).toEqual([2, 3, 5]);
  expect([judged.exactOfSeveral.precision.of, judged.exactOfSeveral.recall.of]).toEqual([3, 3]);
});

test('the truth judged against itself is perfect', () => {
  const truth = numbered([3, 3, 1, 9, 9, 9]);
  const { pairs: byPairs, bCubed, exact, exactOfSeveral } = judgeClusters(truth, truth);
  expect([byPairs.f1, bCubed.f1, exact.f1, exactOfSeveral.f1]).toEqual([1, 1, 1, 1]);
});

test('labels that are no numbers of records are a fault', () => {
  expect(() => judgeClusters(Int32Array.of(0, 7), Int32Array.of(0, 1))).toThrow('label 7 among 2 records');
  expect(() => judgeClusters(Int32Array.of(0), Int32Array.of(0, 1))).toThrow('1 labels against 2');
});

const labelled = fc.integer({ min: 1, max: 30 }).chain((many) => {
  const labels = fc.array(fc.nat(many - 1), { minLength: many, maxLength: many });
  return fc.tuple(labels, labels);
});

function together(labels: readonly number[]): readonly (readonly [number, number])[] {
  return labels.flatMap((label, a) =>
    labels.flatMap((other, b): [number, number][] => (a < b && label === other ? [[a, b]] : [])),
  );
}

test('judging by counts is the same as going through every pair and every record', () => {
  fc.assert(
    fc.property(labelled, ([found, truth]) => {
      const judged = judgeClusters(Int32Array.from(found), Int32Array.from(truth));
      expect(judged.pairs).toEqual(judgePairs(pairs(together(found)), pairs(together(truth))));
      const shares = found.map((label, node) => {
        const mine = found.flatMap((one, at) => (one === label ? [at] : []));
        const both = mine.filter((at) => truth[at] === truth[node]).length;
        return [both / mine.length, both / truth.filter((one) => one === truth[node]).length] as const;
      });
      const mean = (of: 0 | 1): number => shares.reduce((sum, share) => sum + share[of], 0) / shares.length;
      expect(judged.bCubed.precision).toBeCloseTo(mean(0), 9);
      expect(judged.bCubed.recall).toBeCloseTo(mean(1), 9);
    }),
    propertySettings(100),
  );
});
