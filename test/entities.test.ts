import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedModel } from '../src/policy/linkage-model.ts';
import type { Identity } from '../src/room/subject.ts';
import { type Decided, entitiesOf, type Mention } from '../src/linkage/entities.ts';

const model = shippedModel();

const home: Identity = { kind: 'place', premises: '8', street: 'Weaver Row', town: 'Ashmere', postcode: 'ZZ3 4LM' };

function person(id: string, name: string, born?: string, beside: readonly Identity[] = []): Mention {
  const identity: Identity = born === undefined ? { kind: 'person', name } : { kind: 'person', name, born };
  return { id, at: Number(id.replaceAll(/\D/g, '')), source: `incident-${id}`, identity, beside };
}

const groups = (mentions: readonly Mention[], decided: readonly Decided[] = []): readonly string[] =>
  entitiesOf(mentions, model, decided).all.map((one) => one.mentions.map((held) => held.id).join(' '));

test('one person under several spellings is one entity, called by the earliest, each value with who told it', () => {
  const mentions = [
    person('m1', 'Katarzyna Wiśniewska', '1991-04-17', [home]),
    person('m2', 'Kasia Wisniewska', '17/04/1991', [home]),
    person('m3', 'WISNIEWSKA, Katarzyna', '1991-04-17'),
    person('m4', 'Peter Stobb', '1950-01-09', [home]),
  ];
  expect(groups(mentions)).toEqual(['m1 m2 m3', 'm4']);
  const { all, of } = entitiesOf(mentions, model);
  expect(all[0]?.attributes).toContainEqual({ name: 'name', value: 'Kasia Wisniewska', mentions: ['m2'] });
  expect(all[0]?.attributes).toContainEqual({ name: 'born', value: '1991-04-17', mentions: ['m1', 'm3'] });
  expect([of.get('m3')?.id, of.get('m4')?.id]).toEqual(['m1', 'm4']);
});

test('two of one common name in one street, born years apart, are two', () => {
  const there: Identity = { ...home, kind: 'place', premises: '40' };
  const mentions = [
    person('m1', 'Mohammed Hussain', '1971-09-14', [home]),
    person('m2', 'Muhammad Husain', '1996-02-20', [there]),
    person('m3', 'Mohammed Hussain', '1996-02-20', [there]),
  ];
  expect(groups(mentions)).toEqual(['m1', 'm2 m3']);
});

test('a mother and her daughter at one home are two, and are told as kin', () => {
  const mentions = [
    person('m1', 'Joan Hallow', '1961-09-30', [home]),
    person('m2', 'Lena Hallow', '1990-06-14', [home]),
  ];
  const { all, kin } = entitiesOf(mentions, model);
  expect(all).toHaveLength(2);
  expect(kin).toMatchObject([{ one: 'm1', other: 'm2' }]);
});

test('what somebody decided always holds, and taken back leaves what was', () => {
  const mentions = [
    person('m1', 'Ann Lee', '1980-02-02'),
    person('m2', 'Ann Lee', '1980-02-02'),
    person('m3', 'Bo Park'),
  ];
  expect(groups(mentions)).toEqual(['m1 m2', 'm3']);
  expect(groups(mentions, [{ one: 'm1', other: 'm2', verdict: 'apart' }])).toEqual(['m1', 'm2', 'm3']);
  expect(groups(mentions, [{ one: 'm1', other: 'm3', verdict: 'same' }])).toEqual(['m1 m2 m3']);
  expect(groups(mentions, [])).toEqual(['m1 m2', 'm3']);
});

function phone(id: string, number: string): Mention {
  return { ...person(id, ''), identity: { kind: 'phone', number } };
}

test('numbers are entities too', () => {
  expect(groups([phone('m1', '07700 900123'), phone('m2', '+447700900123'), phone('m3', '07700900124')])).toEqual([
    'm1 m2',
    'm3',
  ]);
});

const names = ['Ann Lee', 'Anne Lee', 'Anna Leigh', 'Bo Park', 'Robert Park', 'Bob Parke', 'Ali Khan', 'Aly Kahn'];
const births = [undefined, '1980-02-02', '1980-02-20', '1991-07-31'];
const anyMentions = fc
  .array(fc.record({ name: fc.constantFrom(...names), born: fc.constantFrom(...births), isHome: fc.boolean() }), {
    maxLength: 14,
  })
  .map((all) => all.map(({ name, born, isHome }, at) => person(`m${at + 1}`, name, born, isHome ? [home] : [])));
const anyDecided = fc.array(
  fc.record({
    one: fc.nat(13).map((at) => `m${at + 1}`),
    other: fc.nat(13).map((at) => `m${at + 1}`),
    verdict: fc.constantFrom('same' as const, 'apart' as const),
  }),
  { maxLength: 5 },
);

test('the order in which mentions and decisions came makes no difference', () => {
  fc.assert(
    fc.property(anyMentions, anyDecided, fc.infiniteStream(fc.nat()), (mentions, decided, shuffle) => {
      const shuffled = <T>(all: readonly T[]): readonly T[] =>
        all
          .map((one) => [shuffle.next().value, one] as const)
          .toSorted((a, b) => a[0] - b[0])
          .map(([, one]) => one);
      expect(groups(shuffled(mentions), shuffled(decided))).toEqual(groups(mentions, decided));
    }),
  );
});

test('every mention is in one entity and no more, and every id ever given leads to the one that holds it', () => {
  fc.assert(
    fc.property(anyMentions, anyDecided, (mentions, decided) => {
      const { all, of } = entitiesOf(mentions, model, decided);
      expect(all.flatMap((one) => one.mentions.map((held) => held.id)).toSorted()).toEqual(
        mentions.map((one) => one.id).toSorted(),
      );
      const fewer = entitiesOf(mentions.slice(0, -1), model, decided);
      for (const { id } of fewer.all) expect(of.get(id)?.mentions.map((one) => one.id)).toContain(id);
    }),
  );
});
