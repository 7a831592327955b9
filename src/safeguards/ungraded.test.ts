import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import { ungraded } from './ungraded.ts';

test('an incident that nobody grades prompts its taker after ten minutes and its supervisor five later', () => {
  const control = controlRoom([ungraded]);
  control.call('c1', { words: 'there is a car parked across my drive', ends: 'ended' });
  control.opens('i1', { contact: 'c1' });
  control.wait('9 min');
  expect(control.raised('ungraded')).toEqual([]);
  control.wait('7 min');
  expect(control.raised('ungraded').map((one) => one.level)).toEqual(['prompt']);
  expect(control.rungs('ungraded')).toEqual([{ to: 'supervisor', afterMs: 15 * 60_000 }]);
});

test('while the caller is still on the line it speaks after three minutes', () => {
  const control = controlRoom([ungraded]);
  control.call('c1', { words: 'there is a car parked across my drive' });
  control.opens('i1', { contact: 'c1' });
  control.wait('3 min');
  expect(control.raised('ungraded')).toHaveLength(1);
});

test('it stays silent when the incident is graded in time', () => {
  const control = controlRoom([ungraded]);
  control.call('c1', { words: 'there is a car parked across my drive' });
  control.opens('i1', { contact: 'c1' });
  control.wait('2 min');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'obstruction' });
  control.wait('2 h');
  expect(control.raised('ungraded')).toEqual([]);
});

test('it stays silent when a unit is sent before anybody gives a grade', () => {
  const control = controlRoom([ungraded]);
  control.call('c1', { words: 'he is outside' });
  control.opens('i1', { contact: 'c1' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.wait('2 h');
  expect(control.raised('ungraded')).toEqual([]);
});
