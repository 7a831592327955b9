import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import type { Outcome } from '../room/step.ts';
import { unsafeCallback } from './unsafe-callback.ts';

const id = 'unsafe-callback';
const phone = { kind: 'phone', number: '07700 900462' };
const subjects = { 'phone-1': [phone, 'caller'] } as const;
const openly = { result: 'spoke-to-caller', questions: 'open', apart: true, words: 'I am fine, I sat on my phone' };

function cutOff(control: ControlRoom): void {
  control.call('c1', { subjects, ends: 'silent' });
  control.does('heed', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c1' });
  control.checks();
}

function domestic(control: ControlRoom): void {
  control.call('c1', { subjects, words: 'we had words' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
}

function ring(control: ControlRoom, record: object, by = 'supervisor-1', callback = 'b1'): Outcome {
  const outcome = control.does(by, 'AttemptCallback', { callback, contact: 'c1' });
  if (outcome.kind === 'done') control.does(by, 'RecordCallback', { callback, ...record });
  return outcome;
}

function codeOf(outcome: Outcome): string | undefined {
  return outcome.kind === 'refused' ? outcome.gates[0]?.why.code : undefined;
}

test('closed questions with somebody whispering, after distress, alarm and set an emergency', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects });
  control.does('heed', 'RecordRelay', { contact: 'c1', words: 'abandoned', observations: ['struggle', 'argument'] });
  control.does('handler-1', 'EndContact', { contact: 'c1', ending: 'abandoned' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  ring(control, { result: 'spoke-to-caller', questions: 'closed', observations: ['whispering'] });
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(control.duties(id)[0]?.asks.map((one) => one.command)).toEqual(['AssignUnit']);
  control.wait('2 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 2 * 60_000 }]);
});

test.each([
  ['another voice', { result: 'spoke-to-caller', observations: ['second-voice'] }],
  ['prompting', { result: 'spoke-to-caller', observations: ['prompting'] }],
  ['a muted line', { result: 'line-muted' }],
  ['a third party', { result: 'third-party' }],
  ['"wrong number"', { result: 'wrong-number' }],
  ['whispering told in words', { result: 'spoke-to-caller', words: 'a man could be heard whispering' }],
])('a call back after a cut-off call that met %s is an alarm', (_, record) => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  ring(control, record);
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test.each(['closed', 'leading'])(
  'only %s questions, with nothing heard and nothing on record, are a prompt',
  (questions) => {
    const control = controlRoom([unsafeCallback]);
    cutOff(control);
    ring(control, { ...openly, questions });
    expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
    control.wait('10 min');
    expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 10 * 60_000 }]);
  },
);

test('nothing heard, own words and no flag stay quiet', () => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  ring(control, openly);
  expect(control.duties(id)).toEqual([]);
});

test('an ordinary call to say when somebody comes stays quiet, answered or not', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects, words: 'my bicycle was stolen' });
  ring(control, { result: 'spoke-to-caller' }, 'handler-1', 'b1');
  ring(control, { result: 'no-answer' }, 'handler-1', 'b2');
  expect(control.duties(id)).toEqual([]);
});

test('no answer in a domestic matter is not safe: the next step is asked, and the grade rises', () => {
  const control = controlRoom([unsafeCallback]);
  domestic(control);
  ring(control, { result: 'no-answer' });
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.floors('i1')).toEqual([`${id} priority`]);
});

test('a call back that went to a shared telephone never counts as safe', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects, words: 'noise next door' });
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'shared' });
  ring(control, { ...openly, apart: false });
  expect(control.duties(id)).toHaveLength(1);
});

test('doubtful calls back made before there was an incident count in it', () => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  ring(control, { result: 'third-party' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.duties(id).map((one) => one.about)).toEqual(['incident:i1']);
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
});

test('attendance meets it; a better call back does not, where another voice was met', () => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  ring(control, { result: 'third-party' });
  ring(control, openly, 'supervisor-1', 'b2');
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'no-answer' });
  expect(control.duties(id)).toHaveLength(1);
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd2' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd2', outcome: 'seen', seen });
  expect(control.duties(id)).toEqual([]);
});

test('closed questions are mended by asking openly', () => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  ring(control, { ...openly, questions: 'closed' });
  ring(control, openly, 'supervisor-1', 'b2');
  expect(control.duties(id)).toEqual([]);
});

