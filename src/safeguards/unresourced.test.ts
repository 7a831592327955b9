import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { dangerTold } from './danger-told.ts';
import { outcomeContradicted } from './outcome-contradicted.ts';
import { unresourced } from './unresourced.ts';

function graded(grade: string, words = 'my shed was broken into last night'): ControlRoom {
  const control = controlRoom([unresourced]);
  control.call('c1', { words, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade });
  return control;
}

function sends(control: ControlRoom, deployment: string, unit: string): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident: 'i1', unit });
}

function heard(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.raised('unresourced').map((one) => [one.level, (one.at - noon) / 60_000]);
}

test('a priority incident climbs: dispatcher at an eighth of the target, supervisor at half, FIM at the target', () => {
  const control = graded('priority');
  control.wait('7 min');
  expect(heard(control)).toEqual([]);
  control.wait('54 min');
  expect(heard(control)).toEqual([
    ['prompt', 7.5],
    ['prompt', 60],
  ]);
  expect(control.rungs('unresourced').map((one) => [one.to, one.afterMs / 60_000])).toEqual([
    ['supervisor', 30],
    ['supervisor', 60],
    ['fim', 60],
  ]);
});

test('the FIM is not told before the target where a force has a longer one', () => {
  const control = graded('priority');
  const grades = control
    .room()
    .policy.grades.map((grade) => (grade.id === 'priority' ? { ...grade, targetMs: span('2 h') } : grade));
  const longer = { type: 'AdoptPolicy', data: { digest: 'two hours', text: { ...control.room().policy, grades } } };
  control.does('owner-1', 'Propose', { decision: 'd1', command: longer, reason: 'as the force board decided' });
  control.does('fim-1', 'Approve', { decision: 'd1', reason: 'agreed' });
  control.opens('i2', { grade: 'priority' });
  control.wait('121 min');
  const duties = control.duties('unresourced').filter((duty) => duty.about === 'incident:i2');
  const told = control
    .facts('RungReached')
    .filter((event) => duties.some((duty) => duty.id === event.ids['duty']))
    .map((event) => [(event.body as { to: string }).to, (event.at - noon) / 60_000]);
  expect(told).toContainEqual(['supervisor', 60]);
  expect(told.filter(([to]) => to === 'fim')).toEqual([['fim', 120]]);
});

test('an emergency prompts at two minutes, alarms with the supervisor at three and reaches the FIM at eight', () => {
  const control = graded('emergency');
  control.wait('9 min');
  expect(heard(control)).toEqual([
    ['prompt', 2],
    ['alarm', 3],
  ]);
  const rungs = control.rungs('unresourced').map((one) => [one.to, one.afterMs / 60_000]);
  expect(rungs).toEqual([
    ['supervisor', 3],
    ['fim', 8],
  ]);
});

test('a low grade interrupts nobody and stands on the board of the supervisor at half its target', () => {
  const control = graded('scheduled');
  control.wait('23 h');
  expect(heard(control)).toEqual([]);
  control.wait('25 h');
  expect(control.duties('unresourced')[0]?.owner).toEqual({ role: 'supervisor' });
  expect(control.rungs('unresourced').every((one) => one.to === 'supervisor')).toBe(true);
  expect(heard(control).map(([level]) => level)).toEqual(['prompt']);
});

test('an incident that is promised no attendance is quiet', () => {
  const control = graded('resolution');
  control.wait('3 d');
  expect(control.duties('unresourced')).toEqual([]);
});

test('it stays silent when a unit acknowledges in time', () => {
  const control = graded('priority');
  control.wait('5 min');
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('3 h');
  expect(heard(control)).toEqual([]);
});

test.each([
  ['MarkEnRoute', { deployment: 'd1' }],
  ['MarkArrived', { deployment: 'd1' }],
  ['ReportUnitMoved', { unit: 'unit-1' }],
  ['SetUnitStatus', { unit: 'unit-1', status: 'en-route' }],
])('a unit on the move meets it: %s', (type, data) => {
  const control = graded('priority');
  sends(control, 'd1', 'unit-1');
  control.does(type === 'ReportUnitMoved' ? 'heed' : 'dispatcher-1', type, data);
  expect(control.duties('unresourced')).toEqual([]);
});

test('a unit that was assigned and never answered does not meet it', () => {
  const control = graded('emergency');
  sends(control, 'd1', 'unit-1');
  control.wait('4 min');
  expect(heard(control).map(([level]) => level)).toEqual(['prompt', 'alarm']);
  const why = control.duties('unresourced')[0]?.why.at(-1);
  expect(why).toMatchObject({ code: 'still-nobody', params: { silent: 1, free: 'unit-2, unit-3', waited: 3 } });
});

