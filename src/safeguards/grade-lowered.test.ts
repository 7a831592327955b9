import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { elements } from '../room/assessment.ts';
import type { Outcome } from '../room/step.ts';
import { gradeLowered } from './grade-lowered.ts';

const phone = { kind: 'phone', number: '01632 960 001' };

interface Opened {
  readonly grade?: string;
  readonly words?: string;
  readonly kinds?: readonly string[];
  readonly ends?: string;
}

function open({
  grade = 'priority',
  words = 'my shed was broken into',
  kinds = [],
  ends = 'ended',
}: Opened = {}): ControlRoom {
  const control = controlRoom([gradeLowered]);
  control.call('c1', { words, ends });
  control.opens('i1', { contact: 'c1', kinds, grade, summary: words });
  control.wait('1 min');
  return control;
}

function assesses(control: ControlRoom, some: readonly string[] = elements, incident = 'i1'): void {
  const texts = Object.fromEntries(some.map((element) => [element, 'weighed again']));
  control.does('handler-1', 'Assess', { incident, elements: texts, level: 'low' });
}

const lower = { incident: 'i1', grade: 'scheduled', reason: 'the owner found it was his brother' };

/** What stands in the way, by its code. */
function codes(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : [];
}

let count = 0;

/** Proposed by one, approved by another. */
function byTwo(
  control: ControlRoom,
  who: readonly [string, string],
  command: { type: string; data: unknown },
): Outcome {
  count += 1;
  const decision = `dec-${count}`;
  control.does(who[0], 'Propose', { decision, command, reason: 'see the log' });
  return control.does(who[1], 'Approve', { decision, reason: 'read and agreed' });
}

test('a supervisor lowers an ordinary incident after a new assessment, with what has changed', () => {
  const control = open();
  assesses(control);
  expect(control.does('supervisor-1', 'SetGrade', lower).kind).toBe('done');
  expect(control.room().incidents.get('i1')?.grade.current).toBe('scheduled');
});

test('without a new assessment it is refused, and the refusal says what has not been weighed', () => {
  const control = open();
  const outcome = control.does('supervisor-1', 'SetGrade', lower);
  expect(codes(outcome)).toEqual(['assess-first']);
  const gate = outcome.kind === 'refused' ? outcome.gates[0] : undefined;
  expect(gate?.why.params['newest']).toBe('my shed was broken into');
  expect(gate?.asks[0]).toEqual({ command: 'Assess', with: { incident: 'i1' } });
});

test('an assessment that leaves an element out, or is older than the grade, is not a new one', () => {
  const partial = open();
  assesses(partial, elements.slice(1));
  expect(codes(partial.does('supervisor-1', 'SetGrade', lower))).toEqual(['assess-first']);
  const older = controlRoom([gradeLowered]);
  older.opens('i1');
  assesses(older);
  older.wait('1 min');
  older.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'as reported' });
  expect(codes(older.does('supervisor-1', 'SetGrade', lower))).toEqual(['assess-first']);
});

test('something told after the assessment has to be weighed first; a routine entry has not', () => {
  const control = open();
  assesses(control);
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'front door is green' });
  control.call('c2', { words: 'he has come back', ends: 'ended' });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toContain('assess-first');
  assesses(control);
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'gate is open' });
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toEqual([]);
});

test('somebody without the authority is refused, and may propose it to somebody who has it', () => {
  const control = open();
  assesses(control);
  expect(codes(control.does('handler-1', 'SetGrade', lower))).toEqual(['authority']);
  expect(byTwo(control, ['handler-1', 'supervisor-1'], { type: 'SetGrade', data: lower }).kind).toBe('done');
});

test.each([
  ['domestic', { kinds: ['domestic'] }],
  ['told of an ex', { words: 'my ex husband is outside' }],
  ['child', { kinds: ['child'] }],
  ['vulnerable', { kinds: ['vulnerable-adult'] }],
  ['missing', { kinds: ['missing'] }],
  ['cut off', { ends: 'cut-off' }],
])('a second person is needed where it is %s', (_name, how) => {
  const control = open(how);
  assesses(control);
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toEqual(['second-person']);
  const two = byTwo(control, ['supervisor-1', 'supervisor-2'], { type: 'SetGrade', data: lower });
  expect(two.kind).toBe('done');
});

test('a marker on somebody in it needs a second person', () => {
  const control = open();
  control.does('handler-1', 'Mention', { subject: 's1', identity: phone, incident: 'i1', role: 'caller' });
  const marker = { marker: 'm1', subject: 's1', kind: 'vulnerable', reason: 'lives alone', owner: 'specialist-1' };
  control.does('specialist-1', 'SetMarker', marker);
  assesses(control);
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toEqual(['second-person']);
});

