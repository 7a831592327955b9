import { describe, expect, test } from 'vitest';
import { formatInstant } from '../room/british-time.ts';
import type { Act, When } from './case-file.ts';
import type { Play, TimedAct } from './timeline.ts';
import { clockInstant, plays, timed } from './timeline.ts';

const minuteMs = 60_000;

interface Given {
  readonly at: When;
  readonly recorded?: When;
}

function acts(
  given: readonly (Given | string)[],
): readonly { readonly act: Act; readonly path: readonly [string, number] }[] {
  return given.map((one, index) => ({
    act: { do: 'AddEntry', with: {}, ...(typeof one === 'string' ? { at: one } : one) },
    path: ['commands', index],
  }));
}

function placed(given: readonly (Given | string)[], play: Play = 'assumed'): readonly TimedAct[] {
  const result = timed(acts(given), play);
  if (!result.ok) throw new Error(result.misplaced.message);
  return result.value;
}

function instants(given: readonly (Given | string)[], play: Play = 'assumed'): readonly string[] {
  return placed(given, play).map((one) => formatInstant(one.recordedAt));
}

function refused(given: readonly (Given | string)[]): { readonly path: readonly unknown[]; readonly message: string } {
  const result = timed(acts(given), 'assumed');
  return result.ok ? { path: [], message: 'nothing' } : result.misplaced;
}

function gap(after: number, least?: number, most?: number): When {
  return {
    after: after * minuteMs,
    ...(least === undefined ? {} : { 'at-least': least * minuteMs }),
    ...(most === undefined ? {} : { 'at-most': most * minuteMs }),
  };
}

describe('clock times', () => {
  test('are British local time, on the day of the command above', () => {
    expect(instants(['2026-06-13 22:41', '22:43:30', '23:59'])).toEqual([
      '2026-06-13T21:41:00Z',
      '2026-06-13T21:43:30Z',
      '2026-06-13T22:59:00Z',
    ]);
  });

  test('keep the British day where the day in UTC is another', () => {
    expect(instants(['2026-06-14 00:10', '00:20'])).toEqual(['2026-06-13T23:10:00Z', '2026-06-13T23:20:00Z']);
  });

  test('of a new day need its date', () => {
    const { path, message } = refused(['2026-02-03 23:58', '00:02']);
    expect(path).toEqual(['commands', 1, 'at']);
    expect(message).toContain('Recorded time goes backwards');
    expect(message).toContain('2026-02-03 23:58:00');
    expect(message).toContain('A time on the next day needs its date.');
    expect(instants(['2026-02-03 23:58', '2026-02-04 00:02', '00:03'])[2]).toBe('2026-02-04T00:03:00Z');
  });

  test('begin with a date', () => {
    expect(refused(['21:04'])).toEqual({
      path: ['commands', 0, 'at'],
      message: 'The first time of a case needs its date, such as 2026-02-03 21:04.',
    });
    expect(refused([{ at: gap(5) }]).message).toBe(
      'The first time of a case cannot be a gap; give it a date and time.',
    );
  });

  test("of October's repeated hour say which hour they mean", () => {
    const { path, message } = refused(['2026-10-25 00:50', '01:30']);
    expect(path).toEqual(['commands', 1, 'at']);
    expect(message).toContain('this hour came twice');
    expect(instants(['2026-10-25 00:50', '01:30 BST', '01:30 GMT', '02:10'])).toEqual([
      '2026-10-24T23:50:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:10:00Z',
    ]);
  });

  test('in the other order of that hour go backwards', () => {
    expect(refused(['2026-10-25 00:50', '01:30 GMT', '01:30 BST']).message).toContain('Recorded time goes backwards');
  });

  test("of March's missing hour are refused", () => {
    expect(refused(['2026-03-29 00:50', '01:30']).message).toContain('forward over this hour');
  });

  test('that no calendar has are refused with what was expected', () => {
    const read = clockInstant('2026-02-30 10:00', null, ['at']);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.misplaced.message).toContain('a date on the calendar');
  });
});

