import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { callerDismissed } from './caller-dismissed.ts';

const id = 'caller-dismissed';
const friend = { kind: 'person', name: 'Cara Example' };
const phone = { kind: 'phone', number: '07700 900463' };

/** The founding case: somebody rings from a hospital for a woman who was assaulted, and is put off. */
function putOff(control: ControlRoom): void {
  control.call('c1', { subjects: { friend: [friend, 'third-party'] } });
  const words = 'only she can report it, she needs to ring us herself';
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'redirected', words });
}

test('a third party who is put off before being heard prompts the handler at once and the supervisor at two', () => {
  const control = controlRoom([callerDismissed]);
  putOff(control);
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-1' });
  control.wait('2 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 2 * 60_000 }]);
});

test('a call on behalf of somebody else that ends with nothing recorded prompts', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1', { subjects: { friend: [friend, 'third-party'] } });
  expect(control.duties(id)).toEqual([]);
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  expect(control.duties(id)[0]?.why[0]?.code).toBe('third-party-unheard');
});

test('a caller in distress who is let go with nothing recorded prompts', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1');
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['crying'] });
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  expect(control.duties(id)[0]?.why[0]?.code).toBe('distress-unheard');
});

test('the third contact of a day from one number with nothing recorded prompts; the second does not', () => {
  const control = controlRoom([callerDismissed]);
  for (const contact of ['c1', 'c2']) control.call(contact, { subjects: { phone: [phone, 'caller'] }, ends: 'ended' });
  expect(control.duties(id)).toEqual([]);
  control.call('c3', { subjects: { phone: [phone, 'caller'] }, ends: 'ended' });
  expect(control.duties(id).map((one) => one.about)).toEqual(['contact:c3']);
});

test.each(['redirected', 'no-police-needed'])('telling %s to a caller who was not heard prompts', (telling) => {
  const control = controlRoom([callerDismissed]);
  control.call('c1');
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling, words: 'goodbye' });
  expect(control.duties(id)).toHaveLength(1);
});

test('words that put off count, whatever the telling is called', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1');
  const words = 'she needs to ring us herself';
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'advised', words });
  expect(control.duties(id)).toHaveLength(1);
});

test.each(['a statement', 'an incident'])('%s meets it', (what) => {
  const control = controlRoom([callerDismissed]);
  putOff(control);
  if (what === 'a statement')
    control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he hit her', speaker: 'third-party' });
  if (what === 'an incident') control.opens('i1', { contact: 'c1', summary: 'woman in hospital, hit by ex' });
  expect(control.duties(id)).toEqual([]);
});

test('a call back meets it once it has reached the caller', () => {
  const control = controlRoom([callerDismissed]);
  putOff(control);
  control.does('handler-2', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
  control.does('handler-2', 'RecordCallback', { callback: 'b1', result: 'no-answer' });
  expect(control.duties(id)).toHaveLength(1);
  control.does('handler-2', 'AttemptCallback', { callback: 'b2', contact: 'c1' });
  control.does('handler-2', 'RecordCallback', { callback: 'b2', result: 'spoke-to-caller' });
  expect(control.duties(id)).toEqual([]);
});

test('what a suspect says meets nothing, nor does ending the call', () => {
  const control = controlRoom([callerDismissed]);
  putOff(control);
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'she is fine', speaker: 'suspect' });
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  expect(control.duties(id)).toHaveLength(1);
  expect(control.raised(id)).toHaveLength(1);
});

test('a caller who was heard out may be sent elsewhere', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1', { words: 'my neighbour parks on the pavement' });
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'redirected', words: 'that is for the council' });
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  expect(control.duties(id)).toEqual([]);
});

test('silence only, and a contact that has its disposition, stay quiet', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1');
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['silence'] });
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  control.call('c2', { subjects: { friend: [friend, 'third-party'] } });
  control.does('handler-1', 'DisposeContact', { contact: 'c2', disposition: 'abuse-only', reason: 'shouted abuse' });
  control.does('handler-1', 'EndContact', { contact: 'c2' });
  expect(control.duties(id)).toEqual([]);
});

test('a disposition that needs a statement is refused without one, and abuse meets it', () => {
  const control = controlRoom([callerDismissed]);
  putOff(control);
  const signposted = { contact: 'c1', disposition: 'signposted', reason: 'told to ring herself' };
  expect(gatesOf(control.does('handler-1', 'DisposeContact', signposted))).toEqual([id]);
  expect(control.duties(id)).toHaveLength(1);
  const abuse = { contact: 'c1', disposition: 'abuse-only', reason: 'shouted abuse' };
  expect(control.does('handler-1', 'DisposeContact', abuse)).toEqual({ kind: 'done' });
  expect(control.duties(id)).toEqual([]);
});

test('an ordinary disposition of an ordinary call is not held up', () => {
  const control = controlRoom([callerDismissed]);
  control.call('c1', { ends: 'ended' });
  const advice = { contact: 'c1', disposition: 'advice', reason: 'opening hours' };
  expect(control.does('handler-1', 'DisposeContact', advice)).toEqual({ kind: 'done' });
});
