import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryConfig } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ControlRoom } from '../../test/control-room.ts';
import { controlRoom } from '../../test/control-room.ts';
import { batchAfter, entryOf, testJournal, writtenLog } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Erasable } from '../room/erasure.ts';
import type { EraseAround, Erasing } from './erase.ts';
import { eraseBodies, roomNow, seqsAbout } from './erase.ts';
import { exportRoom } from './export.ts';
import { importRoom } from './import.ts';
import type { Head } from './journal.ts';
import type { Asks } from './rows.ts';
import { verifyRoom } from './verify.ts';

const entry = { room: 'room-1', kind: 'replay', createdAt: 0 } as const;

let on: TestJournal;
let control: ControlRoom;
let head: Head;

/** Writes what the room said since into the log. */
async function write(events: readonly StoredEvent[]): Promise<void> {
  const epoch = await on.journal.beginTurn('room-1', 'test');
  const batch = batchAfter(epoch, head, { room: 'room-1', entries: events.map(entryOf) });
  const appended = await on.journal.append(batch);
  if (appended.kind !== 'appended') throw new Error(appended.kind);
  head = appended.head;
}

/** Does something in the room and writes what came of it. */
async function does(who: string, type: string, data: unknown): Promise<void> {
  const from = control.events().length;
  control.does(who, type, data);
  await write(control.events().slice(from));
}

/** Two people decide that the bodies of these events go; gives the place of their decision. */
async function decided(named: Erasable, seqs: readonly number[]): Promise<number> {
  const decision = `v${control.room().proposals.size + 1}`;
  const command = { type: 'DecideErasure', data: { ...named, seqs, reason: 'Seven years have passed' } };
  await does('owner-1', 'Propose', { decision, command, reason: 'Seven years have passed' });
  await does('fim-1', 'Approve', { decision, reason: 'I agree' });
  return control.facts('ErasureDecided').at(-1)?.seq ?? 0;
}

function around(): EraseAround {
  const { service, eraser } = on.database;
  return { service, eraser, entry };
}

async function erased(decision: number): Promise<Erasing> {
  return eraseBodies(around(), decision);
}

async function bodies(): Promise<string> {
  const { rows } = await on.asOwner.query<{ body: string }>('select body from heed.body order by seq');
  return rows.map((row) => row.body).join('\n');
}

beforeEach(async () => {
  on = await testJournal([]);
  control = controlRoom([]);
  control.call('c1', {
    words: 'his secret name is Rumpel',
    subjects: { s1: [{ kind: 'person', name: 'Ann Lee' }, 'caller'] },
    ends: 'ended',
  });
  control.opens('i1', { contact: 'c1', grade: 'resolution', summary: 'Rumpel again' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'Rumpel was advised' });
  control.call('c2', { words: 'another matter', ends: 'ended' });
  control.opens('i2', { contact: 'c2', grade: 'resolution' });
  head = await writtenLog(on.journal, JSON.parse(JSON.stringify(control.events())) as StoredEvent[]);
});
afterEach(async () => on.drop());

describe('what is about a matter', () => {
  test('is its own events and its contacts’ from before it was opened, and nobody else’s', async () => {
    const seqs = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    const about = control.events().filter(({ ids }) => ids['incident'] === 'i1' || ids['contact'] === 'c1');
    expect(seqs).toEqual(about.map((event) => event.seq));
    const named = control.events().filter(({ ids }) => ids['subject'] === 's1');
    expect(await seqsAbout(on.database.service, 'room-1', { subject: 's1' })).toEqual(named.map((one) => one.seq));
  });

  test('of nothing is nothing', async () => {
    expect(await seqsAbout(on.database.service, 'room-1', { contact: 'c9' })).toEqual([]);
  });
});

