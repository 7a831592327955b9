import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisons, levelsOf } from '../src/linkage/comparisons.ts';
import { explain, unknownIn, waterfall } from '../src/linkage/explain.ts';
import { featuresOf, type PersonRecord } from '../src/linkage/features.ts';
import type { Model } from '../src/linkage/model.ts';
import { toSplink } from '../src/linkage/splink.ts';
import { weigh } from '../src/linkage/weigh.ts';
import { shippedModel } from '../src/policy/linkage-model.ts';
import { pairsFrom } from './pairs.ts';

const model = shippedModel();
const pairs = pairsFrom(3, 1_000);

function weighed(a: PersonRecord, b: PersonRecord, by: Model = model): ReturnType<typeof weigh> {
  return weigh(by, featuresOf(a), featuresOf(b));
}

function levelIn(id: string, a: PersonRecord, b: PersonRecord): string | undefined {
  const at = comparisons.findIndex((one) => one.id === id);
  return comparisons[at]?.levels[levelsOf(featuresOf(a), featuresOf(b))[at] ?? -1]?.id;
}

test('two records weigh the same whichever comes first', () => {
  for (const [a, b] of pairs) {
    const [one, other] = [weigh(model, a, b), weigh(model, b, a)];
    expect(other.levels).toEqual(one.levels);
    expect(other.score).toBe(one.score);
    expect(other.relative).toBe(one.relative);
  }
});

test('the steps add up to the score, and the last bar of the waterfall stands there', () => {
  for (const [a, b] of pairs) {
    const found = weigh(model, a, b);
    const sum = found.steps.reduce((total, { weight }) => total + weight, 0);
    expect(Math.abs(sum - found.score)).toBeLessThan(1e-9);
    expect(Math.abs((waterfall(found, a, b).at(-1)?.score ?? 0) - found.score)).toBeLessThan(1e-9);
    expect(found.probability + found.relative).toBeLessThanOrEqual(1 + 1e-9);
  }
});

test('one record and itself weigh at least as much as it and any other', () => {
  const complete: PersonRecord = { name: 'Katharine Dunmore', born: '1984-03-07', premises: '14', street: 'Mill Lane' };
  const self = weighed(complete, complete).score;
  for (const [a] of pairs) expect(weigh(model, featuresOf(complete), a).score).toBeLessThan(self + 20);
  expect(weighed(complete, { ...complete, name: 'Katharine Dunmoor' }).score).toBeLessThan(self);
  expect(weighed(complete, { ...complete, born: '1984-07-03' }).score).toBeLessThan(self);
  expect(weighed(complete, { ...complete, street: 'Station Road' }).score).toBeLessThan(self);
});

const score = (name: string): number => weighed({ name }, { name }).score;

function dunmoreBorneBy(share: number): Model {
  return { ...model, frequencies: { surname: { values: { dunmore: share }, floor: 1e-6, generic: null } } };
}

test('the rarer a name is that two records share, the more it weighs', () => {
  expect(score('David Smith')).toBeLessThan(score('David Palmer'));
  expect(score('David Palmer')).toBeLessThan(score('David Dunmore'));
  const shares = fc.tuple(fc.double({ min: 1e-5, max: 0.4, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }));
  fc.assert(
    fc.property(shares, ([share, times]) => {
      const rarer = weighed({ name: 'Kat Dunmore' }, { name: 'Kat Dunmore' }, dunmoreBorneBy(share));
      const commoner = weighed({ name: 'Kat Dunmore' }, { name: 'Kat Dunmore' }, dunmoreBorneBy(share * times));
      expect(commoner.score).toBeLessThanOrEqual(rarer.score + 1e-9);
    }),
  );
});

test('two names that go together more often than by chance weigh less where both agree, and only there', () => {
  const usual: Model = { ...model, together: { 'katharine dunmore': 8 } };
  const [one, close, other] = [{ name: 'Katharine Dunmore' }, { name: 'Katharine Dunmor' }, { name: 'Mary Dunmore' }];
  const less = (a: PersonRecord, b: PersonRecord): number => weighed(a, b).score - weighed(a, b, usual).score;
  expect(less(one, one)).toBeCloseTo(3, 9);
  expect(less(one, close)).toBeCloseTo(3, 9);
  expect(less(close, one)).toBeCloseTo(3, 9);
  expect(less(one, other)).toBeCloseTo(0, 9);
  expect(weighed(one, one, usual).steps.map(({ says }) => says)).toContain('these two names often go together');
});

test('a number that very many give weighs nothing', () => {
  const hospital: Model = {
    ...model,
    frequencies: { phone: { values: { '442079460000': 0.02 }, floor: 1e-6, generic: 0.01 } },
  };
  const [a, b] = [{ name: 'Kat Dunmore', phones: ['020 7946 0000'] }, { name: 'Kat Dunmore' }];
  expect(weighed(a, a, hospital).score).toBeCloseTo(weighed(a, b, hospital).score, 9);
  expect(weighed(a, a).score).toBeGreaterThan(weighed(a, b).score + 3);
});