test('it is told again every thirty minutes, with who is free then', () => {
  const control = graded('emergency');
  control.wait('5 min');
  control.does('heed', 'SetUnitStatus', { unit: 'unit-2', status: 'off-duty' });
  control.wait('40 min');
  expect(control.rungs('unresourced').map((one) => one.afterMs / 60_000)).toEqual([3, 8, 38]);
  expect(control.duties('unresourced')[0]?.why.at(-1)?.params['free']).toBe('unit-1, unit-3');
});

test('a decision to send nobody meets it and comes back by itself while the incident stays open', () => {
  const control = graded('priority');
  const decision = { incidents: ['i1'], send: false, reason: 'dealt with by the owner' };
  control.does('supervisor-1', 'DecideAttendance', decision);
  control.wait('29 min');
  expect(heard(control)).toEqual([]);
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 30]]);
  expect(control.duties('unresourced')[0]?.why[0]?.code).toBe('decided-not-to-send');
});

test('a decision to send after all starts the first clock again', () => {
  const control = graded('priority');
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'dealt with' });
  control.wait('10 min');
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'he is back' });
  control.wait('3 min');
  expect(heard(control)).toEqual([['prompt', 12]]);
});

test('a decision to send does not meet it', () => {
  const control = graded('priority');
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'next free' });
  control.wait('8 min');
  expect(heard(control)).toHaveLength(1);
});

const later = noon + span('20 h');

test('an appointment that a safe caller chose is quiet until it is withdrawn', () => {
  const control = graded('priority');
  control.does('supervisor-1', 'Defer', {
    deferral: 'f1',
    incident: 'i1',
    reason: 'chosen-by-caller',
    until: later,
    personTold: true,
  });
  control.does('supervisor-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'appointment' });
  control.wait('10 h');
  expect(control.duties('unresourced')).toEqual([]);
  control.does('supervisor-1', 'WithdrawDeferral', { deferral: 'f1', reason: 'needed sooner' });
  expect(control.duties('unresourced')).toHaveLength(1);
});

test('an appointment is no reason to be quiet once danger was told', () => {
  const control = graded('priority');
  const deferral = { deferral: 'f1', incident: 'i1', reason: 'chosen-by-caller', until: later };
  control.does('supervisor-1', 'Defer', deferral);
  control.call('c2', { words: 'he says he will kill me', ends: 'ended' });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'threat' });
  control.wait('4 min');
  expect(heard(control).map(([level]) => level)).toContain('alarm');
});

test('a task that was put off does not meet what the incident itself needs', () => {
  const control = graded('priority');
  const task = {
    task: 't1',
    kind: 'arrest',
    incident: 'i1',
    owner: { role: 'dispatcher' },
    dueAt: later,
    says: 'arrest',
  };
  control.does('constable-1', 'RaiseTask', task);
  control.does('dispatcher-1', 'Defer', { deferral: 'f1', task: 't1', reason: 'no-unit-free', until: later });
  control.wait('8 min');
  expect(heard(control)).toHaveLength(1);
});

test('a higher grade brings its own clock, counted from when the force first knew', () => {
  const control = graded('priority');
  control.wait('5 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is at the door' });
  expect(heard(control)).toEqual([['alarm', 5]]);
  expect(control.duties('unresourced')).toHaveLength(1);
});

test('what needed nobody and becomes an emergency is put to the dispatcher at once, and alarms in two minutes', () => {
  const control = graded('resolution');
  control.wait('20 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is at the door' });
  control.wait('8 min');
  expect(heard(control)).toEqual([
    ['prompt', 20],
    ['alarm', 22],
  ]);
  const rungs = control.rungs('unresourced').map((one) => [one.to, one.afterMs / 60_000]);
  expect(rungs).toEqual([
    ['supervisor', 22],
    ['fim', 27],
  ]);
  expect(control.duties('unresourced')[0]?.why.at(-1)).toMatchObject({ code: 'still-nobody', params: { waited: 22 } });
});

test('no supervisor hears of one that became an emergency late where a unit is sent at once and goes', () => {
  const control = graded('resolution');
  control.wait('20 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is at the door' });
  control.wait('50 s');
  sends(control, 'd1', 'unit-1');
  control.wait('40 s');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  expect(heard(control)).toEqual([['prompt', 20]]);
  expect(control.rungs('unresourced')).toEqual([]);
});

