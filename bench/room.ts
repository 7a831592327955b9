import { createRequire } from 'node:module';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import type { LoadedPolicy } from '../src/policy/load.ts';
import type { Policy } from '../src/room/policy.ts';
import type { StoredEvent } from '../src/room/define.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Room } from '../src/room/room.ts';
import type { Catalogue } from '../src/room/safeguard.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import type { Command } from '../src/room/step.ts';
import { step } from '../src/room/step.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { commandOf, endingOf, openingOf, seeded } from './traffic.ts';

const start = Date.UTC(2026, 1, 3, 0, 0, 0);

/** The opening of a room under a policy, with a night's staff and units. */
export function worldOf(policy: Policy): readonly { readonly type: string; readonly data: unknown }[] {
  const opening: { type: string; data: unknown }[] = [{ type: 'AdoptPolicy', data: { digest: 'bench', text: policy } }];
  const people: [string, number][] = [
    ['handler', 200],
    ['dispatcher', 100],
    ['supervisor', 10],
    ['fim', 3],
    ['specialist', 2],
  ];
  for (const [role, many] of people)
    for (let n = 0; n < many; n += 1) {
      opening.push({ type: 'EnrolStaff', data: { staff: `${role}-${n}`, role } });
      opening.push({ type: 'SignOn', data: { staff: `${role}-${n}`, position: `desk-${role}-${n}` } });
    }
  for (let n = 0; n < 3_000; n += 1)
    opening.push({ type: 'EnrolUnit', data: { unit: `unit-${n}`, skills: [], status: 'available' } });
  return opening;
}

