import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Identity } from '../room/subject.ts';
import { matchIdentities, matchTogether } from './match.ts';

/** "name | born | alias". */
function person(text: string): Identity {
  const [name = '', born = '', alias = ''] = text.split('|').map((part) => part.trim());
  return {
    kind: 'person',
    name,
    ...(born === '' ? {} : { born }),
    ...(alias === '' ? {} : { alias: [alias] }),
  };
}

const strengthOf = (a: string, b: string): string | null => matchIdentities(person(a), person(b))?.strength ?? null;

test.each([
  ['British', 'Katharine Dunmore | 1984-03-07', 'DUNMORE, Catherine | 07/03/1984', 'strong'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Ms Katharine Mary Dunmore | 07/03/84', 'certain'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Katharine Dunmore | 1984-07-03', 'strong'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Kate Dunmoor | 1984-03-07', 'strong'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'K Dunmore | 1984-03-07', 'strong'],
  ['British', 'Katharine Dunmore', 'Kathryn Dunmore', 'weak'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Katharine Harrow | 1984-03-07', 'weak'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Katharine Harrow | 1984-03-07 | Katharine Dunmore', 'certain'],
  ['Irish', 'Seán O’Fearnagh | 1979-11-30', 'O FEARNAGH Shaun | 30/11/1979', 'strong'],
  ['Irish', 'Siobhán Mac Tavrin | 1979-11-30', 'Shivaun MacTavrin | ??/11/1979', 'weak'],
  ['Welsh', 'Rhys ap Gruffudd-Penlan | 1990-05-02', 'Reece Griffith Penlan | 02/05/1990', 'strong'],
  ['South Asian', 'Md Rafiq Choudhury | 1988-12-24', 'Mohammed Rafique Chowdhury | 24/12/1988', 'strong'],
  ['South Asian', 'Gurvinder Kaur Talvandi | 1988-12-24', 'TALVANDI, Gurvinder | 1988-12-24', 'certain'],
  ['Arabic', 'Abdul Rahman Sarrani | 1975-06-19', 'Abdulrahman Al-Sarrani | 1975-06-19', 'strong'],
  ['Arabic', 'Yusuf Al-Sarrani | 1975-06-19', 'Youssef Sarrani | 1975-06-19', 'strong'],
  ['West African', 'Oluwatunde Adekoyin | 1993-08-15', 'Tunde Adekoyin | 1993-08-15', 'strong'],
  ['Chinese', 'Xu Meilan | 1996-02-11', 'Meilan Hsu | 1996-02-11', 'strong'],
  ['Chinese', 'Xu Meilan | 1996-02-11', 'Meilan XU | 1996-02-11', 'certain'],
  ['Polish', 'Łukasz Wójtarski | 1987-09-28', 'Lukasz Vojtarski | 1987-09-28', 'strong'],
  ['Polish', 'Agnieszka Wójtarska | 1987-09-28', 'Agnieszka Wójtarski | 1987-09-28', 'strong'],
])('%s: %s and %s match, %s', (_, a, b, strength) => {
  expect(strengthOf(a, b)).toBe(strength);
  expect(strengthOf(b, a)).toBe(strength);
});

test.each([
  ['British', 'Katharine Dunmore', 'Peter Dunmore'],
  ['British', 'Katharine Dunmore | 1984-03-07', 'Katharine Dunmore | 1962-10-21'],
  ['British', 'Katharine Dunmore', 'Katharine'],
  ['British', 'Unknown | 1984-03-07', 'Unknown | 1984-03-07'],
  ['British', 'Unknown male', 'unknown male'],
  ['British', 'John Harrow', 'Jane Harrow'],
  ['Irish', 'Niamh O’Fearnagh', 'Nuala O’Fearnagh'],
  ['Welsh', 'Rhys Penlan', 'Rhian Penlan'],
  ['South Asian', 'Gurvinder Singh | 1988-12-24', 'Harpreet Singh | 1988-12-24'],
  ['South Asian', 'Hassan Talukvi', 'Hussain Talukvi'],
  ['Arabic', 'Omar Sarrani', 'Amina Sarrani'],
  ['West African', 'Kwame Adekoyin', 'Kofi Adekoyin'],
  ['Chinese', 'Chen Meilan', 'Chan Meihua'],
  ['Polish', 'Łukasz Wójtarski', 'Łucja Wójtarska'],
])('%s: %s and %s do not match', (_, a, b) => {
  expect(strengthOf(a, b)).toBeNull();
  expect(strengthOf(b, a)).toBeNull();
});

test('an invented date of birth adds nothing to a name', () => {
  expect(strengthOf('Katharine Dunmore | 01/01/1900', 'Katharine Dunmore | 01/01/1900')).toBe('weak');
  expect(strengthOf('Katharine Dunmore | 01/01/1984', 'Katharine Dunmore | 01/01/1984')).toBe('weak');
});

const phone = (number: string): Identity => ({ kind: 'phone', number });
const vehicle = (mark: string): Identity => ({ kind: 'vehicle', mark });
const account = (handle: string): Identity => ({ kind: 'account', platform: 'Instagram', handle });
const place = (premises: string, street: string): Identity => ({ kind: 'place', premises, street });

test.each<[Identity, Identity, string, string]>([
  [phone('+44 7700 900123'), phone('07700900123'), 'certain', 'same number 07700 900123'],
  [vehicle('ZZ05 OIS'), vehicle('zz05ois'), 'certain', 'same mark ZZ05OIS'],
  [vehicle('ZZ05 OIS'), vehicle('ZZO5 015'), 'strong', 'mark looks the same: ZZ05OIS / ZZO5015'],
  [account('@kat.dunmore'), account('Kat.Dunmore'), 'certain', 'same instagram account kat.dunmore'],
  [
    account('kat.dunmore'),
    account('kat_dunmore'),
    'strong',
    'instagram account differs only in dots or lines: kat.dunmore / kat_dunmore',
  ],
  [
    place('Flat 2, 14', 'Mill Lane'),
    place('14 Flat 2', 'Mill Ln'),
    'strong',
    'same dwelling: Flat 2, 14, Mill Lane / 14 Flat 2, Mill Ln',
  ],
  [place('14', 'Mill Lane'), place('20', 'Mill Lane'), 'weak', 'same street: Mill Lane'],
])('%o and %o: %s, said plainly', (a, b, strength, reason) => {
  expect(matchIdentities(a, b)).toEqual({ strength, reasons: [reason] });
});

test('the reasons for two people name them both and their dates of birth', () => {
  const match = matchIdentities(person('Katharine Dunmore | 1984-03-07'), person('Catherine Dunmore | 07/03/1984'));
  expect(match?.reasons).toEqual(['name sounds the same: Katharine Dunmore / Catherine Dunmore', 'same date of birth']);
});

test.each<Identity>([
  phone('withheld'),
  phone('0300 123 4567'),
  phone('999'),
  vehicle('unknown'),
  account('unknown'),
  person('unknown'),
  place('Grand Hotel', 'Station Road'),
  { kind: 'place', street: 'County Hospital' },
  { kind: 'place', premises: '1', street: 'Market Square', public: true },
])('%o is worth nothing by itself', (one) => {
  expect(matchIdentities(one, one)).toBeNull();
});

test('a name that sounds the same at the same dwelling is strong', () => {
  const home = place('Flat 2, 14', 'Mill Lane');
  const match = matchTogether(
    [person('Katharine Dunmore'), home],
    [place('2/14', 'Mill Lane'), person('Kathryn Dunmoor')],
  );
  expect(match).toEqual({
    strength: 'strong',
    reasons: [
      'name sounds the same: Katharine Dunmore / Kathryn Dunmoor',
      'same dwelling: Flat 2, 14, Mill Lane / 2/14, Mill Lane',
    ],
  });
});

test('a name that sounds the same in the same street stays weak', () => {
  const [here, there] = [place('14', 'Mill Lane'), place('20', 'Mill Lane')];
  expect(matchTogether([person('Katharine Dunmore'), here], [there, person('Kathryn Dunmoor')])?.strength).toBe('weak');
});

test('a namesake at the same dwelling with another date of birth is not made the same person', () => {
  const home = place('14', 'Mill Lane');
  const [mother, daughter] = [person('Anna Harrow | 1960-02-03'), person('Anna Harrow | 1991-08-17')];
  expect(matchTogether([mother, home], [daughter, home])?.reasons).toEqual(['same dwelling: 14, Mill Lane']);
});

const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'Anna',
    'Anna Quill',
    'QUILL, Ana',
    'A Quill',
    'unknown',
    '14',
    'Flat 2, 14',
    'Mill Lane',
    '07700 900123',
    'ZZ05 OIS',
  ),
);
const anyBorn = fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('1984-03-07', '07/03/84', '1984', '03/07/1984'));
const anyIdentity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record(
    { kind: fc.constant('person' as const), name: anyText, born: anyBorn, alias: fc.array(anyText, { maxLength: 3 }) },
    { requiredKeys: ['kind', 'name'] },
  ),
  fc.record(
    { kind: fc.constant('place' as const), premises: anyText, street: anyText, town: anyText, public: fc.boolean() },
    { requiredKeys: ['kind', 'street'] },
  ),
  fc.record({ kind: fc.constant('phone' as const), number: anyText }),
  fc.record({ kind: fc.constant('vehicle' as const), mark: anyText }),
  fc.record({ kind: fc.constant('account' as const), platform: anyText, handle: anyText }),
);

