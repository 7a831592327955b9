import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { noon } from '../../test/control-room.ts';
import { callerCutOff } from './caller-cut-off.ts';
import { subjectUnidentified } from './subject-unidentified.ts';

const id = 'subject-unidentified';
const house = { kind: 'place', premises: '12', street: 'Example Street', town: 'Sampleton' };
const street = { kind: 'place', street: 'Example Street', town: 'Sampleton' };
const ann = { kind: 'person', name: 'Ann Example' };
const words = 'a woman has collapsed';

function told(control: ControlRoom, said = words): void {
  control.call('c1', { words: said });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
}

function keys(control: ControlRoom): readonly string[] {
  return control.duties(id).map((one) => one.key);
}

test('somebody in danger whom nobody can name or find is asked for, then climbs to supervisor and FIM', () => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  expect(keys(control)).toEqual(['at-risk']);
  expect(control.raised(id)).toEqual([]);
  control.wait('5 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  control.wait('2 h');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: 35 * 60_000 },
    { to: 'fim', afterMs: 125 * 60_000 },
  ]);
});

test.each([
  ['a name', ann, 'at-risk'],
  ['a house', house, 'scene'],
])('%s meets it', (_, identity, role) => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  control.does('handler-1', 'Mention', { subject: 's1', identity, incident: 'i1', role });
  expect(control.duties(id)).toEqual([]);
});

test.each([
  ['a street', street, 'scene'],
  ['the name of a witness', ann, 'witness'],
  ['a telephone', { kind: 'phone', number: '07700 900465' }, 'caller'],
])('%s does not', (_, identity, role) => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  control.does('handler-1', 'Mention', { subject: 's1', identity, incident: 'i1', role });
  expect(keys(control)).toEqual(['at-risk']);
});

test('a caller who gave their address before telling of danger raises nothing', () => {
  const control = controlRoom([subjectUnidentified]);
  control.call('c1', { words, subjects: { s1: [house, 'scene'] } });
  control.opens('i1', { contact: 'c1' });
  expect(control.duties(id)).toEqual([]);
});

test('the unknown source of a lasting threat is asked for by itself, until they are named or arrested', () => {
  const control = controlRoom([subjectUnidentified]);
  control.call('c1', { words: 'he said he is going to kill me', subjects: { s1: [ann, 'caller'] } });
  control.opens('i1', { contact: 'c1' });
  expect(keys(control)).toEqual(['source']);
  const bob = { kind: 'person', name: 'Bob Example' };
  control.does('handler-1', 'Mention', { subject: 's2', identity: bob, incident: 'i1', role: 'possible-suspect' });
  expect(control.duties(id)).toEqual([]);
});

test('of somebody who is a danger to themselves no other source is asked for', () => {
  const control = controlRoom([subjectUnidentified]);
  const bridge = { kind: 'place', premises: 'The Bridge', street: 'Example Street', town: 'Sampleton' };
  control.call('c1', { words: 'he is on the wrong side of the railings', subjects: { s1: [bridge, 'scene'] } });
  control.opens('i1', { contact: 'c1', grade: 'emergency', kinds: ['mental-health'] });
  expect(keys(control)).toEqual([]);
});

test('nothing told and nothing known stays quiet', () => {
  const control = controlRoom([subjectUnidentified, callerCutOff]);
  control.call('c1', { ends: 'silent' });
  control.opens('i1', { contact: 'c1' });
  control.wait('3 h');
  expect(control.duties(id)).toEqual([]);
});

test('distress heard on a call that was cut off counts as told', () => {
  const control = controlRoom([subjectUnidentified, callerCutOff]);
  control.call('c1');
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['crying'] });
  control.does('handler-1', 'EndContact', { contact: 'c1', ending: 'cut-off' });
  expect(keys(control)).toEqual(['at-risk']);
});

