import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import type { Outcome } from '../room/step.ts';
import { deferralWrong } from './deferral-wrong.ts';

const tomorrow = noon + span('1 d');
const elements = { threat: 'a', harm: 'b', risk: 'c', investigation: 'd', vulnerability: 'e', engagement: 'f' };

function codes(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : [];
}

function assessed(control: ControlRoom): void {
  control.does('handler-1', 'Assess', { incident: 'i1', elements, level: 'low' });
}

function ordinary(grade = 'scheduled'): ControlRoom {
  const control = controlRoom([deferralWrong]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['theft'], grade });
  return control;
}

/** The founding case: a violent former partner, and a constable who asks for his arrest. */
function arrestAsked(): ControlRoom {
  const control = controlRoom([deferralWrong]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
  control.does('constable-1', 'RaiseTask', {
    task: 't1',
    kind: 'arrest',
    incident: 'i1',
    owner: { role: 'dispatcher' },
    urgent: true,
    dueAt: noon + span('1 h'),
    says: 'arrest him today',
  });
  return control;
}

const whole = { deferral: 'd1', reason: 'awaiting-daylight', owner: { role: 'dispatcher' }, personTold: true };

test('a supervisor defers an assessed scheduled matter with a time, an owner and the caller told', () => {
  const control = ordinary();
  assessed(control);
  const outcome = control.does('supervisor-1', 'Defer', { ...whole, incident: 'i1', until: tomorrow });
  expect(outcome).toEqual({ kind: 'done' });
  expect(control.raised('deferral-wrong')).toEqual([]);
});

test('an operator alone cannot defer, and can with a second person', () => {
  const control = ordinary();
  assessed(control);
  const data = { ...whole, incident: 'i1', until: tomorrow };
  expect(codes(control.does('dispatcher-1', 'Defer', data))).toEqual(['no-authority']);
  control.does('dispatcher-1', 'Propose', { decision: 'x1', command: { type: 'Defer', data }, reason: 'dark' });
  expect(control.does('supervisor-1', 'Approve', { decision: 'x1', reason: 'agreed' })).toEqual({ kind: 'done' });
  expect(control.raised('deferral-wrong')).toEqual([]);
});

test('every thing that is missing from the deferral is named', () => {
  const control = ordinary();
  const outcome = control.does('supervisor-1', 'Defer', {
    deferral: 'd1',
    incident: 'i1',
    reason: 'awaiting-daylight',
  });
  expect(codes(outcome)).toEqual([
    'unresourced',
    'no-wake-time',
    'no-owner',
    'person-not-told',
    'no-current-assessment',
  ]);
});

test('an assessment from before the last danger told is not current', () => {
  const control = ordinary();
  assessed(control);
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  const outcome = control.does('supervisor-1', 'Defer', { ...whole, incident: 'i1', until: tomorrow });
  expect(codes(outcome)).toContain('no-current-assessment');
});

test('an unresourced priority waits only when a second person agrees', () => {
  const control = ordinary('priority');
  assessed(control);
  const data = { ...whole, incident: 'i1', until: tomorrow };
  expect(codes(control.does('supervisor-1', 'Defer', data))).toEqual(['unresourced']);
  control.does('supervisor-1', 'Propose', { decision: 'x1', command: { type: 'Defer', data }, reason: 'none free' });
  expect(control.does('fim-1', 'Approve', { decision: 'x1', reason: 'agreed' })).toEqual({ kind: 'done' });
});

test('it names who is free when the caller told of danger, and nobody can approve it away', () => {
  const control = ordinary();
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  assessed(control);
  const data = { ...whole, incident: 'i1', until: tomorrow };
  control.does('supervisor-1', 'Propose', { decision: 'x1', command: { type: 'Defer', data }, reason: 'busy' });
  const outcome = control.does('fim-1', 'Approve', { decision: 'x1', reason: 'agreed' });
  expect(codes(outcome)).toEqual(['unit-free']);
  expect(outcome.kind === 'refused' && outcome.gates[0]?.why.params['free']).toBe('unit-1, unit-2, unit-3');
});

test('the arrest of a domestic suspect is not deferred by an operator, a supervisor or two people', () => {
  const control = arrestAsked();
  const data = { ...whole, task: 't1', until: tomorrow, reason: 'no-unit-free' };
  expect(codes(control.does('dispatcher-1', 'Defer', data))).toContain('arrest-never-deferred');
  expect(codes(control.does('supervisor-1', 'Defer', data))).toContain('arrest-never-deferred');
  control.does('dispatcher-1', 'Propose', { decision: 'x1', command: { type: 'Defer', data }, reason: 'no units' });
  const outcome = control.does('supervisor-1', 'Approve', { decision: 'x1', reason: 'agreed' });
  expect(codes(outcome)).toContain('arrest-never-deferred');
  expect(control.room().tasks.get('t1')?.state).toBe('open');
});

test('an arrest is not deferred as an appointment that the caller chose', () => {
  const control = arrestAsked();
  const data = { ...whole, task: 't1', until: tomorrow, reason: 'chosen-by-caller' };
  expect(gatesOf(control.does('dispatcher-1', 'Defer', data))).toEqual(['deferral-wrong']);
});

test('a reported breach of an order is not deferred', () => {
  const control = controlRoom([deferralWrong]);
  control.opens('i1', { kinds: ['order-breach'], grade: 'scheduled' });
  assessed(control);
  const outcome = control.does('supervisor-1', 'Defer', { ...whole, incident: 'i1', until: tomorrow });
  expect(codes(outcome)).toEqual(['breach-never-deferred']);
});

test('an appointment that a safe caller chose is nobody else to agree', () => {
  const control = ordinary();
  const data = { deferral: 'd1', incident: 'i1', reason: 'chosen-by-caller', until: tomorrow };
  expect(control.does('handler-1', 'Defer', data)).toEqual({ kind: 'done' });
  expect(control.raised('deferral-wrong')).toEqual([]);
});

test.each([
  ['without a time', {}, 'scheduled'],
  ['where danger was told', { until: tomorrow }, 'he has a knife'],
])('an appointment %s is no appointment', (_, more, text) => {
  const control = ordinary();
  control.does('handler-1', 'AddEntry', { incident: 'i1', text });
  const data = { deferral: 'd1', incident: 'i1', reason: 'chosen-by-caller', ...more };
  expect(gatesOf(control.does('handler-1', 'Defer', data))).toEqual(['deferral-wrong']);
});

test('an appointment in a domestic matter needs her to have been seen', () => {
  const control = controlRoom([deferralWrong]);
  control.opens('i1', { kinds: ['domestic'], grade: 'scheduled' });
  const data = { deferral: 'd1', incident: 'i1', reason: 'chosen-by-caller', until: tomorrow };
  expect(gatesOf(control.does('handler-1', 'Defer', data))).toEqual(['deferral-wrong']);
});

test('evidence to be collected waits on the word of a supervisor alone', () => {
  const control = ordinary('priority');
  const task = { task: 't2', kind: 'evidence', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: tomorrow };
  control.does('handler-1', 'RaiseTask', { ...task, says: 'collect the footage' });
  const outcome = control.does('supervisor-1', 'Defer', { ...whole, task: 't2', until: tomorrow });
  expect(outcome).toEqual({ kind: 'done' });
});

test('one found already made, past every gate, alarms to the supervisor until it is withdrawn', () => {
  const ungated = { ...deferralWrong, gate: () => [] };
  const imported = controlRoom([ungated]);
  imported.opens('i1', { kinds: ['order-breach'], grade: 'scheduled' });
  imported.does('dispatcher-1', 'Defer', { ...whole, incident: 'i1', until: tomorrow });
  expect(imported.raised('deferral-wrong').map((one) => one.level)).toEqual(['alarm']);
  imported.wait('5 min');
  expect(imported.rungs('deferral-wrong')).toEqual([{ to: 'supervisor', afterMs: span('5 min') }]);
  imported.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'noted' });
  expect(imported.duties('deferral-wrong')).toHaveLength(1);
  imported.does('supervisor-1', 'WithdrawDeferral', { deferral: 'd1', reason: 'wrong' });
  expect(imported.duties('deferral-wrong')).toEqual([]);
});
