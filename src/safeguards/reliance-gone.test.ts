import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { relianceGone } from './reliance-gone.ts';

/** Graded priority, lowered on the word that he has left; to be confirmed within the hour. */
function lowered(): ControlRoom {
  const control = controlRoom([relianceGone]);
  control.call('c1', { words: 'he was outside my house' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  const says = 'he has gone to his mother’s';
  const stated = { reliance: 'r1', incident: 'i1', fact: 'left', says, confirmBy: noon + 3_600_000 };
  control.does('supervisor-1', 'StateReliance', stated);
  control.does('supervisor-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'he has left' });
  return control;
}

function goesOn(control: ControlRoom): void {
  const command = { type: 'DecideAttendance', data: { incidents: ['i1'], send: false, reason: 'she is with us now' } };
  control.does('supervisor-1', 'Propose', { decision: 'p1', command, reason: 'at the front desk' });
  control.does('supervisor-2', 'Approve', { decision: 'p1', reason: 'seen at the desk' });
}

test('a fact that nobody confirms in time brings the earlier grade back and alarms dispatcher, then supervisor', () => {
  const control = lowered();
  control.wait('59 min');
  expect(control.raised('reliance-gone')).toEqual([]);
  expect(control.floors('i1')).toEqual([]);
  control.wait('1 min');
  expect(control.raised('reliance-gone')).toMatchObject([{ level: 'alarm', about: 'reliance:r1' }]);
  expect(control.duties('reliance-gone')[0]?.owner).toEqual({ role: 'dispatcher' });
  expect(control.floors('i1')).toEqual(['reliance-gone priority']);
  control.wait('5 min');
  expect(control.rungs('reliance-gone')).toEqual([{ to: 'supervisor', afterMs: 65 * 60_000 }]);
});

test('a fact that has ceased brings it back at once', () => {
  const control = lowered();
  control.wait('10 min');
  control.does('handler-1', 'EndReliance', { reliance: 'r1', says: 'he is back outside' });
  expect(control.raised('reliance-gone')).toHaveLength(1);
  expect(control.floors('i1')).toEqual(['reliance-gone priority']);
});

test('a fact confirmed afresh by a named person is quiet', () => {
  const control = lowered();
  control.does('handler-1', 'ConfirmReliance', { reliance: 'r1', by: 'his mother, spoken to in person' });
  control.wait('1 d');
  expect(control.raised('reliance-gone')).toEqual([]);
  expect(control.floors('i1')).toEqual([]);
});

test('what is known to have ceased is not met by confirming it', () => {
  const control = lowered();
  control.does('handler-1', 'EndReliance', { reliance: 'r1', says: 'he is back outside' });
  control.does('handler-1', 'ConfirmReliance', { reliance: 'r1', by: 'the neighbour' });
  expect(control.duties('reliance-gone')).toHaveLength(1);
});

test('a unit that is assigned meets it', () => {
  const control = lowered();
  control.wait('61 min');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties('reliance-gone')).toEqual([]);
  expect(control.floors('i1')).toEqual(['reliance-gone priority']);
});

test('one person alone cannot go on with less, and two can', () => {
  const control = lowered();
  control.wait('61 min');
  const no = { incidents: ['i1'], send: false, reason: 'as before' };
  expect(gatesOf(control.does('supervisor-1', 'DecideAttendance', no))).toEqual(['reliance-gone']);
  const lift = { incident: 'i1', safeguard: 'reliance-gone', reason: 'as before' };
  expect(gatesOf(control.does('fim-1', 'LiftFloor', lift))).toEqual(['reliance-gone']);
  control.does('fim-1', 'DecideAttendance', no, 'nobody can be spared');
  expect(control.duties('reliance-gone')).toHaveLength(1);
  goesOn(control);
  expect(control.duties('reliance-gone')).toEqual([]);
});

test('entries and regrading do not meet it', () => {
  const control = lowered();
  control.wait('61 min');
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'still with his mother as far as is known' });
  control.does('dispatcher-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'as before' });
  expect(control.duties('reliance-gone')).toHaveLength(1);
});

test('an incident that was closed on it is open again', () => {
  const control = lowered();
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'no-deployment', reason: 'he has left' });
  control.does('handler-1', 'EndReliance', { reliance: 'r1', says: 'he is back outside' });
  expect(control.room().incidents.get('i1')?.state).toBe('open');
  expect(control.floors('i1')).toEqual(['reliance-gone priority']);
});
