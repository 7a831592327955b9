import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameSound, phoneticKeys } from './phonetic.ts';

test.each([
  [
    'English',
    'katharine catherine|kathryn catherine|stephen steven|philip phillip|' +
      'geoffrey jeffrey|hughes hewes|lewis louis|leigh lee|smith smyth|reid reed',
  ],
  ['Scottish', 'mcdonald macdonald|mckay mackay|ewan euan|stuart stewart'],
  [
    'Irish',
    'sean shaun|shaun shawn|siobhan shivaun|niamh neve|aoife eefa|caoimhe keeva|' +
      'ciaran kieran|callaghan callahan|eoghan owen|seamus shamus',
  ],
  ['Welsh', 'rhys reece|llewelyn lewelin|gruffydd griffith|cerys kerris|catrin kathryn|huw hugh'],
  ['South Asian', 'choudhury chowdhry|chaudhry choudhury|iqbal ikbal|farooq faruk|bhatti batti|singh sing'],
  [
    'Arabic',
    'muhammad mohammed|mehmood mahmood|hussain hossain|sheikh shaikh|' +
      'khadija hadija|qasim kasim|yusuf youssef|zainab zaynab|uthman usman',
  ],
  ['West African', 'olawale olawalle|kwame kwaame|adeyemi adeyemy|chukwu chuku'],
  ['Chinese', 'zhang chang|xu hsu|nguyen nuyen|li lee|wu woo'],
  ['Polish', 'wojcik voycik|kowalski kovalski|kowalski kowalska|szymanski shimanski|jacek yacek'],
])('%s names are heard the same in their usual spellings', (_, list) => {
  const pairs = list.split('|').map((pair) => pair.split(' '));
  expect(pairs.filter(([one = '', other = '']) => !isSameSound(one, other))).toEqual([]);
});

test('names that are only alike on paper are told apart', () => {
  const list =
    'hassan hussain|chen chan|john jane|smith jones|mahmood muhammad|' +
    'wong wang|adeyemi adebayo|karen corin|lee lou|ali ella';
  const pairs = list.split('|').map((pair) => pair.split(' '));
  expect(pairs.filter(([one = '', other = '']) => isSameSound(one, other))).toEqual([]);
});

test('any text has one to four keys and sounds like itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^[a-z]{1,80}$/)), (text) => {
      expect(phoneticKeys(text).length).toBeGreaterThanOrEqual(1);
      expect(phoneticKeys(text).length).toBeLessThanOrEqual(4);
      expect(isSameSound(text, text)).toBe(true);
    }),
  );
});
