import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courseOf, neighbourhoodOf, type Recorded, trendOf } from './course.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 1);

function told(id: string, daysAgo: number, more: Partial<Recorded> = {}): Recorded {
  return {
    id,
    kind: 'incident',
    when: now - daysAgo * dayMs,
    signs: [],
    channels: ['999'],
    names: ['her', 'him'],
    ...more,
  };
}

const her = { about: new Set(['her']), now, kin: new Set(['mother']) };

test('what happened is counted over a day, a week, a month and a year, each against the span before it', () => {
  const days = [0.5, 2, 3, 5, 20, 29, 40, 300];
  const course = courseOf(
    days.map((day) => told(`i${day}`, day)),
    her,
  );
  expect(course.spans.map(({ count, before }) => [count, before])).toEqual([
    [1, 0],
    [4, 0],
    [6, 1],
    [8, 0],
  ]);
  expect(course.total).toBe(8);
});

test('six against none is rising, and said so; two against one is nothing to speak of', () => {
  expect([trendOf(6, 0), trendOf(0, 6), trendOf(2, 1), trendOf(0, 0)]).toEqual([
    'rising',
    'falling',
    'steady',
    'steady',
  ]);
  const course = courseOf(
    [1, 2, 3, 4, 5, 6].map((day) => told(`i${day}`, day)),
    her,
  );
  expect(course.says).toContain('6 in 7 days, 0 in the 7 days before: rising');
});

test('breaches are counted, and relatives who were drawn in are named apart', () => {
  const records = [
    told('i1', 1, { signs: ['order-breach'] }),
    told('i2', 2, { signs: ['order-breach'], names: ['her', 'him', 'mother'], channels: ['101'] }),
    told('i3', 3, { names: ['mother', 'him'] }),
  ];
  const course = courseOf(records, { ...her, about: new Set(['her', 'her-misspelt']) });
  expect([course.total, course.breaches, course.kin.map((one) => one.of)]).toEqual([2, 2, ['mother']]);
  expect(course.channels.map((one) => [one.of, one.count])).toEqual([
    ['999', 1],
    ['101', 1],
  ]);
});

test('an order or a marker in force is nothing that happened, nor is what lies ahead', () => {
  const records = [told('o1', 1, { kind: 'order' }), told('m1', 1, { kind: 'marker' }), told('i1', -1)];
  expect(courseOf(records, her)).toMatchObject({ total: 0, says: ['Nothing on record that happened.'] });
});

test('the same record twice, in any order, is counted once', () => {
  const day = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(fc.array(day, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (days, shuffle) => {
      const records = days.map((one, at) => told(`i${at}`, one));
      const twice = [...records, ...records]
        .map((one) => [shuffle.next().value, one] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, one]) => one);
      expect(courseOf(twice, her)).toEqual(courseOf(records, her));
    }),
  );
});

test('whoever stands with a subject is one step away, and whoever stands with these two', () => {
  const records = [
    told('i1', 1, { names: ['her', 'him'] }),
    told('i2', 2, { names: ['her', 'him'] }),
    told('i3', 3, { names: ['him', 'brother'] }),
    told('i4', 4, { names: ['brother', 'stranger'] }),
  ];
  const { near, together, left } = neighbourhoodOf(records, new Set(['her']));
  expect(near).toEqual([
    { entity: 'him', degree: 1, records: 2 },
    { entity: 'brother', degree: 2, records: 1 },
  ]);
  expect(together).toContainEqual({ one: 'her', other: 'him', records: ['i1', 'i2'] });
  expect(left).toBe(0);
});

test('nobody is reached through a roll of names or through what everybody shares', () => {
  const roll = told('i1', 1, { names: ['her', ...Array.from({ length: 40 }, (_, at) => `p${at}`)] });
  const ward = Array.from({ length: 60 }, (_, at) => told(`w${at}`, at, { names: ['ward', `q${at}`] }));
  const { near } = neighbourhoodOf([roll, told('i2', 1, { names: ['her', 'ward'] }), ...ward], new Set(['her']));
  expect(near.map((one) => one.entity)).toEqual(['ward']);
});
