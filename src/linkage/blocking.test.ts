import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Identity } from '../room/subject.ts';
import { blockingKeys, isWorthless } from './blocking.ts';
import { matchIdentities } from './match.ts';

const given = fc.constantFrom(
  'Katharine',
  'Catherine',
  'Kate',
  'K',
  'Seán',
  'Shaun',
  'Md',
  'Mohammed',
  'Abdul Rahman',
  'Abdulrahman',
  'Xu',
  'Hsu',
);
const family = fc.constantFrom(
  'Dunmore',
  'Dunmoor',
  'O’Fearnagh',
  'O Fearnagh',
  'Choudhury',
  'Chowdhry',
  'Wójtarski',
  'Voytarska',
  'Li',
);
const name = fc
  .tuple(given, family, fc.integer({ min: 0, max: 2 }))
  .map(([one, other, way]) =>
    way === 0 ? `${one} ${other}` : way === 1 ? `${other.toUpperCase()}, ${one}` : `Mrs ${one} Jane ${other}`,
  );
const born = fc.constantFrom('1984-03-07', '07/03/1984', '1984-07-03', '07.03.84', '1984', '03/1984', '1984-03-08');
const premises = fc.constantFrom('14', 'Flat 2, 14', '2/14', '14 Flat 2', 'Rose Cottage', 'Roes Cottage');
const street = fc.constantFrom('Mill Lane', 'Mill Ln', 'Wyckham Road', 'Wickham Rd', 'Church Row');

const someone: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({ kind: fc.constant('person' as const), name, born }, { requiredKeys: ['kind', 'name'] }),
  fc.record(
    { kind: fc.constant('place' as const), premises, street, postcode: fc.constantFrom('ZZ1 2AB', 'zz12ab') },
    { requiredKeys: ['kind', 'premises', 'street'] },
  ),
  fc.record({ kind: fc.constant('vehicle' as const), mark: fc.constantFrom('ZZ05 OIS', 'ZZO5O15', 'zz05015') }),
  fc.record({ kind: fc.constant('phone' as const), number: fc.constantFrom('07700 900123', '+44 (0)7700900123') }),
);

test('two mentions that match certainly or strongly are always looked up under one key', () => {
  let matched = 0;
  fc.assert(
    fc.property(someone, someone, (a, b) => {
      const match = matchIdentities(a, b);
      if (match === null || match.strength === 'weak') return;
      matched += 1;
      const keys = blockingKeys(b);
      expect(blockingKeys(a).some((key) => keys.includes(key))).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(matched).toBeGreaterThan(50);
});

test.each<[Identity, boolean]>([
  [{ kind: 'phone', number: 'withheld' }, true],
  [{ kind: 'person', name: 'Unknown', born: '1984-03-07' }, true],
  [{ kind: 'place', street: 'Mill Lane', public: true }, true],
  [{ kind: 'vehicle', mark: 'unknown' }, true],
  [{ kind: 'account', platform: 'fb', handle: 'Facebook user' }, true],
  [{ kind: 'person', name: 'Anna Quill' }, false],
  [{ kind: 'place', street: 'Mill Lane' }, false],
])('%o names nothing to look up: %s', (one, is) => {
  expect(isWorthless(one)).toBe(is);
});
