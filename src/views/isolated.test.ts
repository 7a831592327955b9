import { expect, test } from 'vitest';
import { isolated } from './isolated.ts';
import { say, sayOnScreen } from './words.ts';

const override = '\u202E';

test('a name that is read from right to left turns nothing around it', () => {
  expect(isolated('דליה')).toBe('\u2068דליה\u2069');
  expect(isolated('علي 12')).toBe('\u2068علي 12\u2069');
});

test('what turns a text without being seen is left out of a sentence, and cannot close what holds it', () => {
  expect(isolated(`live ${override}evil`)).toBe('\u2068live evil\u2069');
  expect(isolated('out\u2069\u202Eside')).toBe('\u2068outside\u2069');
});

test('any other text stays as it is', () => {
  for (const text of ['Dilys Corrowby', '=1+1', '<b>bold</b>', 'Łucja', '王小明', ''])
    expect(isolated(text)).toBe(text);
});

test('a sentence isolates what it is filled with', () => {
  const words = new Map([['one', { named: '{who} rang {count:time|times} before.' }]]);
  const why = { code: 'named', params: { who: `${override}yliD`, count: 2 }, seqs: [] };
  expect(sayOnScreen(words, 'one', why)).toBe('\u2068yliD\u2069 rang 2 times before.');
  expect(say(words, 'one', why)).toBe(`${override}yliD rang 2 times before.`);
});
