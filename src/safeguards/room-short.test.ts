import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { roomShort } from './room-short.ts';
import { unresourced } from './unresourced.ts';

const id = 'room-short';

/** All three units are out at something else. */
function busy(): ControlRoom {
  const control = controlRoom([roomShort, unresourced]);
  for (const unit of ['unit-1', 'unit-2', 'unit-3'])
    control.does('dispatcher-1', 'SetUnitStatus', { unit, status: 'committed' });
  return control;
}

function queue(control: ControlRoom, count: number): void {
  for (let place = 1; place <= count; place += 1)
    control.opens(`i${place}`, { grade: 'priority', summary: `Window broken, number ${place}` });
}

const spoken = (control: ControlRoom) => control.raised(id).map((one) => one.level);
const plan = (control: ControlRoom, text: string) =>
  control.does('fim-1', 'PlanShortage', {
    until: noon + span(text),
    says: 'Two units from the north, low grades wait',
  });

test('no unit free and five who wait is one alarm to the force incident manager, with one list', () => {
  const control = busy();
  queue(control, 4);
  expect(spoken(control)).toEqual([]);
  control.opens('i5', { grade: 'emergency', summary: 'Man with a knife' });
  expect(spoken(control)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'fim' });
  const [reason] = control.duties(id)[0]?.why.slice(-1) ?? [];
  expect(reason?.params['list']).toMatch(/^Man with a knife; Window broken, number 1/);
  queue(control, 4);
  expect(spoken(control)).toEqual(['alarm']);
});

test('one who waits for an hour while nobody is free is enough', () => {
  const control = busy();
  queue(control, 1);
  control.wait('59 min');
  expect(spoken(control)).toEqual([]);
  control.wait('1 min');
  expect(spoken(control)).toEqual(['alarm']);
});

test('a busy hour with units to send is no shortage', () => {
  const control = controlRoom([roomShort]);
  queue(control, 20);
  control.wait('3 h');
  expect(spoken(control)).toEqual([]);
});

test('a unit that comes free before the list is long ends it unheard', () => {
  const control = busy();
  queue(control, 2);
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-2', status: 'available' });
  control.wait('2 h');
  expect(spoken(control)).toEqual([]);
});

test('a plan with an end meets it; the list is walked every half hour; the end of the plan is said', () => {
  const control = busy();
  queue(control, 5);
  expect(control.does('supervisor-1', 'PlanShortage', { until: noon + span('2 h'), says: 'wait' }).kind).toBe(
    'refused',
  );
  expect(plan(control, '20 h').kind).toBe('refused');
  plan(control, '2 h');
  control.wait('30 min');
  expect(spoken(control)).toEqual(['alarm', 'prompt']);
  control.does('fim-1', 'WalkList', { says: 'All looked at' });
  control.wait('29 min');
  expect(spoken(control)).toEqual(['alarm', 'prompt']);
  control.wait('1 min');
  expect(spoken(control)).toEqual(['alarm', 'prompt', 'prompt']);
  control.wait('1 h');
  expect(spoken(control)).toEqual(['alarm', 'prompt', 'prompt', 'alarm']);
});

function fimPrompts(control: ControlRoom): number {
  return control.facts('DutyOpened').filter((event) => (event.body as { key: string }).key === 'priority fim').length;
}

test('while it is known, the missed target of an ordinary matter asks the force incident manager nothing more', () => {
  const short = busy();
  queue(short, 5);
  short.wait('2 h');
  expect(fimPrompts(short)).toBe(0);
  const ordinary = controlRoom([roomShort, unresourced]);
  queue(ordinary, 1);
  ordinary.wait('2 h');
  expect(fimPrompts(ordinary)).toBe(1);
});

test('a role that nobody is left in is an alarm after five minutes, over when somebody is there again', () => {
  const control = controlRoom([roomShort]);
  control.does('dispatcher-1', 'StartBreak', { staff: 'dispatcher-1' });
  control.wait('4 min');
  expect(spoken(control)).toEqual([]);
  control.wait('1 min');
  expect(spoken(control)).toEqual(['alarm']);
  control.does('dispatcher-1', 'EndBreak', { staff: 'dispatcher-1' });
  expect(control.duties(id)).toEqual([]);
});

test('a break while others of the role are there says nothing', () => {
  const control = controlRoom([roomShort]);
  control.does('handler-1', 'StartBreak', { staff: 'handler-1' });
  control.wait('1 h');
  expect(spoken(control)).toEqual([]);
});
