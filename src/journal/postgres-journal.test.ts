import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noon } from '../../test/control-room.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { anyEvents, batchAfter, entryOf, eventAt, testJournal, written } from '../../test/journal-log.ts';
import { propertySettings } from '../../test/runs.ts';
import { genesis } from './chain.ts';
import type { Entry, RecordedCommand } from './journal.ts';

let on: TestJournal;
beforeAll(async () => {
  on = await testJournal([]);
});
afterAll(async () => on.drop());

let rooms = 0;

/** A room of its own, with a writer whose turn it is. */
async function room(): Promise<{ readonly room: string; readonly epoch: number }> {
  rooms += 1;
  const id = `room-${rooms}`;
  await on.journal.create({ room: id, kind: 'live', createdAt: noon });
  return { room: id, epoch: await on.journal.beginTurn(id, 'one') };
}

function eventsIn(room: string, count: number, from = 1) {
  return Array.from({ length: count }, (_, place) => entryOf(eventAt(from + place, { room })));
}

function done(id: string, seq: number, digest = 'a'): RecordedCommand {
  return { id, digest, outcome: { kind: 'done', seq } };
}

describe('rooms', () => {
  test('are made once and keep their kind', async () => {
    const entry = { room: 'kept', kind: 'exercise', createdAt: noon } as const;
    expect(await on.journal.create(entry)).toBe(true);
    expect(await on.journal.create({ ...entry, createdAt: noon + 1 })).toBe(true);
    expect(await on.journal.create({ ...entry, kind: 'live' })).toBe(false);
    expect(await on.journal.rooms()).toContainEqual(entry);
    expect(await on.journal.head('kept')).toEqual(genesis);
  });

  test('that are not there have no head, no events and no writer', async () => {
    await expect(on.journal.head('nowhere')).rejects.toThrow('no room nowhere');
    await expect(on.journal.read('nowhere', 0, 10)).rejects.toThrow('no room nowhere');
    await expect(on.journal.beginTurn('nowhere', 'one')).rejects.toThrow('room nowhere');
    await expect(on.journal.append(batchAfter(1, genesis, { room: 'nowhere', count: 0 }))).rejects.toThrow(
      'no room nowhere',
    );
  });
});