test('a unit that is sent to one that became an emergency late, and does not answer, delays no alarm', () => {
  const control = controlRoom([outcomeContradicted, unresourced]);
  const caller = { p1: [{ kind: 'phone', number: '07700 900001' }, 'caller'] } as const;
  control.call('c1', { words: 'they are shouting', subjects: caller, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'dealt with' });
  control.wait('1 h');
  control.call('c2', { words: 'he is hitting her', subjects: caller });
  control.wait('30 s');
  expect(heard(control)).toEqual([]);
  sends(control, 'd2', 'unit-2');
  control.wait('2 min');
  expect(heard(control).map(([level]) => level)).toEqual(['prompt', 'alarm']);
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
});

test('its two minutes are counted from the words that made it one, however late they come to the incident', () => {
  const control = controlRoom([dangerTold, unresourced]);
  control.call('c1', { words: 'they argue about the hedge again', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'resolution' });
  control.wait('10 min');
  control.call('c2', { words: 'he says he will kill me', ends: 'ended' });
  control.wait('1 min');
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  control.wait('10 min');
  expect(heard(control)).toEqual([
    ['prompt', 11],
    ['alarm', 12],
  ]);
});

test('a lower grade brings its own clock', () => {
  const control = graded('priority');
  control.does('supervisor-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'the man was arrested' });
  control.wait('20 h');
  expect(heard(control)).toEqual([]);
  expect(control.duties('unresourced').map((duty) => duty.key)).toEqual(['scheduled']);
});

test('grading again at the same level changes nothing', () => {
  const control = graded('priority');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'burglary' });
  control.wait('8 min');
  expect(heard(control)).toEqual([['prompt', 7.5]]);
});

test('when the unit is diverted the incident needs one again on its first clock', () => {
  const control = graded('priority');
  control.opens('i2', { grade: 'emergency' });
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  control.does('dispatcher-1', 'DivertUnit', { deployment: 'd2', unit: 'unit-1', to: 'i2', reason: 'stabbing' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd2' });
  control.wait('9 min');
  const spoken = control.raised('unresourced').filter((one) => one.about === 'incident:i1');
  expect(spoken.map((one) => (one.at - noon) / 60_000)).toEqual([22]);
  expect(control.duties('unresourced')[0]?.dueAt).toBe(noon + span('30 min'));
});

test('a unit sent and acknowledged within two minutes of another leaving keeps it silent', () => {
  const control = graded('priority');
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  control.does('supervisor-1', 'StandDown', { deployment: 'd1', reason: 'unit-2 is nearer' });
  sends(control, 'd2', 'unit-2');
  control.wait('1 min');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd2' });
  control.wait('2 h');
  expect(heard(control)).toEqual([]);
});

test('coding a job that was attended does not ask for a unit again', () => {
  const control = graded('priority');
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'as found' });
  control.wait('2 h');
  expect(control.duties('unresourced')).toEqual([]);
});

test('a call after the unit left needs somebody again, on a clock of its own', () => {
  const control = graded('priority');
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  control.wait('30 min');
  control.call('c2', { words: 'they are in the garden again', ends: 'ended' });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'again' });
  control.wait('4 min');
  expect(heard(control)).toEqual([
    ['prompt', 32],
    ['alarm', 33],
  ]);
});

test('closing the incident ends it', () => {
  const control = graded('priority');
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'owner has it back' });
  control.wait('3 h');
  expect(heard(control)).toEqual([]);
});

test('a unit that was just sent has its time to answer before the dispatcher is asked', () => {
  const control = graded('emergency');
  control.wait('90 s');
  sends(control, 'd1', 'unit-1');
  control.wait('45 s');
  expect(heard(control)).toEqual([]);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  expect(heard(control)).toEqual([]);
});

test('a unit that was sent and does not answer is asked about, and no alarm is later for it', () => {
  const control = graded('emergency');
  control.wait('90 s');
  sends(control, 'd1', 'unit-1');
  control.wait('2 min');
  expect(heard(control)).toEqual([
    ['prompt', 2.5],
    ['alarm', 3],
  ]);
});

test('whom a unit has left before does not wait for the silence of the next', () => {
  const control = graded('priority');
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  control.does('dispatcher-1', 'StandDown', { deployment: 'd1', reason: 'vehicle fault' });
  control.wait('10 s');
  sends(control, 'd2', 'unit-2');
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 22]]);
});
