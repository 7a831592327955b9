import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyQuestion, anyRecords } from '../../test/arbitrary-records.ts';
import { testJournal } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { propertySettings } from '../../test/runs.ts';
import type { Identity } from '../room/subject.ts';
import { comparedMax, recordsOfKeyMax } from './hits.ts';
import { memorySource } from './memory.ts';
import { ownHistory, ownShelf } from './own-history.ts';
import { dropStatement, keepRecords } from './record-rows.ts';
import type { Answer, Question, SourceRecord } from './source.ts';

let on: TestJournal;
beforeAll(async () => {
  on = await testJournal([]);
});
afterAll(async () => on.drop());

let rooms = 0;

function freshRoom(): string {
  rooms += 1;
  return `room-${rooms}`;
}

async function keep(room: string, records: readonly SourceRecord[]): Promise<void> {
  await keepRecords(on.database.service, ownShelf(room), records);
}

async function ask(room: string, question: Question, signal = new AbortController().signal): Promise<Answer> {
  return ownHistory({ pool: on.database.service, now: () => 0 }, room).ask(question, signal);
}

function inMemory(records: readonly SourceRecord[], question: Question): Answer {
  return memorySource({ id: 'own-history', records }).ask(question);
}

function about(identity: Identity, change: Partial<Question> = {}): Question {
  return { subject: 'asked', identity, beside: [], apartFrom: [], at: 1_000_000, ...change };
}

function record(id: string, names: readonly Identity[], when: number): SourceRecord {
  return { id, kind: 'incident', when, names, subjects: [], signs: [], says: `what ${id} says` };
}

function many(count: number, name: (place: number) => Identity): readonly SourceRecord[] {
  return Array.from({ length: count }, (_, place) => record(`inc-${place}`, [name(place)], place));
}

const number: Identity = { kind: 'phone', number: '07700 900123' };
const cutWords = 'more records share what this is known by than were compared';

