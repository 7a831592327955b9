import { expect, test } from 'vitest';
import { parsePhone, sayPhone } from './phones.ts';

test.each([
  '07700 900123',
  '+44 7700 900123',
  '+44 (0)7700 900123',
  '0044 7700-900123',
  '0044 (0)7700 900123',
  '7700900123',
  '447700900123',
  'tel:+44-7700-900123',
  '07700 900123 ext. 204',
  '07700900123x2',
  '０７７００ ９００１２３',
])('%s is one number', (text) => {
  expect(parsePhone(text)).toBe('447700900123');
});

test.each([
  ['+353 (0)87 123 4568', '353871234568'],
  ['00 48 500 600 700', '48500600700'],
  ['+39 06 1234 5678', '390612345678'],
])('%s, from abroad, is %s', (text, digits) => {
  expect(parsePhone(text)).toBe(digits);
});

test.each([
  'withheld',
  'Unknown',
  '999',
  '101',
  '00000000000',
  '07',
  '',
  '0300 1234567',
  '0800 123456',
  '0845 1234567',
  '07123456789',
  '07700900123 07700900456',
  '1'.repeat(100_000),
])('%s names nobody', (text) => {
  expect(parsePhone(text)).toBeNull();
});

test.each([
  ['447700900123', '07700 900123'],
  ['442079460123', '020 7946 0123'],
  ['441164960123', '0116 496 0123'],
  ['441632960123', '01632 960123'],
  ['48500600700', '+48500600700'],
])('%s is read out as %s', (digits, said) => {
  expect(sayPhone(digits)).toBe(said);
});
