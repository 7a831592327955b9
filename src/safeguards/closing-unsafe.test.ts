import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import type { Outcome } from '../room/step.ts';
import { closingUnsafe } from './closing-unsafe.ts';
import { transferUnaccepted } from './transfer-unaccepted.ts';
import { ungraded } from './ungraded.ts';

const woman = { kind: 'person', name: 'Ada Marsh' };
const man = { kind: 'person', name: 'Bram Marsh' };

function codes(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : [];
}

function abandonedCall(): ControlRoom {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { subjects: { ada: [woman, 'caller'] } });
  control.does('handler-1', 'RecordRelay', { contact: 'c1', words: 'line open', observations: ['struggle'] });
  control.does('handler-1', 'EndContact', { contact: 'c1', ending: 'abandoned' });
  control.opens('i1', { contact: 'c1', kinds: ['abandoned-call'], grade: 'emergency' });
  return control;
}

function sees(control: ControlRoom, seen: readonly object[]): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with', seen });
}

const close = { incident: 'i1', code: 'no-deployment', reason: 'she said all is well' };
const closeAttended = { incident: 'i1', code: 'attended', reason: 'seen and well' };

test('an ordinary matter with nothing open closes in one keystroke, by the handler who took it', () => {
  const control = controlRoom([closingUnsafe, ungraded]);
  control.call('c1', { words: 'there is a car parked across my drive', ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['road-other'], grade: 'resolution' });
  expect(control.does('handler-1', 'CloseIncident', { ...close, code: 'advice' })).toEqual({ kind: 'done' });
});

test('an ordinary matter that was attended closes in one keystroke', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { words: 'there is a car parked across my drive', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  sees(control, []);
  expect(control.does('handler-1', 'CloseIncident', closeAttended)).toEqual({ kind: 'done' });
});

test('a call back by a supervisor does not close an abandoned call on which a struggle was heard', () => {
  const control = abandonedCall();
  control.does('supervisor-1', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
  const heard = { callback: 'b1', result: 'spoke-to-caller', questions: 'closed', observations: ['whispering'] };
  control.does('supervisor-1', 'RecordCallback', heard);
  const outcome = control.does('supervisor-1', 'CloseIncident', close);
  expect(codes(outcome)).toEqual(['nobody-seen']);
  expect(control.room().incidents.get('i1')?.state).toBe('open');
  expect(
    gatesOf(control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'well' })),
  ).toEqual(['closing-unsafe']);
});

test('a second person cannot close it either while nobody has been seen', () => {
  const control = abandonedCall();
  control.does('supervisor-1', 'Propose', {
    decision: 'x1',
    command: { type: 'CloseIncident', data: close },
    reason: 'well',
  });
  expect(codes(control.does('fim-1', 'Approve', { decision: 'x1', reason: 'agreed' }))).toEqual(['nobody-seen']);
});

test('an override with authority closes it', () => {
  const control = abandonedCall();
  expect(control.does('fim-1', 'CloseIncident', close, 'confirmed by another force')).toEqual({ kind: 'done' });
});

test('it closes once she has been seen safe, apart from others', () => {
  const control = abandonedCall();
  sees(control, [{ subject: 'ada', identified: 'document', apart: true, safe: true }]);
  expect(control.does('dispatcher-1', 'CloseIncident', closeAttended)).toEqual({ kind: 'done' });
});

test.each([
  ['with others about', [{ subject: 'ada', identified: 'document', apart: false, safe: true }]],
  ['not safe', [{ subject: 'ada', identified: 'document', apart: true, safe: false }]],
  ['only the suspect', [{ subject: 'bram', identified: 'document', apart: true, safe: true }]],
  ['nobody', []],
])('being seen like this is no sighting: %s', (_, seen) => {
  const control = abandonedCall();
  control.does('handler-1', 'Mention', { subject: 'bram', identity: man, incident: 'i1', role: 'suspect' });
  sees(control, seen);
  expect(codes(control.does('dispatcher-1', 'CloseIncident', closeAttended))).toEqual(['nobody-seen']);
});

test('a sighting from before the next call for help is no answer to it', () => {
  const control = abandonedCall();
  sees(control, [{ subject: 'ada', identified: 'document', apart: true, safe: true }]);
  control.call('c2', {});
  control.does('handler-1', 'RecordObservation', { contact: 'c2', observations: ['scream'] });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect(codes(control.does('dispatcher-1', 'CloseIncident', closeAttended))).toEqual(['nobody-seen']);
});

test('a domestic matter nobody attended needs authority over protected matters', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  expect(codes(control.does('handler-1', 'CloseIncident', close))).toEqual(['protected-unseen']);
  expect(codes(control.does('supervisor-1', 'CloseIncident', close))).toEqual(['protected-unseen']);
  expect(control.does('fim-1', 'CloseIncident', close)).toEqual({ kind: 'done' });
});

