import { expect, test } from 'vitest';
import { controlRoom, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { messageUnacknowledged } from './message-unacknowledged.ts';

const id = 'message-unacknowledged';

function sent(message: Readonly<Record<string, unknown>>, incident: { grade?: string } = {}): ControlRoom {
  const control = controlRoom([messageUnacknowledged]);
  control.opens('i1', incident);
  control.does('dispatcher-1', 'SendMessage', {
    message: 'm1',
    incident: 'i1',
    text: 'confirm you are going',
    ...message,
  });
  return control;
}

const toUnit = { unit: 'unit-1' };

test.each([
  ['emergency', 30, 60, 'alarm'],
  ['prompt', 120, 240, 'prompt'],
  ['routine', 600, 1_200, 'prompt'],
])('%s: after %s seconds it is sent again and its sender told, the supervisor after %s', (urgency, at, rung, level) => {
  const control = sent({ ...toUnit, urgency });
  control.wait('21 min');
  expect(control.raised(id).map((one) => [one.level, (one.at - noon) / 1_000])).toEqual([[level, at]]);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'dispatcher-1' });
  expect((control.facts('MessageResent')[0]?.at ?? 0) - noon).toBe(at * 1_000);
  expect(control.rungs(id)[0]).toEqual({ to: 'supervisor', afterMs: rung * 1_000 });
});

test('it is sent again three times at most', () => {
  const control = sent({ ...toUnit, urgency: 'emergency' });
  control.wait('1 h');
  expect(control.facts('MessageResent')).toHaveLength(3);
});

test('an ordinary message about an emergency is an alarm', () => {
  const control = sent(toUnit, { grade: 'emergency' });
  control.wait('3 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('acknowledged in time it is silent', () => {
  const control = sent(toUnit);
  control.wait('1 min');
  control.does('constable-1', 'AcknowledgeMessage', { message: 'm1' });
  control.wait('1 h');
  expect(control.raised(id)).toEqual([]);
});

test('a message that needs no answer is never asked about', () => {
  const control = sent({ ...toUnit, needsAnswer: false });
  control.wait('1 h');
  expect(control.duties(id)).toEqual([]);
});

test('the receipt of a machine is no answer', () => {
  const control = sent(toUnit);
  control.does('heed', 'AcknowledgeMessage', { message: 'm1' });
  expect(control.duties(id)).toHaveLength(1);
});

test('the sender may record the voice of a unit, but not answer for a desk', () => {
  const radio = sent(toUnit);
  radio.does('dispatcher-1', 'AcknowledgeMessage', { message: 'm1' });
  expect(radio.duties(id)).toEqual([]);
  const desk = sent({ to: { role: 'supervisor' } });
  desk.does('dispatcher-1', 'AcknowledgeMessage', { message: 'm1' });
  expect(desk.duties(id)).toHaveLength(1);
  desk.does('supervisor-1', 'AcknowledgeMessage', { message: 'm1' });
  expect(desk.duties(id)).toEqual([]);
});

test('the answer to another message, or the unit setting out, does not meet it', () => {
  const control = sent(toUnit);
  control.does('dispatcher-1', 'SendMessage', { message: 'm2', incident: 'i1', ...toUnit, text: 'and again' });
  control.does('constable-1', 'AcknowledgeMessage', { message: 'm2' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  expect(control.duties(id).map((duty) => duty.about)).toEqual(['message:m1']);
});

test('it is not dropped because its incident closed', () => {
  const control = sent(toUnit);
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'done' });
  control.wait('3 min');
  expect(control.raised(id)).toHaveLength(1);
});

test('a message to a desk where nobody sits goes to the supervisors at once', () => {
  const control = sent({ to: { role: 'archive-desk' } });
  expect(control.raised(id).map((one) => one.at)).toEqual([noon]);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'supervisor' });
  expect(control.duties(id)[0]?.why[0]?.code).toBe('nobody-reads-it');
});

function mailed(words: string): ControlRoom {
  const control = controlRoom([messageUnacknowledged]);
  control.does('heed', 'PresentContact', { contact: 'c1', channel: 'partner-mail' });
  control.does('heed', 'RecordStatement', { contact: 'c1', words, speaker: 'partner-agency' });
  return control;
}

test('a partner’s mail about a threat to somebody’s life alarms when nobody opens it', () => {
  const control = mailed('he told the ward that he will kill her');
  control.wait('3 min');
  expect(control.raised(id)).toMatchObject([{ level: 'alarm', about: 'contact:c1' }]);
  control.does('handler-1', 'AnswerContact', { contact: 'c1' });
  expect(control.duties(id)).toEqual([]);
});

test('a partner’s mail about routine matters is quiet', () => {
  const control = mailed('please find attached the minutes of our meeting');
  control.wait('1 h');
  expect(control.duties(id)).toEqual([]);
});