describe('an erasure that two people decided', () => {
  test('takes the bodies and leaves the chain whole', async () => {
    const seqs = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    expect(await bodies()).toContain('Rumpel');
    const decision = await decided({ incident: 'i1' }, seqs);
    expect(await erased(decision)).toEqual({ kind: 'erased', erased: seqs.length, left: [] });
    expect(await bodies()).not.toContain('Rumpel');
    const whole = { kind: 'whole', room: 'room-1', head, erased: seqs.length, witnessed: 0 };
    expect(await verifyRoom(on.database.service, 'room-1')).toEqual(whole);
    const { rows } = await on.asOwner.query('select distinct decision, by, second from heed.erasure');
    expect(rows).toEqual([{ decision, by: 'owner-1', second: 'fim-1' }]);
  });

  test('lets the log fold: what was told is gone from the room, and nothing else is', async () => {
    const seqs = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    const said = seqs.filter((seq) =>
      ['StatementRecorded', 'IncidentOpened'].includes(control.events()[seq - 1]?.type ?? ''),
    );
    const decision = await decided({ incident: 'i1' }, said);
    const others = seqs.filter((seq) => !said.includes(seq));
    expect(await erased(decision)).toEqual({ kind: 'erased', erased: said.length, left: others });
    const { room } = await roomNow(on.journal, entry);
    expect(room.seq).toBe(head.seq);
    expect(room.incidents.get('i1')?.summary).toBe('[erased]');
    expect(room.contacts.get('c1')?.statements.map((one) => one.words)).toEqual(['[erased]']);
    expect(JSON.stringify(room.incidents.get('i2'))).toBe(JSON.stringify(control.room().incidents.get('i2')));
  });

  test('while the log is looked at leaves it whole', async () => {
    const seqs = await seqsAbout(on.database.service, 'room-1', { contact: 'c1' });
    let isErased = false;
    const query = async (asked: QueryConfig, values?: unknown[]): Promise<unknown> => {
      const answer: unknown = await on.database.service.query(asked, values);
      if (!isErased) {
        isErased = true;
        await erased(await decided({ contact: 'c1' }, seqs));
      }
      return answer;
    };
    const verdict = await verifyRoom({ query } as unknown as Asks, 'room-1');
    expect(verdict).toMatchObject({ kind: 'whole', erased: seqs.length });
  });

  test('may be carried out again, and then takes nothing', async () => {
    const decision = await decided(
      { contact: 'c1' },
      await seqsAbout(on.database.service, 'room-1', { contact: 'c1' }),
    );
    await erased(decision);
    expect(await erased(decision)).toMatchObject({ kind: 'erased', erased: 0 });
  });

  test('takes along what a refused command was told, and the snapshots', async () => {
    const [said] = control.facts('IncidentClosed');
    const seq = said?.seq ?? 0;
    const outcome = { kind: 'refused', seq, reasons: [{ code: 'x', says: 'Rumpel' }], gates: [] } as const;
    const refused = { id: 'refused-1', digest: 'd', outcome };
    const epoch = await on.journal.beginTurn('room-1', 'test');
    await on.journal.append(batchAfter(epoch, head, { room: 'room-1', count: 0, commands: [refused] }));
    const { room } = await roomNow(on.journal, entry);
    await on.journal.keepSnapshot(room, head);
    expect(await on.journal.commandsRecorded('room-1', [refused.id])).toEqual([refused]);
    await erased(await decided({ incident: 'i1' }, [seq]));
    const [left] = await on.journal.commandsRecorded('room-1', [refused.id]);
    expect(left?.outcome).toMatchObject({ kind: 'refused', seq, reasons: [{ code: 'erased' }] });
    for (const table of ['snapshot', 'snapshot_slice'])
      expect((await on.asOwner.query(`select from heed.${table}`)).rowCount).toBe(0);
  });

  test('is not undone by a snapshot of a room that was loaded before it', async () => {
    const { room: before } = await roomNow(on.journal, entry);
    const decision = await decided(
      { contact: 'c1' },
      await seqsAbout(on.database.service, 'room-1', { contact: 'c1' }),
    );
    await erased(decision);
    await expect(on.journal.keepSnapshot({ ...before, seq: head.seq }, head)).rejects.toThrow('bodies were erased');
    expect((await on.asOwner.query('select from heed.snapshot_slice')).rowCount).toBe(0);
    const { room } = await roomNow(on.journal, entry);
    await on.journal.keepSnapshot(room, head);
    expect((await on.asOwner.query('select from heed.snapshot')).rowCount).toBe(1);
  });

  test('is exported and read in again with its record', async () => {
    const decision = await decided(
      { contact: 'c1' },
      await seqsAbout(on.database.service, 'room-1', { contact: 'c1' }),
    );
    await erased(decision);
    const folder = mkdtempSync(join(tmpdir(), 'heed-erase-'));
    const into = await testJournal([]);
    try {
      const file = join(folder, 'erased.ndjson');
      await exportRoom(on.database.service, 'room-1', file);
      expect(await importRoom({ ownerUrl: into.urls.ownerUrl, file })).toMatchObject({ kind: 'imported', head });
      const verdicts = await Promise.all([on, into].map(async (one) => verifyRoom(one.database.service, 'room-1')));
      expect(verdicts[1]).toEqual(verdicts[0]);
      expect(verdicts[1]).toMatchObject({ kind: 'whole' });
      expect(await into.journal.read('room-1', 0, 1_000)).toEqual(await on.journal.read('room-1', 0, 1_000));
    } finally {
      await into.drop();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an erasure is refused', () => {
  test('where the event named is no decision on one', async () => {
    expect(await erased(3)).toMatchObject({ kind: 'refused', says: 'event 3 of room room-1 decides no erasure' });
  });

  test('where an event that was named is about something else, and takes nothing then', async () => {
    const own = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    const [other = 0] = await seqsAbout(on.database.service, 'room-1', { incident: 'i2' });
    const decision = await decided({ incident: 'i1' }, [...own, other]);
    expect(await erased(decision)).toMatchObject({
      kind: 'refused',
      says: `event ${other} is not about what was decided on`,
    });
    expect((await on.asOwner.query('select from heed.erasure')).rowCount).toBe(0);
  });

  test('where a hold was placed after the decision', async () => {
    const seqs = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    const decision = await decided({ incident: 'i1' }, seqs);
    const judged = head.seq;
    await write([heldEvent()]);
    expect(await erased(decision)).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('held for harm h1') as string,
    });
    const direct = 'select heed.erase_bodies($1, $2, $3::bigint[], $4)';
    const values = (from: number) => ['room-1', decision, seqs, from];
    await expect(on.database.eraser.query(direct, values(judged))).rejects.toThrow('a legal hold was placed');
    await expect(on.database.eraser.query(direct, values(head.seq + 1))).rejects.toThrow('has no event');
  });

  test('by the database where the decision does not name the event, or is one person’s', async () => {
    const [seq = 0, other = 0] = await seqsAbout(on.database.service, 'room-1', { incident: 'i1' });
    const decision = await decided({ incident: 'i1' }, [seq]);
    const direct = async (by: number, seqs: readonly number[]): Promise<unknown> =>
      on.database.eraser.query('select heed.erase_bodies($1, $2, $3::bigint[], $4)', ['room-1', by, seqs, head.seq]);
    await expect(direct(decision, [seq, other])).rejects.toThrow('does not name all of these');
    await expect(direct(seq, [other])).rejects.toThrow('decides no erasure');
    const [fact] = control.facts('ErasureDecided');
    if (fact === undefined) throw new Error('no decision');
    await write([{ ...fact, seq: head.seq + 1, second: null }]);
    await expect(direct(head.seq, [seq])).rejects.toThrow('two people');
    await write([{ ...fact, seq: head.seq + 1, second: fact.actor.id }]);
    await expect(direct(head.seq, [seq])).rejects.toThrow('two people');
    expect((await on.asOwner.query('select from heed.erasure')).rowCount).toBe(0);
  });
});

function heldEvent(): StoredEvent {
  const [first] = control.events();
  if (first === undefined) throw new Error('the log is empty');
  const { now } = control.room();
  const ids = { harm: 'h1', incident: 'i1' };
  const rest = { at: now, recordedAt: now, scope: 'incident:i1', type: 'LegalHoldPlaced' };
  return { ...first, ...rest, seq: head.seq + 1, ids, body: { on: ['i1'] } };
}
