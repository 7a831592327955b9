import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { assessmentMissing } from './assessment-missing.ts';

const elements = {
  threat: 'none told',
  harm: 'none',
  risk: 'low',
  investigation: 'none',
  vulnerability: 'none known',
  engagement: 'willing',
};

function graded(grade: string, kinds: readonly string[] = []): ControlRoom {
  const control = controlRoom([assessmentMissing]);
  control.call('c1', { words: 'a car is parked across my drive', ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds, grade });
  return control;
}

function assesses(control: ControlRoom): void {
  control.does('handler-1', 'Assess', { incident: 'i1', elements, level: 'low' });
}

function closes(control: ControlRoom): readonly string[] {
  return gatesOf(control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' }));
}

test('a graded incident without an assessment prompts its taker after ten minutes, the supervisor thirty later', () => {
  const control = graded('scheduled');
  control.wait('9 min');
  expect(control.raised('assessment-missing')).toEqual([]);
  control.wait('32 min');
  expect(control.raised('assessment-missing').map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties('assessment-missing')[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.rungs('assessment-missing')).toEqual([{ to: 'supervisor', afterMs: 40 * 60_000 }]);
});

test('a complete assessment in time is quiet and lets it close', () => {
  const control = graded('scheduled');
  assesses(control);
  control.wait('1 d');
  expect(control.raised('assessment-missing')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('an assessment without every element or without a level does not meet it', () => {
  const control = graded('scheduled');
  control.does('handler-1', 'Assess', { incident: 'i1', elements: { threat: 'none' }, level: 'low' });
  control.does('handler-1', 'Assess', { incident: 'i1', elements });
  expect(control.duties('assessment-missing')).toHaveLength(1);
  expect(closes(control)).toEqual(['assessment-missing']);
});

test('lowering, deferring and deciding that nobody goes wait for the assessment', () => {
  const control = graded('priority');
  const lower = { incident: 'i1', grade: 'scheduled', reason: 'less' };
  expect(gatesOf(control.does('supervisor-1', 'SetGrade', lower))).toEqual(['assessment-missing']);
  const defer = { deferral: 'w1', incident: 'i1', reason: 'no-unit-free' };
  expect(gatesOf(control.does('supervisor-1', 'Defer', defer))).toEqual(['assessment-missing']);
  const no = { incidents: ['i1'], send: false, reason: 'advice' };
  expect(gatesOf(control.does('supervisor-1', 'DecideAttendance', no))).toEqual(['assessment-missing']);
  assesses(control);
  expect(control.does('supervisor-1', 'SetGrade', lower).kind).toBe('done');
});

test('an ungraded incident is the business of another safeguard', () => {
  const control = controlRoom([assessmentMissing]);
  control.opens('i1');
  control.wait('1 d');
  expect(control.duties('assessment-missing')).toEqual([]);
});

test('in an emergency the time runs from the assignment of a unit', () => {
  const control = graded('emergency');
  control.wait('20 min');
  expect(control.raised('assessment-missing')).toEqual([]);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.wait('9 min');
  expect(control.raised('assessment-missing')).toEqual([]);
  control.wait('2 min');
  expect(control.raised('assessment-missing')).toHaveLength(1);
});

test('a prompt that was still silent waits for the unit when the grade is raised to emergency', () => {
  const control = graded('priority');
  control.wait('5 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is back' });
  control.wait('10 min');
  expect(control.raised('assessment-missing')).toEqual([]);
});

test('a domestic matter without its risk form prompts within the shift and does not close', () => {
  const control = graded('scheduled', ['domestic']);
  assesses(control);
  expect(closes(control)).toEqual(['assessment-missing']);
  control.wait('5 h');
  expect(control.raised('assessment-missing')).toEqual([]);
  control.wait('2 h');
  expect(control.raised('assessment-missing')).toHaveLength(1);
  control.does('handler-1', 'CompleteRiskForm', { incident: 'i1', form: 'dara', level: 'medium' });
  expect(control.duties('assessment-missing')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('the form outlives the incident as a task with a named owner, and stays due', () => {
  const control = graded('scheduled', ['missing']);
  assesses(control);
  const task = { kind: 'risk-form', incident: 'i1', dueAt: Date.UTC(2026, 1, 4), says: 'form' };
  control.does('handler-1', 'RaiseTask', { task: 't1', owner: { role: 'handler' }, ...task });
  expect(closes(control)).toEqual(['assessment-missing']);
  control.does('handler-1', 'OwnTask', { task: 't1', owner: { staff: 'handler-2' } });
  expect(closes(control)).toEqual([]);
  expect(control.duties('assessment-missing').map((duty) => duty.key)).toEqual(['form']);
});

test('a matter that turns out to be stalking later needs the form from then on', () => {
  const control = graded('scheduled');
  assesses(control);
  control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['stalking'] });
  expect(control.duties('assessment-missing').map((duty) => duty.key)).toEqual(['form']);
});

test('a duplicate is assessed in the incident that it is joined into, and its form is asked for there', () => {
  const control = graded('scheduled', ['domestic']);
  control.opens('i2', { grade: 'scheduled' });
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'same event' });
  expect(control.duties('assessment-missing').map((duty) => [duty.incident, duty.key])).toEqual([
    ['i2', ''],
    ['i2', 'form'],
  ]);
});
