import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { allFaults, bitOf, faultsIn, rateOf } from '../bench/linkage/faults.ts';
import type { Fault } from '../bench/linkage/faults.ts';
import { hasVariants, nameBook } from '../bench/linkage/names.ts';
import { Population } from '../bench/linkage/population.ts';
import type { Person } from '../bench/linkage/population.ts';
import type { WrittenRecord } from '../bench/linkage/putting.ts';
import { furtherRecords, households, originShares } from '../bench/linkage/rates.ts';
import type { Origin } from '../bench/linkage/rates.ts';
import { faultlessRecords, queries, queryKinds, records } from '../bench/linkage/records.ts';
import { hasAccents, withoutAccents } from '../bench/linkage/slips.ts';

/** The names that anybody has: without the data that stand outside the project. */
const names = nameBook(false);

function digest(things: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const thing of things) hash.update(JSON.stringify(thing));
  return hash.digest('hex');
}

function take<T>(count: number, from: Iterator<T>): readonly T[] {
  const taken: T[] = [];
  for (let next = from.next(); next.done !== true && taken.length < count; next = from.next()) taken.push(next.value);
  return taken;
}

/** Whether so many hits are within four standard deviations of what a rate gives. */
function isNear(hits: number, of: number, rate: number): boolean {
  return of > 0 && Math.abs(hits / of - rate) < 4 * Math.sqrt((rate * (1 - rate)) / of);
}

const twentyThousand = new Population(20_000, 11, names);
const everybody = [...twentyThousand.everybody()];
const written = [...records(twentyThousand, 5)];

test('the same seed gives the same people and the same records, another seed others', () => {
  const again = new Population(3000, 11, nameBook(false));
  const once = new Population(3000, 11, names);
  expect(digest(again.everybody())).toBe(digest(once.everybody()));
  expect(digest(records(again, 5))).toBe(digest(records(once, 5)));
  expect(digest(records(once, 6))).not.toBe(digest(records(once, 5)));
  expect(digest(new Population(3000, 12, names).everybody())).not.toBe(digest(once.everybody()));
});

test('whoever is asked for by number is who stands there in order, whatever was asked before', () => {
  for (const index of [19_999, 0, 256, 255, 7777, 7776]) expect(twentyThousand.person(index)).toEqual(everybody[index]);
  expect(() => twentyThousand.person(20_000)).toThrow('nobody has number 20000');
});

test('the last of ten million people is made without those before', () => {
  const many = new Population(10_000_000, 11, names);
  expect(many.person(9_999_999).index).toBe(9_999_999);
  expect(() => new Population(20_000_000, 11, names)).toThrow(RangeError);
});

test('there are as many people as were asked for, and about as many records as the rates say', () => {
  expect(everybody).toHaveLength(20_000);
  expect(new Set(everybody.map(({ index }) => index)).size).toBe(20_000);
  const more = furtherRecords.times.reduce((sum, share, at) => sum + share * (at + 1), 0);
  expect(written.length / 20_000).toBeCloseTo(1 + furtherRecords.share * more, 1);
  expect(new Set(written.map(({ id }) => id)).size).toBe(written.length);
  expect(new Set(written.map(({ truth }) => truth)).size).toBe(20_000);
  const repeated = new Map<string, number>();
  for (const { truth } of written) repeated.set(truth, (repeated.get(truth) ?? 0) + 1);
  const again = [...repeated.values()].filter((times) => times > 1).length;
  expect(isNear(again, 20_000, furtherRecords.share)).toBe(true);
  expect(Math.max(...repeated.values())).toBe(5);
});

/** Whether a fault can occur in a record of somebody whose home and date are written. */
const canOccur: Readonly<Partial<Record<Fault, (person: Person, record: WrittenRecord) => boolean>>> = {
  givenNickname: ({ given }) => (names.nicknames.get(given.toLowerCase()) ?? []).length > 0,
  givenVariant: ({ given, origin }) => hasVariants(origin) && names.variants.has(given.toLowerCase()),
  surnameVariant: ({ surname, origin }) => hasVariants(origin) && names.variants.has(surname.toLowerCase()),
  surnameHalf: ({ surname }) => surname.includes('-') && !/^(?:al|el|ud)-/i.test(surname),
  surnameFormer: ({ formerSurname, surname }) => formerSurname !== '' && formerSurname !== surname,
  accentsDropped: ({ given, surname, middle }) => hasAccents(given + surname + middle),
  middleMissing: ({ middle }) => middle !== '',
  middleInitial: ({ middle }) => middle !== '',
  bornSwapped: ({ born }) => Number(born.slice(8)) <= 12 && born.slice(8) !== born.slice(5, 7),
  bornFirstJanuary: ({ born }) => !born.endsWith('-01-01'),
  homeFormer: ({ formerHome }) => formerHome !== null,
  streetTypo: (_, record) => (record.faults & bitOf('homeMissing')) === 0,
  premisesWrong: (_, record) => (record.faults & bitOf('homeMissing')) === 0,
  premisesMissing: (_, record) => (record.faults & bitOf('homeMissing')) === 0,
  postcodeMissing: (_, record) => (record.faults & bitOf('homeMissing')) === 0,
  postcodeTypo: (_, record) => (record.faults & bitOf('homeMissing')) === 0,
  phoneMissing: ({ phone }) => phone !== '',
  phoneFormer: ({ formerPhone }) => formerPhone !== '',
  phoneDigit: ({ phone }) => phone !== '',
  phoneOfInstitution: ({ phone }) => phone !== '',
  emailMissing: ({ email }) => email !== '',
};

