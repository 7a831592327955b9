import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { promiseUnkept } from './promise-unkept.ts';

const id = 'promise-unkept';

interface Given {
  readonly what?: string;
  readonly dueAt?: number;
  readonly words?: string;
  readonly grade?: string;
}

function promised({ what = 'call-back', dueAt, words = 'my shed was broken into', grade }: Given = {}): ControlRoom {
  const control = controlRoom([promiseUnkept]);
  control.call('c1', { words, ends: 'ended' });
  control.opens('i1', { contact: 'c1', ...(grade === undefined ? {} : { grade }) });
  const time = dueAt === undefined ? {} : { dueAt };
  control.does('handler-1', 'MakePromise', { promise: 'p1', contact: 'c1', what, words: 'we will ring you', ...time });
  return control;
}

function heard(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.raised(id).map((one) => [one.level, (one.at - noon) / 60_000]);
}

test('a promise with a time prompts who made it when the time comes, and the supervisor ten minutes later', () => {
  const control = promised({ dueAt: noon + span('1 h') });
  control.wait('59 min');
  expect(heard(control)).toEqual([]);
  control.wait('12 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('70 min') }]);
});

test('untimed, what the room does itself is due in five minutes', () => {
  const control = promised();
  control.wait('6 min');
  expect(heard(control)).toEqual([['prompt', 5]]);
});

test('untimed, attendance is due at the target of the grade and belongs to the dispatcher', () => {
  const control = promised({ what: 'attend', grade: 'priority' });
  control.wait('61 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'dispatcher' });
});

test('attendance promised before there was a grade is due by the grade that is given', () => {
  const control = promised({ what: 'attend' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'as reported' });
  control.wait('59 min');
  expect(heard(control)).toEqual([]);
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
});

test('it is an alarm where danger was told, before the promise or after it', () => {
  const before = promised({ words: 'he said he will kill me' });
  before.wait('6 min');
  expect(heard(before)).toEqual([['alarm', 5]]);
  const after = promised({ dueAt: noon + span('30 min') });
  after.call('c2', { words: 'he said he will kill me', ends: 'ended' });
  after.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  after.wait('31 min');
  expect(heard(after).at(-1)).toEqual(['alarm', 30]);
});

test('a promise that is kept is silent', () => {
  const control = promised({ what: 'pass-on' });
  control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'mail sent' });
  control.wait('1 h');
  expect(heard(control)).toEqual([]);
  expect(control.duties(id)).toEqual([]);
});

test('arrival keeps a promise to come; being assigned does not', () => {
  const control = promised({ what: 'attend', grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  expect(control.duties(id)).toEqual([]);
});

test('speaking to the caller keeps a promise to ring back; a ring without an answer does not', () => {
  const control = promised();
  control.does('handler-1', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
  control.does('handler-1', 'RecordCallback', { callback: 'b1', result: 'no-answer' });
  expect(control.duties(id)).toHaveLength(1);
  control.does('handler-1', 'AttemptCallback', { callback: 'b2', contact: 'c1' });
  control.does('handler-1', 'RecordCallback', { callback: 'b2', result: 'spoke-to-caller' });
  expect(control.duties(id)).toEqual([]);
});

test('a unit at the door does not keep a promise to ring back', () => {
  const control = promised({ grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  expect(control.duties(id)).toHaveLength(1);
});

test('another promise kept does not meet it', () => {
  const control = promised();
  const other = { promise: 'p2', contact: 'c1', what: 'pass-on', words: 'we will tell the council' };
  control.does('handler-1', 'MakePromise', other);
  control.does('handler-1', 'KeepPromise', { promise: 'p2', how: 'mail sent' });
  expect(control.duties(id).map((duty) => duty.about)).toEqual(['promise:p1']);
});

test('withdrawing it is refused until the person was told and their answer is recorded', () => {
  const control = promised();
  const withdrawal = { promise: 'p1', reason: 'no longer needed' };
  const untold = control.does('supervisor-1', 'WithdrawPromise', { ...withdrawal, personTold: false });
  expect(gatesOf(untold)).toEqual([id]);
  const unanswered = control.does('supervisor-1', 'WithdrawPromise', { ...withdrawal, personTold: true });
  expect(gatesOf(unanswered)).toEqual([id]);
  expect(control.duties(id)).toHaveLength(1);
  const told = { ...withdrawal, personTold: true, answer: 'she will go to her sister' };
  expect(control.does('supervisor-1', 'WithdrawPromise', told).kind).toBe('done');
  expect(control.duties(id)).toEqual([]);
});

test('withdrawn by an override without telling them, it asks at once that they be told', () => {
  const control = promised({ dueAt: noon + span('5 h') });
  const withdrawal = { promise: 'p1', personTold: false, reason: 'nobody to send' };
  control.does('fim-1', 'WithdrawPromise', withdrawal, 'line is dead');
  expect(heard(control)).toEqual([['prompt', 0]]);
  expect(control.duties(id)[0]?.why[0]?.code).toBe('withdrawn-untold');
  const told = { ...withdrawal, personTold: true, answer: 'understood' };
  control.does('fim-1', 'WithdrawPromise', told);
  expect(control.duties(id)).toEqual([]);
});
