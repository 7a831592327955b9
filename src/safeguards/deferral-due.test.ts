import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { deferralDue } from './deferral-due.ts';
import { unresourced } from './unresourced.ts';

const id = 'deferral-due';

function deferred(deferral = 'd1', options: Record<string, unknown> = {}): ControlRoom {
  const control = controlRoom([deferralDue]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['theft'], grade: 'scheduled' });
  defers(control, { deferral, incident: 'i1', until: noon + span('2 h'), ...options });
  return control;
}

function defers(control: ControlRoom, data: Record<string, unknown>): void {
  const base = { reason: 'awaiting-daylight', owner: { staff: 'dispatcher-1' }, personTold: true };
  expect(control.does('supervisor-1', 'Defer', { ...base, ...data })).toEqual({ kind: 'done' });
}

const state = (control: ControlRoom, deferral = 'd1') => control.room().deferrals.get(deferral)?.state;

test('it is silent until the time, then comes back by itself to its owner and climbs', () => {
  const control = deferred();
  control.wait('119 min');
  expect(control.raised(id)).toEqual([]);
  expect(state(control)).toBe('waiting');
  control.wait('1 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'dispatcher-1' });
  expect(state(control)).toBe('returned');
  expect(control.room().incidents.get('i1')?.deferral).toBeNull();
  control.wait('20 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('125 min') },
    { to: 'fim', afterMs: span('140 min') },
  ]);
});

test('it comes back late when the room was down at its time', () => {
  const control = deferred();
  control.sleep('5 h');
  control.does('heed', 'PassTime', {});
  expect(state(control)).toBe('returned');
  expect(control.duties(id)).toHaveLength(1);
});

test('deferred a second and a third time it goes one rung higher each time', () => {
  const control = deferred();
  control.wait('2 h');
  defers(control, { deferral: 'd2', incident: 'i1', until: noon + span('4 h') });
  expect(control.duties(id)).toHaveLength(1);
  control.wait('2 h');
  expect(control.duties(id).map(({ owner, level }) => ({ owner, level }))).toEqual([
    { owner: { role: 'supervisor' }, level: 'alarm' },
  ]);
  defers(control, { deferral: 'd3', incident: 'i1', until: noon + span('6 h') });
  control.wait('2 h');
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'fim' });
});

test.each([
  ['an entry that tells of danger', 'AddEntry', { incident: 'i1', text: 'he has a knife' }],
  ['a confirmed danger', 'ConfirmDanger', { incident: 'i1', dangers: ['fear'] }],
])('it comes back at once on %s', (_, type, data) => {
  const control = deferred();
  control.wait('10 min');
  control.does('handler-1', type, data);
  expect(state(control)).toBe('returned');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('a routine entry changes nothing', () => {
  const control = deferred();
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'caller asks which number to quote' });
  expect(state(control)).toBe('waiting');
  expect(control.raised(id)).toEqual([]);
});

test('a deferred task comes back open, and a fact about its incident brings it back too', () => {
  const control = controlRoom([deferralDue]);
  control.opens('i1', { kinds: ['domestic'], grade: 'priority' });
  const task = { task: 't1', kind: 'visit', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: noon + span('1 h') };
  control.does('handler-1', 'RaiseTask', { ...task, says: 'visit her' });
  defers(control, { deferral: 'd1', task: 't1', until: noon + span('2 h') });
  expect(control.room().tasks.get('t1')?.state).toBe('deferred');
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  expect(control.room().tasks.get('t1')?.state).toBe('open');
  control.does('handler-1', 'CompleteTask', { task: 't1', result: 'visited' });
  expect(control.duties(id)).toEqual([]);
});

test('a unit that acknowledges ends the deferral in silence, and its leaving is noticed', () => {
  const control = controlRoom([unresourced, deferralDue]);
  control.opens('i1', { kinds: ['theft'], grade: 'priority' });
  defers(control, { deferral: 'd1', incident: 'i1', reason: 'chosen-by-caller', until: noon + span('2 h') });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'x1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'x1' });
  expect(state(control)).toBe('returned');
  control.wait('3 h');
  expect(control.raised()).toEqual([]);
  control.does('dispatcher-1', 'StandDown', { deployment: 'x1', reason: 'called off' });
  control.wait('10 min');
  expect(control.raised('unresourced')).not.toEqual([]);
});

test.each([
  ['a decision on attendance', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'send' }],
  ['closing', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'done' }],
])('once it is back it is met by %s', (_, type, data) => {
  const control = deferred();
  control.wait('2 h');
  control.does('supervisor-1', type, data);
  expect(control.duties(id)).toEqual([]);
});

test('a log entry or a unit that has not answered does not meet it', () => {
  const control = deferred();
  control.wait('2 h');
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'seen' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'x1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties(id)).toHaveLength(1);
});

test('withdrawn before its time it has nothing more to say', () => {
  const control = deferred();
  control.does('supervisor-1', 'WithdrawDeferral', { deferral: 'd1', reason: 'a unit is free' });
  expect(control.duties(id)).toEqual([]);
});
