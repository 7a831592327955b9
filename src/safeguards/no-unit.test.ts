import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { noUnit } from './no-unit.ts';

function open(grade = 'priority'): ControlRoom {
  const control = controlRoom([noUnit]);
  control.opens('i1', { grade, summary: 'banging on a door' });
  return control;
}

function arrest(control: ControlRoom, task = 't1'): void {
  const owner = { role: 'dispatcher' };
  const dueAt = noon + span('1 h');
  const asked = { task, kind: 'arrest', incident: 'i1', owner, urgent: true, dueAt, says: 'arrest him before tonight' };
  control.does('constable-1', 'RaiseTask', asked);
}

function none(control: ControlRoom, task?: string): void {
  const reason = 'nothing free until the late turn';
  control.does('dispatcher-1', 'AnswerNoUnit', { incident: 'i1', reason, ...(task === undefined ? {} : { task }) });
}

function climbed(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.rungs('no-unit').map((one) => [one.to, one.afterMs / 60_000]);
}

test('"none" for an emergency alarms the supervisor at once and the FIM at ten minutes', () => {
  const control = open('emergency');
  none(control);
  control.wait('11 min');
  expect(control.raised('no-unit').map((one) => one.level)).toEqual(['alarm']);
  expect(climbed(control)).toEqual([
    ['supervisor', 0],
    ['fim', 10],
  ]);
});

test('"none" for anything else prompts, and reaches the supervisor at five minutes and the FIM at ten', () => {
  const control = open();
  none(control);
  control.wait('11 min');
  expect(control.raised('no-unit').map((one) => one.level)).toEqual(['prompt']);
  expect(climbed(control)).toEqual([
    ['supervisor', 5],
    ['fim', 10],
  ]);
});

test('deferred-arrest: "none" for an arrest goes up the ladder by itself, whatever the grade', () => {
  const control = open('scheduled');
  arrest(control);
  none(control, 't1');
  control.wait('11 min');
  const [raised] = control.raised('no-unit');
  expect(raised).toMatchObject({ level: 'alarm', about: 'task:t1', at: noon });
  expect(climbed(control)).toEqual([
    ['supervisor', 0],
    ['fim', 10],
  ]);
  expect(control.duties('no-unit')[0]?.why[0]?.params['arrest']).toBe('arrest him before tonight');
});

test('"none" on an incident where an arrest waits is about that arrest, named or not', () => {
  const control = open();
  arrest(control);
  none(control);
  expect(control.raised('no-unit').map((one) => [one.level, one.about])).toEqual([['alarm', 'task:t1']]);
});

test('"no units available" typed into the log counts as the answer it is', () => {
  const control = open();
  arrest(control);
  control.does('dispatcher-1', 'AddEntry', {
    incident: 'i1',
    text: 'no units available at present',
    source: 'dispatcher',
  });
  expect(control.raised('no-unit').map((one) => one.level)).toEqual(['alarm']);
});

test('typed into the log while a unit is going, and routine entries, are quiet', () => {
  const control = open();
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'front door is green' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'no second unit available' });
  expect(control.duties('no-unit')).toEqual([]);
});

test('it shows who was free, the longest free first, with their area and what they can do', () => {
  const control = open('emergency');
  control.does('heed', 'EnrolUnit', { unit: 'dog-1', area: 'north', skills: ['dogs'] });
  none(control);
  expect(control.duties('no-unit')[0]?.why[0]?.params['free']).toBe('unit-1; unit-2; unit-3; dog-1 (north, dogs)');
});

test('a unit that was found and answers meets it; one only assigned does not', () => {
  const control = open('emergency');
  none(control);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties('no-unit')).toHaveLength(1);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties('no-unit')).toEqual([]);
});

test('a unit sent before the arrest was refused does not answer for the arrest; one sent after does', () => {
  const control = open();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  arrest(control);
  control.wait('1 min');
  none(control, 't1');
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  expect(control.duties('no-unit')).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd2' });
  expect(control.duties('no-unit')).toEqual([]);
});

test('a decision meets it only from the FIM or the on-call officer', () => {
  const decision = { incidents: ['i1'], send: true, reason: 'next unit to clear goes' };
  for (const [who, left] of [
    ['dispatcher-1', 1],
    ['supervisor-1', 1],
    ['fim-1', 0],
  ] as const) {
    const control = open('emergency');
    none(control);
    control.does(who, 'DecideAttendance', decision);
    expect(control.duties('no-unit')).toHaveLength(left);
  }
});

test('putting the arrest off does not meet it, unless the FIM does', () => {
  const until = noon + span('3 h');
  for (const [who, left] of [
    ['dispatcher-1', 1],
    ['fim-1', 0],
  ] as const) {
    const control = open();
    arrest(control);
    none(control, 't1');
    control.does(who, 'Defer', { deferral: 'f1', task: 't1', reason: 'no-unit-free', until });
    expect(control.duties('no-unit')).toHaveLength(left);
  }
});

test('the FIM putting another task off does not answer for the arrest', () => {
  const control = open();
  arrest(control);
  none(control, 't1');
  arrest(control, 't2');
  const until = noon + span('3 h');
  control.does('fim-1', 'Defer', { deferral: 'f1', task: 't2', reason: 'no-unit-free', until });
  expect(control.duties('no-unit')).toHaveLength(1);
});

test('the arrest done ends it', () => {
  const control = open();
  arrest(control);
  none(control, 't1');
  control.does('constable-1', 'CompleteTask', { task: 't1', result: 'arrested at home' });
  expect(control.duties('no-unit')).toEqual([]);
});
