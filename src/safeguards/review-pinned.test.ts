import { expect, test } from 'vitest';
import { controlRoom, gatesOf, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { reviewPinned } from './review-pinned.ts';

const id = 'review-pinned';

function asked(of?: string): ControlRoom {
  const control = controlRoom([reviewPinned]);
  control.opens('i1', { grade: 'resolution' });
  control.opens('i2', { grade: 'resolution' });
  control.does('handler-1', 'RequestReview', { review: 'r1', incident: 'i1', of, question: 'is this graded right?' });
  return control;
}

const close = { incident: 'i1', code: 'advice', reason: 'done' };
const answer = (effect: string, review = 'r1') => ({ review, effect, reason: 'read it' });

test('it prompts whoever was asked, is due in ten minutes and climbs ten minutes after', () => {
  const control = asked('supervisor-1');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'supervisor-1' });
  expect(control.duties(id)[0]?.incident).toBe('i1');
  control.wait('20 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('20 min') }]);
});

test('asked of nobody by name it is the supervisor who must look', () => {
  expect(asked().duties(id)[0]?.owner).toEqual({ role: 'supervisor' });
});

test('until it is answered the incident is neither closed nor merged', () => {
  const control = asked();
  expect(gatesOf(control.does('dispatcher-1', 'CloseIncident', close))).toEqual([id]);
  const join = { incident: 'i1', into: 'i2', reason: 'same' };
  expect(gatesOf(control.does('dispatcher-1', 'JoinIncidents', join))).toEqual([id]);
  control.does('supervisor-1', 'AnswerReview', answer('changed'));
  expect(control.duties(id)).toEqual([]);
  expect(control.does('dispatcher-1', 'CloseIncident', close)).toEqual({ kind: 'done' });
});

test('another incident may be merged into it, and closes as ever', () => {
  const control = asked();
  const join = { incident: 'i2', into: 'i1', reason: 'same' };
  expect(control.does('dispatcher-1', 'JoinIncidents', join)).toEqual({ kind: 'done' });
});

test('an entry, or a look by the very person who asked, is no answer', () => {
  const control = asked();
  control.does('supervisor-1', 'AddEntry', { incident: 'i1', text: 'looked' });
  control.does('handler-1', 'AnswerReview', answer('no-change'));
  expect(control.duties(id)).toHaveLength(1);
});

test('one look by somebody else that changes nothing answers with its reason', () => {
  const control = asked();
  control.does('supervisor-1', 'AnswerReview', answer('no-change'));
  expect(control.duties(id)).toEqual([]);
  expect(control.does('dispatcher-1', 'CloseIncident', close)).toEqual({ kind: 'done' });
});

test('a second look that changes nothing goes to the next rank, and pins the incident until that answers', () => {
  const control = asked();
  control.does('supervisor-1', 'AnswerReview', answer('no-change'));
  control.does('handler-2', 'RequestReview', { review: 'r2', incident: 'i1', question: 'again?' });
  control.does('supervisor-1', 'AnswerReview', answer('no-change', 'r2'));
  expect(control.duties(id).map((duty) => duty.owner)).toEqual([{ role: 'fim' }]);
  expect(gatesOf(control.does('dispatcher-1', 'CloseIncident', close))).toEqual([id]);
  control.does('supervisor-2', 'AnswerReview', answer('no-change', 'r2'));
  expect(control.duties(id)).toHaveLength(1);
  control.does('fim-1', 'AnswerReview', answer('no-change', 'r2'));
  expect(control.duties(id)).toEqual([]);
});

test('an incident nobody asked about raises nothing', () => {
  const control = controlRoom([reviewPinned]);
  control.opens('i1', { grade: 'resolution' });
  expect(control.does('handler-1', 'CloseIncident', close)).toEqual({ kind: 'done' });
  expect(control.raised()).toEqual([]);
});