test('neither the taker nor whoever rang ends it by disposing of the contact; somebody else may', () => {
  const control = controlRoom([unsafeCallback]);
  cutOff(control);
  ring(control, { ...openly, questions: 'closed' });
  const dispose = { contact: 'c1', disposition: 'accidental', reason: 'pocket call' };
  control.does('handler-1', 'DisposeContact', dispose);
  control.does('supervisor-1', 'DisposeContact', dispose);
  expect(control.duties(id)).toHaveLength(1);
  control.does('supervisor-2', 'DisposeContact', dispose);
  expect(control.duties(id)).toEqual([]);
});

test.each(['call', 'text', 'voicemail'])('no %s goes to the telephone of a suspect', (means) => {
  const control = controlRoom([unsafeCallback]);
  domestic(control);
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'suspect' });
  const outcome = control.does('handler-1', 'AttemptCallback', { callback: 'b1', contact: 'c1', means });
  expect(gatesOf(outcome)).toEqual([id]);
  expect(codeOf(outcome)).toBe('suspects-phone');
});

test('a telephone is a suspect’s by its user too', () => {
  const control = controlRoom([unsafeCallback]);
  domestic(control);
  const identity = { kind: 'person', name: 'Bob Example' };
  control.does('handler-1', 'Mention', { subject: 'him', identity, contact: 'c1', role: 'possible-suspect' });
  control.does('handler-1', 'Relate', { from: 'him', to: 'phone-1', relation: 'uses' });
  const outcome = control.does('handler-1', 'AttemptCallback', { callback: 'b1', incident: 'i1', phone: 'phone-1' });
  expect(codeOf(outcome)).toBe('suspects-phone');
});

test('nothing is written to a shared telephone, and ringing it in danger waits until somebody is on the way', () => {
  const control = controlRoom([unsafeCallback]);
  domestic(control);
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'shared' });
  const attempt = (callback: string, means: string): Outcome =>
    control.does('handler-1', 'AttemptCallback', { callback, contact: 'c1', means });
  expect(codeOf(attempt('b1', 'text'))).toBe('shared-phone');
  expect(codeOf(attempt('b2', 'call'))).toBe('send-first');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(attempt('b3', 'call')).toEqual({ kind: 'done' });
});

test('a marker against messages forbids them, not a call', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects, words: 'a question about my case' });
  const marker = {
    marker: 'm1',
    subject: 'phone-1',
    kind: 'high-risk-domestic',
    reason: 'risk',
    owner: 'specialist-1',
  };
  control.does('constable-1', 'SetMarker', marker);
  const attempt = { contact: 'c1', phone: 'phone-1' };
  expect(codeOf(control.does('handler-1', 'AttemptCallback', { ...attempt, callback: 'b1', means: 'voicemail' }))).toBe(
    'marked-no-messages',
  );
  expect(control.does('handler-1', 'AttemptCallback', { ...attempt, callback: 'b2' })).toEqual({ kind: 'done' });
});

test('in a domestic matter nothing is written before it is known whose telephone it is', () => {
  const control = controlRoom([unsafeCallback]);
  domestic(control);
  const text = { callback: 'b1', contact: 'c1', means: 'text' };
  expect(codeOf(control.does('handler-1', 'AttemptCallback', text))).toBe('hands-unknown');
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'own' });
  expect(control.does('handler-1', 'AttemptCallback', text)).toEqual({ kind: 'done' });
});

test('a text about an ordinary matter goes out unhindered', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects, words: 'my bicycle was stolen' });
  const text = { callback: 'b1', contact: 'c1', means: 'text' };
  expect(control.does('handler-1', 'AttemptCallback', text)).toEqual({ kind: 'done' });
});

test('telling a shared telephone that nobody comes asks who heard it; telling the caller’s own does not', () => {
  const control = controlRoom([unsafeCallback]);
  control.call('c1', { subjects });
  const tell = { contact: 'c1', telling: 'no-police-needed', words: "you don't need the police" };
  control.does('handler-1', 'TellCaller', tell);
  expect(control.duties(id)).toEqual([]);
  control.does('handler-1', 'Mention', { subject: 'phone-1', contact: 'c1', role: 'caller', whose: 'shared' });
  control.does('handler-1', 'TellCaller', tell);
  expect(control.duties(id).map((one) => one.why[0]?.code)).toEqual(['help-withdrawn']);
});
