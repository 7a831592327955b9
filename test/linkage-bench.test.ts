import { expect, test } from 'vitest';
import { invented } from '../bench/linkage/batch.ts';
import { linkSet } from '../bench/linkage/link-set.ts';
import { recallByProduct } from '../bench/linkage/name-recall.ts';
import { putDown } from '../bench/linkage/put-down.ts';
import { linkFolder } from './linked.ts';

test('the bench', async () => {
  const result = await linkSet(putDown(invented(1_500), linkFolder()));
  console.log(JSON.stringify(result, null, 1));
  expect(1).toBe(1);
  recallByProduct([]);
});
