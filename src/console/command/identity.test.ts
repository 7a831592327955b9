import { expect, test } from 'vitest';
import { identity } from '../../room/subject.ts';
import { identityOf } from './identity.ts';

test.each([
  ['07700 900123', { kind: 'phone', number: '07700 900123' }],
  ['+44 7700 900123', { kind: 'phone', number: '+44 7700 900123' }],
  ['ab12 cde', { kind: 'vehicle', mark: 'AB12 CDE' }],
  ['chirper @someone.else', { kind: 'account', platform: 'chirper', handle: 'someone.else' }],
  ['14 Mill Lane', { kind: 'place', premises: '14', street: 'Mill Lane' }],
  [
    'Flat 2, 14 Mill Lane, Kellowby ZZ1 2AB',
    {
      kind: 'place',
      premises: 'Flat 2, 14',
      street: 'Mill Lane',
      town: 'Kellowby',
      postcode: 'ZZ1 2AB',
    },
  ],
  [
    'The Old Forge, Sallowhythe zz12ab',
    {
      kind: 'place',
      street: 'The Old Forge',
      town: 'Sallowhythe',
      postcode: 'ZZ1 2AB',
    },
  ],
  ['Dilys Corrowby', { kind: 'person', name: 'Dilys Corrowby' }],
  ['Dilys Corrowby 3/4/61', { kind: 'person', name: 'Dilys Corrowby', born: '3/4/61' }],
  ['Dilys Corrowby 1961-04-03', { kind: 'person', name: 'Dilys Corrowby', born: '1961-04-03' }],
  ['Dilys Corrowby 3/4/611', { kind: 'person', name: 'Dilys Corrowby 3/4/611' }],
])('%s is %o', (typed, meant) => {
  expect(identityOf(typed)).toEqual(meant);
  expect(identity.safeParse(meant).success).toBe(true);
});

test('what is empty names nobody', () => {
  expect(identityOf('  ')).toBeNull();
});