test('letting it wait needs a second person and a time to wake; then it comes back with the time', () => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  const until = noon + 3_600_000;
  const data = { deferral: 'w1', incident: 'i1', reason: 'awaiting-daylight', until };
  expect(gatesOf(control.does('supervisor-1', 'Defer', data))).toEqual([id]);
  const propose = (decision: string, wanted: object): void => {
    control.does('supervisor-1', 'Propose', { decision, command: { type: 'Defer', data: wanted }, reason: 'dark' });
  };
  const { until: _, ...endless } = data;
  propose('p1', endless);
  expect(gatesOf(control.does('supervisor-2', 'Approve', { decision: 'p1', reason: 'agreed' }))).toEqual([id]);
  propose('p2', data);
  expect(control.does('supervisor-2', 'Approve', { decision: 'p2', reason: 'agreed' })).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
  control.does('supervisor-1', 'WithdrawDeferral', { deferral: 'w1', reason: 'it is light' });
  expect(keys(control)).toEqual(['at-risk']);
});

test('closing by whoever spoke to the caller does not end it; by another it does', () => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  control.does('handler-1', 'CloseIncident', { incident: 'i1', code: 'no-trace', reason: 'no trace' });
  expect(keys(control)).toEqual(['at-risk']);
  control.does('handler-1', 'ReopenIncident', { incident: 'i1', reason: 'not yet found' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'no-trace', reason: 'no trace' });
  expect(control.duties(id)).toEqual([]);
});

/** Somebody who is named, in a house that is known, is threatened by somebody who is not. */
function threatened(): ControlRoom {
  const control = controlRoom([subjectUnidentified]);
  control.call('c1', { words: 'he said he is going to kill me', subjects: { s1: [ann, 'caller'] } });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  return control;
}

test('danger that a person decided to be none leaves nobody to be found', () => {
  const control = controlRoom([subjectUnidentified]);
  control.call('c1', { words: 'I am being followed home', subjects: { s1: [ann, 'caller'] } });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  expect(keys(control)).toEqual(['source']);
  control.does('handler-1', 'DismissDanger', { incident: 'i1', dangers: ['held-or-followed'], reason: 'by a swan' });
  expect(keys(control)).toEqual([]);
  control.wait('3 h');
  expect(control.raised(id)).toEqual([]);
});

test('of two dangers the one that was not dismissed still has a source to be found', () => {
  const control = controlRoom([subjectUnidentified]);
  const said = 'I am being followed home and he said he is going to kill me';
  control.call('c1', { words: said, subjects: { s1: [ann, 'caller'] } });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.does('handler-1', 'DismissDanger', { incident: 'i1', dangers: ['held-or-followed'], reason: 'by a swan' });
  expect(keys(control)).toEqual(['source']);
});

test('while a unit goes to somebody who is known, the unknown source stays open and nobody is interrupted', () => {
  const control = threatened();
  control.wait('2 min');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('10 min');
  expect([keys(control), control.raised(id)]).toEqual([['source'], []]);
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.wait('29 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('6 min');
  expect(control.raised(id)).toHaveLength(1);
  expect(control.rungs(id).map((one) => one.to)).toEqual(['supervisor']);
});

test('a unit that says nothing, or turns away before it is there, leaves the question to the handler', () => {
  const silent = threatened();
  silent.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  silent.wait('5 min');
  expect(silent.raised(id)).toHaveLength(1);
  const turned = threatened();
  turned.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  turned.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  turned.wait('4 min');
  turned.does('dispatcher-1', 'StandDown', { deployment: 'd1', reason: 'vehicle fault' });
  turned.wait('5 min');
  expect(turned.raised(id)).toHaveLength(1);
});

test('of whom nobody can name or find the handler is asked although a unit goes', () => {
  const control = controlRoom([subjectUnidentified]);
  told(control);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('5 min');
  expect(control.raised(id)).toHaveLength(1);
});

test('after an arrest a unit that moves on asks for nobody', () => {
  const control = threatened();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'arrested', seen: [] });
  expect(keys(control)).toEqual([]);
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd2' });
  expect(keys(control)).toEqual([]);
});
