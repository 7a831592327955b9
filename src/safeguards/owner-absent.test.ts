import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { ownerAbsent } from './owner-absent.ts';
import { reviewPinned } from './review-pinned.ts';

const id = 'owner-absent';

/** A room in which somebody owns as many open duties as there are reviews asked of them. */
function owning(staff: string, count: number): ControlRoom {
  const control = controlRoom([ownerAbsent, reviewPinned]);
  control.opens('i1', { grade: 'resolution' });
  for (let place = 1; place <= count; place += 1)
    control.does('supervisor-2', 'RequestReview', {
      review: `r${place}`,
      incident: 'i1',
      of: staff,
      question: 'look?',
    });
  return control;
}

const owners = (control: ControlRoom) => control.duties('review-pinned').map((duty) => duty.owner);
const state = (control: ControlRoom, staff: string) => control.room().staff.get(staff)?.state;

test('somebody who wants to go and owns something open stays until it is accepted, and is asked for at once', () => {
  const control = owning('handler-1', 2);
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  expect(state(control, 'handler-1')).toBe('leaving');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'supervisor' });
});

test('accepted item by item, the last acceptance lets them go', () => {
  const control = owning('handler-1', 2);
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  const [first, second] = control.duties('review-pinned').map((duty) => duty.id);
  control.does('handler-2', 'AcceptDuties', { duties: [first], to: 'handler-2' });
  expect(state(control, 'handler-1')).toBe('leaving');
  expect(control.duties(id)).toHaveLength(1);
  control.does('supervisor-1', 'AcceptDuties', { duties: [second], to: 'supervisor-1' });
  expect(state(control, 'handler-1')).toBe('off');
  expect(control.duties(id)).toEqual([]);
  expect(owners(control)).toEqual([{ staff: 'handler-2' }, { staff: 'supervisor-1' }]);
});

test('after five minutes what nobody took passes to a named supervisor and the sign-off completes', () => {
  const control = owning('handler-1', 3);
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  control.wait('4 min');
  expect(state(control, 'handler-1')).toBe('leaving');
  control.wait('1 min');
  expect(state(control, 'handler-1')).toBe('off');
  expect(owners(control)).toEqual(Array.from({ length: 3 }, () => ({ staff: 'supervisor-1' })));
  expect(control.duties(id)).toEqual([]);
  expect(control.facts('StaffSignedOff')).toHaveLength(1);
});

test('a supervisor who goes hands over to another supervisor', () => {
  const control = owning('supervisor-1', 1);
  control.does('supervisor-1', 'SignOff', { staff: 'supervisor-1' });
  control.wait('5 min');
  expect(owners(control)).toEqual([{ staff: 'supervisor-2' }]);
});

test('a break passes things on too, and coming back in time keeps them', () => {
  const control = owning('handler-1', 1);
  control.does('handler-1', 'StartBreak', { staff: 'handler-1' });
  control.wait('2 min');
  control.does('handler-1', 'EndBreak', { staff: 'handler-1' });
  expect(control.duties(id)).toEqual([]);
  control.does('handler-1', 'StartBreak', { staff: 'handler-1' });
  control.wait('5 min');
  expect(owners(control)).toEqual([{ staff: 'supervisor-1' }]);
  expect(state(control, 'handler-1')).toBe('break');
  expect(control.duties(id)).toEqual([]);
});

test('something else happening, and a part accepted, do not meet it', () => {
  const control = owning('handler-1', 2);
  control.does('handler-1', 'StartBreak', { staff: 'handler-1' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'noted' });
  control.does('dispatcher-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'more told' });
  expect(control.duties(id)).toHaveLength(1);
});

test('whoever owns nothing open comes and goes in silence', () => {
  const control = owning('handler-1', 0);
  control.does('handler-1', 'StartBreak', { staff: 'handler-1' });
  control.does('handler-2', 'SignOff', { staff: 'handler-2' });
  control.wait('1 h');
  expect(control.raised(id)).toEqual([]);
  expect(state(control, 'handler-2')).toBe('off');
});
