import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { markerEffect } from './marker-effect.ts';

const phone = { kind: 'phone', number: '07700 900123' };
const person = { kind: 'person', name: 'Ada Example', born: '1990-01-01' };

function marked(kind: string, on: 'phone' | 'person' = 'phone'): ControlRoom {
  const control = controlRoom([markerEffect]);
  control.does('heed', 'RecordSubject', { subject: on, identity: on === 'phone' ? phone : person });
  control.does('specialist-1', 'SetMarker', { marker: 'm1', subject: on, kind, reason: 'abuse', owner: 'specialist' });
  return control;
}

function calls(control: ControlRoom, role = 'used'): void {
  control.call('c1', { words: 'can you send somebody', subjects: { p2: [phone, role] } });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
}

test('a number with a high-risk marker sets its floor, and taker and supervisor are to acknowledge it', () => {
  const control = marked('high-risk-domestic');
  calls(control);
  expect(control.floors('i1')).toEqual(['marker-effect emergency']);
  expect(control.raised('marker-effect').map((one) => one.level)).toEqual(['prompt', 'prompt']);
  expect(control.duties('marker-effect').map((duty) => duty.owner)).toEqual([
    { staff: 'handler-1' },
    { role: 'supervisor' },
  ]);
  control.wait('11 min');
  expect(control.rungs('marker-effect')[0]).toEqual({ to: 'supervisor', afterMs: 10 * 60_000 });
});

test('the taker’s acknowledgement meets the taker’s prompt, and only a supervisor’s the supervisor’s', () => {
  const control = marked('high-risk-domestic');
  calls(control);
  control.does('handler-1', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  expect(control.duties('marker-effect').map((duty) => duty.key)).toEqual(['supervisor:m1']);
  control.does('handler-2', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  expect(control.duties('marker-effect')).toHaveLength(1);
  control.does('supervisor-1', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  expect(control.duties('marker-effect')).toEqual([]);
});

test('a marker is shown on the contact before there is an incident', () => {
  const control = marked('domestic-history');
  control.call('c1', { subjects: { p2: [phone, 'used'] } });
  expect(control.room().notes.get('contact:c1')).toMatchObject([{ why: { code: 'marker-shown' } }]);
});

test('a marker of lower standing sets its floor and interrupts nobody', () => {
  const control = marked('domestic-history');
  calls(control);
  control.wait('1 d');
  expect(control.floors('i1')).toEqual(['marker-effect priority']);
  expect(control.duties('marker-effect')).toEqual([]);
});

test('whoever only tells of something elsewhere carries a note and no floor', () => {
  const control = marked('high-risk-domestic', 'person');
  control.call('c1', { words: 'a car is parked across the road', subjects: { p2: [person, 'witness'] } });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.floors('i1')).toEqual([]);
  expect(control.duties('marker-effect')).toEqual([]);
  expect(control.notes('marker-effect')).toEqual(['marker-shown', 'marker-shown']);
});

test('a witness’s own marked number carries a note too', () => {
  const control = marked('high-risk-domestic');
  const subjects = { p2: [phone, 'used'], p3: [person, 'witness'] } as const;
  control.call('c1', { words: 'a car is parked across the road', subjects });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.floors('i1')).toEqual([]);
});

test('an unmarked caller raises nothing', () => {
  const control = marked('high-risk-domestic', 'person');
  calls(control);
  control.wait('1 d');
  expect(control.duties('marker-effect')).toEqual([]);
  expect(control.notes('marker-effect')).toEqual([]);
});

test('a marker that was removed does nothing', () => {
  const control = marked('high-risk-domestic');
  control.does('fim-1', 'RemoveMarker', { marker: 'm1', reassessment: 'done', told: 'told', reason: 'moved abroad' });
  calls(control);
  expect(control.floors('i1')).toEqual([]);
});

test('a marker set while its subject is in an open incident counts at once', () => {
  const control = controlRoom([markerEffect]);
  calls(control);
  const marker = { marker: 'm1', subject: 'p2', kind: 'treat-as-urgent', reason: 'threats', owner: 'specialist' };
  control.does('specialist-1', 'SetMarker', marker);
  expect(control.floors('i1')).toEqual(['marker-effect emergency']);
});

test('naming the same person again does not bring back a floor that two people lifted', () => {
  const control = marked('domestic-history');
  calls(control);
  const data = { incident: 'i1', safeguard: 'marker-effect', reason: 'she is abroad' };
  expect(gatesOf(control.does('supervisor-1', 'LiftFloor', data))).toEqual(['marker-effect']);
  control.does('supervisor-1', 'Propose', { decision: 'p1', command: { type: 'LiftFloor', data }, reason: 'abroad' });
  control.does('supervisor-2', 'Approve', { decision: 'p1', reason: 'read it' });
  expect(control.floors('i1')).toEqual([]);
  control.does('handler-1', 'Mention', { subject: 'p2', contact: 'c1', role: 'used' });
  expect(control.floors('i1')).toEqual([]);
});

test('at sending it is shown again and acknowledged by the sender; the sending itself is never held back', () => {
  const control = marked('high-risk-domestic');
  calls(control);
  control.does('handler-1', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  const send = { deployment: 'd1', incident: 'i1', unit: 'unit-1' };
  expect(control.does('dispatcher-1', 'AssignUnit', send).kind).toBe('done');
  expect(control.duties('marker-effect').map((duty) => duty.key)).toEqual(['supervisor:m1', 'sender:m1']);
  expect(control.room().notes.get('deployment:d1')).toHaveLength(1);
  control.does('handler-1', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  expect(control.duties('marker-effect')).toHaveLength(2);
  control.does('dispatcher-1', 'AcknowledgeMarker', { marker: 'm1', incident: 'i1' });
  expect(control.duties('marker-effect').map((duty) => duty.key)).toEqual(['supervisor:m1']);
});

test('one officer alone sent where two are asked for is an alarm, met by a second unit', () => {
  const control = marked('violent');
  control.does('heed', 'EnrolUnit', { unit: 'unit-9', skills: ['single-crewed'] });
  calls(control, 'suspect');
  const send = { deployment: 'd1', incident: 'i1', unit: 'unit-9' };
  expect(control.does('dispatcher-1', 'AssignUnit', send).kind).toBe('done');
  expect(control.raised('marker-effect').map((one) => one.level)).toEqual(['alarm']);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-1' });
  expect(control.duties('marker-effect')).toEqual([]);
});

test('where somebody must be seen, it neither closes nor stays unattended before they were', () => {
  const control = marked('vulnerable');
  calls(control);
  const close = { incident: 'i1', code: 'advice', reason: 'advised' };
  expect(gatesOf(control.does('fim-1', 'CloseIncident', close))).toEqual(['marker-effect']);
  const no = { incidents: ['i1'], send: false, reason: 'advised' };
  expect(gatesOf(control.does('fim-1', 'DecideAttendance', no))).toEqual(['marker-effect']);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  expect(control.does('fim-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'seen' }).kind).toBe(
    'done',
  );
});

test('no voicemail and no text where the marker says so; a call may be tried', () => {
  const control = marked('domestic-history');
  calls(control);
  const text = { callback: 'b1', contact: 'c1', phone: 'p2', means: 'text' };
  expect(gatesOf(control.does('handler-1', 'AttemptCallback', text))).toEqual(['marker-effect']);
  expect(control.does('handler-1', 'AttemptCallback', { ...text, means: 'call' }).kind).toBe('done');
});
