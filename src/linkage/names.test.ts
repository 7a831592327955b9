import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseName, parseName } from './names.ts';

test.each([
  ['DUNMORE, Katharine', 'katharine dunmore'],
  ['DUNMORE Katharine', 'katharine dunmore'],
  ['Mrs Katharine Dunmore', 'katharine dunmore'],
  ['Dunmore, Katharine (Mrs)', 'katharine dunmore'],
  ['katharine  DUNMORE.', 'katharine dunmore'],
  ['Seán O’Fearnagh', 'sean ofearnagh'],
  ["O'FEARNAGH, Seán", 'sean ofearnagh'],
  ['O FEARNAGH, Seán', 'sean ofearnagh'],
  ['Mary O Fearnagh', 'mary ofearnagh'],
  ['O. Fearnagh', 'o fearnagh'],
  ['Ewan Mac Tavrin', 'ewan mactavrin'],
  ['Anna Quill-Harrow', 'anna quill harrow'],
  ['Anna Quill née Harrow', 'anna quill harrow'],
  ['Łukasz Wójtarski', 'lukasz wojtarski'],
  ['Md Rafiq Talukvi', 'mohammed rafiq talukvi'],
  ['Haji Omar Al-Sarrani', 'omar al sarrani'],
  ['Mr Lord', 'lord'],
  ['Dr. J. P. Quill OBE', 'j p quill'],
  ['', ''],
  ['---', ''],
])('%s is written %s', (text, plain) => {
  expect(normaliseName(text)).toBe(plain);
});

test('a particle inside a name tells nobody apart, but a first or last word is a name', () => {
  expect(parseName('Omar Al-Sarrani').tokens).toEqual(['omar', 'sarrani']);
  expect(parseName('Di Quill').tokens).toEqual(['di', 'quill']);
  expect(parseName('Wei Le').tokens).toEqual(['wei', 'le']);
});

test.each(['unknown', 'Unknown male', 'N/K', 'not given', 'Anonymous caller', 'RESIDENT', 'Refused', '???', ''])(
  '%s names nobody',
  (text) => {
    expect(parseName(text).isGeneric).toBe(true);
  },
);

test('a name that only contains such a word still names somebody', () => {
  expect(parseName('Anna Young').isGeneric).toBe(false);
});

const pieces = fc.constantFrom(
  'Mr',
  'O',
  'Mc',
  'mac',
  'SMYTHE',
  'md',
  'née',
  'al',
  ',',
  '-',
  "'",
  'obe',
  'Jr',
  'İ',
  'ß',
  'ŉ',
  'Ж',
);
const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }).map((parts) => parts.join(' ')),
);

test('normalising a normal name changes nothing, whatever the text', () => {
  fc.assert(
    fc.property(anyName, (text) => {
      const once = normaliseName(text);
      expect(normaliseName(once)).toBe(once);
    }),
    { numRuns: 1000 },
  );
});
