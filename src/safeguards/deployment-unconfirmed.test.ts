import { expect, test } from 'vitest';
import { controlRoom, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { deploymentUnconfirmed } from './deployment-unconfirmed.ts';

function sent(grade?: string, unit = 'unit-1'): ControlRoom {
  const control = controlRoom([deploymentUnconfirmed]);
  control.opens('i1', grade === undefined ? {} : { grade });
  control.does('heed', 'EnrolUnit', { unit: 'unit-9', skills: ['firearms'] });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit });
  return control;
}

function heard(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.raised('deployment-unconfirmed').map((one) => [one.level, (one.at - noon) / 1_000]);
}

test.each([
  ['emergency', 60],
  ['priority', 120],
  ['scheduled', 120],
])('%s: a unit that does not answer prompts the dispatcher after %s seconds', (grade, seconds) => {
  const control = sent(grade);
  control.wait('10 min');
  expect(heard(control)).toEqual([['prompt', seconds]]);
  const rungs = control.rungs('deployment-unconfirmed').map((one) => [one.to, one.afterMs / 1_000]);
  expect(rungs).toEqual([['supervisor', 2 * seconds]]);
});

test('still without an answer when it is due, it asks for another unit first', () => {
  const control = sent('priority');
  control.wait('4 min');
  const duty = control.duties('deployment-unconfirmed')[0];
  expect(duty?.why.at(-1)?.code).toBe('nobody-goes');
  expect(duty?.asks[0]?.command).toBe('AssignUnit');
});

test.each([
  ['MarkEnRoute', { deployment: 'd1' }],
  ['MarkArrived', { deployment: 'd1' }],
  ['ReportUnitMoved', { unit: 'unit-1' }],
  ['SetUnitStatus', { unit: 'unit-1', status: 'en-route' }],
])('movement or arrival meets it: %s', (type, data) => {
  const control = sent('priority');
  control.does(type === 'ReportUnitMoved' ? 'heed' : 'dispatcher-1', type, data);
  control.wait('1 h');
  expect(heard(control)).toEqual([]);
});

test('an answer by voice is enough, and only asks for movement later', () => {
  const control = sent('priority');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('9 min');
  expect(heard(control)).toEqual([]);
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 600]]);
  expect(control.duties('deployment-unconfirmed')[0]?.why[0]?.code).toBe('no-movement');
});

test('a unit that said yes to an emergency and has not moved is asked about after three minutes', () => {
  const control = sent('emergency');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('4 min');
  expect(heard(control)).toEqual([['prompt', 180]]);
});

test('saying yes again does not show movement; moving does', () => {
  const control = sent('emergency');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('4 min');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties('deployment-unconfirmed')).toHaveLength(1);
  control.does('heed', 'ReportUnitMoved', { unit: 'unit-1' });
  expect(control.duties('deployment-unconfirmed')).toEqual([]);
});

test('a unit that said yes to an appointment need not move at once', () => {
  const control = sent('scheduled');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('6 h');
  expect(heard(control)).toEqual([]);
});

test('another unit moving to the same incident does not confirm this one', () => {
  const control = sent('emergency');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd2' });
  control.wait('1 min');
  expect(control.raised('deployment-unconfirmed').map((one) => one.about)).toEqual(['deployment:d1']);
});

test('a message from the desk does not meet it', () => {
  const control = sent('emergency');
  control.does('dispatcher-1', 'BriefUnit', { deployment: 'd1', told: ['banging on the door'] });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'unit sent' });
  control.wait('1 min');
  expect(heard(control)).toHaveLength(1);
});

test('a unit that is sent elsewhere is no longer asked about', () => {
  const control = sent('priority');
  control.does('supervisor-1', 'StandDown', { deployment: 'd1', reason: 'another is nearer' });
  control.wait('1 h');
  expect(heard(control)).toEqual([]);
});

test('covert and firearms units are exempt', () => {
  const control = sent('emergency', 'unit-9');
  control.wait('1 h');
  expect(control.duties('deployment-unconfirmed')).toEqual([]);
});
