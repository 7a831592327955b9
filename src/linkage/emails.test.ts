import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEmail } from './emails.ts';

test.each([
  ['Kat.Dunmore@Gmail.com', 'katdunmore@gmail.com'],
  ['kat.dunmore+bank@googlemail.com', 'katdunmore@gmail.com'],
  ['<mailto:kat.dunmore@firm.example.com>', 'kat.dunmore@firm.example.com'],
  ['kat.dunmore @ outlook.com.', 'kat.dunmore@outlook.com'],
  ['kat+shop@outlook.com', 'kat@outlook.com'],
  ['kat.dunmore@gmial.com', 'katdunmore@gmail.com'],
])('%s is delivered to %s', (text, address) => {
  expect(parseEmail(text)?.address).toBe(address);
});

test.each(['none', 'noemail@noemail.com', 'info@firm.co.uk', 'n/a', 'unknown@gmail.com', 'a@b', 'x@y@z.com', '', '@'])(
  '%s names nobody',
  (text) => {
    expect(parseEmail(text)).toBeNull();
  },
);

test('what was read is read the same again, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.stringMatching(/^[a-z.+]{1,9}@[a-z.]{1,9}$/),
  );
  fc.assert(
    fc.property(text, (one) => {
      const read = parseEmail(one);
      expect(parseEmail(read?.address ?? '')).toEqual(read);
    }),
  );
});
