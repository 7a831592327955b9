import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePostcode } from './postcodes.ts';

test.each([
  ['ZZ1 2AB', 'zz12ab'],
  ['zz12ab', 'zz12ab'],
  ['ZZ1-2AB.', 'zz12ab'],
  ['ZZI 2AB', 'zz12ab'],
  ['ZZ1O 2AB', 'zz102ab'],
  ['ZZ10 OAB', 'zz100ab'],
  ['Z1A 2AB', 'z1a2ab'],
  ['2Z1 2AB', 'zz12ab'],
])('%s is read %s', (text, code) => {
  expect(parsePostcode(text)).toBe(code);
});

test.each(['', 'unknown', 'ZZ1', '12345', 'ZZ1 22B9', 'n/a', 'Z'.repeat(100_000)])('%s is no postcode', (text) => {
  expect(parsePostcode(text)).toBe('');
});

test('a whole postcode is never changed, and what was mended stays as it is', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^(?:[a-z]{1,2}[0-9]{1,2}|[a-z][0-9][a-hjk]|[a-z]{2}[0-9][abeh])[0-9][a-z]{2}$/),
      (code) => {
        expect(parsePostcode(code)).toBe(code);
      },
    ),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{5,7}$/), (text) => {
      const code = parsePostcode(text);
      expect(parsePostcode(code)).toBe(code);
    }),
  );
});