describe('the own history in the database answers what memory answers', () => {
  test('of the same records, whoever is asked about', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecords,
        fc.array(anyQuestion, { minLength: 1, maxLength: 6 }),
        async (records, questions) => {
          const room = freshRoom();
          await keep(room, records);
          for (const question of questions) expect(await ask(room, question)).toEqual(inMemory(records, question));
        },
      ),
      propertySettings(60),
    );
  });

  test('when some have been told again, later or earlier than before, and others are gone', async () => {
    const changes = fc.tuple(anyRecords, anyRecords, fc.array(fc.nat(20), { maxLength: 5 }), anyQuestion);
    await fc.assert(
      fc.asyncProperty(changes, async ([first, again, dropped, question]) => {
        const room = freshRoom();
        await keep(room, first);
        await keep(room, again);
        const memory = memorySource({ id: 'own-history', records: [...first, ...again] });
        for (const place of dropped) {
          const gone = { kind: 'incident' as const, id: `rec-${place}` };
          memory.forget(gone);
          const { text, values } = dropStatement(ownShelf(room), [gone]);
          await on.database.service.query(text, [...values]);
        }
        expect(await ask(room, question)).toEqual(memory.ask(question));
        const { rows } = await on.asOwner.query(strayKeys, [room]);
        expect(rows).toEqual([]);
      }),
      propertySettings(40),
    );
  });

  test('when more share a number than are compared, and says that it was cut', async () => {
    const room = freshRoom();
    const records = many(recordsOfKeyMax + 200, () => number);
    await keep(room, records);
    const answer = await ask(room, about(number));
    expect(answer).toEqual(inMemory(records, about(number)));
    expect(answer.findings[0]?.id).toBe(`inc-${recordsOfKeyMax + 199}`);
    expect(answer.findings.at(-1)?.reasons.at(-1)).toBe(
      `${comparedMax - 20} more not shown: ${comparedMax - 20} certain; ${cutWords}`,
    );
  });

  test('when none of those compared is the same: that is not "no trace"', async () => {
    const room = freshRoom();
    const records = many(recordsOfKeyMax + 1, (place) => ({
      kind: 'place',
      premises: '14',
      street: 'Mill Lane',
      town: place === 0 ? 'Ashmere' : 'Northby',
      postcode: place === 0 ? 'AB1 2CD' : 'ZZ9 9ZZ',
    }));
    await keep(room, records);
    const elsewhere: Identity = { kind: 'place', street: 'Mull Lane', town: 'Northby', postcode: 'QQ1 1QQ' };
    const answer = await ask(room, about(elsewhere));
    expect(answer).toEqual(inMemory(records, about(elsewhere)));
    expect(answer).toMatchObject({ result: 'found', findings: [{ strength: 'weak', reasons: [cutWords] }] });
  });

  test('and finds the one with the same date of birth however many bear the name', async () => {
    const room = freshRoom();
    const other: Identity = { kind: 'person', name: 'Ann Smith' };
    const wanted = record('wanted', [{ kind: 'person', name: 'Ann Smith', born: '1984-03-08' }], 1);
    const records = [wanted, ...many(recordsOfKeyMax + 200, () => other)];
    await keep(room, records);
    const question = about({ kind: 'person', name: 'Ann Smith', born: '1984-03-07' });
    const answer = await ask(room, question);
    expect(answer).toEqual(inMemory(records, question));
    expect(answer.findings[0]).toMatchObject({ id: 'wanted', strength: 'strong' });
  });

  test('and finds the one at the same address however many bear the name', async () => {
    const room = freshRoom();
    const name: Identity = { kind: 'person', name: 'Ann Smith' };
    const home: Identity = { kind: 'place', premises: '14', street: 'Mill Lane', town: 'Ashmere' };
    const records = [record('wanted', [name, home], 1), ...many(recordsOfKeyMax + 200, () => name)];
    await keep(room, records);
    const question = about(name, { beside: [home] });
    const answer = await ask(room, question);
    expect(answer).toEqual(inMemory(records, question));
    expect(answer.findings[0]).toMatchObject({ id: 'wanted', strength: 'strong' });
  });
});

const position = { latitude: 52.2, longitude: -1, radiusM: 5 };

function house(premises: string, latitude: number, radiusM = 5): Identity {
  return { kind: 'place', premises, street: 'Mill Lane', position: { latitude, longitude: -1, radiusM } };
}

describe('what happened near a place', () => {
  const asked = about({ kind: 'place', premises: 'Rose Cottage', street: 'Cooper Wharf', position });
  const near = { withinM: 50, since: 100 };
  const records = [
    record('neighbour', [house('14', 52.20028)], 500),
    record('further', [house('30', 52.20072)], 500),
    record('vague', [house('16', 52.2001, 800)], 500),
    record('long-ago', [house('12', 52.2001)], 99),
    record('nowhere', [{ kind: 'place', premises: '18', street: 'Mill Lane' }], 500),
  ];

  test('is told with its distance, never more than weak, in the database as in memory', async () => {
    const room = freshRoom();
    await keep(room, records);
    const answer = await ask(room, { ...asked, near });
    expect(answer).toEqual(inMemory(records, { ...asked, near }));
    expect(answer.findings.map(({ id, strength, reasons }) => [id, strength, reasons])).toEqual([
      ['neighbour', 'weak', ['31 m from 14, Mill Lane']],
    ]);
  });

  test('is nothing where the place is known only by an address, or within more metres than count', async () => {
    const room = freshRoom();
    await keep(room, records);
    for (const told of [{}, { position: { ...position, radiusM: 51 } }]) {
      const identity: Identity = { kind: 'place', premises: 'Rose Cottage', street: 'Cooper Wharf', ...told };
      const question = { ...asked, identity, near };
      expect(await ask(room, question)).toMatchObject({ result: 'no-trace' });
      expect(inMemory(records, question)).toMatchObject({ result: 'no-trace' });
    }
  });

  test('adds its distance to the same street, and nothing to the same premises', async () => {
    const room = freshRoom();
    await keep(room, records);
    for (const [premises, strength, reasons] of [
      ['22', 'weak', ['same street: Mill Lane', '31 m from 14, Mill Lane']],
      ['14', 'strong', ['same dwelling: 14, Mill Lane']],
    ]) {
      const question = about({ kind: 'place', premises: String(premises), street: 'Mill Lane', position }, { near });
      const answer = await ask(room, question);
      expect(answer).toEqual(inMemory(records, question));
      expect(answer.findings.find(({ id }) => id === 'neighbour')).toMatchObject({ strength, reasons });
    }
  });
});

