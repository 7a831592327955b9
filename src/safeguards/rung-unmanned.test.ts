import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { rungUnmanned } from './rung-unmanned.ts';
import { ungraded } from './ungraded.ts';

/** A room in which an ungraded incident climbs to a supervisor's rung. */
function climbing(off: readonly string[]): ControlRoom {
  const control = controlRoom([ungraded, rungUnmanned]);
  for (const staff of off) control.does(staff, 'SignOff', { staff });
  control.opens('i1');
  return control;
}

test('a rung that finds nobody is told to the next at once and alarms the FIM', () => {
  const control = climbing(['supervisor-1', 'supervisor-2']);
  control.wait('16 min');
  const [duty] = control.duties('rung-unmanned');
  expect(control.raised('rung-unmanned').map((one) => one.level)).toEqual(['alarm']);
  expect(duty?.owner).toEqual({ role: 'fim' });
  expect(duty?.why[0]?.params).toEqual({ role: 'supervisor', told: 'fim' });
});

test('with the FIM gone too it goes to the on-call officer', () => {
  const control = climbing(['supervisor-1', 'supervisor-2', 'fim-1']);
  control.wait('40 min');
  expect(control.rungs('rung-unmanned').at(-1)?.to).toBe('on-call');
  expect(control.raised('rung-unmanned')).toHaveLength(2);
});

test('it is one alarm of the room, however many duties find the rung empty', () => {
  const control = climbing(['supervisor-1', 'supervisor-2']);
  for (const incident of ['i2', 'i3', 'i4']) control.opens(incident);
  control.wait('20 min');
  expect(control.raised('rung-unmanned')).toHaveLength(1);
});

test('a supervisor signing on meets it, and so does a deputy whom the FIM names in their place', () => {
  for (const [who, staff, role] of [
    ['supervisor-1', 'supervisor-1', undefined],
    ['fim-1', 'dispatcher-1', 'supervisor'],
  ] as const) {
    const control = climbing(['supervisor-1', 'supervisor-2']);
    control.wait('16 min');
    const as = role === undefined ? {} : { role };
    control.does(who, 'SignOn', { staff, position: 'desk-s', ...as });
    expect(control.duties('rung-unmanned')).toEqual([]);
  }
});

test('coming back from a break meets it', () => {
  const control = climbing(['supervisor-2']);
  control.does('supervisor-1', 'StartBreak', { staff: 'supervisor-1' });
  control.wait('16 min');
  expect(control.duties('rung-unmanned')).toHaveLength(1);
  control.does('supervisor-1', 'EndBreak', { staff: 'supervisor-1' });
  expect(control.duties('rung-unmanned')).toEqual([]);
});

test('somebody signing on in another role, or taking the duty over, does not staff the rung', () => {
  const control = climbing(['supervisor-1', 'supervisor-2']);
  control.wait('16 min');
  control.does('handler-2', 'SignOn', { staff: 'handler-2', position: 'desk-h' });
  const duties = control.duties('rung-unmanned').map((duty) => duty.id);
  control.does('fim-1', 'AcceptDuties', { duties, to: 'fim-1' });
  expect(control.duties('rung-unmanned')).toHaveLength(1);
});

test('a staffed ladder raises nothing', () => {
  const control = climbing([]);
  control.wait('2 h');
  expect(control.rungs('ungraded')).toHaveLength(1);
  expect(control.duties('rung-unmanned')).toEqual([]);
});