test('father and son in one house are relatives, one woman who moved is one person', () => {
  const home = { premises: '14', street: 'Mill Lane', postcode: 'ZZ1 4AB', phones: ['020 7946 0123'] };
  const father = { name: 'Robert Dunmore', born: '1955-10-02', sex: 'm', ...home };
  const son = { name: 'Peter Dunmore', born: '1984-03-07', sex: 'm', ...home };
  const kin = weighed(father, son);
  expect(kin.probability).toBeLessThan(0.01);
  expect(kin.relative).toBeGreaterThan(0.9);
  const moved = weighed(
    { name: 'Katharine Dunmore', born: '1984-03-07', ...home },
    { name: 'Kate Dunmore', born: '07/03/84', premises: '2', street: 'Station Road', postcode: 'ZZ9 9AA' },
  );
  expect(moved.probability).toBeGreaterThan(0.9);
});

test.each<[string, string, PersonRecord, PersonRecord]>([
  ['given', 'exchanged', { given: 'Penlan', surname: 'Rhys' }, { given: 'Rhys', surname: 'Penlan' }],
  ['surname', 'unknown', { given: 'Penlan', surname: 'Rhys' }, { given: 'Rhys', surname: 'Penlan' }],
  ['given', 'initial', { name: 'K Dunmore' }, { name: 'Kate Dunmore' }],
  ['given', 'root', { name: 'Liz Dunmore' }, { name: 'Elizabeth Dunmore' }],
  ['given', 'beside', { name: 'Rose Dunmore' }, { name: 'Anna Rose Dunmore' }],
  ['surname', 'part', { name: 'Rhys Griffith-Penlan' }, { name: 'Rhys Penlan' }],
  ['surname', 'sounds', { name: 'Rhys Vojtar' }, { name: 'Rhys Wójtar' }],
  ['surname', 'unknown', { name: 'unknown' }, { name: 'unknown' }],
  ['born', 'same', { born: '07/03/84' }, { born: '1984-03-07' }],
  ['born', 'swapped', { born: '1984-03-07' }, { born: '1984-07-03' }],
  ['born', 'slip', { born: '1984-03-07' }, { born: '1948-03-07' }],
  ['born', 'default', { born: '1984-01-01' }, { born: '01/01/1984' }],
  ['born', 'year', { born: '1984-01-01' }, { born: '1984-03-07' }],
  ['born', 'month', { born: '??/03/1984' }, { born: '1984-03-07' }],
  ['born', 'same', { born: '1721-02-11' }, { born: '1721-02-11' }],
  ['home', 'dwelling', { premises: 'Flat 2, 14', street: 'Mill Lane' }, { street: '2/14 Mill Ln' }],
  ['home', 'building', { premises: '14', street: 'Mill Lane' }, { premises: 'Flat 2, 14', street: 'Mill Lane' }],
  ['home', 'unknown', { street: 'County Hospital' }, { street: 'County Hospital' }],
  ['phone', 'same', { phones: ['07700 900123', '07700 900456'] }, { phones: ['+44 7700 900123'] }],
])('%s: %s', (id, level, a, b) => {
  expect(levelIn(id, a, b)).toBe(level);
});

test('an operator reads why, the strongest reason first', () => {
  const a = featuresOf({ name: 'Jan Kowalczik', born: '1984-03-07', premises: '14', street: 'Mill Lane' });
  const b = featuresOf({
    name: 'Jan Kowalczyk',
    born: '07/03/1984',
    premises: '2',
    street: 'Mill Lane',
    town: 'Ossett',
  });
  const lines = explain(weigh(model, a, b), a, b);
  expect(lines[0]).toMatch(/^date of birth the same: 07\/03\/1984 \+\d+\.\d$/);
  expect(lines).toContainEqual(expect.stringMatching(/^surname spelt almost the same: Kowalczik \/ Kowalczyk \+\d/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^home the same street: 14 Mill Lane \/ 2 Mill Lane, Ossett \+\d/),
  );
  expect(lines.at(-1)).toMatch(/^all in all .*one person/);
  expect(unknownIn(weigh(model, a, b))).toContain('telephone');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    'unknown',
    '|',
    '||a|',
    '\u202eecila',
    '\u0000',
    '\ud800',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    "'; DROP TABLE l; --",
    '__proto__',
    'constructor',
  ),
  fc.constantFrom('a', 'ab ', 'Mac ', '1/', '-', 'é|', 'ж').map((text) => text.repeat(100_000 / text.length)),
);

test('whatever is written in a record, its features are short and its weight is a number', () => {
  const record = fc.record({
    name: hostile,
    born: hostile,
    premises: hostile,
    street: hostile,
    town: hostile,
    postcode: hostile,
    phones: fc.array(hostile, { maxLength: 3 }),
    emails: fc.array(hostile, { maxLength: 3 }),
    accounts: fc.array(fc.record({ platform: hostile, handle: hostile }), { maxLength: 2 }),
    vehicles: fc.array(hostile, { maxLength: 3 }),
    sex: hostile,
    birthplace: hostile,
    occupation: hostile,
    idents: fc.array(hostile, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(record, record, (one, other) => {
      const [a, b] = [featuresOf(one), featuresOf(other)];
      expect(Math.max(...Object.values(a).map((text: string) => text.length))).toBeLessThan(5_000);
      const found = weigh(model, a, b);
      for (const value of [found.score, found.probability, found.relative]) expect(Number.isFinite(value)).toBe(true);
      expect(explain(found, a, b).join('').length).toBeLessThan(10_000);
    }),
    { numRuns: 60 },
  );
});

test('what Splink has no place for is said with the export', () => {
  const { notes } = toSplink(model, []);
  expect(notes.join(' ')).toMatch(/household/);
});
