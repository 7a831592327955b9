import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { callerCutOff } from './caller-cut-off.ts';

const id = 'caller-cut-off';
const phone = { kind: 'phone', number: '07700 900461' };
const subjects = { 'phone-1': [phone, 'caller'] } as const;

/** A silent call from a number whose one check came back clean. */
function pocketCall(control: ControlRoom, contact = 'c1'): void {
  control.call(contact, { subjects, ends: 'silent' });
  control.does('heed', 'RequestCheck', { check: `check-${contact}`, source: 'own', subject: 'phone-1', contact });
  control.checks();
}

/** The founding case: a call handed on by the operator, a struggle and a man arguing heard, then abandoned. */
function struggle(control: ControlRoom): void {
  control.does('heed', 'PresentContact', { contact: 'c1', channel: '999' });
  control.does('handler-1', 'Mention', { subject: 'phone-1', identity: phone, contact: 'c1', role: 'caller' });
  control.does('heed', 'RecordRelay', { contact: 'c1', words: 'A struggle and a man arguing could be heard.' });
  control.does('heed', 'EndContact', { contact: 'c1', ending: 'abandoned' });
}

function ring(control: ControlRoom, callback: string, record: object, by = 'handler-1'): void {
  control.does(by, 'AttemptCallback', { callback, contact: 'c1' });
  control.does(by, 'RecordCallback', { callback, ...record });
}

const openly = { result: 'spoke-to-caller', questions: 'open', apart: true, words: 'sorry, it was in my pocket' };
const dispose = { contact: 'c1', disposition: 'accidental', reason: 'pocket call' };

test('distress that the operator heard is an alarm at once, and asks to open an incident', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.asks.map((one) => one.command)).toEqual(['OpenIncident']);
  control.wait('15 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 15 * 60_000 }]);
});

test('an incident opened from it is an emergency, and the matter goes on there until somebody is seen', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(control.duties(id).map((one) => one.about)).toEqual(['incident:i1']);
  expect(control.raised(id)).toHaveLength(1);
  control.wait('5 min');
  expect(control.raised(id).map((one) => one.about)).toEqual(['contact:c1', 'incident:i1']);
});

test.each(['struggle', 'scream', 'argument', 'crying', 'help', 'breaking'])(
  '%s heard before the line broke',
  (sound) => {
    const control = controlRoom([callerCutOff]);
    control.call('c1');
    control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: [sound] });
    control.opens('i1', { contact: 'c1', grade: 'priority' });
    control.does('handler-1', 'EndContact', { contact: 'c1', ending: 'cut-off' });
    expect(control.floors('i1')).toEqual([`${id} emergency`]);
    expect(control.raised(id).at(-1)?.level).toBe('alarm');
  },
);

test('danger told before the line broke counts as distress', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { words: 'he has got a knife and', ends: 'cut-off' });
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test.each(['marker', 'order', 'check', 'earlier contact'])(
  'a silent number with a %s on record is an alarm',
  (what) => {
    const control = controlRoom([callerCutOff]);
    control.does('handler-2', 'RecordSubject', { subject: 'phone-1', identity: phone });
    if (what === 'marker')
      control.does('constable-1', 'SetMarker', {
        marker: 'm1',
        subject: 'phone-1',
        kind: 'domestic-history',
        reason: 'history',
        owner: 'specialist-1',
      });
    if (what === 'order') {
      control.does('handler-2', 'RecordSubject', { subject: 'her', identity: { kind: 'person', name: 'Ann Example' } });
      const order = { order: 'o1', kind: 'restraining', respondent: 'phone-1', protects: ['her'], madeAt: 0 };
      control.does('constable-1', 'RecordOrder', order);
    }
    if (what === 'earlier contact') {
      control.call('c0', { handler: 'handler-2', subjects, words: 'he has a knife' });
      control.opens('i0', { contact: 'c0', by: 'handler-2' });
    }
    control.call('c1', { subjects, ends: 'silent' });
    if (what === 'check') {
      control.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c1' });
      const finding = {
        id: 'f1',
        kind: 'incident',
        subject: 'phone-1',
        when: 0,
        source: 'own',
        says: 'assault in 2024',
      };
      const findings = [{ ...finding, signs: ['domestic'], strength: 'certain' }];
      control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
    }
    expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  },
);

