import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playedRoom, testJournal, writtenLog } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import type { StoredEvent } from '../room/define.ts';
import { fold } from '../room/fold.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import { roomNow } from './erase.ts';
import { foldVersion } from './fold-version.ts';
import type { Head } from './journal.ts';
import { postgresJournal } from './postgres-journal.ts';

const entry = { room: 'room-1', kind: 'replay', createdAt: 0 } as const;
const empty = emptyRoom('room-1', 'replay');

/** A night's log as it is read back. */
function nightLog(): readonly StoredEvent[] {
  return JSON.parse(JSON.stringify(playedRoom().events())) as readonly StoredEvent[];
}

describe('a snapshot', () => {
  const events = nightLog();
  let on: TestJournal;
  let end: Head;
  beforeEach(async () => {
    on = await testJournal([]);
    end = await writtenLog(on.journal, events);
  });
  afterEach(async () => on.drop());

  async function keptAt(seq: number): Promise<Room> {
    const room = fold(empty, events.slice(0, seq));
    const { rows } = await on.asOwner.query<{ hash: string }>('select hash from heed.event where seq = $1', [seq]);
    await on.journal.keepSnapshot(room, { seq, hash: rows[0]?.hash ?? '' });
    return room;
  }

  test('gives the room back, and the log goes on from there to the same end', async () => {
    const room = await keptAt(60);
    const restored = await on.journal.restore(entry);
    expect(JSON.stringify(restored.room)).toBe(JSON.stringify(room));
    expect(restored.head.seq).toBe(60);
    const now = await roomNow(on.journal, entry);
    expect(JSON.stringify(now.room)).toBe(JSON.stringify(fold(empty, events)));
    expect(now.head).toEqual(end);
  });

  test('is not there before one is kept', async () => {
    expect(await on.journal.restore(entry)).toEqual({ room: empty, head: { seq: 0, hash: '0'.repeat(64) } });
  });

  test('of the newest place is taken, and the oldest of three goes', async () => {
    for (const seq of [10, 30, 20]) await keptAt(seq);
    expect((await on.journal.restore(entry)).head.seq).toBe(30);
    const { rows } = await on.asOwner.query('select seq from heed.snapshot order by seq');
    expect(rows).toEqual([{ seq: 20 }, { seq: 30 }]);
    const loose = `select from heed.snapshot_slice s
      where not exists (select from heed.snapshot n where n.picture = s.picture)`;
    expect((await on.asOwner.query(loose)).rowCount).toBe(0);
  });

  test('of another program is not used', async () => {
    await keptAt(60);
    const other = postgresJournal(on.database, { foldVersion: 'two' });
    expect((await other.restore(entry)).head.seq).toBe(0);
    await other.close();
  });

  test.each([
    [
      'a damaged slice',
      "update heed.snapshot_slice set text = replace(text, 'i1', 'i2') where part = 'incidents'",
      'damaged',
    ],
    ['a missing slice', 'delete from heed.snapshot_slice where place = 3', 'missing'],
    ['another log under it', "update heed.snapshot set hash = repeat('0', 64)", 'another'],
  ])('with %s is not used, and that is noted; the one before it is', async (_, statement, says) => {
    await keptAt(30);
    const before = await on.asOwner.query<{ picture: string }>('select picture from heed.snapshot');
    await keptAt(60);
    const picture = before.rows[0]?.picture ?? '';
    const newest = `${statement} ${statement.includes('where') ? 'and' : 'where'} picture <> '${picture}'`;
    await on.asOwner.query(newest);
    expect((await on.journal.restore(entry)).head.seq).toBe(30);
    expect(on.notes).toEqual([expect.stringContaining(says) as string]);
  });

  test('that was cut off half way does not count', async () => {
    await keptAt(60);
    await on.asOwner.query('delete from heed.snapshot');
    expect((await on.journal.restore(entry)).head.seq).toBe(0);
    await on.asOwner.query('update heed.snapshot_slice set at = 0');
    await keptAt(30);
    expect((await on.asOwner.query('select from heed.snapshot_slice where at = 0')).rowCount).toBe(0);
  });

  test('of a room that stands elsewhere than its head is a fault', async () => {
    await expect(on.journal.keepSnapshot(empty, end)).rejects.toThrow('stands at event 0');
    const room = fold(empty, events);
    await expect(on.journal.keepSnapshot(room, { ...end, hash: '' })).rejects.toThrow('another event there');
    expect((await on.asOwner.query('select from heed.snapshot_slice')).rowCount).toBe(0);
  });

  test('lets other work through between its slices', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    await keptAt(60);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('the version of the fold', () => {
  test('changes with any source of the room, and with nothing else', () => {
    const folder = `${mkdtempSync(join(tmpdir(), 'heed-fold-'))}${sep}`;
    try {
      writeFileSync(`${folder}a.ts`, 'one');
      const before = foldVersion(folder);
      for (const other of ['a.test.ts', 'notes.md']) writeFileSync(`${folder}${other}`, 'x');
      expect(foldVersion(folder)).toBe(before);
      writeFileSync(`${folder}a.ts`, 'two');
      expect(foldVersion(folder)).not.toBe(before);
      writeFileSync(`${folder}a.ts`, 'one');
      writeFileSync(`${folder}b.ts`, '');
      expect(foldVersion(folder)).not.toBe(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is that of the room’s own sources', () => {
    expect(foldVersion()).toMatch(/^[0-9a-f]{64}$/);
  });
});
