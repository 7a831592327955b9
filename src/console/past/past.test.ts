import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlRoom } from '../../../test/control-room.ts';
import { fold } from '../../room/fold.ts';
import { emptyRoom } from '../../room/room.ts';
import { Past } from './past.ts';

test('any moment is the room that a fold up to it gives', () => {
  const control = controlRoom([]);
  for (let count = 0; count < 300; count += 1) control.opens(`i-${count}`, { summary: `Matter ${count}` });
  const events = control.events();
  const past = new Past('room-1', events);
  expect(past.length).toBe(events.length);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: events.length }), (count) => {
      const folded = fold(emptyRoom('room-1', 'replay'), events.slice(0, count));
      expect(past.roomAfter(count)).toEqual(folded);
    }),
    { numRuns: 20 },
  );
});

test('what was known by an instant is everything recorded up to it, and nothing after', () => {
  const control = controlRoom([]);
  control.opens('i-before');
  control.wait('5 min');
  control.opens('i-after');
  const past = new Past('room-1', control.events());
  const between = past.roomAfter(past.countBy(control.room().now - 60_000));
  expect([...(between?.incidents.keys() ?? [])]).toEqual(['i-before']);
  expect(past.countBy(0)).toBe(0);
});

test('an empty log has no moment', () => {
  expect(new Past('room-1', []).roomAfter(0)).toBeNull();
});
