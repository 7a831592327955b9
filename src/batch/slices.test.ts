import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { csvOf, linkFolder, personMapping, writtenTwice } from '../../test/linked.ts';
import { featureColumns } from '../linkage/features.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import { findPairs } from './block.ts';
import { comparable } from './compare.ts';
import type { Batch } from './duckdb.ts';
import { openBatch } from './duckdb.ts';
import { normalise } from './features.ts';
import { knownColumns, withShares } from './frequencies.ts';
import type { RawField } from './link-mapping.ts';
import { linkMapping } from './link-mapping.ts';
import { readInputs } from './read.ts';
import { blockingRules } from './rules.ts';
import { scorePairs } from './score.ts';
import { sliceRecords, slicesOf } from './slices.ts';

test('every pair of records is in one slice beside another, whatever their size', () => {
  const pair = fc.tuple(fc.nat(500), fc.nat(500)).filter(([l, r]) => l < r);
  fc.assert(
    fc.property(pair, fc.nat(100), fc.integer({ min: 1, max: 300 }), ([l, r], more, size) => {
      const isIn = (one: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
        one >= from && one < to;
      const holding = [...slicesOf(r + 1 + more, size)].filter((sides) => isIn(l, sides.l) && isIn(r, sides.r));
      expect(holding).toHaveLength(1);
    }),
  );
});

/** Every pair that blocking finds, as it is scored in so much memory. */
async function edgesWithin(memoryBytes: number | null): Promise<readonly unknown[]> {
  const folder = linkFolder();
  const file = join(folder, 'people.csv');
  writeFileSync(file, csvOf(writtenTwice(60)));
  const batch: Batch = await openBatch(folder, { memoryBytes: 2 ** 29, threads: 2 });
  try {
    const mapping = linkMapping.parse(parse(personMapping));
    const { records } = await readInputs(batch, mapping, [{ input: 'people', file }]);
    await normalise(batch, new Set(Object.keys(mapping.inputs['people']?.person ?? {}) as RawField[]));
    const known = await knownColumns(batch, featureColumns);
    await findPairs(batch, blockingRules, { records, known, isBetweenInputsOnly: false });
    const model = shippedModel();
    await withShares(batch, model);
    const scoring = { records, model, of: comparable(known) };
    await scorePairs(memoryBytes === null ? batch : { ...batch, memoryBytes }, scoring);
    return await batch.rows('SELECT * FROM edge ORDER BY l, r');
  } finally {
    batch.close();
  }
}

test('pairs score the same in slices of a few records as all at once', async () => {
  const small = 100_000;
  expect(sliceRecords({ memoryBytes: small })).toBeLessThan(60);
  const whole = await edgesWithin(null);
  expect(whole.length).toBeGreaterThan(60);
  expect(await edgesWithin(small)).toEqual(whole);
});
