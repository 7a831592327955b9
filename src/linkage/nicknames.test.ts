import { expect, test } from 'vitest';
import { plain } from './letters.ts';
import { rootsOf, variantsOf } from './nicknames.ts';

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((root) => other.includes(root));

test.each([
  ['English', 'liz elizabeth|betty elizabeth|bill william|peggy margaret|ted edward|alex alexander|alex alexandra'],
  ['Scottish', 'hamish james|shug hugh|senga agnes|eilidh helen|sandy alexander'],
  ['Irish', 'paddy patrick|sean john|liam william|maire mary|seamus james'],
  ['Welsh', 'dai david|sion john|gwilym william|sian jane|catrin catherine'],
  ['Polish', 'kasia katarzyna|gosia malgorzata|krzys krzysztof|kuba jakub|asia joanna'],
  ['Romanian', 'ionut ion|mihaela michaela|gigi gheorghe'],
  ['Lithuanian', 'algis algirdas|antanas anthony|jonas john'],
  ['Arabic', 'mo mohammed|mohamed muhammad|ibrahim ebrahim|aicha aisha|yousef yusuf'],
  ['Bengali', 'mizan mizanur|rokeya ruqayya|shofiqul shafiqul'],
  ['Sikh', 'jas jaspreet|gurdip gurdeep|sukh sukhvinder'],
  ['Hindu', 'deepak dipak|laxmi lakshmi|praveen pravin'],
  ['Somali', 'maxamed mohammed|faduma fatima|cabdi abdirahman'],
  ['Yoruba', 'tunde babatunde|wale adewale|kemi oluwakemi'],
  ['Igbo', 'emeka chukwuemeka|amaka chiamaka|obi obinna'],
  ['Ghanaian', 'kweku kwaku|ekow yaw|kojo kwadwo'],
  ['Turkish', 'mehmet mohammed|ayse aisha|huseyin hussain'],
  ['Portuguese', 'paco francisco|joao john|quim joaquim'],
  ['Italian', 'beppe giuseppe|sandro alessandro'],
  ['Russian', 'misha mikhail|sasha aleksandr|nastya anastasia|dima dmitri'],
  ['Ukrainian', 'mykola nikolai|oleksandr aleksandr|volodymyr vladimir'],
  ['Jewish', 'moishe moses|yossi yosef|rivka rebecca|shmuel samuel'],
])('%s names and their short forms share a root', (_, list) => {
  const pairs = list.split('|').map((pair) => pair.split(' '));
  expect(pairs.filter(([one = '', other = '']) => !share(rootsOf(one), rootsOf(other)))).toEqual([]);
});

test('names that have nothing to do with one another share none', () => {
  const list = 'anna mark|ted liz|ali omar|wei ming|kofi kwame|tunde emeka|jas harpreet|katie sarah|maria john';
  const pairs = list.split('|').map((pair) => pair.split(' '));
  expect(pairs.filter(([one = '', other = '']) => share(rootsOf(one), rootsOf(other)))).toEqual([]);
});

test('one short form may stand for several names, and an unknown name for none', () => {
  expect(rootsOf('alex')).toEqual(expect.arrayContaining(['alexander', 'alexandra']));
  expect(rootsOf('quarrington')).toEqual([]);
  expect(rootsOf('constructor')).toEqual([]);
  expect(rootsOf('')).toEqual([]);
});

test.each([
  'smyth smith',
  'mcdonald macdonald',
  'mctavrin mactavrin',
  'obrien brien',
  'chowdhury chaudhry',
  'wong huang',
  'wong wang',
  'tran chen',
  'kowalska kowalski',
  'ivanova ivanov',
  'kazlauskiene kazlauskas',
  'mukherjee mukhopadhyay',
  'cohen kahn',
  'nguyen nguyan',
])('%s are one surname in two spellings', (pair) => {
  const [one = '', other = ''] = pair.split(' ');
  expect(share(variantsOf(one), variantsOf(other))).toBe(true);
});

test.each(['smith jones', 'macdonald mackay', 'huang li', 'ivanov petrov', 'casanova casano', 'eva eve'])(
  '%s are two surnames',
  (pair) => {
    const [one = '', other = ''] = pair.split(' ');
    expect(share(variantsOf(one), variantsOf(other))).toBe(false);
  },
);

test('every root is a plain name, as names are compared', () => {
  for (const name of ['liz', 'mo', 'kasia', 'wong', 'mcdonald'])
    for (const root of [...rootsOf(name), ...variantsOf(name)])
      expect(root).toBe(plain(root).replaceAll(/[^a-z]/g, ''));
});
