import { expect, test } from 'vitest';
import { sayShare, shareOf } from './wilson.ts';

test('an interval of a share is the one that Wilson gives', () => {
  const { from, to } = shareOf(59, 60);
  expect(from).toBeCloseTo(0.9114, 3);
  expect(to).toBeCloseTo(0.9971, 3);
  expect(shareOf(0, 10).from).toBeCloseTo(0, 9);
  expect(shareOf(10, 10).to).toBeCloseTo(1, 9);
  expect(sayShare(shareOf(0, 0))).toBe('none to count');
});
