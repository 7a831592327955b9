import { expect, test } from 'vitest';
import { dangerous, harmless } from '../../test/everyday-sentences.ts';
import { toldDangers } from '../../test/phrase-list.ts';

function sentencesIn(table: string): readonly string[] {
  return table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test.each(sentencesIn(harmless))('no danger is told: %s', (sentence) => {
  expect(toldDangers(sentence)).toEqual([]);
});

test.each(sentencesIn(dangerous))('danger is told: %s', (sentence) => {
  expect(toldDangers(sentence)).not.toEqual([]);
});

test.each([
  'He has parked his van across my drive and I cannot get out',
  'He said he will kill me if he comes back',
  'He has come back and he is banging the back door',
  'My husband is rattling the door and shouting let me in',
  'I have not seen her since Tuesday and I am worried about her',
  'They come back every night',
])('what only looks like it is danger still: %s', (sentence) => {
  expect(toldDangers(sentence)).not.toEqual([]);
});

test.each(['He is rattling the gate of the allotment because it sticks'])(
  'the list does not know why somebody rattles: %s',
  (sentence) => {
    expect(toldDangers(sentence)).not.toEqual([]);
  },
);

test.each(["It's on its roof in the river and I can see hands at the window", 'My sister left a note for the milkman'])(
  'a list of phrases does not hear, and need not: %s',
  (sentence) => {
    expect(toldDangers(sentence)).toEqual([]);
  },
);