test('nothing heard and a clean number is one prompt, due five minutes after the call, and no alarm', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  expect(control.raised(id)).toEqual([]);
  control.wait('15 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 15 * 60_000 }]);
});

test('further silent calls from one number join its one duty', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control, 'c1');
  control.wait('2 min');
  pocketCall(control, 'c2');
  pocketCall(control, 'c3');
  expect(control.duties(id).map((one) => [one.about, one.count])).toEqual([['contact:c1', 3]]);
  expect(control.raised(id)).toHaveLength(1);
});

test('distress on a later call from the number turns the prompt into an alarm', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control, 'c1');
  control.wait('2 min');
  control.call('c2', { subjects });
  control.does('handler-1', 'RecordObservation', { contact: 'c2', observations: ['scream'] });
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt', 'alarm']);
});

test('a caller who was silent and then speaks is not cut off', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { subjects });
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['silence'] });
  expect(control.duties(id)).toHaveLength(1);
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'hello, sorry, I dropped the telephone' });
  expect(control.duties(id)).toEqual([]);
});

test('an ordinary call, or one whose caller cries and tells what happened, raises nothing', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { words: 'my bicycle was stolen', ends: 'ended' });
  control.call('c2');
  control.does('handler-1', 'RecordObservation', { contact: 'c2', observations: ['crying'] });
  control.does('handler-1', 'RecordStatement', { contact: 'c2', words: 'my purse was stolen in town' });
  control.does('handler-1', 'EndContact', { contact: 'c2' });
  control.wait('1 h');
  expect(control.duties(id)).toEqual([]);
});

test('a caller who gives up in the queue of the other line raises nothing', () => {
  const control = controlRoom([callerCutOff]);
  control.does('heed', 'PresentContact', { contact: 'c1', channel: '101' });
  control.does('heed', 'EndContact', { contact: 'c1', ending: 'abandoned' });
  expect(control.duties(id)).toEqual([]);
});

test('a safe sighting apart from others meets it; one in company or of nobody known does not', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  control.opens('i1', { contact: 'c1' });
  const sees = (deployment: string, seen: object): void => {
    control.does('dispatcher-1', 'AssignUnit', { deployment, incident: 'i1', unit: 'unit-1' });
    control.does('dispatcher-1', 'MarkArrived', { deployment });
    control.does('dispatcher-1', 'RecordResult', { deployment, outcome: 'seen', seen: [seen] });
  };
  sees('d1', { identified: 'own-word', apart: false, safe: true });
  sees('d2', { identified: 'not-identified', apart: true, safe: true });
  sees('d3', { identified: 'document', apart: true, safe: false });
  expect(control.duties(id)).toHaveLength(1);
  sees('d4', { identified: 'document', apart: true, safe: true });
  expect(control.duties(id)).toEqual([]);
});

test('a call back that passes, with clean checks, meets a silent call', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  ring(control, 'b1', openly);
  expect(control.duties(id)).toEqual([]);
});

test.each([
  ['closed questions', { ...openly, questions: 'closed' }],
  ['somebody whispering', { ...openly, observations: ['whispering'] }],
  ['a third party', { result: 'third-party' }],
  ['nobody', { result: 'no-answer' }],
  ['a caller who is not alone', { ...openly, apart: false }],
  ['no words of their own', { result: 'spoke-to-caller', questions: 'open', apart: true }],
])('a call back with %s does not meet it', (_, record) => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  ring(control, 'b1', record);
  expect(control.duties(id)).toHaveLength(1);
});

test('a call back before the checks are back does not meet it', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { subjects, ends: 'silent' });
  ring(control, 'b1', openly);
  expect(control.duties(id)).toHaveLength(1);
});

test('no call back meets a call on which distress was heard, whoever makes it', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  ring(control, 'b1', openly, 'supervisor-1');
  expect(control.duties(id)).toHaveLength(1);
  const outcome = control.does('supervisor-1', 'DisposeContact', dispose);
  expect(outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : []).toEqual(['needs-sighting']);
});

test('giving up needs clean checks, the tries of the policy over its time, and somebody else', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { subjects, ends: 'silent' });
  const codes = (who: string): readonly string[] => {
    const outcome = control.does(who, 'DisposeContact', dispose);
    return outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : [];
  };
  expect(codes('handler-1')).toEqual(['needs-checks', 'needs-tries', 'needs-another']);
  control.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c1' });
  control.checks();
  ring(control, 'b1', { result: 'no-answer' });
  ring(control, 'b2', { result: 'no-answer' });
  expect(codes('handler-2')).toEqual(['needs-tries']);
  control.wait('5 min');
  ring(control, 'b3', { result: 'no-answer' });
  expect(codes('handler-1')).toEqual(['needs-another']);
  expect(codes('handler-2')).toEqual([]);
  expect(control.duties(id)).toEqual([]);
});