test('a number that has rung before needs a second person, one that rings once does not', () => {
  const caller = { s1: [phone, 'caller'] } as const;
  const control = controlRoom([gradeLowered]);
  control.call('c1', { words: 'my shed was broken into', subjects: caller, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  assesses(control);
  expect(codes(control.does('dispatcher-1', 'SetGrade', lower))).toEqual(['authority']);
  control.call('c2', { words: 'it happened again', subjects: caller, ends: 'ended' });
  assesses(control);
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toEqual(['second-person']);
});

test('rank exempts nobody: the FIM needs a second person too', () => {
  const control = open({ kinds: ['domestic'] });
  assesses(control);
  expect(codes(control.does('fim-1', 'SetGrade', lower))).toEqual(['second-person']);
});

test('the second person is never one who spoke to the caller, and the first one needs the authority', () => {
  const control = open({ kinds: ['domestic'] });
  control.does('supervisor-2', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
  control.does('supervisor-2', 'RecordCallback', { callback: 'b1', result: 'spoke-to-caller' });
  assesses(control);
  const command = { type: 'SetGrade', data: lower };
  expect(codes(byTwo(control, ['supervisor-1', 'supervisor-2'], command))).toEqual(['second-person']);
  expect(codes(byTwo(control, ['dispatcher-1', 'fim-1'], command))).toEqual(['authority']);
  expect(byTwo(control, ['supervisor-1', 'fim-1'], command).kind).toBe('done');
});

test.each([
  ['Officers have already been there', 'already been'],
  ['No units until the late turn', 'no units'],
  ['Caller is CALMER now', 'calmer'],
  ['hoax caller last week', 'hoax caller'],
  ['she is unwell, known to us', 'unwell'],
  ['with another agency', 'with another agency'],
  ['ambulance attending', 'ambulance attending'],
])('“%s” never suffices', (reason, quote) => {
  const control = open();
  assesses(control);
  const outcome = control.does('supervisor-1', 'SetGrade', { ...lower, reason });
  expect(codes(outcome)).toEqual(['never-suffices']);
  expect(outcome.kind === 'refused' && outcome.gates[0]?.why.params['quote']).toBe(quote);
});

test('words that only hold such a phrase inside another word are no such reason', () => {
  const control = open();
  assesses(control);
  const reason = 'The unwelcome visitor was arrested at 11:40';
  expect(control.does('supervisor-1', 'SetGrade', { ...lower, reason }).kind).toBe('done');
});

test('a reason of no letters, or the earlier one again, does not answer the earlier reasoning', () => {
  for (const reason of [' - ', 'As Reported ']) {
    const control = open();
    assesses(control);
    const outcome = control.does('supervisor-1', 'SetGrade', { ...lower, reason });
    expect(codes(outcome)).toEqual(['unanswered']);
    expect(outcome.kind === 'refused' && outcome.gates[0]?.why.params['earlier']).toBe('as reported');
  }
});

test('raising, and coding again at one level, are never refused', () => {
  const control = open();
  expect(control.does('handler-1', 'SetGrade', { ...lower, grade: 'priority', reason: 'no units' }).kind).toBe('done');
  expect(control.does('handler-1', 'SetGrade', { ...lower, grade: 'emergency', reason: 'x' }).kind).toBe('done');
});

test('the FIM may override with a reason, and that is on record', () => {
  const control = open();
  expect(control.does('fim-1', 'SetGrade', lower, 'three live emergencies').kind).toBe('done');
  expect(control.facts('GateOverridden')[0]?.body).toMatchObject({ safeguards: ['grade-lowered'] });
});

function floored(): ControlRoom {
  const control = open();
  const transfer = { transfer: 't1', incident: 'i1', partner: 'north-force', needs: ['welfare'], words: 'woman alone' };
  control.does('handler-1', 'ReceiveTransfer', { ...transfer, grade: 'emergency' });
  return control;
}

test('the grade of the sending force is the least here until two people lift it', () => {
  const control = floored();
  expect(control.floors('i1')).toEqual(['grade-lowered emergency']);
  const lift = { incident: 'i1', safeguard: 'grade-lowered', reason: 'they have found her at home' };
  expect(codes(control.does('supervisor-1', 'LiftFloor', lift))).toEqual(['assess-first', 'second-person']);
  expect(codes(control.does('supervisor-1', 'SetGrade', lower))).toContain('second-person');
  assesses(control);
  expect(byTwo(control, ['supervisor-1', 'supervisor-2'], { type: 'LiftFloor', data: lift }).kind).toBe('done');
});

test('a transfer without a grade, or graded for no attendance, sets no floor', () => {
  const control = open();
  const transfer = { incident: 'i1', partner: 'north-force', needs: ['crime'], words: 'for information' };
  control.does('handler-1', 'ReceiveTransfer', { ...transfer, transfer: 't1' });
  control.does('handler-1', 'ReceiveTransfer', { ...transfer, transfer: 't2', grade: 'resolution' });
  expect(control.floors('i1')).toEqual([]);
});

function sent(control: ControlRoom, deployment: string, unit: string, incident = 'i1'): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident, unit });
}

