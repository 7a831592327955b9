import { expect, test } from 'vitest';
import { markKey, parseMark } from './vehicles.ts';

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