test('the specialist may co-sign it', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  const command = { type: 'CloseIncident', data: close };
  control.does('handler-1', 'Propose', { decision: 'x1', command, reason: 'an old matter' });
  expect(control.does('specialist-1', 'Approve', { decision: 'x1', reason: 'read' })).toEqual({ kind: 'done' });
});

test('rank does not help whoever spoke to the caller', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { handler: 'fim-1', ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  expect(codes(control.does('fim-1', 'CloseIncident', close))).toEqual(['protected-unseen']);
});

test('an unattended priority needs somebody with authority, and never the taker alone', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['suspicious'], grade: 'priority' });
  expect(codes(control.does('handler-1', 'CloseIncident', close))).toEqual(['unattended']);
  expect(codes(control.does('dispatcher-1', 'CloseIncident', close))).toEqual(['unattended']);
  expect(control.does('supervisor-1', 'CloseIncident', close)).toEqual({ kind: 'done' });
});

test('open duties are listed by safeguard with their count', () => {
  const control = controlRoom([closingUnsafe, transferUnaccepted]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'resolution' });
  for (const transfer of ['t1', 't2'])
    control.does('handler-1', 'SendTransfer', {
      transfer,
      incident: 'i1',
      partner: 'council',
      needs: ['information'],
      words: 'noise',
    });
  const outcome = control.does('handler-1', 'CloseIncident', close);
  expect(outcome.kind === 'refused' && outcome.gates.map((gate) => gate.why.params)).toEqual([
    { open: 'transfer-unaccepted (2)', count: 2 },
  ]);
});

test('a code that says attended is refused where no unit arrived', () => {
  const control = controlRoom([closingUnsafe]);
  control.opens('i1', { grade: 'resolution' });
  expect(codes(control.does('handler-1', 'CloseIncident', closeAttended))).toEqual(['not-attended']);
});

test('what is passed to a partner needs its acceptance, the questions answered and the caller told', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', {});
  control.opens('i1', { contact: 'c1', grade: 'resolution' });
  const passed = { ...close, code: 'passed-to-partner' };
  const missing = ['partner-not-accepted', 'threshold-unanswered', 'caller-not-told'];
  expect(codes(control.does('handler-1', 'CloseIncident', passed))).toEqual(missing);
  const sent = { transfer: 't1', incident: 'i1', partner: 'ambulance', needs: ['information'], words: 'unwell' };
  control.does('handler-1', 'SendTransfer', sent);
  control.does('handler-1', 'AcceptTransfer', { transfer: 't1', by: 'desk 4' });
  const elements = { threat: 'a', harm: 'b', risk: 'c', investigation: 'd', vulnerability: 'e', engagement: 'f' };
  control.does('handler-1', 'Assess', { incident: 'i1', elements, level: 'none' });
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'redirected', words: 'an ambulance will come' });
  expect(control.does('handler-1', 'CloseIncident', passed)).toEqual({ kind: 'done' });
});

test('joining is refused into an incident of a lower grade, and alone where the matter is protected', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
  control.opens('i2', { grade: 'scheduled' });
  const join = { incident: 'i1', into: 'i2', reason: 'the same' };
  expect(codes(control.does('handler-1', 'JoinIncidents', join))).toEqual(['joined-lower', 'joined-alone']);
  control.does('handler-1', 'SetGrade', { incident: 'i2', grade: 'priority', reason: 'as the other' });
  expect(control.does('dispatcher-1', 'JoinIncidents', join)).toEqual({ kind: 'done' });
});

test('two ordinary incidents of one event are joined by the handler in one keystroke', () => {
  const control = controlRoom([closingUnsafe, ungraded]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1' });
  control.opens('i2', { grade: 'scheduled' });
  const join = { incident: 'i1', into: 'i2', reason: 'the same' };
  expect(control.does('handler-1', 'JoinIncidents', join)).toEqual({ kind: 'done' });
});

test('a contact on which distress was heard does not end without an incident', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', {});
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['scream'] });
  const dispose = { contact: 'c1', disposition: 'accidental', reason: 'pocket' };
  expect(codes(control.does('supervisor-1', 'DisposeContact', dispose))).toEqual(['nobody-seen']);
});

test('a pocket call costs seconds', () => {
  const control = controlRoom([closingUnsafe]);
  control.call('c1', { ends: 'silent' });
  const dispose = { contact: 'c1', disposition: 'accidental', reason: 'pocket' };
  expect(control.does('handler-1', 'DisposeContact', dispose)).toEqual({ kind: 'done' });
});