test('no text throws, strength is the same both ways, and every match gives its reasons', () => {
  fc.assert(
    fc.property(anyIdentity, anyIdentity, (a, b) => {
      const match = matchIdentities(a, b);
      expect(matchIdentities(b, a)?.strength).toBe(match?.strength);
      if (match === null) return;
      expect(match.reasons.length).toBeGreaterThan(0);
      for (const reason of match.reasons) {
        expect(reason.length).toBeGreaterThan(0);
        expect(reason.length).toBeLessThanOrEqual(400);
      }
    }),
    { numRuns: 500 },
  );
});

test('a name alone is never more than weak', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const match = matchIdentities({ kind: 'person', name: a }, { kind: 'person', name: b });
      expect(match === null || match.strength === 'weak').toBe(true);
    }),
  );
});

test('two people who are each somewhat like another are surely the two of that record', () => {
  const her = { kind: 'person', name: 'Kathryn Wisnewska', born: '1991-04-11' } as const;
  const him = { kind: 'person', name: 'Alastair Drummond', born: '1986-11-03' } as const;
  const record = [
    { kind: 'person', name: 'Katarzyna Wiśniewska', born: '1991-04-17' },
    { kind: 'person', name: 'Alexandre Drummond', born: '1986-11-03' },
  ] as const;
  expect(matchTogether([her], record)?.strength).toBe('weak');
  expect(matchTogether([her, him], record)?.strength).toBe('strong');
  expect(matchTogether([her, { kind: 'person', name: 'Alastair Drummond' }], record)?.strength).toBe('weak');
  expect(matchTogether([her, him], [record[0], { ...record[1], born: '1950-01-20' }])?.strength).toBe('weak');
});
