import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { markerBelieved } from './marker-believed.ts';

const id = 'marker-believed';
const phone = { kind: 'phone', number: '07700 900464' };
const subjects = { 'phone-1': [phone, 'caller'] } as const;
const words = 'there should be a marker on my address';

function mark(control: ControlRoom): void {
  const marker = { marker: 'm1', subject: 'phone-1', kind: 'treat-as-urgent', reason: 'risk', owner: 'specialist-1' };
  control.does('handler-2', 'RecordSubject', { subject: 'phone-1', identity: phone });
  control.does('constable-1', 'SetMarker', marker);
}

function decide(control: ControlRoom, callerTold: boolean): void {
  const decision = { incident: 'i1', treatAsMarked: true, callerTold, reason: 'was removed in January' };
  control.does('supervisor-1', 'DecideBelievedMarker', decision);
}

test('a marker believed in and not on record is a prompt, due in 15 minutes, then the supervisor’s', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(control.duties(id).map((one) => [one.about, one.level])).toEqual([['incident:i1', 'prompt']]);
  expect(control.duties(id)[0]?.asks.map((one) => one.command)).toContain('DecideBelievedMarker');
  control.wait('30 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 30 * 60_000 }]);
});

test('without an incident it waits two minutes for one before it asks', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words });
  expect(control.raised(id)).toEqual([]);
  control.wait('2 min');
  expect(control.raised(id).map((one) => one.about)).toEqual(['contact:c1']);
});

test('reported by the handler it counts the same', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects });
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'ReportBelievedMarker', { contact: 'c1', subject: 'phone-1', words: 'I am flagged' });
  expect(control.duties(id)).toHaveLength(1);
});

test('until it is decided a grade below priority is not enough', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(control.floors('i1')).toEqual([]);
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'nothing on record' });
  expect(control.floors('i1')).toEqual([`${id} priority`]);
  const lift = { incident: 'i1', safeguard: id, reason: 'nothing on record' };
  expect(gatesOf(control.does('supervisor-1', 'LiftFloor', lift))).toEqual([id]);
  decide(control, true);
  expect(control.does('supervisor-1', 'LiftFloor', lift)).toEqual({ kind: 'done' });
});

test('it is met by a decision of which the caller was told, not by one that they were not', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words });
  control.opens('i1', { contact: 'c1' });
  decide(control, false);
  expect(control.duties(id)).toHaveLength(1);
  decide(control, true);
  expect(control.duties(id)).toEqual([]);
});

test('a marker that was removed is named', () => {
  const control = controlRoom([markerBelieved]);
  mark(control);
  const removal = { marker: 'm1', reassessment: 'standard', told: 'not-told', reason: 'review' };
  control.does('fim-1', 'RemoveMarker', removal);
  control.call('c1', { subjects, words });
  expect(control.duties(id)[0]?.why[0]).toMatchObject({ code: 'removed', params: { removed: 'Treat as urgent' } });
});

test('a removal that a later check finds is added to it', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words });
  control.opens('i1', { contact: 'c1' });
  control.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', incident: 'i1' });
  const finding = { id: 'f1', kind: 'marker', subject: 'phone-1', when: 0, source: 'own', says: 'removed in January' };
  const findings = [{ ...finding, signs: ['marker-removed'], strength: 'certain' }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  expect(control.duties(id)[0]?.why.map((one) => one.code)).toEqual(['none-on-record', 'removed']);
});

test('it is quiet when there is a marker in force', () => {
  const control = controlRoom([markerBelieved]);
  mark(control);
  control.call('c1', { subjects, words });
  control.opens('i1', { contact: 'c1' });
  expect(control.duties(id)).toEqual([]);
});

test('a caller who speaks of no marker raises nothing', () => {
  const control = controlRoom([markerBelieved]);
  control.call('c1', { subjects, words: 'my bicycle was stolen' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.duties(id)).toEqual([]);
  expect(control.floors('i1')).toEqual([]);
});