describe('append', () => {
  test('gives the head after it, and what was written is read back', async () => {
    const { room: id, epoch } = await room();
    const first = eventsIn(id, 3);
    const appended = await on.journal.append(batchAfter(epoch, genesis, { room: id, entries: first }));
    expect(appended).toEqual({ kind: 'appended', head: await on.journal.head(id) });
    if (appended.kind !== 'appended') return;
    const second = eventsIn(id, 2, 4);
    await on.journal.append(batchAfter(epoch, appended.head, { room: id, entries: second }));
    expect(await on.journal.read(id, 0, 10)).toEqual([...first, ...second].map(({ event }) => event));
    expect(await on.journal.read(id, 2, 2)).toEqual([first[2]?.event, second[0]?.event]);
    expect(await on.journal.read(id, 5, 10)).toEqual([]);
  });

  test('of any events in batches of any size reads back the same', async () => {
    const cases = fc.tuple(anyEvents, fc.integer({ min: 1, max: 7 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([events, size]) => {
        const { room: id, epoch } = await room();
        const entries = events.map((event) => entryOf({ ...event, room: id }));
        let head = genesis;
        for (let from = 0; from < entries.length; from += size) {
          const batch = { room: id, entries: entries.slice(from, from + size) };
          const appended = await on.journal.append(batchAfter(epoch, head, batch));
          if (appended.kind !== 'appended') throw new Error(appended.kind);
          head = appended.head;
        }
        expect(await on.journal.head(id)).toEqual(head);
        const back = await on.journal.read(id, 0, 1_000);
        expect(back).toEqual(entries.map(({ event }) => JSON.parse(JSON.stringify(event)) as unknown));
      }),
      propertySettings(40),
    );
  });

  test('of nothing but commands leaves the head where it was', async () => {
    const { room: id, epoch } = await room();
    const batch = batchAfter(epoch, genesis, { room: id, count: 0, commands: [done('command-1', 0)] });
    expect(await on.journal.append(batch)).toEqual({ kind: 'appended', head: genesis });
    expect(await on.journal.commandsRecorded(id, ['command-1'])).toHaveLength(1);
  });

  test('drops ids that are undefined and puts the rest in order of their names', async () => {
    const { room: id, epoch } = await room();
    const event = eventAt(1, { room: id, ids: { unit: 'u1', incident: undefined, contact: 'c1' } });
    await on.journal.append(batchAfter(epoch, genesis, { room: id, entries: [entryOf(event)] }));
    const { rows } = await on.asOwner.query<{ header: string }>('select header from heed.event where room = $1', [id]);
    expect(rows[0]?.header).toContain('"ids":{"contact":"c1","unit":"u1"},"digest"');
  });

  test.each([
    ['not the next', { seq: 2 }],
    ['of another room', { room: 'elsewhere' }],
    ['without a body', { body: null }],
  ])('of an event %s is a fault, and nothing is written', async (_, change) => {
    const { room: id, epoch } = await room();
    const entries = [entryOf({ ...eventAt(1, { room: id }), ...change })];
    await expect(on.journal.append(batchAfter(epoch, genesis, { room: id, entries }))).rejects.toThrow('event');
    expect(await on.journal.head(id)).toEqual(genesis);
  });
});

describe('two writers', () => {
  test('the one whose turn is over is refused, whatever it appends', async () => {
    const { room: id, epoch } = await room();
    const first = await on.journal.append(batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 1) }));
    if (first.kind !== 'appended') throw new Error(first.kind);
    const later = await on.journal.beginTurn(id, 'two');
    expect(later).toBeGreaterThan(epoch);
    const entries = eventsIn(id, 1, 2);
    expect(await on.journal.append(batchAfter(epoch, first.head, { room: id, entries }))).toEqual({ kind: 'deposed' });
    expect(await on.journal.append(batchAfter(epoch, first.head, { room: id, count: 0 }))).toEqual({ kind: 'deposed' });
    expect((await on.journal.append(batchAfter(later, first.head, { room: id, entries }))).kind).toBe('appended');
    expect(await on.journal.read(id, 0, 10)).toHaveLength(2);
  });

  test('that append at once to one head: one of them does, and the chain is whole', async () => {
    const { room: id, epoch } = await room();
    const batches = Array.from({ length: 8 }, () => batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 2) }));
    const settled = await Promise.allSettled(batches.map(async (batch) => on.journal.append(batch)));
    const faults = settled.filter((one) => one.status === 'rejected').map((one) => String(one.reason));
    expect(faults).toHaveLength(batches.length - 1);
    expect(faults.every((fault) => fault.includes('stands at event 2'))).toBe(true);
    expect(await on.journal.read(id, 0, 10)).toHaveLength(2);
  });

  test('that fight over turns never both write', async () => {
    const { room: id } = await room();
    const fight = async (holder: string): Promise<number> => {
      let written = 0;
      for (let round = 0; round < 25; round += 1) {
        const epoch = await on.journal.beginTurn(id, holder);
        const head = await on.journal.head(id);
        const entries = eventsIn(id, 1, head.seq + 1);
        const appended = await on.journal.append(batchAfter(epoch, head, { room: id, entries })).catch(() => null);
        if (appended?.kind === 'appended') written += 1;
      }
      return written;
    };
    const written = await Promise.all([fight('one'), fight('two'), fight('three')]);
    const { seq } = await on.journal.head(id);
    expect(written.reduce((sum, one) => sum + one, 0)).toBe(seq);
    expect(await on.journal.read(id, 0, 1_000)).toHaveLength(seq);
  });
});

describe('commands', () => {
  const refused: RecordedCommand = {
    id: 'command-2',
    digest: 'b',
    outcome: {
      kind: 'refused',
      seq: 1,
      reasons: [{ code: 'no', says: 'No.' }],
      gates: [{ safeguard: 'danger-told', why: { code: 'told', params: {}, seqs: [1] }, asks: [] }],
    },
  };

  test('that came before are told with their outcomes, and nothing of the batch is written', async () => {
    const { room: id, epoch } = await room();
    const commands = [done('command-1', 1), refused];
    const first = await on.journal.append(batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 1), commands }));
    if (first.kind !== 'appended') throw new Error(first.kind);
    const again = batchAfter(epoch, first.head, {
      room: id,
      entries: eventsIn(id, 2, 2),
      commands: [done('command-3', 2), { ...refused, digest: 'other' }],
      projections: [{ name: 'never', text: 'select 1', values: [] }],
    });
    expect(await on.journal.append(again)).toEqual({ kind: 'repeated', commands: [refused] });
    expect(await on.journal.head(id)).toEqual(first.head);
    expect(await on.journal.commandsRecorded(id, ['command-1', 'command-2', 'command-3'])).toEqual(commands);
    expect(await on.journal.commandsRecorded(id, [])).toEqual([]);
  });

  test('of one room say nothing of another', async () => {
    const [one, two] = [await room(), await room()];
    for (const { room: id, epoch } of [one, two]) {
      const batch = batchAfter(epoch, genesis, { room: id, count: 0, commands: [done('command-1', 0, id)] });
      expect((await on.journal.append(batch)).kind).toBe('appended');
    }
    expect(await on.journal.commandsRecorded(two.room, ['command-1'])).toEqual([done('command-1', 0, two.room)]);
  });
});

