import { describe, expect, test } from 'vitest';
import { incident } from '../../test/hostile.ts';
import { noon } from '../../test/control-room.ts';
import { paperDoubts, paperTime, paperWords } from './back-entry.ts';

describe('a time on paper', () => {
  test('without a day is the last time that clocks stood so', () => {
    expect(paperTime('11:30', noon)).toEqual({ at: Date.UTC(2026, 1, 3, 11, 30) });
    expect(paperTime('2330', noon)).toEqual({ at: Date.UTC(2026, 1, 2, 23, 30) });
    expect(paperTime('2026-02-01 9:05:10', noon)).toEqual({ at: Date.UTC(2026, 1, 1, 9, 5, 10) });
  });

  test('in the hour that comes twice asks which, and in the one that is left out says so', () => {
    expect(paperTime('2026-10-25 01:30', noon)).toEqual({ says: expect.stringContaining('twice') as string });
    expect(paperTime('2026-10-25 01:30 BST', noon)).toEqual({ at: Date.UTC(2026, 9, 25, 0, 30) });
    expect(paperTime('2026-10-25 01:30 gmt', noon)).toEqual({ at: Date.UTC(2026, 9, 25, 1, 30) });
    expect(paperTime('2026-03-29 01:30', noon)).toEqual({ says: expect.stringContaining('left out') as string });
  });

  test('that is none is not guessed at', () => {
    for (const text of ['', 'soon', '25:00', '2026-13-01 10:00', '=1+1', '9'.repeat(100_000)])
      expect(paperTime(text, noon)).toHaveProperty('says');
  });
});

describe('a line of paper', () => {
  const control = incident({ grade: 'priority' });
  const room = control.room();
  const now = room.now + 60_000;
  const line = { at: room.now, incident: 'i1', unit: '', after: null };

  test('that the room agrees with raises no doubt', () => {
    expect(paperDoubts(room, line, now)).toEqual([]);
  });

  test('is doubted where its time contradicts the room or the line above it', () => {
    expect(paperDoubts(room, { ...line, at: now + 60_000 }, now)[0]).toContain('later than now');
    expect(paperDoubts(room, { ...line, at: noon - 3_600_000 }, now)[0]).toContain('first received later');
    expect(paperDoubts(room, { ...line, after: room.now + 30_000 }, now)[0]).toContain('The line above it');
    expect(paperDoubts(room, { ...line, incident: 'absent' }, now)[0]).toContain('no incident absent');
    expect(paperDoubts(room, { ...line, unit: 'absent' }, now)[0]).toContain('no unit absent');
  });

  test('keeps who said it with the words, and the words as they are', () => {
    expect(paperWords({ who: 'PC Marl', unit: 'kilo-11', words: ' =1+1 ' })).toBe('kilo-11, PC Marl:  =1+1 ');
    expect(paperWords({ who: '', unit: '', words: 'as told' })).toBe('as told');
  });
});
