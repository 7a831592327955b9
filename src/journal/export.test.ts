import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { batchAfter, eventAt, playedRoom, testJournal, written, writtenLog } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { emptyRoom } from '../room/room.ts';
import { roomNow } from './erase.ts';
import { exportRoom } from './export.ts';
import { lineWriter } from './export-format.ts';
import type { ExportLine } from './export-format.ts';
import { importRoom } from './import.ts';
import type { Head } from './journal.ts';
import { verifyExport } from './read-export.ts';
import { verifyRoom } from './verify.ts';

const entry = { room: 'room-1', kind: 'replay', createdAt: 0 } as const;

let on: TestJournal;
let head: Head;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-export-'));
  on = await testJournal([]);
  head = await writtenLog(on.journal, playedRoom().events());
  const refused = {
    id: 'refused-1',
    digest: 'd',
    outcome: { kind: 'refused', seq: head.seq, reasons: [{ code: 'no', says: 'No.' }], gates: [] },
  } as const;
  const epoch = await on.journal.beginTurn('room-1', 'test');
  await on.journal.append(batchAfter(epoch, head, { room: 'room-1', count: 0, commands: [refused] }));
  await exportRoom(on.database.service, 'room-1', join(folder, 'whole.ndjson'));
});
afterAll(async () => {
  await on.drop();
  rmSync(folder, { recursive: true });
});

const whole = (): string => readFileSync(join(folder, 'whole.ndjson'), 'utf8');
const linesOf = (text: string): ExportLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly line: ExportLine }).line);

/** Writes a file as an intruder would who knows how its digests are made. */
function forged(name: string, lines: readonly ExportLine[]): string {
  const line = lineWriter();
  return kept(name, lines.map((one) => line(one)).join(''));
}

