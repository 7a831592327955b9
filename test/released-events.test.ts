import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import { fold } from '../src/room/fold.ts';
import { emptyRoom } from '../src/room/room.ts';
import { eventDefinitions } from '../src/room/vocabulary.ts';
import { endOf, fixtureLogFile, notInFixture } from './fixture-log.ts';

/** The fixture log: it was written by an earlier Heed and is never changed but for a new release. */
function lines(): { readonly events: readonly StoredEvent[]; readonly end: unknown } {
  const all = readFileSync(fixtureLogFile, 'utf8').trimEnd().split('\n');
  const events = all.slice(0, -1).map((line) => JSON.parse(line) as StoredEvent);
  return { events, end: JSON.parse(all.at(-1) ?? '') };
}

const { events, end } = lines();
const held = new Set(events.map((event) => event.type));

describe('a log that was written once', () => {
  test('still folds, to the incidents and duties that it led to then', () => {
    expect(endOf(fold(emptyRoom('fixture', 'exercise'), events))).toEqual(end);
  });

  test('still folds with every body erased, and never throws', () => {
    const erased = events.map(
      (event): StoredEvent => (event.type === 'PolicyAdopted' ? event : { ...event, body: null }),
    );
    expect(fold(emptyRoom('fixture', 'exercise'), erased).seq).toBe(events.length);
  });

  test('still has the ids and bodies of its version', () => {
    const wrong = events.flatMap((event) => {
      const definition = eventDefinitions.get(event.type);
      if (definition === undefined) return [`${event.seq} ${event.type}: no such event`];
      if (definition.version !== event.version) return [];
      const read = [definition.ids.safeParse(event.ids), definition.body.safeParse(event.body)];
      return read
        .flatMap((one) => one.error?.issues ?? [])
        .map((issue) => `${event.seq} ${event.type}: ${issue.message}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('every event of version 1', () => {
  const first = [...eventDefinitions].filter(([, definition]) => definition.version === 1).map(([type]) => type);

  test('is in that log, or named with the reason why not', () => {
    expect(first.filter((type) => !held.has(type) && notInFixture[type] === undefined)).toEqual([]);
  });

  test('is not named as missing where it is there, or no longer is an event', () => {
    expect(Object.keys(notInFixture).filter((type) => held.has(type) || !eventDefinitions.has(type))).toEqual([]);
  });

  test('that the log holds is still known', () => {
    expect([...held].filter((type) => !eventDefinitions.has(type))).toEqual([]);
  });
});
