import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { taskOverdue } from './task-overdue.ts';

const id = 'task-overdue';

function asked(task: Record<string, unknown>, kinds: readonly string[] = []): ControlRoom {
  const control = controlRoom([taskOverdue]);
  control.opens('i1', { kinds, grade: 'priority' });
  const base = { task: 't1', kind: 'visit', incident: 'i1', owner: { role: 'dispatcher' } };
  control.does('constable-1', 'RaiseTask', { ...base, dueAt: noon + span('60 min'), says: 'today please', ...task });
  return control;
}

const urgentArrest = { kind: 'arrest', urgent: true };

test('a task past its time prompts its owner, the supervisor ten minutes later, then the next rung', () => {
  const control = asked({ owner: { staff: 'dispatcher-1' } });
  control.wait('59 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('1 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'dispatcher-1' });
  control.wait('60 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('70 min') },
    { to: 'fim', afterMs: span('120 min') },
  ]);
});

test('an urgent arrest request in a domestic matter alarms when nobody has taken it after five minutes', () => {
  const control = asked(urgentArrest, ['domestic']);
  control.wait('4 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('1 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('5 min') }]);
});

test('taken by name in time it is silent until its own time, and then starts as an alarm', () => {
  const control = asked(urgentArrest, ['domestic']);
  control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff: 'constable-1' } });
  control.wait('59 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('1 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('a unit that acknowledges takes the arrest request', () => {
  const control = asked(urgentArrest, ['domestic']);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'x1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'x1' });
  control.wait('30 min');
  expect(control.raised(id)).toEqual([]);
});

test('a marker of violence on the person to be arrested is enough', () => {
  const control = controlRoom([taskOverdue]);
  control.does('handler-1', 'RecordSubject', { subject: 'bram', identity: { kind: 'person', name: 'Bram Marsh' } });
  const marker = { marker: 'm1', subject: 'bram', kind: 'violent', reason: 'assaults', owner: 'specialist-1' };
  control.does('specialist-1', 'SetMarker', marker);
  const task = {
    task: 't1',
    kind: 'arrest',
    subject: 'bram',
    owner: { role: 'dispatcher' },
    dueAt: noon + span('8 h'),
  };
  control.does('constable-1', 'RaiseTask', { ...task, says: 'wanted' });
  control.wait('15 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('an ordinary arrest request becomes a grave one when facts make it so', () => {
  const control = asked({ ...urgentArrest, dueAt: noon + span('8 h') }, ['theft']);
  control.wait('30 min');
  expect(control.raised(id)).toEqual([]);
  control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['domestic'] });
  control.wait('5 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('weighed again at its time, it turns from a prompt into an alarm', () => {
  const control = asked({ kind: 'arrest', owner: { staff: 'constable-1' } }, ['theft']);
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  control.wait('60 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt', 'alarm']);
});

test.each([
  ['done', 'CompleteTask', { task: 't1', result: 'visited, all well' }],
  ['given to somebody else', 'OwnTask', { task: 't1', owner: { staff: 'handler-2' } }],
])('overdue, it is met when it is %s', (_, type, data) => {
  const control = asked({});
  control.wait('60 min');
  const before = control.duties(id)[0]?.id;
  control.does('dispatcher-1', type, data);
  expect(control.duties(id).map((duty) => duty.id)).not.toContain(before);
});

test('a new owner has a clock too, and naming the same owner again changes nothing', () => {
  const control = asked({ owner: { staff: 'handler-2' } });
  control.wait('60 min');
  control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff: 'handler-2' } });
  expect(control.duties(id)).toHaveLength(1);
  expect(control.raised(id)).toHaveLength(1);
  control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff: 'handler-1' } });
  expect(control.duties(id)[0]?.state).toBe('armed');
  control.wait('60 min');
  expect(control.raised(id)).toHaveLength(2);
});

test('done in time it says nothing', () => {
  const control = asked({});
  control.does('dispatcher-1', 'CompleteTask', { task: 't1', result: 'visited' });
  control.wait('8 h');
  expect(control.raised(id)).toEqual([]);
});

test('while it is deferred its clock rests, and runs again when it comes back', () => {
  const control = asked({});
  const until = noon + span('3 h');
  const data = { deferral: 'd1', task: 't1', reason: 'awaiting-daylight', until, owner: { role: 'dispatcher' } };
  control.does('supervisor-1', 'Defer', data);
  control.wait('2 h');
  expect(control.raised(id)).toEqual([]);
  control.does('supervisor-1', 'WithdrawDeferral', { deferral: 'd1', reason: 'wrong' });
  control.wait('10 min');
  expect(control.raised(id)).toHaveLength(1);
});

test('the arrest of a domestic suspect is not withdrawn by one person', () => {
  const control = asked(urgentArrest, ['domestic']);
  const data = { task: 't1', reason: 'no units' };
  expect(gatesOf(control.does('dispatcher-1', 'WithdrawTask', data))).toEqual([id]);
  control.does('dispatcher-1', 'Propose', { decision: 'x1', command: { type: 'WithdrawTask', data }, reason: 'moot' });
  expect(control.does('supervisor-1', 'Approve', { decision: 'x1', reason: 'in custody' })).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});

test('an ordinary task is withdrawn in one keystroke', () => {
  const control = asked({});
  expect(control.does('dispatcher-1', 'WithdrawTask', { task: 't1', reason: 'moot' })).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});
