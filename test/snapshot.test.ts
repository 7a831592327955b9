import fc from 'fast-check';
import { List, Map, OrderedMap } from 'immutable';
import { describe, expect, test } from 'vitest';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { night, nights } from './nights.ts';
import { propertySettings } from './runs.ts';
import type { Agenda } from '../src/room/agenda.ts';
import { schedule, withoutFirst } from '../src/room/agenda.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { fold } from '../src/room/fold.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Slice } from '../src/room/snapshot.ts';
import { roomFromSlices, sliceRoom } from '../src/room/snapshot.ts';

/** Through text, as a snapshot is kept. */
function kept(room: Room): Room | null {
  return roomFromSlices(JSON.parse(JSON.stringify([...sliceRoom(room)])) as readonly Slice[]);
}

/** Everything in a room in the order in which it is walked over, with the kinds of its collections. */
function picture(room: Room): unknown {
  return Object.entries(room).map(([field, value]: [string, unknown]) => [
    field,
    Map.isMap(value),
    OrderedMap.isOrderedMap(value),
    JSON.stringify(Map.isMap(value) ? [...value.entries()] : value),
  ]);
}

function roomWith(field: Partial<Room>): Room {
  return { ...emptyRoom('room-1', 'live'), ...field };
}

describe('a room through its slices', () => {
  test('is the very room, and goes on as the very room, wherever the log is cut', () => {
    const cuts = fc.tuple(nights, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cuts, ([commands, place]) => {
        const events = JSON.parse(JSON.stringify(night(commands, safeguards, () => {}).events)) as StoredEvent[];
        const cut = Math.floor(place * events.length);
        const before = fold(emptyRoom('room-1', 'replay'), events.slice(0, cut));
        const back = kept(before);
        if (back === null) throw new Error('the slices gave no room');
        expect(picture(back)).toEqual(picture(before));
        for (const { log } of back.incidents.values()) expect(List.isList(log)).toBe(true);
        const whole = fold(before, events.slice(cut));
        expect(picture(fold(back, events.slice(cut)))).toEqual(picture(whole));
      }),
      propertySettings(40),
    );
  });

  test('of no events is the empty room', () => {
    expect(kept(emptyRoom('room-1', 'exercise'))).toEqual(emptyRoom('room-1', 'exercise'));
  });

  test('is nothing while its last slice is missing', () => {
    const slices = [...sliceRoom(emptyRoom('room-1', 'live'))];
    expect(roomFromSlices(slices.slice(0, -1))).toBeNull();
  });

  test('keeps the order of maps that were larger once, also as they grow again', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,11}$/), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(ids, fc.nat(8), ids, (all, left, more) => {
        const failures = all.reduce((map, id) => map.set(id, [id]), Map<string, readonly string[]>());
        const shrunk = failures.deleteAll(all.slice(left));
        const back = kept(roomWith({ failures: shrunk }))?.failures ?? Map();
        const grown = (map: typeof shrunk): unknown[] =>
          more.map((_, n) => Array.from(map.concat(more.slice(0, n).map((id) => [id, []]))));
        expect([...back]).toEqual([...shrunk]);
        expect(grown(back)).toEqual(grown(shrunk));
      }),
      propertySettings(200),
    );
  });

  test('keeps the order of keys whose hashes are the same', () => {
    const alike = ['aab', 'abC', 'bBb', 'bCC'];
    for (const order of [alike, alike.toReversed()]) {
      const failures = Map([...'0123456789'.split(''), ...order].map((id) => [id, [] as readonly string[]]));
      expect([...(kept(roomWith({ failures }))?.failures.keys() ?? [])]).toEqual([...failures.keys()]);
    }
  });

  test('keeps a long agenda node by node', () => {
    let agenda: Agenda | null = null;
    for (let n = 0; n < 60_000; n += 1)
      agenda = schedule(agenda, { at: (n * 7_919) % 10_007, seq: 60_000 - n, steps: n % 3, duty: `duty-${n}` });
    for (let n = 0; n < 500 && agenda !== null; n += 1) agenda = withoutFirst(agenda);
    const back = kept(roomWith({ agenda }))?.agenda ?? null;
    expect([...walk(back)]).toEqual([...walk(agenda)]);
  });

  test('comes in slices of bounded length, a long log of one incident included', () => {
    const entry = {
      seq: 1,
      at: 1,
      recordedAt: 1,
      by: 'handler-1',
      source: 'handler',
      text: 'x'.repeat(1_000),
      corrects: null,
    };
    const incident = { id: 'i1', log: List(Array.from({ length: 2_000 }, () => entry)) } as never;
    const slices = [...sliceRoom(roomWith({ incidents: Map({ i1: incident }) }))];
    expect(Math.max(...slices.map(({ text }) => text.length))).toBeLessThan(70_000);
    expect(slices.length).toBeGreaterThan(10);
  });
});

function* walk(agenda: Agenda | null): Generator {
  const ahead = [agenda];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    yield node === null ? null : [node.rank, node.entry];
    if (node !== null) ahead.push(node.right, node.left);
  }
}