describe('gaps', () => {
  const story = ['2026-02-03 21:00', { at: gap(5, 1, 15) }, { at: gap(2) }, '22:00'];

  test('count from the command above, as written, at their shortest and at their longest', () => {
    const clocks = plays.map((play) => instants(story, play).map((one) => one.slice(11, 16)));
    expect(clocks).toEqual([
      ['21:00', '21:05', '21:07', '22:00'],
      ['21:00', '21:01', '21:03', '22:00'],
      ['21:00', '21:15', '21:17', '22:00'],
    ]);
  });

  test('are assumed, and known times are not', () => {
    expect(placed(story).map((one) => one.isAssumed)).toEqual([false, true, true, false]);
  });

  test('end at the next known time, which never moves', () => {
    const given = ['2026-02-03 21:00', { at: gap(5, 5, 40) }, { at: gap(1) }, '21:10', { at: gap(3) }];
    expect(instants(given, 'longest').map((one) => one.slice(11, 16))).toEqual([
      '21:00',
      '21:10',
      '21:10',
      '21:10',
      '21:13',
    ]);
  });

  test('of what was learned at a known time end there, and the next counts from there', () => {
    const given = ['2026-02-03 21:00', { at: gap(5, 5, 90), recorded: '21:50' }, { at: gap(50) }, '23:00'];
    const longest = placed(given, 'longest').map((one) =>
      [one.at, one.recordedAt].map((at) => formatInstant(at).slice(11, 16)),
    );
    expect(longest.slice(1, 3)).toEqual([
      ['21:50', '21:50'],
      ['22:40', '22:40'],
    ]);
  });

  test('that pass midnight at their longest leave the day of later times alone', () => {
    const given = ['2026-02-03 23:50', { at: gap(5, 5, 30) }, { at: gap(1) }, { at: '2026-02-04 00:30' }, '00:40'];
    expect(instants(given, 'longest').at(-1)).toBe('2026-02-04T00:40:00Z');
    const undated = ['2026-02-03 23:30', { at: gap(5, 5, 60) }, '23:58'];
    expect(instants(undated, 'longest')).toEqual([
      '2026-02-03T23:30:00Z',
      '2026-02-03T23:58:00Z',
      '2026-02-03T23:58:00Z',
    ]);
  });

  test('must lie between their bounds', () => {
    for (const wrong of [gap(5, 6), gap(5, 1, 4)]) {
      const { path, message } = refused(['2026-02-03 21:00', { at: wrong }]);
      expect(path).toEqual(['commands', 1, 'at']);
      expect(message).toBe('The assumed gap must lie between at-least and at-most.');
    }
  });

  test('before the room learned of a thing have bounds too', () => {
    const given = ['2026-02-03 21:00', { at: '21:10', recorded: gap(5, 1, 60) }, '22:00'];
    expect(placed(given)[1]?.isAssumed).toBe(true);
    expect(plays.map((play) => instants(given, play)[1]?.slice(11, 16))).toEqual(['21:15', '21:11', '22:00']);
  });
});

describe('what the room learned later', () => {
  test('is ordered by when it was learned and keeps when it happened', () => {
    const [, late] = placed(['2026-02-03 21:00', { at: '21:10', recorded: '21:40' }]);
    expect([late?.at, late?.recordedAt].map((one) => formatInstant(one ?? 0))).toEqual([
      '2026-02-03T21:10:00Z',
      '2026-02-03T21:40:00Z',
    ]);
  });

  test('cannot have been learned before it happened', () => {
    const { path, message } = refused(['2026-02-03 21:00', { at: '21:10', recorded: '21:05' }]);
    expect(path).toEqual(['commands', 1, 'recorded']);
    expect(message).toContain('It cannot be recorded before it happened.');
  });

  test('cannot be learned before the command above it was', () => {
    const { path } = refused(['2026-02-03 21:00', { at: '21:10', recorded: '21:40' }, '21:30']);
    expect(path).toEqual(['commands', 2, 'at']);
    const both = refused(['2026-02-03 21:40', { at: '21:00', recorded: '21:30' }]);
    expect(both.path).toEqual(['commands', 1, 'recorded']);
  });

  test('may have happened before the command above it', () => {
    expect(instants(['2026-02-03 21:40', { at: '21:00', recorded: '21:45' }])).toEqual([
      '2026-02-03T21:40:00Z',
      '2026-02-03T21:45:00Z',
    ]);
  });
});

test('in every play the room learns things in the order of the file, and nothing before it happened', () => {
  const given: readonly (Given | string)[] = [
    '2026-02-03 21:00',
    { at: gap(5, 1, 90) },
    { at: '21:20', recorded: gap(10, 0, 300) },
    { at: gap(3, 0, 60), recorded: '21:50' },
    { at: gap(30, 0, 30) },
    '22:30',
    { at: gap(1, 0, 100) },
  ];
  for (const play of plays) {
    const all = placed(given, play);
    for (const [place, one] of all.entries()) {
      expect(one.recordedAt).toBeGreaterThanOrEqual(one.at);
      expect(one.recordedAt).toBeGreaterThanOrEqual(all[place - 1]?.recordedAt ?? 0);
    }
  }
});
