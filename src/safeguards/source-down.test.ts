import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { checkMissing } from './check-missing.ts';
import { sourceDown } from './source-down.ts';

const phone = [{ kind: 'phone', number: '07700 900123' }, 'used'] as const;

function reports(control: ControlRoom, state: 'up' | 'down'): void {
  control.does('heed', 'ReportSource', { source: 'own-history', state, reason: 'connection lost' });
}

function down(): ControlRoom {
  const control = controlRoom([checkMissing, sourceDown]);
  reports(control, 'down');
  return control;
}

function calls(control: ControlRoom, place: number): void {
  control.call(`c${place}`, { words: 'a car is parked across my drive', subjects: { [`phone-${place}`]: phone } });
  control.opens(`i${place}`, { contact: `c${place}`, grade: 'scheduled' });
}

test('a source that is down is one alarm for the room, to the owner of the system, then supervisor and FIM', () => {
  const control = down();
  reports(control, 'down');
  expect(control.raised('source-down')).toMatchObject([{ level: 'alarm', about: 'room' }]);
  expect(control.duties('source-down')[0]?.owner).toEqual({ role: 'system-owner' });
  control.wait('36 min');
  expect(control.rungs('source-down').map((one) => [one.to, one.afterMs / 60_000])).toEqual([
    ['supervisor', 5],
    ['fim', 35],
  ]);
});

test('calls that come while it is down do not prompt one by one; each shows that its history is unknown', () => {
  const control = down();
  for (const place of [1, 2, 3]) calls(control, place);
  control.checks('unavailable');
  control.wait('1 h');
  expect(control.raised('check-missing')).toEqual([]);
  expect(control.raised('source-down')).toHaveLength(1);
  for (const about of ['contact:c1', 'incident:i1', 'contact:c3', 'incident:i3'])
    expect(control.room().notes.get(about)).toMatchObject([
      { safeguard: 'source-down', why: { code: 'history-unknown' } },
    ]);
});

test('lowering and closing are held back while the history is unknown, and sending is not', () => {
  const control = down();
  calls(control, 1);
  const close = { incident: 'i1', code: 'advice', reason: 'advised' };
  expect(gatesOf(control.does('supervisor-1', 'CloseIncident', close))).toContain('source-down');
  const send = { deployment: 'd1', incident: 'i1', unit: 'unit-1' };
  expect(control.does('dispatcher-1', 'AssignUnit', send).kind).toBe('done');
});

test('when the source is back its checks are asked again, and the alarm ends when they have come back', () => {
  const control = down();
  calls(control, 1);
  calls(control, 2);
  control.checks('unavailable');
  reports(control, 'up');
  expect(control.facts('CheckRequested')).toHaveLength(4);
  expect(control.duties('source-down')).toHaveLength(1);
  const retries = [...control.room().checks.values()].filter((check) => check.state === 'not-run');
  control.does('heed', 'CompleteCheck', { check: retries[0]?.id, result: 'no-trace' });
  expect(control.duties('source-down')).toHaveLength(1);
  control.does('heed', 'CompleteCheck', { check: retries[1]?.id, result: 'no-trace' });
  expect(control.duties('source-down')).toEqual([]);
  const close = { incident: 'i1', code: 'advice', reason: 'advised' };
  expect(control.does('supervisor-1', 'CloseIncident', close).kind).toBe('done');
});

test('the alarm ends at once when the source is back and nothing waits for it', () => {
  const control = down();
  reports(control, 'up');
  expect(control.duties('source-down')).toEqual([]);
});

test('checks of matters that have ended meanwhile are not asked again', () => {
  const control = down();
  control.call('c1', { subjects: { phone }, ends: 'ended' });
  control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'accidental', reason: 'pocket call' });
  reports(control, 'up');
  expect(control.facts('CheckRequested')).toHaveLength(1);
  expect(control.duties('source-down')).toEqual([]);
});

test('a check that comes back unavailable raises the alarm without a report, and the next answer ends it', () => {
  const control = controlRoom([checkMissing, sourceDown]);
  calls(control, 1);
  control.checks('unavailable');
  expect(control.raised('source-down')).toHaveLength(1);
  calls(control, 2);
  control.checks('unavailable');
  expect(control.raised('source-down')).toHaveLength(1);
  calls(control, 3);
  control.checks();
  expect(control.duties('source-down')).toEqual([]);
});

test('answers that come back, and single checks that fail, raise nothing', () => {
  const control = controlRoom([checkMissing, sourceDown]);
  calls(control, 1);
  control.checks();
  calls(control, 2);
  control.checks('timed-out');
  expect(control.duties('source-down')).toEqual([]);
  expect(control.notes('source-down')).toEqual([]);
});
