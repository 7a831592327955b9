import { describe, expect, test } from 'vitest';
import { breaks, makeTokens, readTokens } from './tokens.ts';
import { figureWord, makeVocabulary, unknownWord } from './vocabulary.ts';

const vocabulary = makeVocabulary(
  ['knife', 'help', 'kill', 'wont', 'hes', 'baby', 'ex', 'husband', 'with', 'and', 'not', '101', 'no'],
  new Map([
    ['nife', 'knife'],
    ['w', 'with'],
  ]),
);
const names = new Map(
  ['knife', 'help', 'kill', 'wont', 'hes', 'baby', 'ex', 'husband', 'with', 'and', 'not', '101', 'no'].map((word) => [
    vocabulary.idOf(word),
    word,
  ]),
);

function wordsOf(text: string): readonly string[] {
  const tokens = makeTokens(64);
  readTokens(text, 0, { into: tokens, vocabulary });
  return [...tokens.words.subarray(0, tokens.count)].map((id) => {
    if (id === unknownWord) return '?';
    return id === figureWord ? '#' : (names.get(id) ?? '!');
  });
}

function breaksOf(text: string): readonly number[] {
  const tokens = makeTokens(64);
  readTokens(text, 0, { into: tokens, vocabulary });
  return [...tokens.breaks.subarray(1, tokens.count)];
}

describe('a word is known', () => {
  test.each([
    ['knife', 'knife'],
    ['KNIFE', 'knife'],
    ["won't", 'wont'],
    ['won\u2019t', 'wont'],
    ['WON`T', 'wont'],
    ['wont', 'wont'],
    ["he's", 'hes'],
    ["baby's", 'baby'],
    ['baby\u2019s', 'baby'],
    ['husbands', 'husband'],
    ['nife', 'knife'],
    ['heeeelp', 'help'],
    ['killlll', 'kill'],
    ['kn\u200Bife', 'knife'],
    ['k\u00ADnife', 'knife'],
    ['knif\u00E9', 'knife'],
    ['knife\u0301', 'knife'],
    ['\uFF4B\uFF4E\uFF49\uFF46\uFF45', 'knife'],
    ['\u{1D424}nife', 'knife'],
    ['3', '#'],
    ['101', '101'],
  ])('%s as %s', (text, word) => {
    expect(wordsOf(text)).toEqual([word]);
  });
});

test.each([
  ['ex-husband', ['ex', 'husband']],
  ['w/ knife', ['with', 'knife']],
  ['4yo', ['#', '?']],
  ['"help"', ['help']],
  ["'help'", ['help']],
  ['\u201Chelp\u201D', ['help']],
  ['help & kill', ['help', 'and', 'kill']],
  ['knife\u{1F52A}help', ['knife', 'help']],
  ['\u043A\u043D\u0438\u0444\u0435', ['?']],
  ['k'.repeat(70), ['?']],
  ['', []],
  [' \n\t.,;', []],
])('%j is parted into words', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test.each([
  ['no knife', breaks.none],
  ['no/knife', breaks.slash],
  ['no, knife', breaks.pause],
  ['no - knife', breaks.pause],
  ['no\u2014knife', breaks.pause],
  ['no... knife', breaks.pause],
  ['no\u2026 knife', breaks.pause],
  ['no (knife)', breaks.pause],
  ['no: knife', breaks.pause],
  ['no\nknife', breaks.line],
  ['no\n\nknife', breaks.sentence],
  ['no\r\nknife', breaks.line],
  ['no. Knife', breaks.sentence],
  ['no.knife', breaks.sentence],
  ['no; knife', breaks.sentence],
  ['no! knife', breaks.sentence],
  ['no? knife', breaks.question],
  ['no ?knife', breaks.none],
  ['no-knife', breaks.none],
  ['no "knife"', breaks.none],
  ['21.04', breaks.none],
])('%j is parted by the right break', (text, strength) => {
  expect(breaksOf(text)).toEqual([strength]);
});

test('reading stops where there is no more room, and goes on from there', () => {
  const tokens = makeTokens(2);
  const text = 'knife help kill';
  const stopped = readTokens(text, 0, { into: tokens, vocabulary });
  expect([tokens.count, text.slice(0, stopped)]).toEqual([2, 'knife help']);
  readTokens(text, stopped, { into: tokens, vocabulary });
  expect([tokens.count, text.slice(tokens.starts[0], tokens.ends[0])]).toEqual([1, 'kill']);
});
