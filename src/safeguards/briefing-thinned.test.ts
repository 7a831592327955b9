import { expect, test } from 'vitest';
import { controlRoom, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { briefingThinned } from './briefing-thinned.ts';

const id = 'briefing-thinned';
const flat = { kind: 'place', premises: 'Flat 4', street: 'Larkspur Court', town: 'Ashmere' };
const other = { ...flat, premises: 'Flat 14' };

function sent(words: string, subjects: Record<string, readonly [unknown, string]> = {}): ControlRoom {
  const control = controlRoom([briefingThinned]);
  control.call('c1', { words, subjects: { flat: [flat, 'scene'], ...subjects } });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  return control;
}

function briefs(control: ControlRoom, told: readonly string[], more: Record<string, unknown> = {}): void {
  control.does('dispatcher-1', 'BriefUnit', { deployment: 'd1', told, ...more });
}

const levels = (control: ControlRoom) => control.raised(id).map((one) => one.level);
const knife = 'He has a knife and he is outside my door';

test('a told danger that the unit was not given alarms whoever briefed it, at once, and then a supervisor', () => {
  const control = sent(knife);
  briefs(control, ['Neighbour dispute, Flat 4']);
  expect(levels(control)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'dispatcher-1' });
  control.wait('2 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('1 min') }]);
});

test('told the rest, it ends; a unit that opens the whole incident on its own screen needs no telling', () => {
  const control = sent(knife);
  briefs(control, ['Neighbour dispute, Flat 4']);
  briefs(control, ['He has a knife, he is outside her door']);
  expect(control.duties(id)).toEqual([]);
  const onScreen = sent(knife);
  briefs(onScreen, ['Neighbour dispute, Flat 4']);
  onScreen.does('heed', 'OpenCard', { deployment: 'd1' });
  expect(onScreen.duties(id)).toEqual([]);
});

test('another address than the one that stands in the incident is an alarm', () => {
  const control = sent('There is shouting next door', { wrong: [other, 'third-party'] });
  briefs(control, ['Shouting, Flat 14'], { place: 'wrong' });
  expect(levels(control)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.why[0]?.code).toBe('other-place');
});

test('somebody to see who does not stand in the incident is an alarm', () => {
  const control = sent('There is shouting next door');
  control.does('handler-1', 'RecordSubject', { subject: 'ann', identity: { kind: 'person', name: 'Ann Orme' } });
  briefs(control, ['See Ann'], { place: 'flat', see: ['ann'] });
  expect(control.duties(id)[0]?.why[0]?.code).toBe('other-person');
});

test('a child or a warning that was left out is a prompt, after a minute in which it may still be said', () => {
  const control = sent('There is shouting next door', { kim: [{ kind: 'person', name: 'Kim' }, 'child'] });
  briefs(control, ['Shouting, Flat 4']);
  expect(levels(control)).toEqual([]);
  control.wait('1 min');
  expect(levels(control)).toEqual(['prompt']);
  briefs(control, ['Shouting, Flat 4', 'A child is there']);
  expect(control.duties(id)).toEqual([]);
});

test('a marker that warns of weapons is part of what a unit must be told', () => {
  const control = sent('There is shouting next door', { rob: [{ kind: 'person', name: 'Rob Vane' }, 'suspect'] });
  const marker = { marker: 'm1', subject: 'rob', kind: 'weapons', reason: 'Found with a gun', owner: 'fim-1' };
  control.does('specialist-1', 'SetMarker', marker);
  briefs(control, ['Shouting, Flat 4']);
  control.wait('1 min');
  expect(levels(control)).toEqual(['prompt']);
  briefs(control, ['Shouting, Flat 4'], { markers: ['weapons'] });
  expect(control.duties(id)).toEqual([]);
});

test('what is told after the briefing is told to the unit too', () => {
  const control = sent('There is shouting next door');
  briefs(control, ['Shouting, Flat 4']);
  control.wait('5 min');
  expect(levels(control)).toEqual([]);
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: knife });
  expect(levels(control)).toEqual(['alarm']);
});

test('a unit that was told what there is, at the right address, hears nothing more', () => {
  const control = sent(knife);
  briefs(control, ['Man with a knife outside her door, he has a knife'], { place: 'flat' });
  control.wait('30 min');
  expect(levels(control)).toEqual([]);
});

test('where nothing is on record of what a unit was given, nothing is said of it', () => {
  const control = sent(knife);
  control.wait('30 min');
  expect(levels(control)).toEqual([]);
});