const made =
  'create table heed.seen (room text, seq bigint primary key); grant insert, select on heed.seen to heed_service';
const seen = (seq: number, room: string) => ({
  name: 'seen',
  text: 'insert into heed.seen (room, seq) values ($1, $2)',
  values: [room, seq],
});
const seenIn = async (id: string): Promise<unknown> =>
  (await on.asOwner.query('select seq from heed.seen where room = $1 order by seq', [id])).rows;

describe('projections', () => {
  beforeAll(async () => {
    await on.asOwner.query(made);
  });

  test('are written with the events', async () => {
    const { room: id, epoch } = await room();
    const projections = [seen(101, id), seen(102, id)];
    const batch = batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 2), projections });
    expect((await on.journal.append(batch)).kind).toBe('appended');
    expect(await seenIn(id)).toEqual([{ seq: 101 }, { seq: 102 }]);
  });

  test('that fail leave nothing behind, and the next batch goes through', async () => {
    const { room: id, epoch } = await room();
    const projections = [seen(201, id), seen(201, id)];
    const batch = batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 2), projections });
    await expect(on.journal.append(batch)).rejects.toThrow('duplicate key');
    expect(await on.journal.head(id)).toEqual(genesis);
    expect(await seenIn(id)).toEqual([]);
    expect((await on.journal.append({ ...batch, projections: [seen(202, id)] })).kind).toBe('appended');
  });

  test('are not written by a writer whose turn is over', async () => {
    const { room: id, epoch } = await room();
    await on.journal.beginTurn(id, 'two');
    const batch = batchAfter(epoch, genesis, { room: id, entries: eventsIn(id, 1), projections: [seen(301, id)] });
    expect(await on.journal.append(batch)).toEqual({ kind: 'deposed' });
    expect(await seenIn(id)).toEqual([]);
  });
});

describe('reading', () => {
  test('an incident gives its events in order, those included that name it nowhere', async () => {
    const { room: id, epoch } = await room();
    const contact = { event: eventAt(2, { room: id, ids: { contact: 'c1' }, scope: 'room' }), incident: 'i1' };
    const other = entryOf(eventAt(3, { room: id, ids: { incident: 'i2' } }));
    const entries = [entryOf(eventAt(1, { room: id })), contact, other, entryOf(eventAt(4, { room: id }))];
    await on.journal.append(batchAfter(epoch, genesis, { room: id, entries }));
    expect((await on.journal.readIncident(id, 'i1')).map((event) => event.seq)).toEqual([1, 2, 4]);
    expect(await on.journal.readIncident(id, 'i9')).toEqual([]);
  });

  test('an incident gives what its contacts said before they were joined to it, and a contact its own', async () => {
    const { room: id, epoch } = await room();
    const said = (seq: number, contact: string): Entry => ({
      event: eventAt(seq, { room: id, ids: { contact }, scope: 'room' }),
      incident: null,
    });
    const joined = eventAt(3, { room: id, type: 'ContactJoined', ids: { contact: 'c1', incident: 'i1' } });
    const entries = [said(1, 'c1'), said(2, 'c2'), entryOf(joined)];
    await on.journal.append(batchAfter(epoch, genesis, { room: id, entries }));
    expect((await on.journal.readIncident(id, 'i1')).map((event) => event.seq)).toEqual([1, 3]);
    expect((await on.journal.readContact(id, 'c2')).map((event) => event.seq)).toEqual([2]);
  });

  test.each([
    ['a changed body', "update heed.body set body = replace(body, 'line', 'lime') where seq = 2", 2, 'digest'],
    ['a header that is no header', "update heed.event set header = 'x' where seq = 2", 2, 'header'],
    ['a wrong column', "update heed.event set type = 'GradeSet' where seq = 2", 2, 'type column'],
    ['a missing row', 'delete from heed.event where seq = 2', 2, 'missing'],
    ['a missing last row', 'delete from heed.event where seq = 3', 3, 'missing'],
    ['a missing body', 'delete from heed.body where seq = 2', 2, 'body is missing'],
  ])('%s is a fault that names the room and the event', async (_, statement, seq, says) => {
    const own = await testJournal();
    try {
      await written(own.journal, 3);
      await own.tamper(statement);
      await expect(own.journal.read('north', 0, 10)).rejects.toThrow(`room north, event ${seq}`);
      await expect(own.journal.read('north', 0, 10)).rejects.toThrow(says);
    } finally {
      await own.drop();
    }
  });
});
