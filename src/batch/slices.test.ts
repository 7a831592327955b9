import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withPairs, writtenTwice } from '../../test/linked.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import { withShares } from './frequencies.ts';
import { scorePairs } from './score.ts';
import type { Slice } from './slices.ts';
import { sliceRecords, slicesOf } from './slices.ts';

function isIn(one: number, { from, to }: Slice): boolean {
  return one >= from && one < to;
}

test('every pair of records is in one slice beside another, whatever their size', () => {
  const pair = fc.tuple(fc.nat(500), fc.nat(500)).filter(([l, r]) => l < r);
  fc.assert(
    fc.property(pair, fc.nat(100), fc.integer({ min: 1, max: 300 }), ([l, r], more, size) => {
      const holding = [...slicesOf(r + 1 + more, size)].filter((sides) => isIn(l, sides.l) && isIn(r, sides.r));
      expect(holding).toHaveLength(1);
    }),
  );
});

/** Every pair that blocking finds, as it is scored in so much memory. */
async function edgesWithin(memoryBytes: number | null): Promise<readonly unknown[]> {
  return withPairs(writtenTwice(60), async ({ batch, records, of }) => {
    const model = shippedModel();
    await withShares(batch, model);
    await scorePairs(memoryBytes === null ? batch : { ...batch, memoryBytes }, { records, model, of });
    return batch.rows('SELECT * FROM edge ORDER BY l, r');
  });
}

test('pairs score the same in slices of a few records as all at once', async () => {
  const small = 100_000;
  expect(sliceRecords({ memoryBytes: small })).toBeLessThan(60);
  const whole = await edgesWithin(null);
  expect(whole.length).toBeGreaterThan(60);
  expect(await edgesWithin(small)).toEqual(whole);
});