test('standing the only unit down is refused like a lowering', () => {
  const control = open({ kinds: ['domestic'] });
  sent(control, 'd1', 'unit-1');
  const stand = { deployment: 'd1', reason: 'he has left' };
  expect(codes(control.does('dispatcher-1', 'StandDown', stand))).toEqual([
    'assess-first',
    'authority',
    'second-person',
  ]);
  assesses(control);
  expect(byTwo(control, ['supervisor-1', 'fim-1'], { type: 'StandDown', data: stand }).kind).toBe('done');
});

test('standing one down while another goes, or once it was there, is never refused', () => {
  const control = open();
  sent(control, 'd1', 'unit-1');
  sent(control, 'd2', 'unit-2');
  expect(control.does('dispatcher-1', 'StandDown', { deployment: 'd1', reason: 'unit-2 is nearer' }).kind).toBe('done');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd2' });
  expect(control.does('dispatcher-1', 'StandDown', { deployment: 'd2', reason: 'done' }).kind).toBe('done');
});

test('diverting the only unit, between emergencies too, is never refused', () => {
  const control = open({ grade: 'emergency', kinds: ['domestic'] });
  control.opens('i2', { grade: 'emergency' });
  sent(control, 'd1', 'unit-1');
  const divert = { deployment: 'd2', unit: 'unit-1', to: 'i2', reason: 'stabbing' };
  expect(control.does('dispatcher-1', 'DivertUnit', divert).kind).toBe('done');
  sent(control, 'd3', 'unit-1');
  expect(control.facts('CommandRefused')).toEqual([]);
});

test('a decision to send nobody is a lowering for each incident of it that is owed somebody', () => {
  const control = open();
  control.opens('i2', { grade: 'resolution' });
  control.opens('i3', { grade: 'resolution', kinds: ['domestic'] });
  control.opens('i4');
  control.does('handler-1', 'SetKinds', { incident: 'i4', add: ['nuisance'] });
  const decide = { incidents: ['i1', 'i2', 'i3', 'i4'], send: false, reason: 'one firework, all agree' };
  const outcome = control.does('supervisor-1', 'DecideAttendance', decide);
  const named = outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.params['incident']) : [];
  expect(new Set(named)).toEqual(new Set(['i1', 'i3', 'i4']));
  expect(control.does('dispatcher-1', 'DecideAttendance', { ...decide, send: true }).kind).toBe('done');
  const low = { ...decide, incidents: ['i2'] };
  expect(control.does('dispatcher-1', 'DecideAttendance', low).kind).toBe('done');
});

test('a proposal waits on the list of the supervisors at the higher grade until somebody decides it', () => {
  const control = open();
  const command = { type: 'SetGrade', data: lower };
  control.does('handler-1', 'Propose', { decision: 'd1', command, reason: 'see the log' });
  control.does('handler-1', 'Propose', { decision: 'd2', command, reason: 'see the log' });
  control.does('handler-1', 'Propose', { decision: 'd3', command: { type: 'Defer', data: {} }, reason: 'later' });
  expect(control.duties('grade-lowered').map((duty) => duty.about)).toEqual(['decision:d1', 'decision:d2']);
  control.wait('16 min');
  expect(control.rungs('grade-lowered').map((one) => one.to)).toEqual(['fim', 'fim']);
  expect(control.room().incidents.get('i1')?.grade.current).toBe('priority');
  control.does('supervisor-1', 'Approve', { decision: 'd1', reason: 'agreed' });
  expect(control.duties('grade-lowered')).toHaveLength(2);
  assesses(control);
  control.does('supervisor-1', 'Approve', { decision: 'd1', reason: 'agreed' });
  control.does('supervisor-1', 'Decline', { decision: 'd2', reason: 'done already' });
  expect(control.duties('grade-lowered')).toEqual([]);
});