test('a pocket call that is rung back at once and given up by somebody else interrupts nobody', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  ring(control, 'b1', { result: 'no-answer' });
  control.wait('3 min');
  ring(control, 'b2', { result: 'no-answer' });
  control.wait('2 min');
  ring(control, 'b3', { result: 'voicemail' });
  expect(control.does('handler-2', 'DisposeContact', dispose)).toEqual({ kind: 'done' });
  control.wait('1 h');
  expect(control.raised(id)).toEqual([]);
});

test('a pocket call that is rung back and then forgotten prompts after seven minutes, the supervisor as ever', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  ring(control, 'b1', { result: 'no-answer' });
  control.wait('6 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('2 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  control.wait('7 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 15 * 60_000 }]);
});

test('ringing back silences no call whose checks are not clean, and no duty that has spoken', () => {
  const unclean = controlRoom([callerCutOff]);
  unclean.call('c1', { subjects, ends: 'silent' });
  unclean.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c1' });
  unclean.checks('timed-out');
  ring(unclean, 'b1', { result: 'no-answer' });
  unclean.wait('2 min');
  expect(unclean.raised(id)).toHaveLength(1);
  const late = controlRoom([callerCutOff]);
  pocketCall(late);
  late.wait('2 min');
  ring(late, 'b1', { result: 'no-answer' });
  expect(late.duties(id).map((one) => one.state)).toEqual(['raised']);
});

test('checks that failed are not clean', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { subjects, ends: 'silent' });
  control.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c1' });
  control.checks('timed-out');
  const outcome = control.does('handler-2', 'DisposeContact', dispose);
  expect(outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : []).toContain('needs-checks');
});

test('its taker may propose giving up, and another person approve', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  ring(control, 'b1', { result: 'no-answer' });
  control.wait('5 min');
  ring(control, 'b2', { result: 'no-answer' });
  const command = { type: 'DisposeContact', data: dispose };
  control.does('handler-1', 'Propose', { decision: 'p1', command, reason: 'pocket call' });
  expect(control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'agreed' })).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});

test('neither deciding not to attend nor lifting the floor ends it before somebody was seen', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  control.opens('i1', { contact: 'c1' });
  const decide = { incidents: ['i1'], send: false, reason: 'no answer' };
  expect(gatesOf(control.does('supervisor-1', 'DecideAttendance', decide))).toEqual([id]);
  const lift = { incident: 'i1', safeguard: id, reason: 'calmer now' };
  expect(gatesOf(control.does('fim-1', 'LiftFloor', lift))).toEqual([id]);
  expect(control.does('fim-1', 'LiftFloor', lift, 'seen on camera')).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});

test('a silent call held by an incident may be given up by somebody who did not take it', () => {
  const control = controlRoom([callerCutOff]);
  pocketCall(control);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  ring(control, 'b1', { result: 'no-answer' });
  control.wait('5 min');
  ring(control, 'b2', { result: 'no-answer' });
  const decide = { incidents: ['i1'], send: false, reason: 'pocket call' };
  expect(gatesOf(control.does('handler-1', 'DecideAttendance', decide))).toEqual([id]);
  expect(control.does('supervisor-1', 'DecideAttendance', decide)).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});

test('joining its incident into another takes it along', () => {
  const control = controlRoom([callerCutOff]);
  struggle(control);
  control.opens('i1', { contact: 'c1' });
  control.opens('i2', { by: 'handler-2' });
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'one event' });
  expect(control.duties(id).map((one) => one.about)).toEqual(['incident:i2']);
  expect(control.floors('i2')).toEqual([`${id} emergency`]);
});

test('where a suspect may hold the telephone it asks to send, not to ring', () => {
  const control = controlRoom([callerCutOff]);
  control.call('c1', { subjects });
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'shared' });
  control.does('handler-1', 'EndContact', { contact: 'c1', ending: 'silent' });
  expect(control.duties(id)[0]?.asks.map((one) => one.command)).toEqual(['OpenIncident']);
});
