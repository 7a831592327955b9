import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finding } from '../room/check.ts';
import type { Identity } from '../room/subject.ts';
import { findingsMax } from './hits.ts';
import { memorySource } from './memory.ts';
import type { Question, SourceRecord } from './source.ts';

const anna: Identity = { kind: 'person', name: 'Anna Quill', born: '1984-03-07' };
const annesNumber: Identity = { kind: 'phone', number: '07700 900123' };

function record(id: string, more: Partial<SourceRecord> = {}): SourceRecord {
  return { id, kind: 'incident', when: 1000, names: [], subjects: [], signs: [], says: `what ${id} says`, ...more };
}

const asked = (identity: Identity, at = 5000): Question => ({
  subject: 'asked',
  identity,
  beside: [],
  apartFrom: [],
  at,
});

test('a record that names the asked number is found with its reasons, its signs and the others in it', () => {
  const source = memorySource({
    id: 'incidents',
    latencyMs: 250,
    records: [
      record('inc-1', {
        names: [anna, { kind: 'phone', number: '+44 7700 900123' }],
        subjects: ['her', 'her-phone'],
        signs: ['domestic'],
      }),
    ],
  });
  expect(source.ask(asked(annesNumber))).toEqual({
    result: 'found',
    tookMs: 250,
    findings: [
      {
        id: 'inc-1',
        kind: 'incident',
        subject: 'asked',
        matched: 'her-phone',
        others: ['her', 'her-phone'],
        when: 1000,
        source: 'incidents',
        signs: ['domestic'],
        says: 'what inc-1 says',
        strength: 'certain',
        reasons: ['same number 07700 900123'],
      },
    ],
  });
});

test('a record about the asked subject itself is certain, and the subject is not one of the others', () => {
  const source = memorySource({ id: 'crimes', records: [record('crime-1', { subjects: ['asked', 'him'] })] });
  const [found] = source.ask(asked(anna)).findings;
  expect(found).toMatchObject({
    strength: 'certain',
    others: ['him'],
    reasons: ['recorded under the very same name, number or place'],
  });
});

test('the surest come first, and of equals the newest', () => {
  const source = memorySource({
    id: 'people',
    records: [
      record('weak-new', { names: [{ kind: 'person', name: 'Anna Quill' }], when: 4000 }),
      record('certain-old', { names: [anna], when: 1000 }),
      record('strong', { names: [{ kind: 'person', name: 'Ana Quil', born: '07/03/1984' }], when: 2000 }),
      record('certain-new', { names: [anna], when: 3000 }),
    ],
  });
  expect(source.ask(asked(anna)).findings.map(({ id }) => id)).toEqual([
    'certain-new',
    'certain-old',
    'strong',
    'weak-new',
  ]);
});

test('what happens after the asking instant is not known yet', () => {
  const source = memorySource({ id: 'people', records: [record('later', { names: [anna], when: 5001 })] });
  expect(source.ask(asked(anna, 5000)).result).toBe('no-trace');
  expect(source.ask(asked(anna, 5001)).result).toBe('found');
});

test('an outage answers as itself, from its first instant up to its last, and never with no trace', () => {
  const source = memorySource({
    id: 'people',
    records: [record('one', { names: [anna] })],
    outages: [{ from: 2000, until: 3000, result: 'timed-out' }],
  });
  expect([1999, 2000, 2999, 3000].map((at) => source.ask(asked(anna, at)).result)).toEqual([
    'found',
    'timed-out',
    'timed-out',
    'found',
  ]);
  expect(source.ask(asked(anna, 2500)).findings).toEqual([]);
});

test('no more than the bound is shown, and the last finding says what was left out', () => {
  const many = Array.from({ length: 30 }, (_, at) => record(`inc-${at}`, { names: [annesNumber], when: at }));
  const { findings } = memorySource({ id: 'incidents', records: many }).ask(asked(annesNumber));
  expect(findings).toHaveLength(findingsMax);
  expect(findings[0]?.id).toBe('inc-29');
  expect(findings.at(-1)?.reasons).toEqual(['same number 07700 900123', '10 more not shown: 10 certain']);
});

test('a worthless value finds nobody', () => {
  const withheld: Identity = { kind: 'phone', number: 'withheld' };
  const source = memorySource({ id: 'incidents', records: [record('one', { names: [withheld] })] });
  expect(source.ask(asked(withheld))).toEqual({ result: 'no-trace', findings: [], tookMs: 0 });
});

const people = [
  'Anna Quill',
  'QUILL, Ana',
  'Katharine Dunmore',
  'Catherine Dunmore',
  'Omar Al-Sarrani',
  'unknown',
  'Łukasz Wójtarski',
];
const anyone: fc.Arbitrary<Identity> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('person' as const),
      name: fc.constantFrom(...people),
      born: fc.constantFrom('1984-03-07', '1984', '03/07/1984'),
    },
    { requiredKeys: ['kind', 'name'] },
  ),
  fc.record({
    kind: fc.constant('phone' as const),
    number: fc.constantFrom('07700 900123', '07700 900124', 'withheld'),
  }),
  fc.record({
    kind: fc.constant('place' as const),
    premises: fc.constantFrom('14', '16', 'Flat 2, 14'),
    street: fc.constantFrom('Mill Lane', 'Mill Ln'),
  }),
);
const anyRecords = fc
  .array(fc.tuple(fc.array(anyone, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 9000 })), {
    maxLength: 30,
  })
  .map((all) => all.map(([names, when], at) => record(`rec-${at}`, { names, when })));

test('adding records never loses a certain finding within the bound', () => {
  fc.assert(
    fc.property(anyone, anyRecords, fc.nat(30), (identity, records, count) => {
      const fewer = memorySource({ id: 's', records: records.slice(0, count) }).ask(asked(identity)).findings;
      const more = memorySource({ id: 's', records }).ask(asked(identity)).findings;
      const certain = more.filter(({ strength }) => strength === 'certain').map(({ id }) => id);
      fc.pre(certain.length < findingsMax);
      const lost = fewer.filter(({ id, strength }) => strength === 'certain' && !certain.includes(id));
      expect(lost).toEqual([]);
    }),
  );
});

test('the order in which records are given changes nothing, and every finding is one that a check may carry', () => {
  fc.assert(
    fc.property(anyone, anyRecords, (identity, records) => {
      const answer = memorySource({ id: 's', records }).ask(asked(identity));
      expect(memorySource({ id: 's', records: records.toReversed() }).ask(asked(identity))).toEqual(answer);
      expect(answer.findings.length === 0).toBe(answer.result === 'no-trace');
      for (const one of answer.findings) expect(finding.parse(one)).toEqual(one);
    }),
  );
});
