import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sayProblem } from '../src/border/problem.ts';
import { policyLoader } from '../src/policy/load.ts';
import type { CaseResult } from '../src/replay/case.ts';
import { runCase, timingsOf } from '../src/replay/case.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { fold } from '../src/room/fold.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import type { CommandType, EventType } from '../src/room/vocabulary.ts';
import { commandSchemas, eventDefinitions } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';

const folder = fileURLToPath(new URL('../cases', import.meta.url));
const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .toSorted();

/** Hears everything, is asked about everything, and never says a word. */
const silent: Safeguard = {
  id: 'silent',
  needs: [],
  on: [...eventDefinitions.keys(), ...commandSchemas.keys()] as (EventType | CommandType)[],
  timings: {},
  words: {},
  react: () => [],
  due: () => [],
  gate: () => [],
  isMet: () => false,
};

type Performed = Extract<CaseResult, { readonly ok: true }>;

function performed(name: string, list: readonly Safeguard[], load: ReturnType<typeof policyLoader>): Performed {
  const result = runCase(join(folder, name), { safeguards: list, load });
  if (!result.ok) throw new Error(result.problems.map(sayProblem).join('\n'));
  return result;
}

/** Every collection of a room as text, by name. */
function collectionsOf(room: Room): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(room).map(([name, value]) => [name, JSON.stringify(value)]));
}

const played = new Map<string, Performed>();

/** The case played once, however many tests look at it. */
function firstPlay(name: string): Performed {
  const held = played.get(name) ?? performed(name, safeguards, load);
  played.set(name, held);
  return held;
}

const [load, loadAgain] = [policyLoader(timingsOf(safeguards)), policyLoader(timingsOf(safeguards))];

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(5);
});

describe.each(cases)('%s', (name) => {
  test('played twice, gives the same report to the byte', () => {
    const first = firstPlay(name);
    const again = performed(name, safeguards, loadAgain);
    expect(JSON.stringify(again.report)).toBe(JSON.stringify(first.report));
    expect(JSON.stringify(again.played.events)).toBe(JSON.stringify(first.played.events));
  });

  test('leaves a log that, written down and read again, folds to the same room', () => {
    const { room, events } = firstPlay(name).played;
    const read = JSON.parse(JSON.stringify(events)) as readonly StoredEvent[];
    expect(collectionsOf(fold(emptyRoom(room.id, room.kind), read))).toEqual(collectionsOf(room));
  });

  test('is the same to the byte under a catalogue with one more safeguard that says nothing', () => {
    const first = firstPlay(name);
    const more = performed(name, [...safeguards, silent], load);
    expect(JSON.stringify(more.played.events)).toBe(JSON.stringify(first.played.events));
    expect(JSON.stringify(more.report)).toBe(JSON.stringify(first.report));
  });

  test('puts every reason into words', () => {
    const { duties, floors, notes, refusals } = firstPlay(name).report;
    const said = [
      ...duties.flatMap((duty) => duty.why),
      ...floors.map((floor) => floor.why),
      ...notes.map((note) => note.why),
      ...refusals.flatMap((refusal) => refusal.gates.map((gate) => gate.why)),
    ];
    expect(said.filter((one) => /^[a-z-]+$|\{[a-zA-Z-]+\}/.test(one))).toEqual([]);
  });
});
