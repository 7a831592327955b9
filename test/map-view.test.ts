import { expect, test } from 'vitest';
import type { UnitPosition } from '../src/room/unit-position.ts';
import { mapView, oldMs } from '../src/views/map.ts';
import { controlRoom } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';

function located(control: ControlRoom, location: string, more: Readonly<Record<string, unknown>>): void {
  control.does('dispatcher-1', 'RecordLocation', { location, incident: 'i1', source: 'caller', ...more });
}

function point(latitude: number, radiusM: number | null): Readonly<Record<string, unknown>> {
  return { kind: 'point', latitude, longitude: 2.6, radiusM };
}

function at(unit: string, takenAt: number): readonly [string, UnitPosition] {
  return [unit, { unit, latitude: 55.7, longitude: 2.6, errorM: 12, takenAt }];
}

function placeOf(control: ControlRoom): unknown {
  const room = control.room();
  const [mark] = mapView(room, room.now, new Map()).incidents;
  return mark === undefined ? null : [mark.at?.latitude ?? null, mark.at?.errorM ?? null, mark.source];
}

test('every open incident and every unit at work stands in it, with a position or without', () => {
  const control = controlRoom([]);
  control.opens('i1');
  control.opens('i2');
  control.does('heed', 'EnrolUnit', { unit: 'unit-off', status: 'off-duty' });
  located(control, 'l1', { fix: point(55.7, 30) });
  const room = control.room();
  const { incidents, units } = mapView(room, room.now, new Map([at('unit-1', room.now), at('unit-off', room.now)]));
  expect(incidents.map(({ id, at: place }) => [id, place !== null])).toEqual(
    expect.arrayContaining([
      ['i1', true],
      ['i2', false],
    ]),
  );
  expect(units.map(({ id, at: place }) => [id, place !== null])).toEqual([
    ['unit-1', true],
    ['unit-2', false],
    ['unit-3', false],
  ]);
});

test('an incident stands where the nearest told position is, whoever told it, and one in doubt only alone', () => {
  const control = controlRoom([]);
  control.opens('i1');
  expect(placeOf(control)).toEqual([null, null, null]);
  located(control, 'l1', { fix: point(55.1, 900), doubts: ['length-differs'] });
  expect(placeOf(control)).toEqual([55.1, 900, 'caller']);
  located(control, 'l2', { fix: point(55.2, null) });
  expect(placeOf(control)).toEqual([55.2, null, 'caller']);
  located(control, 'l3', { fix: point(55.3, 2_000) });
  expect(placeOf(control)).toEqual([55.3, 2_000, 'caller']);
  located(control, 'l4', { fix: point(55.4, 40), source: 'gazetteer' });
  located(control, 'l5', { fix: point(55.5, 40) });
  located(control, 'l6', { fix: { kind: 'none', why: 'no-fix' } });
  expect(placeOf(control)).toEqual([55.5, 40, 'caller']);
});

test('an area is shown by its corners, with no distance that would make it look exact', () => {
  const control = controlRoom([]);
  control.opens('i1');
  const corners = [55, 55.2, 55.1].map((latitude, place) => ({ latitude, longitude: 2 + place / 10 }));
  located(control, 'l1', { fix: { kind: 'area', corners } });
  const room = control.room();
  const [mark] = mapView(room, room.now, new Map()).incidents;
  expect(mark?.corners).toEqual(corners);
  expect(mark?.at?.errorM).toBeNull();
  expect(mark?.at?.latitude).toBeCloseTo(55.1, 9);
});

test('a unit is shown by what it does, and a position that has not been told anew for a while as old', () => {
  const control = controlRoom([]);
  control.opens('i1');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-2' });
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-3', status: 'emergency' });
  const room = control.room();
  const positions = new Map([at('unit-1', room.now - oldMs), at('unit-2', room.now - oldMs - 1)]);
  const marks = new Map(mapView(room, room.now, positions).units.map((one) => [one.id, one]));
  expect(marks.get('unit-1')).toMatchObject({ shape: 'free', isOld: false, at: { errorM: 12, ageMs: oldMs } });
  expect(marks.get('unit-2')).toMatchObject({ shape: 'going', isOld: true, incident: 'i1' });
  expect(marks.get('unit-3')).toMatchObject({ shape: 'emergency', at: null });
});

test('of the past no positions are kept, and it says so', () => {
  const control = controlRoom([]);
  control.opens('i1');
  const { hasPositions, units } = mapView(control.room(), control.room().now, null);
  expect(hasPositions).toBe(false);
  expect(units.every((one) => one.at === null)).toBe(true);
});
