import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { callerCutOff } from './caller-cut-off.ts';
import { contactFlowAbnormal } from './contact-flow-abnormal.ts';

const id = 'contact-flow-abnormal';

function expecting(contacts: number, lost = 0): ControlRoom {
  const control = controlRoom([callerCutOff, contactFlowAbnormal]);
  expects(control, 0, contacts, lost);
  return control;
}

function expects(control: ControlRoom, hours: number, contacts: number, lost = 0): void {
  const from = noon + span(`${hours} h`);
  control.does('heed', 'ExpectContacts', { from, until: from + span('1 h'), contacts, lost });
}

let called = 0;
function call(control: ControlRoom, count: number, ending = 'ended'): void {
  for (let place = 0; place < count; place += 1) {
    called += 1;
    control.call(`c${called}`, { ends: ending });
  }
}

const levels = (control: ControlRoom) => control.raised(id).map((one) => one.level);

test('an hour that brings a hundred and brought five is one alarm at its end', () => {
  const control = expecting(100);
  call(control, 5);
  control.wait('59 min');
  expect(levels(control)).toEqual([]);
  control.wait('1 min');
  expect(levels(control)).toEqual(['alarm']);
  expect(control.raised(id)[0]?.about).toBe('room');
});

test('an hour at half of what is usual is chance, and a night in which two ring is silent when nobody does', () => {
  const half = expecting(100);
  call(half, 50);
  half.wait('2 h');
  const night = expecting(2);
  night.wait('2 h');
  expect([levels(half), levels(night)]).toEqual([[], []]);
});

test('calls that break off one after another are one alarm and one list, the oldest first, not an alarm each', () => {
  const control = expecting(100, 2);
  call(control, 30, 'abandoned');
  control.wait('10 min');
  expect(levels(control)).toEqual(['alarm']);
  const asked = control.duties(id)[0]?.asks.map((one) => one.command);
  expect(asked?.filter((one) => one === 'AttemptCallback')).toHaveLength(10);
  expect(control.duties('caller-cut-off').length).toBeLessThan(15);
});

test('a call with distress stands by itself, flow or no flow', () => {
  const control = expecting(100, 2);
  call(control, 15, 'abandoned');
  control.call('c-scream');
  control.does('handler-1', 'RecordObservation', { contact: 'c-scream', observations: ['scream'] });
  control.does('heed', 'EndContact', { contact: 'c-scream', ending: 'cut-off' });
  expect(control.raised('caller-cut-off').map((one) => one.about)).toContain('contact:c-scream');
});

test('what is opened meanwhile says that its location is not to be relied on', () => {
  const control = expecting(100);
  control.wait('1 h');
  control.opens('i1', { grade: 'priority' });
  expect(control.notes(id)).toEqual(['location-unreliable']);
});

test('it is over only when the flow is normal and the list was worked off, and a person says how', () => {
  const control = expecting(100);
  call(control, 3, 'abandoned');
  control.wait('1 h');
  expects(control, 1, 100);
  control.wait('1 h');
  const end = { reconciled: 'With the operator’s list of failed calls' };
  expect(control.does('handler-1', 'EndFlowFault', end).kind).toBe('refused');
  expects(control, 2, 100);
  control.wait('30 min');
  expect(gatesOf(control.does('supervisor-1', 'EndFlowFault', end))).toEqual([id]);
  call(control, 60);
  call(control, 1, 'abandoned');
  expect(control.does('supervisor-1', 'EndFlowFault', end).kind).toBe('refused');
  expect(control.duties(id)).not.toEqual([]);
  control.does('handler-1', 'OpenIncident', { incident: 'i1', contact: `c${called}`, summary: 'Rung back, a visit' });
  expect(control.does('supervisor-1', 'EndFlowFault', end).kind).toBe('done');
  expect(control.duties(id)).toEqual([]);
});

test('where nobody counts what is usual, nothing is said of it', () => {
  const control = controlRoom([contactFlowAbnormal]);
  call(control, 40, 'abandoned');
  control.wait('1 d');
  expect(levels(control)).toEqual([]);
});
