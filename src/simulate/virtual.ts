import type { Actor, StoredEvent } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import { emptyRoom } from '../room/room.ts';
import type { Room } from '../room/room.ts';
import type { Catalogue } from '../room/safeguard.ts';
import { nextDue, step } from '../room/step.ts';
import type { Command, Outcome } from '../room/step.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { questionOf } from '../sources/history.ts';
import { memorySource } from '../sources/memory.ts';
import type { MemorySource } from '../sources/memory.ts';
import { recordsAfter } from '../sources/records.ts';
import type { SourceRecord } from '../sources/source.ts';
import type { Call } from './calls.ts';
import type { County } from './county.ts';
import { openingOf } from './opening.ts';
import { historyOf } from './records.ts';
import { trafficOf } from './traffic.ts';
import type { Traffic } from './traffic.ts';

/** The source that is asked by itself about every identifier, and how long it takes. */
const ownHistory = 'own-history';
const latencyMs = 2_000;
/** Where everything is looked at every second or two, a tick is a second; else, in a large force, two. */
const tickOf = (county: County): number => (county.assumed['look-seconds'] > 2 ? 2_000 : 1_000);

export interface VirtualOptions {
  readonly county: County;
  readonly seed: number;
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  /** When the room opens. */
  readonly at: number;
  readonly anHour?: number;
  /** Contacts that come in besides, in order of time. */
  readonly besides?: readonly Call[];
  /** What the force's own history holds beside what the county's own people bring with them. */
  readonly past?: readonly SourceRecord[];
}

/** One command as it was given, with what the room said to it and how many events came of it. */
export interface Given {
  readonly command: Command;
  readonly now: number;
  readonly outcome: Outcome;
  readonly events: readonly StoredEvent[];
}

/** A pure room with its county on a clock that goes only when it is told to. */
export interface VirtualRoom {
  readonly room: () => Room;
  readonly now: () => number;
  /** What a visitor who has taken a member of staff does. */
  readonly give: (staff: string, type: string, data: unknown) => Outcome;
  /** A service that starts anew: what the traffic remembered is gone, the room is as it was. */
  readonly restart: () => void;
  /** Lets the county live for so long; `told` hears of every command, and of every second that ended. */
  readonly run: (forMs: number, told?: VirtualListener, taken?: ReadonlySet<string>) => void;
}

export interface VirtualListener {
  readonly given?: (given: Given) => void;
  readonly second?: (room: Room, now: number) => void;
}

interface Running {
  room: Room;
  now: number;
  count: number;
  readonly catalogue: Catalogue;
  readonly tickMs: number;
  traffic: Traffic;
  readonly source: MemorySource;
  readonly answers: { readonly at: number; readonly data: unknown }[];
  told: VirtualListener;
}

function give(running: Running, actor: Actor, type: string, data: unknown): Outcome {
  running.count += 1;
  const parsed = type === 'PassTime' ? data : commandSchemas.get(type)?.parse(data);
  const command: Command = { id: `demonstration-${running.count}`, type, data: parsed, actor, at: running.now };
  const { room, events, outcome } = step(running.room, command, { now: running.now, catalogue: running.catalogue });
  running.room = room;
  for (const event of events) {
    for (const change of recordsAfter(room, event)) {
      if (change.kind === 'kept') running.source.remember(change.record);
      else running.source.forget(change.record);
    }
    if (event.type === 'CheckRequested') ask(running, event);
  }
  running.told.given?.({ command, now: running.now, outcome, events });
  return outcome;
}

function ask(running: Running, event: StoredEvent): void {
  const question = questionOf(running.room, event, running.now);
  const { source } = event.body as { readonly source: string };
  const answer =
    question === null || source !== ownHistory ? { result: 'unavailable', findings: [] } : running.source.ask(question);
  const data = { check: event.ids['check'], result: answer.result, findings: answer.findings };
  running.answers.push({ at: running.now + latencyMs, data });
}

/** Lets happen what happens by itself up to an instant: what falls due, and what the source answers. */
function advance(running: Running, until: number): void {
  for (;;) {
    const due = nextDue(running.room) ?? Infinity;
    const answered = running.answers[0]?.at ?? Infinity;
    const next = Math.min(due, answered);
    if (next > until) break;
    running.now = Math.max(running.now, next);
    if (due <= answered) give(running, { kind: 'machine', id: 'clock' }, 'PassTime', {});
    else give(running, { kind: 'machine', id: 'source' }, 'CompleteCheck', running.answers.shift()?.data);
  }
  running.now = Math.max(running.now, until);
}

function tick(running: Running, taken: ReadonlySet<string>): void {
  const began = running.now;
  for (const act of running.traffic.nextActs(running.room, { now: began, taken })) {
    advance(running, began + act.waitMs);
    const outcome = give(running, act.as, act.type, act.data);
    running.traffic.heard(act, outcome, running.now);
  }
  advance(running, began + running.tickMs);
  running.told.second?.(running.room, running.now);
}

/** Opens a room for the county on a virtual clock. Everything in it is pure: the same options, the same log. */
export function virtualRoom(options: VirtualOptions): VirtualRoom {
  const { county, seed, policy, catalogue, at, anHour, besides = [], past = [] } = options;
  const traffic = (): Traffic => trafficOf({ county, seed, besides, ...(anHour === undefined ? {} : { anHour }) });
  const running: Running = {
    room: emptyRoom(county.id, 'exercise'),
    now: at,
    count: 0,
    catalogue,
    tickMs: tickOf(county),
    traffic: traffic(),
    source: memorySource({ id: ownHistory, records: [...historyOf(county, at), ...past] }),
    answers: [],
    told: {},
  };
  for (const { type, data } of openingOf(county, { policy, digest: 'demonstration', at }))
    give(running, { kind: 'world', id: 'world' }, type, data);
  return {
    room: () => running.room,
    now: () => running.now,
    give: (staff, type, data) => give(running, { kind: 'staff', id: staff }, type, data),
    restart: () => {
      running.traffic = traffic();
    },
    run: (forMs, told = {}, taken = new Set<string>()) => {
      running.told = told;
      for (const until = running.now + forMs; running.now < until; ) tick(running, taken);
      running.told = {};
    },
  };
}
