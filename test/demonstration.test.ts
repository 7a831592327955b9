import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inventedCounty } from '../src/simulate/county.ts';
import { trafficOf } from '../src/simulate/traffic.ts';
import { virtualRoom } from '../src/simulate/virtual.ts';
import type { Given, VirtualRoom } from '../src/simulate/virtual.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { nationalPolicy, span } from './control-room.ts';

const county = inventedCounty();
const evening = Date.UTC(2026, 6, 25, 18, 0, 0);

function opened(seed: number): VirtualRoom {
  const { policy, reader } = nationalPolicy();
  const catalogue = catalogueOf(safeguards, reader.read);
  return virtualRoom({ county, seed, policy, catalogue, at: evening });
}

/** A log of so long, by its digest. */
function logOf(seed: number, text: string): string {
  const digest = createHash('sha256');
  opened(seed).run(span(text), {
    given: ({ events }) => {
      for (const event of events) digest.update(JSON.stringify(event));
    },
  });
  return digest.digest('hex');
}

function byPeople({ command }: Given): boolean {
  return command.type !== 'PassTime' && command.type !== 'CompleteCheck';
}

test('the county opens as it stands: staff at their desks, units free, orders and markers in force', () => {
  const room = opened(1).room();
  expect(room.units.size).toBe(60);
  expect(room.freeUnits.size).toBe(60);
  expect(room.orders.size).toBe(5);
  expect(room.markers.size).toBeGreaterThanOrEqual(12);
  expect(room.onDuty.get('handler')).toHaveLength(14);
  expect(room.onDuty.get('supervisor')).toHaveLength(3);
});

test('it lives for an hour and more: hardly anything refused, no safeguard failing, the room in balance', () => {
  const room = opened(7);
  const given: Given[] = [];
  const open: number[] = [];
  room.run(span('66 min'), {
    given: (one) => {
      if (byPeople(one)) given.push(one);
    },
    second: ({ incidents }) => {
      open.push(incidents.filter(({ state }) => state === 'open').size);
    },
  });
  const refused = given.filter(({ outcome }) => outcome.kind === 'refused');
  expect(given.length).toBeGreaterThan(800);
  expect(refused.length / given.length).toBeLessThan(0.05);
  expect(room.room().failures.toJS()).toEqual({});
  expect(Math.min(...open.slice(-360))).toBeGreaterThanOrEqual(20);
  expect(Math.max(...open)).toBeLessThanOrEqual(60);
  const raised = given.flatMap(({ events }) => events.filter(({ type }) => type === 'DutyRaised'));
  expect(raised.length).toBeGreaterThan(10);
  const { contacts } = room.room();
  expect(new Set(contacts.map(({ channel }) => channel).values()).size).toBeGreaterThanOrEqual(6);
  expect(contacts.some(({ ending }) => ending === 'silent')).toBe(true);
});

test('the same seed gives the same log to the byte, another seed another', () => {
  const first = logOf(3, '12 min');
  expect(logOf(3, '12 min')).toBe(first);
  expect(logOf(4, '12 min')).not.toBe(first);
});

test('nobody acts for staff whom a visitor has taken, and the line says to them what the caller says', () => {
  const room = opened(5);
  const taken = new Set(['handler-1', 'supervisor-1', 'dispatcher-1']);
  const acted: string[] = [];
  const given = ({ command }: Given): void => {
    acted.push(command.actor.id);
  };
  room.run(span('6 min'), { given }, taken);
  const waiting = (): string | undefined =>
    [...room.room().contacts.values()].find(({ state, channel }) => state === 'presented' && channel === '101')?.id;
  for (let minutes = 0; waiting() === undefined && minutes < 30; minutes += 1) room.run(span('20 s'), { given }, taken);
  const contact = waiting() ?? '';
  expect(room.give('handler-1', 'AnswerContact', { contact }).kind).toBe('done');
  room.run(span('1 min'), { given }, taken);
  const answered = room.room().contacts.get(contact);
  expect(answered?.handler).toBe('handler-1');
  expect(answered?.statements.length).toBeGreaterThan(0);
  expect(answered?.disposition).toBeNull();
  expect(acted.filter((one) => taken.has(one))).toEqual([]);
  room.run(span('6 min'), { given }, taken);
  expect(room.room().contacts.get(contact)?.state).toBe('ended');
});

test('a service that starts anew goes on where the room stands', () => {
  const room = opened(9);
  room.run(span('15 min'));
  const open = [...room.room().contacts.values()].filter(({ state }) => state !== 'ended').map(({ id }) => id);
  expect(open.length).toBeGreaterThan(0);
  room.restart();
  const refused: string[] = [];
  room.run(span('12 min'), {
    given: ({ command, outcome }) => {
      if (outcome.kind === 'refused' && outcome.gates.length === 0) refused.push(command.type);
    },
  });
  expect(open.map((id) => room.room().contacts.get(id)?.state)).toEqual(open.map(() => 'ended'));
  expect(refused).toEqual([]);
});

test('while it is paused nobody rings; what would have rung is not made up for', () => {
  const room = opened(11);
  room.run(span('5 min'));
  const before = room.room().contacts.size;
  const traffic = trafficOf({ county, seed: 11 });
  const acts = traffic.nextActs(room.room(), { now: room.now() + span('40 min'), taken: new Set() });
  const presented = acts.filter(({ type }) => type === 'PresentContact');
  expect(before).toBeGreaterThan(0);
  expect(presented.length).toBeLessThanOrEqual(1);
});

test('what one tick gives is bounded, and in the order in which it is to be given', () => {
  const room = opened(13);
  room.run(span('10 min'));
  const traffic = trafficOf({ county, seed: 13 });
  const waits = traffic
    .nextActs(room.room(), { now: room.now() + span('3 h'), taken: new Set() })
    .map(({ waitMs }) => waitMs);
  expect(waits.length).toBeGreaterThan(0);
  expect(waits.length).toBeLessThanOrEqual(40);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(Math.max(...waits)).toBeLessThan(1_000);
});