// What another fault or a name of one letter hides of these is within their bounds: less than one in a hundred.
test.each(allFaults)('%s occurs at the stated rate where it can', (fault) => {
  const can = written.filter((record) => {
    const person = everybody[Number(record.truth)];
    return person !== undefined && (canOccur[fault]?.(person, record) ?? true);
  });
  const hits = can.filter(({ faults }) => (faults & bitOf(fault)) !== 0).length;
  expect([hits, can.length, isNear(hits, can.length, rateOf(fault))]).toEqual([hits, can.length, true]);
});

function told({ given, middle, surname, born, premises, street, postcode, phone, email }: WrittenRecord): string {
  return [given, middle, surname, born, premises, street, postcode, phone, email].join('|');
}

test('a record without a fault says what is true, one with a fault says something else', () => {
  const truths = [...faultlessRecords(twentyThousand)];
  const wrong = written.filter((record) => {
    const truth = truths[Number(record.truth)];
    return truth === undefined || (told(record) === told(truth)) !== (record.faults === 0);
  });
  expect(wrong).toEqual([]);
});

test('whatever letters a name has, a plain keyboard has some for it', () => {
  const all = Object.values(names.origins).flatMap(({ given, surname }) => [
    ...given.f.items,
    ...given.m.items,
    ...surname.items,
  ]);
  expect(all.length).toBeGreaterThan(10_000);
  expect(all.map(withoutAccents).filter(hasAccents)).toEqual([]);
});

test('those who live together share their home, and mostly a surname and sometimes a phone', () => {
  const homes = new Map<number, Person[]>();
  for (const person of everybody) homes.set(person.household, [...(homes.get(person.household) ?? []), person]);
  const pairs = [...homes.values()].flatMap(([first, ...others]) =>
    others.flatMap((other): readonly (readonly [Person, Person])[] => (first === undefined ? [] : [[first, other]])),
  );
  expect(pairs.every(([a, b]) => a.home.postcode === b.home.postcode && a.home.premises === b.home.premises)).toBe(
    true,
  );
  const share = (is: (a: Person, b: Person) => boolean): number =>
    pairs.filter(([a, b]) => is(a, b)).length / pairs.length;
  expect(share((a, b) => a.surname === b.surname)).toBeGreaterThan(0.6);
  expect(share((a, b) => a.phone !== '' && a.phone === b.phone)).toBeGreaterThan(0.05);
  const twins = [...homes.values()].filter(
    (members) => new Set(members.map(({ born }) => born)).size < members.length && members.length > 1,
  );
  expect(twins.length).toBeGreaterThan(20);
  const namesakes = [...homes.values()].filter(
    (members) => new Set(members.map(({ given, surname }) => `${given} ${surname}`)).size < members.length,
  );
  expect(namesakes.length).toBeGreaterThan(20);
});

test('no two homes are one, and no number belongs to two households', () => {
  const homes = new Map<string, number>();
  const phones = new Map<string, number>();
  const shared: string[] = [];
  for (const { home, phone, household } of everybody) {
    const place = `${home.premises}|${home.street}|${home.postcode}`;
    if ((homes.get(place) ?? household) !== household) shared.push(place);
    if (phone !== '' && (phones.get(phone) ?? household) !== household) shared.push(phone);
    homes.set(place, household);
    phones.set(phone, household);
  }
  expect(shared).toEqual([]);
});

test('ages make a pyramid: about a fifth are children, and few are very old', () => {
  const ages = everybody.map(({ born }) => 2026 - Number(born.slice(0, 4)));
  const share = (from: number, below: number): number =>
    ages.filter((age) => age >= from && age < below).length / ages.length;
  expect(share(0, 18)).toBeGreaterThan(0.17);
  expect(share(0, 18)).toBeLessThan(0.26);
  expect(share(65, 120)).toBeGreaterThan(0.08);
  expect(share(90, 120)).toBeLessThan(0.02);
  expect(everybody.every(({ born }) => /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(born))).toBe(true);
});

test('origins have their shares, and given names go with surnames', () => {
  for (const [origin, share] of Object.entries(originShares) as readonly (readonly [Origin, number])[]) {
    const own = everybody.filter((one) => one.origin === origin);
    expect(own.length / everybody.length).toBeGreaterThan(share * 0.6);
    expect(own.length / everybody.length).toBeLessThan(share * 1.5);
    const given = new Set([...names.origins[origin].given.f.items, ...names.origins[origin].given.m.items]);
    expect(own.filter((one) => given.has(one.given)).length / own.length).toBeGreaterThan(0.75);
  }
});

test.each(queryKinds)('questions of the kind $id tell what they say and no more', (kind) => {
  const asked = take(150, queries(twentyThousand, kind, 3));
  expect(digest(asked)).toBe(digest(take(150, queries(twentyThousand, kind, 3))));
  const whole = ['born', 'postcode', 'street'] as const;
  const parts = ['born', 'postcode', 'phone', 'street', 'email'] as const;
  for (const { person, record } of asked) {
    expect(everybody[person.index]).toEqual(person);
    expect(record.given + record.surname).not.toBe('');
    const needed = kind.asks === 'all' ? whole : [kind.asks];
    const others = kind.asks === 'all' ? [] : parts.filter((field) => field !== kind.asks);
    expect(needed.filter((field) => record[field] === '')).toEqual([]);
    expect(others.map((field) => record[field]).join('')).toBe('');
    expect(faultsIn(record.faults).length).toBeGreaterThanOrEqual(kind.sureFaults);
  }
});

test('a former home is known of those who moved alone and those who moved together', () => {
  const moved = everybody.filter(({ formerHome }) => formerHome !== null).length;
  const rate = 1 - (1 - households.movedTogether) * (1 - households.movedAlone);
  expect(moved / everybody.length).toBeCloseTo(rate, 1);
});
