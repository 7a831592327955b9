import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bornKey, bornText, compareBorn, isOfAge, parseAge, parseBorn } from './births.ts';

test.each([
  ['1984-03-07', '07/03/1984', 'same'],
  ['07.03.84', '1984-03-07', 'same'],
  ['07031984', '19840307', 'same'],
  ['1984-03-07', '07-MAR-1984', 'same'],
  ['1984-03-07', '7th March 84', 'same'],
  ['1984-03-07', 'March 7, 1984', 'same'],
  ['1984-03-07', '1984-03-07T00:00:00Z', 'same'],
  ['1984-03-07', '07/03/1984 00:00', 'same'],
  ['1984-03-07', '070384', 'same'],
  ['1984-03-07', 'Mar 1984', 'month'],
  ['1984-03-07', '00/00/1984', 'year'],
  ['1984-03-07', '1984-07-03', 'swapped'],
  ['1984-03-07', '1984-03-08', 'slip'],
  ['1984-03-07', '1948-03-07', 'slip'],
  ['1984-03-07', '1984-03-18', 'different'],
  ['1984-03-07', '??/03/1984', 'month'],
  ['1984-03-07', '--/--/1984', 'year'],
  ['1984-03-07', 'c1984', 'year'],
  ['1984-03-07', '1984-04', 'different'],
  ['1984-03-07', '1985', 'different'],
  ['1984-03-07', 'xx/xx/84', 'year'],
  ['1984-03-07', '', 'unknown'],
])('%s beside %s: %s', (one, other, level) => {
  expect(compareBorn(parseBorn(one), parseBorn(other))).toBe(level);
  expect(compareBorn(parseBorn(other), parseBorn(one))).toBe(level);
});

test('1 January says no more than the year, for that is what is written when nobody knew', () => {
  expect(compareBorn(parseBorn('1984-01-01'), parseBorn('1984-01-01'))).toBe('year');
  expect(compareBorn(parseBorn('1984-01-01'), parseBorn('1984-03-07'))).toBe('year');
});

test.each([
  '01/01/1900',
  '1900-01-01',
  '1970-01-01',
  'unknown',
  '99',
  '31/02/1984',
  '1784',
  '13/25/1984',
  '',
  '34',
  '1/2/3/4',
  '200312',
  'Mar',
  '0'.repeat(100_000),
])('%s says nothing', (text) => {
  expect(parseBorn(text)).toBeNull();
});

const anyDate = fc.record({
  year: fc.integer({ min: 1902, max: 2020 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
});

test('day and month exchanged have one key, and a whole date is the same in every habit', () => {
  fc.assert(
    fc.property(anyDate, ({ year, month, day }) => {
      fc.pre(!(month === 1 && day === 1));
      const [iso, british] = [parseBorn(`${year}-${month}-${day}`), parseBorn(`${day}/${month}/${year}`)];
      expect(compareBorn(iso, british)).toBe('same');
      expect(bornKey(parseBorn(`${year}-${day}-${month}`))).toBe(bornKey(iso));
    }),
  );
});

test('no text throws, and comparison knows no first and second', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9/?.x-]{0,10}$/));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareBorn(parseBorn(a), parseBorn(b))).toBe(compareBorn(parseBorn(b), parseBorn(a)));
    }),
  );
});

test.each([
  ['07/03/84', '1984-03-07'],
  ['07/03/05', '2005-03-07'],
  ['??/03/1984', '1984-03-00'],
  ['1984', '1984-00-00'],
  ['01/01/1984', '1984-01-01'],
])('%s is kept as %s', (text, kept) => {
  const born = parseBorn(text);
  expect(born === null ? '' : bornText(born)).toBe(kept);
});

test('1 January is known as what is written by default', () => {
  expect(parseBorn('01/01/1984')?.isDefault).toBe(true);
  expect(parseBorn('1984')?.isDefault).toBe(false);
});

test.each([
  ['approx 40', 35, 45],
  ['40s', 40, 49],
  ['mid 30s', 33, 37],
  ['35-40', 35, 40],
  ['aged 7', 7, 7],
  ['18 months', 0, 1],
])('%s is an age from %i to %i', (text, from, to) => {
  expect(parseAge(text)).toEqual({ from, to });
});

test.each(['', 'unknown', '07/03/1984', '250', '1 2 3', '9'.repeat(100_000)])('%s is no age', (text) => {
  expect(parseAge(text)).toBeNull();
});

test('an age is held against a date of birth in the year it was told', () => {
  const born = parseBorn('07/03/84');
  const forty = parseAge('about 40');
  if (born === null || forty === null) throw new Error('both are read');
  expect([2020, 2026, 2040].map((year) => isOfAge(born, forty, year))).toEqual([true, true, false]);
});
