import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featuresOf } from './features.ts';
import { normaliseName, parseName, parsePart, soundsIn } from './names.ts';
import { compareNames } from './persons.ts';

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

const parts = (text: string): string => {
  const { given, surname, former } = parseName(text);
  return [given, surname, former].map((names) => names.join(' ')).join('|');
};

test.each([
  ['Mrs Anna Jane Quill-Harrow', 'anna jane|quill harrow|'],
  ['QUILL, Anna', 'anna|quill|'],
  ['QUILL HARROW Anna Jane', 'anna jane|quill harrow|'],
  ['Anna Quill (née Harrow)', 'anna|quill|harrow'],
  ['QUILL, Anna formerly Harrow', 'anna|quill|harrow'],
  ['Anna Quill a.k.a. Anna Harrow', 'anna|quill|anna harrow'],
  ['Anne-Marie Quill', 'anne marie|quill|'],
  ['Omar bin Khalid Al-Sarrani', 'omar khalid|sarrani|'],
  ['Jan van der Quill', 'jan|quill|'],
  ['Petrov Ivan Ivanovich', 'ivan ivanovich|petrov|'],
  ['Ivan Ivanovich Petrov', 'ivan ivanovich|petrov|'],
  ['Gurpreet Kaur d/o Harbans Singh', 'gurpreet|kaur|'],
  ['Mr Quill', '|quill|'],
  ['Anna', 'anna||'],
  ['Mc Tavrin, Ewan', 'ewan|mctavrin|'],
])('%s has first, last and former names %s', (text, said) => {
  expect(parts(text)).toBe(said);
});

test.each([
  ['ИВАНОВА Юлия', 'yulia|ivanova|'],
  ['Иванов Дмитрий Сергеевич', 'dmitri sergeevich|ivanov|'],
  ['محمد عبد الرحمن', 'mohammed abdul|rahman|'],
  ['فاطمة الحسين', 'fatima|hussain|'],
  ['דוד כהן', 'david|cohen|'],
  ['Γεώργιος Παπαδόπουλος', 'georgios|papadopoulos|'],
  ['王小明', 'xiaoming|wang|'],
  ['歐陽修文', 'xiuwen|ouyang|'],
  ['约翰·史密斯', 'john|shimisi|'],
  ['김민준', 'minjun|gim|'],
  ['राजेश शर्मा', 'rajesh|sharma|'],
  ['ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ', 'gurpreet|singh|'],
  ['তানিয়া রহমান', 'taniya|rahman|'],
  ['ተስፋዬ አበበ', 'tesfaye|abebe|'],
])('%s is brought to Latin letters as %s', (text, said) => {
  expect(parts(text)).toBe(said);
});

const soundsOfAll = (text: string): readonly string[] => {
  const name = parseName(text);
  return name.tokens.flatMap((token) => soundsIn(name, token));
};

test.each([
  ['Юлия', 'Yulia'],
  ['Жанна', 'Zhanna'],
  ['خالد', 'Khaled'],
  ['زیاد', 'Ziad'],
  ['רבקה', 'Rivka'],
  ['Σοφία', 'Sofia'],
  ['小明', 'Xiaoming'],
  ['ਹਰਪ੍ਰੀਤ', 'Harpreet'],
  ['முருகன்', 'Murugan'],
  ['Bošković', 'Boskovich'],
])('%s sounds like %s', (written, spoken) => {
  expect(soundsOfAll(written).some((sound) => soundsOfAll(spoken).includes(sound))).toBe(true);
});

const hostile = [
  'a'.repeat(100_000),
  'Anna '.repeat(20_000),
  '王'.repeat(100_000),
  'م'.repeat(100_000),
  'ﷺ'.repeat(50_000),
  '\u202eanna\u202c \u200fQuill',
  '\u0000\u0007Anna\u001b[31m Quill',
  `Anna${'\u0301'.repeat(100_000)}`,
  's/o '.repeat(30_000),
  'née '.repeat(30_000),
  ','.repeat(100_000),
  '😀'.repeat(50_000),
  '\ud800'.repeat(50_000),
  'unknown unknown',
];

test.each(hostile)('hostile text %# gives a bounded name', (text) => {
  const name = parseName(text);
  expect(name.tokens.length).toBeLessThanOrEqual(8);
  expect(name.whole.length).toBeLessThanOrEqual(8 * 64);
  for (const token of name.tokens) expect(soundsIn(name, token).length).toBeLessThanOrEqual(60);
});

test('a name written from right to left, or with control characters, is the name', () => {
  expect(normaliseName('\u202eAnna\u202c Quill')).toBe('anna quill');
  expect(normaliseName('Anna\u0000 Quill\u0007')).toBe('anna quill');
});

test.each([
  ['陳大文', 'Chan Tai Man', 'sounds'],
  ['黃志強', 'WONG Chi-keung', 'same'],
  ['吴丽', 'Lai Ng', 'same'],
  ['谢霆锋', 'Tse Ting Fung', 'sounds'],
  ['王小明', 'Wang Xiao Ming', 'same'],
  ['罗宾逊', 'Robinson', 'one'],
  ['约翰·史密斯', 'John Smith', 'sounds'],
  ['Хосе Хурадо', 'José Jurado', 'sounds'],
  ['Пешковский', 'Peszkowski', 'one'],
  ['يوركوفيتش', 'Jurković', 'one'],
  ['أينشتاين', 'Einstein', 'one'],
] as const)('%s is written %s in Britain', (native, latin, level) => {
  expect(compareNames(parseName(native), parseName(latin))).toBe(level);
});

test.each([
  ['王小明', 'Wong Tai Man'],
  ['陳大文', 'Chan Wai Ming'],
  ['罗宾逊', 'Robertson'],
  ['Иванов', 'Jovanovic'],
])('%s is not %s', (native, latin) => {
  expect(['same', 'sounds']).not.toContain(compareNames(parseName(native), parseName(latin)));
});

test('a surname in a column of its own is one word, though it begins as Chinese names do', () => {
  expect(parsePart('史密斯').tokens).toHaveLength(1);
  expect(featuresOf({ given: '约翰', surname: '史密斯' })).toMatchObject({ middle: '' });
});
