import fc from 'fast-check';
import type { Identity } from '../src/room/subject.ts';
import type { Question, SourceRecord } from '../src/sources/source.ts';

const names = [
  'Anna Quill',
  'QUILL, Ana',
  'A Quill',
  'Anna Maria Quill',
  'Katharine Dunmore',
  'Catherine Dunmore',
  'Omar Al-Sarrani',
  'unknown',
  'Łukasz Wójtarski',
  'Robert"); drop table heed.record; --',
  'half \uD83D a character',
  'nul \0 and \u0001',
];
const births = ['1984-03-07', '1984', '03/07/1984', '1948-03-07', '1984-03', '??/03/84'];
const streets = ['Mill Lane', 'Mill Ln', 'High Street', 'Cooper Wharf', '14 Mill Lane', ''];
const text = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }));

/** Anybody and anything, of few enough kinds that they meet. */
export const anyIdentity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('person' as const),
      name: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text }),
      born: fc.constantFrom(...births),
      alias: fc.array(fc.constantFrom(...names), { maxLength: 2 }),
    },
    { requiredKeys: ['kind', 'name'] },
  ),
  fc.record({
    kind: fc.constant('phone' as const),
    number: fc.constantFrom('07700 900123', '+44 7700 900123', '07700 900124', 'withheld'),
  }),
  fc.record(
    {
      kind: fc.constant('place' as const),
      premises: fc.constantFrom('14', '16', 'Flat 2, 14', 'Rose Cottage'),
      street: fc.constantFrom(...streets.slice(0, 5)),
      town: fc.constantFrom('Ashmere', 'Ashmeer', 'Northby'),
      postcode: fc.constantFrom('AB1 2CD', 'AB1 2CE'),
      position: fc.record({
        latitude: fc.constantFrom(52.2, 52.20028, 52.20072),
        longitude: fc.constantFrom(-1, -1.0005),
        radiusM: fc.constantFrom(5, 80),
      }),
    },
    { requiredKeys: ['kind', 'street'] },
  ),
  fc.record(
    { kind: fc.constant('vehicle' as const), mark: fc.constantFrom('AB12 CDE', 'A812CDE', 'XY99 ZZZ') },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: fc.constant('account' as const),
    platform: fc.constantFrom('facebook', 'fb', 'X'),
    handle: fc.constantFrom('@anna.quill', 'annaquill', 'user', '\u{1F469}'.repeat(150)),
  }),
);

const subjects = ['s1', 's2', 's3', 'asked'];
const signs: readonly SourceRecord['signs'][number][] = ['domestic', 'weapon', 'marker-removed', 'child'];

/** A record of anything, its id apart. */
const anyContent: fc.Arbitrary<Omit<SourceRecord, 'id'>> = fc.record({
  kind: fc.constantFrom('incident' as const, 'contact' as const, 'marker' as const),
  when: fc.integer({ min: 0, max: 9_000 }),
  names: fc.array(anyIdentity, { maxLength: 3 }),
  subjects: fc.uniqueArray(fc.constantFrom(...subjects), { maxLength: 2 }),
  signs: fc.uniqueArray(fc.constantFrom(...signs), { maxLength: 3 }),
  says: fc.constantFrom('a plain word', 'quotes \' " \\ and {braces}', 'a\nline and a\ttab', 'Łódź \u{1F6A8} 警察'),
});

/** Records, some told again under the same id. */
export const anyRecords: fc.Arbitrary<readonly SourceRecord[]> = fc
  .array(fc.tuple(anyContent, fc.nat(20)), { maxLength: 30 })
  .map((all) => all.map(([content, place]) => ({ ...content, id: `rec-${place}` })));

/** A question about anybody, in a matter that may be on record itself. */
export const anyQuestion: fc.Arbitrary<Question> = fc.record({
  subject: fc.constantFrom(...subjects),
  identity: anyIdentity,
  beside: fc.array(anyIdentity, { maxLength: 3 }),
  apartFrom: fc.uniqueArray(
    fc.nat(20).map((place) => `rec-${place}`),
    { maxLength: 3 },
  ),
  at: fc.integer({ min: 0, max: 9_500 }),
  near: fc.record({ withinM: fc.constantFrom(30, 50, 100), since: fc.integer({ min: 0, max: 5_000 }) }),
});
