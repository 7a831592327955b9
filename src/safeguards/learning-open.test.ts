import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { learningOpen } from './learning-open.ts';

const id = 'learning-open';

function recorded(more: Record<string, unknown> = {}): ControlRoom {
  const control = controlRoom([learningOpen]);
  const lesson = { lesson: 'l1', author: 'The coroner', says: 'Calls from one street must be seen together' };
  control.does('fim-1', 'RecordLesson', { ...lesson, owner: { staff: 'fim-1' }, ...more });
  return control;
}

const answers = (control: ControlRoom, data: Record<string, unknown>) =>
  control.does('fim-1', 'AnswerLesson', { lesson: 'l1', reason: 'Since the first of the month', ...data }).kind;
const days = (control: ControlRoom) => control.raised(id).map((one) => (one.at - noon) / span('1 d'));

test('a lesson that nobody has answered is told to its owner two weeks before its time, and climbs at it', () => {
  const control = recorded();
  control.wait('60 d');
  expect(days(control)).toEqual([42]);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'fim-1' });
  expect(control.rungs(id)).toEqual([{ to: 'on-call', afterMs: span('56 d') }]);
});

test('its time runs from when it came, not from when it was typed in', () => {
  const control = recorded({ receivedAt: noon - span('50 d') });
  expect(days(control)).toEqual([0]);
  control.wait('6 d');
  expect(control.rungs(id)).toHaveLength(1);
});

test('an answer names the safeguard or policy that it changed, and ends it', () => {
  const control = recorded();
  expect(answers(control, { answer: 'changed' })).toBe('refused');
  expect(answers(control, { answer: 'changed', changes: ['place-cluster'] })).toBe('done');
  control.wait('90 d');
  expect(days(control)).toEqual([]);
  expect(answers(control, { answer: 'changed', changes: ['place-cluster'] })).toBe('refused');
});

test('that it is not accepted is said by a person, with a reason', () => {
  const control = recorded();
  expect(control.does('heed', 'AnswerLesson', { lesson: 'l1', answer: 'not-accepted', reason: 'old' }).kind).toBe(
    'refused',
  );
  expect(answers(control, { answer: 'not-accepted', reason: '-' })).toBe('refused');
  expect(answers(control, { answer: 'not-accepted', reason: 'The street is not ours any longer' })).toBe('done');
  expect(control.duties(id)).toEqual([]);
});
