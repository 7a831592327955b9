import { expect, test } from 'vitest';
import { compareMarks, markKey, parseMark } from './vehicles.ts';

test.each([
  ['ZZ05 OIS', 'zz05ois', 'zz05015'],
  ['zz05-018', 'zz05018', 'zz05018'],
  ['ZZO5 OIB', 'zzo5oib', 'zz05018'],
])('%s is read %s and looked up as %s', (text, mark, key) => {
  expect(parseMark(text)).toBe(mark);
  expect(markKey(mark)).toBe(key);
});

test.each(['unknown', 'No plates', 'N/K', 'XX', '', 'xxxx', '!!'])('%s is no mark', (text) => {
  expect(parseMark(text)).toBeNull();
});

test.each([
  ['ZZ05 OIS', 'zz05ois', 'same'],
  ['ZZ05 OIS', 'ZZO5 015', 'looks'],
  ['ZZ05 OIS', 'ZZ05 OIT', 'slip'],
  ['ZZ05 OIS', 'ZZ05 ???', 'partial'],
  ['ZZ05 OIS', 'ZZ?5 O?S', 'partial'],
  ['ZZ05 OIS', 'part ZZ05', 'partial'],
  ['ZZ05 OIS', 'ending 5 OIS', 'partial'],
  ['ZZ05 OIS', 'ZZ05...', 'partial'],
  ['ZZ05 OIS', 'YY05 ???', null],
  ['ZZ05 OIS', 'part ZZ', null],
  ['ZZ05 OIS', 'unknown', null],
  ['ZZ05 OIS', 'ZZ06 OIT', null],
])('%s beside %s: %s', (one, other, level) => {
  expect(compareMarks(one, other)).toBe(level);
  expect(compareMarks(other, one)).toBe(level);
});

test('a mark full of gaps is compared in no time, and ties to nothing', () => {
  expect(compareMarks('*a*b*c'.repeat(20_000), 'abcabcabcabcabcabcabc')).toBeNull();
  expect(compareMarks('?'.repeat(100_000), 'ZZ05 OIS')).toBeNull();
});
