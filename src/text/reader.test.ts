import { describe, expect, test } from 'vitest';
import { read, shippedPhrases, toldKinds } from '../../test/phrase-list.ts';
import { hitLimits } from './hits.ts';
import { compilePhrases, windowLimits } from './reader.ts';

test('a hit says its kind, what it means, the phrase and the words it rests on', () => {
  const text = "Inf: 'he's got a knife'";
  expect(read(text)).toEqual([
    {
      kind: 'weapon',
      reads: 'danger',
      means: 'A weapon is said to be there or to have been used',
      lifeThreat: true,
      phrase: '{hold} ..1 {weapon}',
      quote: 'got a knife',
      start: text.indexOf('got'),
      end: text.indexOf('knife') + 5,
      standing: 'told',
    },
  ]);
});

test('the reader names the version of its list', () => {
  expect(compilePhrases(shippedPhrases).version).toBe(shippedPhrases.version);
});

describe('however it is written', () => {
  test.each([
    ["he's got a knife", 'weapon'],
    ['hes got a knife', 'weapon'],
    ['HES GOT A KNIFE', 'weapon'],
    ['he\u2019s got a knife', 'weapon'],
    ['\u201Che\u2019s got a kn\u200Bife\u201D', 'weapon'],
    ['he said "he\'s got a knife"', 'weapon'],
    ['?knife', 'weapon'],
    ['male w/ knife', 'weapon'],
    ['susp(knife)running off', 'weapon'],
    ['poss wepon', 'weapon'],
    ["she cant breath, she can't breathe", 'collapsed'],
    ['shes not breathin', 'collapsed'],
    ['he will kill\nme', 'threat-to-life'],
    ['he will... kill me', 'threat-to-life'],
    ['DV - vic states poss ex', 'domestic-named'],
    ['inf states scard of ptnr', 'fear'],
    ['boyfriends hitting me', 'family-as-source'],
    ['my husband\u2019s got a knife', 'family-as-source'],
    ['help', 'fear'],
    ['Heeeelp meee', 'fear'],
    ['wont let me leave', 'held-or-followed'],
    ['not seen for 2days', 'not-seen-as-usual'],
    ['i said "help" to her', 'heard-help'],
  ])('%j tells of %s', (text, kind) => {
    expect(toldKinds(text)).toContain(kind);
  });
});

test.each([
  ['he kills. Me too', 'threat-to-life'],
  ['can you help with directions', 'fear'],
  ['knife. Crime number wanted', 'unheard-of'],
])('a phrase does not reach over the end of a sentence: %s', (text, kind) => {
  expect(toldKinds(text)).not.toContain(kind);
});

test('nothing said in the next sentence keeps danger quiet', () => {
  expect(toldKinds('he has a knife. Crime number wanted')).toContain('weapon');
  expect(toldKinds('he has a knife\ncrime number wanted')).toContain('weapon');
  expect(toldKinds('he has a knife, crime scene needed')).toContain('weapon');
});

test('a text longer than a window is read to its end, and nothing is cut at the seam', () => {
  const step = windowLimits.words - windowLimits.sharedWords;
  for (const words of [step - 70, step - 3, step, step + 60, windowLimits.words - 2, 3 * windowLimits.words]) {
    const before = 'lorem '.repeat(words);
    const hits = read(`${before}he said he would kill me ${before}`);
    expect(hits.map(({ quote, start }) => [quote, start])).toEqual([
      ['would kill me', before.length + 'he said he '.length],
    ]);
  }
});

test('a denial before the seam still denies', () => {
  const step = windowLimits.words - windowLimits.sharedWords;
  for (const words of [step - 1, step, step + 63, step + 64, windowLimits.words - 1])
    expect(read(`${'lorem '.repeat(words)}no weapons seen`).map(({ standing }) => standing)).toEqual(['negated']);
});

test('what comes out is bounded, and danger told comes first', () => {
  const flood = `${'supervisor aware. '.repeat(500)}he strangled her. ${'no knife. '.repeat(500)}`;
  const hits = read(flood);
  expect(hits).toHaveLength(hitLimits.hits);
  expect(hits.filter(({ kind, standing }) => kind === 'strangling' && standing === 'told')).toHaveLength(1);
});

test('a quote is bounded whatever stands between its words', () => {
  const [hit] = read(`he will ${' '.repeat(5_000)}kill me`);
  expect(hit?.quote.length).toBe(hitLimits.quoteCharacters);
});

test('names of built-in properties are words like any other', () => {
  expect(read('constructor toString __proto__ hasOwnProperty')).toEqual([]);
});