function kept(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('an export', () => {
  test('holds every event and command once, is whole by itself, and leaves nothing beside it', async () => {
    const lines = linesOf(whole());
    expect(lines[0]).toMatchObject({ kind: 'manifest', room: 'room-1', roomKind: 'replay', head });
    expect(lines.filter((line) => line.kind === 'event')).toHaveLength(head.seq);
    expect(lines.at(-1)).toMatchObject({ kind: 'end', head, events: head.seq });
    const heard = await verifyExport(join(folder, 'whole.ndjson'));
    expect(heard).toMatchObject({ kind: 'heard', verdict: { kind: 'whole', head } });
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('is compressed where its name says so, and reads the same', async () => {
    const file = join(folder, 'whole.ndjson.gz');
    await exportRoom(on.database.service, 'room-1', file);
    expect(linesOf(gunzipSync(readFileSync(file)).toString('utf8')).slice(1)).toEqual(linesOf(whole()).slice(1));
    expect(await verifyExport(file)).toMatchObject({ kind: 'heard', verdict: { kind: 'whole', head } });
    const cut = join(folder, 'cut.ndjson.gz');
    writeFileSync(cut, readFileSync(file).subarray(0, -200));
    expect(await verifyExport(cut)).toMatchObject({ kind: 'refused', file: cut });
  });

  test('overwrites nothing', async () => {
    const file = kept('mine.txt', 'mine');
    await expect(exportRoom(on.database.service, 'room-1', file)).rejects.toThrow('overwrites nothing');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('of a log that was changed names the event and leaves no file', async () => {
    const own = await testJournal([]);
    try {
      await writtenLog(
        own.journal,
        [1, 2, 3].map((seq) => eventAt(seq)),
      );
      await own.tamper("update heed.body set body = '{}' where seq = 2");
      const file = join(folder, 'broken.ndjson');
      await expect(exportRoom(own.database.service, 'north', file)).rejects.toThrow('room north, event 2');
      expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
    } finally {
      await own.drop();
    }
  });
});

describe('a file that is not as it was written', () => {
  const changes: readonly (readonly [string, (lines: string[]) => string, number])[] = [
    ['without its last line', (lines) => `${lines.slice(0, -1).join('\n')}\n`, -1],
    ['cut in the middle of a line', (lines) => lines.join('\n').slice(0, -9), -1],
    ['without a line in its middle', (lines) => lines.toSpliced(20, 1).join('\n'), 21],
    ['with a line twice', (lines) => lines.toSpliced(20, 0, lines[19] ?? '').join('\n'), 21],
    ['with two lines swapped', (lines) => lines.toSpliced(20, 2, lines[21] ?? '', lines[20] ?? '').join('\n'), 21],
    ['with one letter changed', (lines) => lines.with(30, (lines[30] ?? '').replace('staff', 'stuff')).join('\n'), 31],
    ['with a line behind its last', (lines) => [...lines, lines[2]].join('\n'), 0],
    ['that is empty', () => '', 1],
    ['that is something else', () => 'name,born\nAnn,1988\n', 1],
  ];

  test.each(changes)('%s is refused, naming the line', async (_, change, line) => {
    const lines = whole().trimEnd().split('\n');
    const at = line > 0 ? line : lines.length + line + (line === 0 ? 1 : 1);
    const file = kept('changed.ndjson', change(lines));
    expect(await verifyExport(file)).toMatchObject({ kind: 'refused', file, line: at });
    const other = await testJournal([]);
    try {
      expect(await importRoom({ ownerUrl: other.urls.ownerUrl, file })).toMatchObject({ kind: 'refused', line: at });
      expect(await other.journal.rooms()).toEqual([]);
    } finally {
      await other.drop();
    }
  });

  test.each([
    ['another body', { body: '{"text":"other"}' }, 'digest'],
    ['another header', { header: '{}' }, 'hash'],
    ['no body and no erasure', { body: null, salt: null }, 'body is missing'],
    [
      'no body and an erasure that nobody decided',
      { body: null, salt: null, erasure: { at: 1, decision: 12, by: 'owner-1', second: 'fim-1' } },
      'is no decision',
    ],
  ])('but has new digests is found by its chain: %s', async (_, change, says) => {
    const lines = linesOf(whole()).map((line, place) => (place === 10 ? { ...line, ...change } : line));
    const heard = await verifyExport(forged('forged.ndjson', lines));
    expect(heard).toMatchObject({ kind: 'refused' });
    expect(heard.kind === 'refused' && heard.says).toContain('event 10');
    expect(heard.kind === 'refused' && heard.says).toContain(says);
  });
});

describe('an import', () => {
  let into: TestJournal;
  beforeEach(async () => {
    into = await testJournal([]);
  });
  afterEach(async () => into.drop());
  const read = async (file = 'whole.ndjson') => importRoom({ ownerUrl: into.urls.ownerUrl, file: join(folder, file) });

  test('gives the same head, the same room and the same answers to its commands', async () => {
    expect(await read()).toMatchObject({ kind: 'imported', room: 'room-1', head });
    expect(await into.journal.head('room-1')).toEqual(head);
    expect(await verifyRoom(into.database.service, 'room-1')).toMatchObject({ kind: 'whole', head });
    const [there, here] = [await roomNow(on.journal, entry), await roomNow(into.journal, entry)];
    expect(JSON.stringify(here)).toBe(JSON.stringify(there));
    expect(await into.journal.readIncident('room-1', 'i1')).toEqual(await on.journal.readIncident('room-1', 'i1'));
    const ids = ['command-1', 'command-20', 'refused-1'];
    expect(await into.journal.commandsRecorded('room-1', ids)).toEqual(
      await on.journal.commandsRecorded('room-1', ids),
    );
    expect((await into.journal.rooms()).map(({ room }) => room)).toEqual(['room-1']);
    await exportRoom(into.database.service, 'room-1', join(folder, 'again.ndjson'));
    expect(linesOf(readFileSync(join(folder, 'again.ndjson'), 'utf8')).slice(1)).toEqual(linesOf(whole()).slice(1));
  });

  test('is written on after: the next writer takes its turn', async () => {
    await read();
    const epoch = await into.journal.beginTurn('room-1', 'test');
    const batch = batchAfter(epoch, head, { room: 'room-1', count: 0 });
    const entries = [{ event: eventAt(head.seq + 1, { room: 'room-1' }), incident: null }];
    expect((await into.journal.append({ ...batch, entries })).kind).toBe('appended');
  });

  test('goes only into an empty room, and only once', async () => {
    await writtenLog(into.journal, [eventAt(1, { room: 'room-1' })]);
    expect(await read()).toMatchObject({ kind: 'refused', says: 'room room-1 is not empty' });
    const other = await testJournal([]);
    try {
      const options = { ownerUrl: other.urls.ownerUrl, file: join(folder, 'whole.ndjson') };
      await other.journal.create({ ...entry, kind: 'live' });
      expect(await importRoom(options)).toMatchObject({
        kind: 'refused',
        says: 'there is a room room-1 of another kind',
      });
    } finally {
      await other.drop();
    }
  });

  test('twice is refused', async () => {
    await read();
    expect(await read()).toMatchObject({ kind: 'refused', says: 'room room-1 has been read in before' });
  });

  test('that breaks off leaves no room that anybody writes for, and goes on with the same file alone', async () => {
    await into.asOwner.query(
      `create function heed.break_off() returns trigger language plpgsql as
        $$ begin if new.command = 'refused-1' then raise 'the power is gone'; end if; return new; end $$;
      create trigger break_off before insert on heed.command for each row execute function heed.break_off()`,
    );
    await expect(read()).rejects.toThrow('the power is gone');
    expect(await into.journal.rooms()).toEqual([]);
    await expect(into.journal.beginTurn('room-1', 'test')).rejects.toThrow('not wholly read in');
    await into.asOwner.query('drop function heed.break_off() cascade');
    const lines = linesOf(whole());
    const shorter = lines.filter(
      (line) => line.kind !== 'event' || (JSON.parse(line.header) as { seq: number }).seq < 20,
    );
    const before = lines[19];
    const cut = { seq: 19, hash: before?.kind === 'event' ? before.hash : '' };
    const other = shorter.map((line) =>
      line.kind === 'manifest'
        ? { ...line, head: cut }
        : line.kind === 'end'
          ? { ...line, head: cut, events: 19 }
          : line,
    );
    forged('other.ndjson', other);
    expect(await read('other.ndjson')).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('another export') as string,
    });
    expect(await read()).toMatchObject({ kind: 'imported', head });
    expect(await into.journal.commandsRecorded('room-1', ['command-1', 'refused-1'])).toHaveLength(2);
    expect((await roomNow(into.journal, entry)).room.seq).toBe(head.seq);
  });

  test('of a long log that breaks off goes on after the last transaction that was whole', async () => {
    const own = await testJournal(['north']);
    const end = await written(own.journal, 2_300);
    const file = join(folder, 'long.ndjson.gz');
    await exportRoom(own.database.service, 'north', file);
    await own.drop();
    await into.asOwner.query(
      `create function heed.break_off() returns trigger language plpgsql as
        $$ begin if new.seq = 1500 then raise 'the power is gone'; end if; return new; end $$;
      create trigger break_off before insert on heed.event for each row execute function heed.break_off()`,
    );
    await expect(read('long.ndjson.gz')).rejects.toThrow('the power is gone');
    expect(await into.journal.head('north')).toMatchObject({ seq: 1_000 });
    await into.asOwner.query('drop function heed.break_off() cascade');
    const told: number[] = [];
    const options = { ownerUrl: into.urls.ownerUrl, file, told: ({ seq }: Head) => told.push(seq) };
    expect(await importRoom(options)).toMatchObject({ kind: 'imported', head: end });
    expect(told).toEqual([2_000, 2_300]);
    expect(await verifyRoom(into.database.service, 'north')).toMatchObject({ kind: 'whole', head: end });
  });

  test('by two at once writes the room once', async () => {
    const both = await Promise.all([read(), read()]);
    expect(both.map((one) => one.kind).toSorted()).toEqual(['imported', 'refused']);
    expect(await into.journal.head('room-1')).toEqual(head);
  });

  test('of a room without events makes it', async () => {
    await on.journal.create({ room: 'empty', kind: 'exercise', createdAt: 7 });
    await exportRoom(on.database.service, 'empty', join(folder, 'empty.ndjson'));
    expect(await read('empty.ndjson')).toMatchObject({ kind: 'imported', head: { seq: 0 } });
    expect(await into.journal.rooms()).toEqual([{ room: 'empty', kind: 'exercise', createdAt: 7 }]);
    expect(emptyRoom('empty', 'exercise')).toEqual(
      (await roomNow(into.journal, { room: 'empty', kind: 'exercise', createdAt: 7 })).room,
    );
  });
});
