import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testJournal } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { spellingOf } from '../database/spelling.ts';
import type { Identity } from '../room/subject.ts';
import { bySpelling, isSpelt } from './by-spelling.ts';
import { ownHistoryWithSpelling, ownShelf } from './own-history.ts';
import { keepRecords } from './record-rows.ts';
import type { Answer, LiveSource, Question, SourceRecord } from './source.ts';

let on: TestJournal;
let schema: string;
beforeAll(async () => {
  on = await testJournal([]);
  const spelling = await spellingOf(on.database.service);
  if (spelling.kind !== 'standing') throw new Error(spelling.says);
  schema = spelling.schema;
});
afterAll(async () => on.drop());

let rooms = 0;

async function roomWith(records: readonly SourceRecord[]): Promise<readonly [LiveSource, LiveSource]> {
  rooms += 1;
  const room = `spelt-${rooms}`;
  await keepRecords(on.database.service, ownShelf(room), records);
  const [own, spelt] = ownHistoryWithSpelling({ pool: on.database.service, now: () => 0 }, room, schema);
  if (own === undefined || spelt === undefined) throw new Error('expected both sources');
  return [own, spelt];
}

function about(identity: Identity, change: Partial<Question> = {}): Question {
  return { subject: 'asked', identity, beside: [], apartFrom: [], at: 1_000_000, ...change };
}

function record(id: string, names: readonly Identity[]): SourceRecord {
  return { id, kind: 'incident', when: 5, names, subjects: [`of-${id}`], signs: [], says: `what ${id} says` };
}

async function asked(source: LiveSource, question: Question): Promise<Answer> {
  return source.ask(question, new AbortController().signal);
}

const dixon = record('inc-1', [{ kind: 'person', name: 'Jonathan Fairweather', born: '1966-02-08' }]);
const mangled = about({ kind: 'person', name: 'Monathan Vairweathr', born: '1971-11-30' });

describe('a name that nothing else finds', () => {
  test('is found by its spelling where both parts are mangled and the date of birth is another', async () => {
    const [own, spelt] = await roomWith([dixon, record('inc-2', [{ kind: 'person', name: 'Katharine Dunmore' }])]);
    const first = await asked(own, mangled);
    expect(first.result).toBe('no-trace');
    expect(own.askNext?.(mangled, first)).toBe(spelt.id);
    expect(await asked(spelt, mangled)).toMatchObject({
      result: 'found',
      findings: [
        {
          id: 'inc-1',
          source: 'own-history-spelling',
          matched: 'of-inc-1',
          strength: 'weak',
          reasons: ['name spelt somewhat alike: Monathan Vairweathr / Jonathan Fairweather', 'another date of birth'],
        },
      ],
    });
  });

  test('is not asked by its spelling where the own history found somebody, or did not answer', async () => {
    const [own] = await roomWith([dixon]);
    const sure = about({ kind: 'person', name: 'Jonathan Fairweather', born: '1966-02-08' });
    const found = await asked(own, sure);
    expect(found.findings[0]?.strength).toBe('certain');
    expect(own.askNext?.(sure, found)).toBeNull();
    expect(own.askNext?.(mangled, { result: 'failed', findings: [], tookMs: 0 })).toBeNull();
  });

  test('is found with accents and among others of one record, the most alike first and at most five', async () => {
    const others = Array.from({ length: 9 }, (_, place) =>
      record(`inc-${place}`, [{ kind: 'person', name: `Jonathan Fairweathe${'rstuvwxyz'.charAt(place)}` }]),
    );
    const many = record('inc-many', [
      { kind: 'person', name: 'Somebody Else' },
      { kind: 'person', name: 'Mönathán Vairweathr' },
    ]);
    const [, spelt] = await roomWith([...others, many]);
    const answer = await asked(spelt, mangled);
    expect(answer.findings).toHaveLength(5);
    expect(answer.findings[0]?.id).toBe('inc-many');
  });

  test('leaves out the matter in hand and what lies after the asking', async () => {
    const [, spelt] = await roomWith([dixon]);
    expect((await asked(spelt, { ...mangled, apartFrom: ['inc-1'] })).result).toBe('no-trace');
    expect((await asked(spelt, { ...mangled, at: 4 })).result).toBe('no-trace');
  });

  test('that is one word, or says nobody, is not looked for', () => {
    const names = ['Jonathan', 'unknown male', 'Jon Fairweather'];
    expect(names.filter((name) => isSpelt({ kind: 'person', name }))).toEqual(['Jon Fairweather']);
  });
});

test('a fault of the look-up by spelling is never "no trace"', async () => {
  const away = bySpelling({ pool: on.database.service, now: () => 0 }, ownShelf('nowhere'), 'no_such_schema');
  const answer = await asked(away, mangled);
  expect(answer).toMatchObject({ result: 'failed', findings: [] });
  expect(answer.reason).toContain('the database refused the look-up');
});

test('what was erased is found by no spelling', async () => {
  const [, spelt] = await roomWith([dixon]);
  await on.asOwner.query("update heed.record set names = '[]' where record = 'inc-1' and room = $1", [
    `spelt-${rooms}`,
  ]);
  expect((await asked(spelt, mangled)).result).toBe('no-trace');
});
