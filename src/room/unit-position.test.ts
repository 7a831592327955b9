import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { UnitPosition } from './unit-position.ts';
import { hasMoved, whyUntaken } from './unit-position.ts';

const now = 1_000_000_000;

function at(more: Partial<UnitPosition> = {}): UnitPosition {
  return { unit: 'unit-1', latitude: 55.7, longitude: 2.6, errorM: 10, takenAt: now, ...more };
}

test('a unit that stands still wanders within what its receiver may be off, and has not moved', () => {
  expect(hasMoved(at(), at({ latitude: 55.7009 }))).toBe(false);
  expect(hasMoved(at(), at({ latitude: 55.7015 }))).toBe(true);
});

test('what may be far off must go further to count as moved, and what does not say is not taken for exact', () => {
  expect(hasMoved(at({ errorM: 150 }), at({ errorM: 150, latitude: 55.702 }))).toBe(false);
  expect(hasMoved(at({ errorM: 120 }), at({ errorM: null, latitude: 55.7015 }))).toBe(false);
});

test('the newest word of a unit at work is taken, and everything else says why not', () => {
  const control = controlRoom([]);
  control.does('heed', 'EnrolUnit', { unit: 'unit-off', status: 'off-duty' });
  const room = control.room();
  const why = (told: UnitPosition, held?: UnitPosition) => whyUntaken(room, told, { held, now });
  expect(why(at())).toBeNull();
  expect(why(at(), at({ takenAt: now - 1 }))).toBeNull();
  expect(why(at(), at())).toBe('older');
  expect(why(at({ unit: 'nobody' }))).toBe('unknown-unit');
  expect(why(at({ unit: 'unit-off' }))).toBe('off-duty');
  expect(why(at({ latitude: 0, longitude: 0.001 }))).toBe('no-fix');
  expect(why(at({ takenAt: now + 3 * 60_000 }))).toBe('ahead-of-time');
});