/** The policy that ships, with the reader of its phrases. */
export function nationalPolicy(): LoadedPolicy {
  const loaded = loadPolicy(nationalPolicyFile);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

/** A room under the national policy with a night's staff and units. */
function stage(): { room: Room; catalogue: Catalogue } {
  const { policy, reader } = nationalPolicy();
  const catalogue = catalogueOf(safeguards, reader.read);
  let room = emptyRoom('bench', 'replay');
  for (const { type, data } of worldOf(policy)) {
    const command: Command = { id: `world-${room.seq}`, type, data, actor: { kind: 'world', id: 'world' }, at: start };
    room = step(room, command, { now: start, catalogue }).room;
  }
  return { room, catalogue };
}

interface Driven {
  room: Room;
  commands: number;
  events: number;
  refused: number;
  tookMs: number;
  /** Processor time of the whole process, garbage collection on other threads included. */
  cpuMs: number;
}

/** Gives prepared commands one after another; own-history checks come back clean at once, as commands of their own. */
function drive(room: Room, commands: readonly Command[], catalogue: Catalogue): Driven {
  const driven: Driven = { room, commands: 0, events: 0, refused: 0, tookMs: 0, cpuMs: 0 };
  const began = performance.now();
  for (const command of commands) {
    const events = give(driven, command, catalogue);
    for (const event of events)
      if (event.type === 'CheckRequested') {
        const data = { check: event.ids['check'], result: 'no-trace', findings: [] };
        give(
          driven,
          {
            id: `answer-${event.seq}`,
            type: 'CompleteCheck',
            data,
            actor: { kind: 'machine', id: 'source' },
            at: command.at,
          },
          catalogue,
        );
      }
  }
  driven.tookMs = performance.now() - began;
  return driven;
}

/** With the processor time of the whole process, which a busy machine disturbs less than the clock. */
function timedByProcessor(run: () => Driven): Driven {
  const before = process.cpuUsage();
  const driven = run();
  const { user, system } = process.cpuUsage(before);
  return { ...driven, cpuMs: (user + system) / 1_000 };
}

function give(driven: Driven, command: Command, catalogue: Catalogue): readonly StoredEvent[] {
  const stepped = step(driven.room, command, { now: command.at, catalogue });
  driven.room = stepped.room;
  driven.commands += 1;
  driven.events += stepped.events.length;
  if (stepped.outcome.kind === 'refused') driven.refused += 1;
  return stepped.events;
}

function perSecond(count: number, tookMs: number): string {
  return `${Math.round(count / (tookMs / 1_000)).toLocaleString('en-GB')}/s`;
}

function heapUsed(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/**
 * Commands a second with so many incidents open: a fresh wave of ordinary incidents opened and ended on top of them.
 */
function openRooms(): void {
  console.log('Commands decided a second by open incidents (all safeguards on; one core)');
  let first = 0;
  for (const open of [500, 5_000, 50_000]) {
    const { room, catalogue } = stage();
    const chance = seeded(7);
    const before = heapUsed();
    let held = room;
    for (let n = 0; n < open; n += 1) {
      const at = start + Math.floor(n * (600_000 / open));
      held = drive(
        held,
        openingOf(n, chance).map((draft) => commandOf(draft, at)),
        catalogue,
      ).room;
    }
    const perIncident = (heapUsed() - before) / open;
    const wave: Command[] = [];
    for (let n = open; n < open + 1_500; n += 1) {
      const at = start + 600_000 + (n - open) * 10;
      for (const draft of [...openingOf(n, chance), ...endingOf(n, chance)]) wave.push(commandOf(draft, at));
    }
    drive(held, wave, catalogue);
    const runs = [0, 1, 2]
      .map(() => timedByProcessor(() => drive(held, wave, catalogue)))
      .toSorted((a, b) => a.tookMs - b.tookMs);
    const run = runs[1] as Driven;
    const cost = run.cpuMs / run.commands;
    if (first === 0) first = cost;
    const growth = (cost / first).toFixed(2);
    const figures = [
      `${perSecond(run.commands, run.tookMs)} commands`,
      `cost ${growth}x of the first`,
      `${run.events} events`,
      `${run.refused} refused`,
      `${Math.round(perIncident / 1024)} KiB an open incident`,
      `processor ${perSecond(run.commands, run.cpuMs)}`,
    ];
    console.log(`  ${String(open).padStart(6)} open: ${figures.join(', ')}`);
  }
}

/**
 * One day of the whole nation's traffic: 50,000 incidents, each opened, attended about half an hour later, and
 * closed.
 */
function nationalDay(): void {
  const incidents = 50_000;
  const { room, catalogue } = stage();
  const chance = seeded(11);
  const gap = 86_400_000 / incidents;
  const lag = Math.floor(1_800_000 / gap);
  const driven = { room, commands: 0, events: 0, refused: 0, tookMs: 0, cpuMs: 0 };
  for (let n = 0; n < incidents + lag; n += 1) {
    const at = start + Math.floor(n * gap);
    const drafts = [...(n < incidents ? openingOf(n, chance) : []), ...(n >= lag ? endingOf(n - lag, chance) : [])];
    const run = drive(
      driven.room,
      drafts.map((draft) => commandOf(draft, at)),
      catalogue,
    );
    driven.room = run.room;
    driven.commands += run.commands;
    driven.events += run.events;
    driven.refused += run.refused;
    driven.tookMs += run.tookMs;
  }
  const { commands, events, refused, tookMs } = driven;
  const left = driven.room.incidents.filter((one) => one.state === 'open').size;
  console.log('One day of the nation in one room (deciding only; generating and border checks are not counted)');
  console.log(`  ${commands} commands, ${events} events, ${refused} refused, ${left} incidents still open at the end`);
  console.log(
    `  ${(tookMs / 1_000).toFixed(1)} s: ${perSecond(commands, tookMs)} commands, ${perSecond(events, tookMs)} events`,
  );
  console.log(`  open duties ${driven.room.duties.size}, heap ${Math.round(heapUsed() / 1_048_576)} MiB`);
}

/** Runs the benchmarks of the room. */
export function benchRoom(): void {
  const immutable = createRequire(import.meta.url)('immutable/package.json') as { version: string };
  console.log(`immutable ${immutable.version}, Node ${process.version}, ${safeguards.length} safeguards`);
  openRooms();
  nationalDay();
}