const strayKeys = `
select k.* from heed.record_keys k left join heed.record r on r.number = k.record
where r.number is null or (r.room = $1 and r.happened_at <> k.happened_at)`;

describe('the own history', () => {
  test('of one room is not that of another, nor of another source', async () => {
    const [here, there] = [freshRoom(), freshRoom()];
    await keep(here, [record('inc-1', [number], 1)]);
    await keepRecords(on.database.service, { room: there, source: 'crimes' }, [record('inc-1', [number], 1)]);
    expect((await ask(here, about(number))).result).toBe('found');
    expect((await ask(there, about(number))).result).toBe('no-trace');
  });

  test('has what one caller told for the next, however the name is said then', async () => {
    const room = freshRoom();
    const told = record('inc-1', [{ kind: 'person', name: 'Katharine Dunmore', born: '1984-03-07' }], 1);
    const said = ['Kate Dunmore', 'DUNMORE, Kathryn', 'Dunmoor Katie', 'K Dunmore', 'Dr Katharine O Dunmore'];
    const about07 = said.map((name) => about({ kind: 'person', name, born: '07/03/84' }));
    for (const question of about07) expect((await ask(room, question)).result).toBe('no-trace');
    await keep(room, [told]);
    for (const question of about07) {
      const [found] = (await ask(room, question)).findings;
      expect(found?.id).toBe('inc-1');
      expect(found?.strength).not.toBe('weak');
    }
  });

  test('keeps names that no index and no database would take as they are', async () => {
    const room = freshRoom();
    const long: Identity = { kind: 'account', platform: 'x', handle: `@${'\u{1F469}a'.repeat(600)}` };
    const odd: Identity = { kind: 'person', name: 'Anna \0 Quill \uD83D', born: '1984-03-07' };
    const kept = [record('long', [long], 1), { ...record('odd', [odd], 2), says: 'half \uDC00 of it' }];
    await keep(room, kept);
    expect((await ask(room, about(long))).findings.map((one) => one.id)).toEqual(['long']);
    const [found] = (await ask(room, about(odd))).findings;
    expect(found).toMatchObject({ id: 'odd', strength: 'certain', says: 'half \uFFFD of it' });
  });

  test('is timed out when nobody waits any longer, and unavailable when the database is away', async () => {
    const room = freshRoom();
    const gone = AbortSignal.abort();
    expect(await ask(room, about(number), gone)).toMatchObject({ result: 'timed-out', findings: [] });
    const away = ownHistory({ pool: await endedPool(), now: () => 0 }, room);
    const answer = await away.ask(about(number), new AbortController().signal);
    expect(answer).toMatchObject({ result: 'unavailable', findings: [], tookMs: 0 });
    expect(answer.reason).toMatch(/^the database is away/);
  });

  test('may be read and never written by whoever only reads', async () => {
    await expect(on.database.reader.query('select count(*) from heed.record')).resolves.toBeDefined();
    await expect(on.database.reader.query('delete from heed.record')).rejects.toThrow('permission denied');
    await expect(on.database.reader.query('select * from heed.record_keys')).rejects.toThrow('permission denied');
    await expect(on.database.eraser.query('select * from heed.record')).rejects.toThrow('permission denied');
  });
});

async function endedPool() {
  const other = await testJournal([]);
  const pool = other.database.service;
  await other.drop();
  return pool;
}
