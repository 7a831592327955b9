import { expect, test } from 'vitest';
import { controlRoom } from '../../../test/control-room.ts';
import type { ControlRoom } from '../../../test/control-room.ts';
import { echoOf } from './echo.ts';

function night(): ControlRoom {
  const control = controlRoom([]);
  for (const unit of ['kilo-11', 'kilo-12']) control.does('owner-1', 'EnrolUnit', { unit });
  control.opens('i-mill', { summary: 'Shouting at the mill', grade: 'emergency' });
  control.opens('i-ford', { summary: 'A car in the ford', grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd-1', incident: 'i-mill', unit: 'kilo-11' });
  return control;
}

test('a diversion says whom it leaves, and that nobody goes there then', () => {
  const { says, leaves, isGrave } = echoOf(night().room(), 'DivertUnit', { unit: 'kilo-11', to: 'i-ford' });
  expect(says).toContain('i-ford (A car in the ford)');
  expect(leaves).toEqual(['kilo-11 leaves i-mill “Shouting at the mill” (Emergency). Nobody is going there then.']);
  expect(isGrave).toBe(true);
});

test('where another unit still goes, it is named', () => {
  const control = night();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd-2', incident: 'i-mill', unit: 'kilo-12' });
  const { leaves } = echoOf(control.room(), 'StandDown', { deployment: 'd-1' });
  expect(leaves[0]).toContain('kilo-12 assigned stays with it.');
});

test('a unit that makes itself free leaves whom it was going to', () => {
  const { leaves } = echoOf(night().room(), 'SetUnitStatus', { unit: 'kilo-11', status: 'available' });
  expect(leaves[0]).toContain('leaves i-mill');
  expect(echoOf(night().room(), 'SetUnitStatus', { unit: 'kilo-11', status: 'en-route' }).leaves).toEqual([]);
});

test('a lower grade says from what to what; a higher one is not grave', () => {
  const room = night().room();
  const lower = echoOf(room, 'SetGrade', { incident: 'i-mill', grade: 'priority', reason: 'quiet' });
  expect(lower.leaves[0]).toMatch(/^i-mill “Shouting at the mill” \(Emergency\) is lowered to Priority/);
  const higher = echoOf(room, 'SetGrade', { incident: 'i-ford', grade: 'emergency', reason: 'water rises' });
  expect(higher).toMatchObject({ leaves: [], isGrave: false });
});

test('an end says what still stands in its way, and who still goes', () => {
  const { leaves, isGrave } = echoOf(night().room(), 'CloseIncident', { incident: 'i-mill' });
  expect(leaves[0]).toContain('i-mill “Shouting at the mill”');
  expect(leaves.at(-1)).toBe('kilo-11 still goes there.');
  expect(isGrave).toBe(true);
});

test('what leaves nobody with less says only what it does', () => {
  const room = night().room();
  expect(echoOf(room, 'AddEntry', { incident: 'i-ford', text: 'he is out' })).toEqual({
    says: 'add entry · incident i-ford (A car in the ford) · text he is out',
    leaves: [],
    isGrave: false,
  });
});
