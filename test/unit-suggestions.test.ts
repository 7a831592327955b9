import { expect, test } from 'vitest';
import { controlRoom, noon } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { readLine } from '../src/console/command/line.ts';
import { unitSuggestions } from '../src/views/unit-suggestions.ts';
import type { UnitSuggestion } from '../src/views/unit-suggestions.ts';

const scene = { latitude: 55.7, longitude: 2.6 };

function atScene(): ControlRoom {
  const control = controlRoom([]);
  control.opens('i1', { grade: 'emergency' });
  control.opens('i2', { grade: 'priority' });
  control.does('handler-1', 'RecordLocation', {
    location: 'l1',
    incident: 'i1',
    source: 'caller',
    fix: { kind: 'point', ...scene, radiusM: 20 },
  });
  return control;
}

/** So many thousandths of a degree north of the scene, told so long ago. */
function positions(of: Readonly<Record<string, readonly [north: number, agoMs: number]>>) {
  return new Map(
    Object.entries(of).map(([unit, [north, agoMs]]) => {
      const latitude = scene.latitude + north / 1_000;
      return [unit, { unit, latitude, longitude: scene.longitude, errorM: 10, takenAt: noon - agoMs }];
    }),
  );
}

function suggested(control: ControlRoom, of: Parameters<typeof positions>[0] = {}): readonly UnitSuggestion[] {
  const incident = control.room().incidents.get('i1');
  if (incident === undefined) throw new Error('There is no i1.');
  return unitSuggestions(control.room(), incident, { now: noon, positions: positions(of) });
}

const units = (all: readonly UnitSuggestion[]): readonly string[] => all.map((one) => one.unit);

test('the nearest free unit stands first, and how far off it is is said in metres', () => {
  const all = suggested(atScene(), { 'unit-1': [30, 0], 'unit-2': [10, 0], 'unit-3': [20, 0] });
  expect(units(all)).toEqual(['unit-2', 'unit-3', 'unit-1']);
  expect(all[0]?.metres).toBeGreaterThan(1_100);
  expect(all[0]?.metres).toBeLessThan(1_125);
});

test('one whose position is old or not known comes after those that can be found, and says so', () => {
  const all = suggested(atScene(), { 'unit-1': [1, 5 * 60_000], 'unit-3': [90, 0] });
  expect(units(all)).toEqual(['unit-3', 'unit-1', 'unit-2']);
  expect(all.map((one) => one.against)).toEqual([[], ['position 5 min old'], ['position not known']]);
});

test('a unit on its way to something less could be diverted, and whom it leaves is said', () => {
  const control = atScene();
  control.opens('i3', { grade: 'emergency' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i2', unit: 'unit-1' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd3', incident: 'i3', unit: 'unit-2' });
  const all = suggested(control, { 'unit-1': [1, 0], 'unit-2': [1, 0], 'unit-3': [50, 0] });
  expect(all.map((one) => [one.unit, one.stands])).toEqual([
    ['unit-3', 'free'],
    ['unit-1', 'divertible'],
    ['unit-2', 'taken'],
  ]);
  expect(all[1]?.against).toEqual(['leaves i2 (Priority), nobody else goes']);
});

test('who goes there already stands before everybody', () => {
  const control = atScene();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-3' });
  expect(suggested(control)[0]).toMatchObject({ unit: 'unit-3', stands: 'sent-here' });
});

test('one officer alone is not what a marker for two officers asks for', () => {
  const control = atScene();
  control.does('owner-1', 'EnrolUnit', { unit: 'unit-4', skills: ['single-crewed'] });
  control.does('handler-1', 'Mention', {
    subject: 's1',
    identity: { kind: 'person', name: 'Aldwin Pettifer' },
    incident: 'i1',
    role: 'suspect',
  });
  expect(suggested(control).find((one) => one.unit === 'unit-4')?.against).toEqual(['position not known']);
  control.does('supervisor-1', 'SetMarker', {
    marker: 'm1',
    subject: 's1',
    kind: 'violent',
    reason: 'bites',
    owner: 'fim-1',
  });
  expect(suggested(control).find((one) => one.unit === 'unit-4')?.against).toContain(
    'one officer, and a marker asks for two',
  );
});

test('the command line offers units in the same order, with how far off they are and what speaks against them', () => {
  const control = atScene();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-3' });
  const sight = { room: control.room(), held: {}, common: [], positions: positions({ 'unit-2': [10, 0] }) };
  const offered = readLine('AssignUnit i1 ', sight).completions.map(({ value, says }) => [value, says]);
  expect(offered).toEqual([
    ['unit-2', 'unit: available, 1.1 km'],
    ['unit-1', 'unit: available, position not known'],
    ['unit-3', 'unit: assigned, position not known'],
  ]);
});

test('the command line offers first whom it could divert', () => {
  const control = atScene();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i2', unit: 'unit-3' });
  const sight = { room: control.room(), held: {}, common: [], positions: new Map() };
  const [first] = readLine('DivertUnit to=i1 ', sight).completions;
  expect(first?.value).toBe('unit-3');
  expect(first?.says).toContain('leaves i2 (Priority), nobody else goes');
});
