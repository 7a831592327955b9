import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { targetAtRisk } from './target-at-risk.ts';

function graded(grade = 'priority'): ControlRoom {
  const control = controlRoom([targetAtRisk]);
  control.call('c1', { words: 'somebody is banging on my door', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade });
  return control;
}

function sends(control: ControlRoom, deployment = 'd1', unit = 'unit-1'): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident: 'i1', unit });
}

function heard(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.raised('target-at-risk').map((one) => [one.level, (one.at - noon) / 60_000]);
}

function climbed(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.rungs('target-at-risk').map((one) => [one.to, one.afterMs / 60_000]);
}

test('a target of an hour is seen lost at forty minutes, by the supervisor at the hour, the FIM at ninety', () => {
  const control = graded();
  control.wait('39 min');
  expect(heard(control)).toEqual([]);
  control.wait('52 min');
  expect(heard(control)).toEqual([['prompt', 40]]);
  expect(climbed(control)).toEqual([
    ['supervisor', 60],
    ['fim', 90],
  ]);
  expect(control.duties('target-at-risk')[0]?.asks.map((one) => one.command)).toContain('TellCaller');
});

test('an emergency with nobody moving speaks five minutes before its target', () => {
  const control = graded('emergency');
  control.wait('11 min');
  expect(heard(control)).toEqual([['prompt', 10]]);
});

test('a low grade speaks hours before its target and goes no further than the supervisor', () => {
  const control = graded('scheduled');
  control.wait('43 h');
  expect(heard(control)).toEqual([]);
  control.wait('20 h');
  expect(heard(control)).toEqual([['prompt', 44 * 60]]);
  expect(climbed(control)).toEqual([['supervisor', 48 * 60]]);
});

test('arrival in time keeps it silent', () => {
  const control = graded();
  sends(control);
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  control.wait('50 min');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.wait('3 h');
  expect(heard(control)).toEqual([]);
  expect(control.duties('target-at-risk')).toEqual([]);
});

test('a unit at scene by its own status counts as arrived', () => {
  const control = graded();
  sends(control);
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-1', status: 'at-scene' });
  expect(control.duties('target-at-risk')).toEqual([]);
});

test('a unit on the way that does not arrive is said at the target', () => {
  const control = graded();
  sends(control);
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  control.wait('61 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
  expect(control.duties('target-at-risk')[0]?.why[0]?.code).toBe('not-there-in-time');
});

test('being assigned or saying yes is not being on the way', () => {
  const control = graded();
  sends(control);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('41 min');
  expect(heard(control)).toEqual([['prompt', 40]]);
});

test('setting out after it has spoken does not meet it; arriving does', () => {
  const control = graded();
  control.wait('45 min');
  sends(control);
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  expect(control.duties('target-at-risk')).toHaveLength(1);
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  expect(control.duties('target-at-risk')).toEqual([]);
});

test('when the only unit on the way is diverted, waiting counts again on the first clock', () => {
  const control = graded();
  control.opens('i2', { grade: 'emergency' });
  sends(control);
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  control.wait('10 min');
  control.does('dispatcher-1', 'DivertUnit', { deployment: 'd2', unit: 'unit-1', to: 'i2', reason: 'immediate' });
  control.wait('31 min');
  const speaking = control.raised('target-at-risk').filter((one) => one.about === 'incident:i1');
  expect(speaking.map((one) => (one.at - noon) / 60_000)).toEqual([40]);
});

test('the last of several units on the way keeps it silent', () => {
  const control = graded();
  sends(control);
  sends(control, 'd2', 'unit-2');
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd2' });
  control.does('dispatcher-1', 'StandDown', { deployment: 'd1', reason: 'one is enough' });
  control.wait('55 min');
  expect(heard(control)).toEqual([]);
});

test('a decision not to send meets it, a decision to send does not', () => {
  const control = graded();
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'next free' });
  expect(control.duties('target-at-risk')).toHaveLength(1);
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'he is in custody' });
  expect(control.duties('target-at-risk')).toEqual([]);
});

test('a deferral with a wake time is a decision; it counts again when it is withdrawn', () => {
  const control = graded();
  const until = noon + span('5 h');
  control.does('supervisor-1', 'Defer', { deferral: 'f1', incident: 'i1', reason: 'chosen-by-caller', until });
  expect(control.duties('target-at-risk')).toEqual([]);
  control.does('supervisor-1', 'WithdrawDeferral', { deferral: 'f1', reason: 'she asked for it sooner' });
  control.wait('41 min');
  expect(heard(control)).toEqual([['prompt', 40]]);
});

test('a task that was put off is no decision about the incident', () => {
  const control = graded();
  const dueAt = noon + span('5 h');
  const owner = { role: 'dispatcher' };
  control.does('constable-1', 'RaiseTask', {
    task: 't1',
    kind: 'arrest',
    incident: 'i1',
    owner,
    dueAt,
    says: 'arrest',
  });
  control.does('dispatcher-1', 'Defer', { deferral: 'f1', task: 't1', reason: 'no-unit-free', until: dueAt });
  expect(control.duties('target-at-risk')).toHaveLength(1);
});

test('a higher grade has the nearer target', () => {
  const control = graded();
  control.wait('5 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is inside' });
  control.wait('6 min');
  expect(heard(control)).toEqual([['prompt', 10]]);
});

test('grading late leaves the dispatcher two minutes before it speaks', () => {
  const control = controlRoom([targetAtRisk]);
  control.call('c1', { words: 'my bicycle is gone', ends: 'ended' });
  control.wait('58 min');
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(heard(control)).toEqual([]);
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
});

test('a grade that promises no attendance has no target to lose', () => {
  const control = graded('resolution');
  control.wait('3 d');
  expect(control.duties('target-at-risk')).toEqual([]);
});
