import { expect, test } from 'vitest';
import type { Row } from '../../test/linked.ts';
import { withPairs, writtenTwice } from '../../test/linked.ts';
import type { Counted } from '../linkage/shares.ts';
import { candidatePatterns } from './compare.ts';

const pairsOf = (found: readonly Counted[]): number => found.reduce((sum, { count }) => sum + count, 0);

/** Patterns of the candidates among these records, of at most so many pairs. */
function patternsAmong(rows: readonly Row[], most?: number): Promise<readonly Counted[]> {
  return withPairs(rows, ({ batch, of }) => candidatePatterns(batch, of, most));
}

test('of very many candidates some are compared, and stand for about as many as there are', async () => {
  const rows = writtenTwice(400);
  const [all, some] = [await patternsAmong(rows), await patternsAmong(rows, 500)];
  const every = some.reduce((least, { count }) => Math.min(least, count), Number.POSITIVE_INFINITY);
  expect(every).toBeGreaterThan(1);
  expect(pairsOf(some) / pairsOf(all)).toBeGreaterThan(0.6);
  expect(pairsOf(some) / pairsOf(all)).toBeLessThan(1.6);
});

test('which candidates are compared does not depend on the order of the records', async () => {
  const rows = writtenTwice(200);
  expect(await patternsAmong(rows.toReversed(), 100)).toEqual(await patternsAmong(rows, 100));
});
