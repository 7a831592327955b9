import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diskSpace, judgeSpace } from './disk.ts';

const gibibyte = 1024 ** 3;

test('the room for a folder that is not there yet is that of the disk it will be on', async () => {
  const here = await diskSpace(tmpdir());
  const there = await diskSpace(join(tmpdir(), 'heed-not-made', 'yet'));
  expect(there.totalBytes).toBe(here.totalBytes);
  expect(here.totalBytes).toBeGreaterThan(0);
  expect(here.freeBytes).toBeLessThanOrEqual(here.totalBytes);
});

test.each([
  [100 * gibibyte, 9.9 * gibibyte, 'low'],
  [100 * gibibyte, 10 * gibibyte, 'enough'],
  [100 * gibibyte, 0.9 * gibibyte, 'full'],
  [4096 * gibibyte, 21 * gibibyte, 'enough'],
  [4096 * gibibyte, 19 * gibibyte, 'low'],
  [4096 * gibibyte, 1.9 * gibibyte, 'full'],
  [5 * gibibyte, 0.9 * gibibyte, 'low'],
  [5 * gibibyte, 0.2 * gibibyte, 'full'],
])('of %i bytes, %i free are %s', (totalBytes, freeBytes, state) => {
  expect(judgeSpace(freeBytes, totalBytes).state).toBe(state);
});

test('less free space is never judged better, and low is always told before full', () => {
  const rank = { full: 0, low: 1, enough: 2 };
  fc.assert(
    fc.property(fc.nat(2 ** 44), fc.nat(2 ** 44), fc.nat(2 ** 44), (total, one, other) => {
      const [less, more] = [judgeSpace(Math.min(one, other), total), judgeSpace(Math.max(one, other), total)];
      expect(rank[less.state]).toBeLessThanOrEqual(rank[more.state]);
      expect(less.fullBytes).toBeLessThan(less.lowBytes);
    }),
  );
});
