import type { Actor, StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { Catalogue } from '../room/safeguard.ts';
import { ownHistory } from '../room/policy.ts';
import { nextDue, step } from '../room/step.ts';
import type { Outcome } from '../room/step.ts';
import { questionOf } from '../sources/history.ts';
import { memorySource } from '../sources/memory.ts';
import type { MemorySource } from '../sources/memory.ts';
import { recordsAfter } from '../sources/records.ts';
import type { Answer } from '../sources/source.ts';
import type { Cue, Scene } from './theatre.ts';
import { eventsMax } from './theatre.ts';

const worldActor: Actor = { kind: 'world', id: 'world' };
const sourceActor: Actor = { kind: 'machine', id: 'source' };

interface Answered {
  readonly at: number;
  readonly check: string;
  readonly data: unknown;
}

/** What a play has done so far; local to one play. */
interface Running {
  room: Room;
  now: number;
  count: number;
  readonly events: StoredEvent[];
  readonly answers: Answered[];
  readonly sources: Map<string, MemorySource>;
  readonly catalogue: Catalogue;
}

type OpenCue = Extract<Cue, { readonly kind: 'open' }>;
type Given = Pick<Extract<Cue, { readonly kind: 'give' }>, 'type' | 'data' | 'actor' | 'at' | 'override'>;

/** A place where cases are played in memory, each in a room of its own. */
export function memoryTheatre(catalogue: Catalogue): (cue: Cue) => Scene {
  let running = emptied('none', 0, catalogue);
  return (cue) => {
    if (cue.kind === 'open') {
      running = emptied(cue.room, cue.startedAt, catalogue);
      return opened(running, cue);
    }
    if (cue.kind === 'give') return sceneOf(running, { outcome: give(running, cue) });
    return sceneOf(running, { isTooLong: !runUntil(running, cue.until) });
  };
}

function emptied(room: string, now: number, catalogue: Catalogue): Running {
  return {
    room: emptyRoom(room, 'replay'),
    now,
    count: 0,
    events: [],
    answers: [],
    sources: new Map(),
    catalogue,
  };
}

function sceneOf({ room, now, events }: Running, what: Partial<Scene>): Scene {
  return { room, now, events, outcome: null, opened: 0, isTooLong: false, ...what };
}

function opened(running: Running, { opening, sources }: OpenCue): Scene {
  for (const [id, one] of Object.entries(sources)) {
    const latencyMs = one.latency ?? 0;
    running.sources.set(id, memorySource({ id, records: one.records, latencyMs, outages: one.outages }));
  }
  if (!running.sources.has(ownHistory)) running.sources.set(ownHistory, memorySource({ id: ownHistory, records: [] }));
  for (const [place, { type, data }] of opening.entries()) {
    const outcome = give(running, { type, data, actor: worldActor, at: running.now, override: null });
    if (outcome.kind === 'refused') return sceneOf(running, { outcome, opened: place });
  }
  return sceneOf(running, { opened: opening.length });
}

function give(running: Running, { type, data, actor, at, override }: Given): Outcome {
  running.count += 1;
  const command = { id: `command-${running.count}`, type, data, actor, at };
  const stepped = step(running.room, override === null ? command : { ...command, override }, {
    now: running.now,
    catalogue: running.catalogue,
  });
  running.room = stepped.room;
  for (const event of stepped.events) {
    running.events.push(event);
    for (const change of recordsAfter(running.room, event)) {
      const history = running.sources.get(ownHistory);
      if (change.kind === 'kept') history?.remember(change.record);
      else history?.forget(change.record);
    }
    if (event.type === 'CheckRequested') ask(running, event);
  }
  return stepped.outcome;
}

/** Puts a requested check to its source; the answer comes back when the source says that it took. */
function ask(running: Running, event: StoredEvent): void {
  const { source: id } = event.body as { readonly source: string };
  const source = running.sources.get(id);
  const question = questionOf(running.room, event, running.now);
  const check = event.ids['check'] ?? '';
  const answer: Answer =
    source === undefined || question === null
      ? { result: 'unavailable', findings: [], tookMs: 0 }
      : source.ask(question);
  const data = { check, result: answer.result, findings: answer.findings };
  running.answers.push({ at: running.now + answer.tookMs, check, data });
  running.answers.sort((a, b) => a.at - b.at);
}

/**
 * Lets everything happen that happens by itself up to an instant: what falls due, and what sources answer. False when
 * the log grew past its bound on the way.
 */
function runUntil(running: Running, until: number): boolean {
  while (running.events.length < eventsMax) {
    const due = nextDue(running.room) ?? Infinity;
    const answered = running.answers[0]?.at ?? Infinity;
    const next = Math.min(due, answered);
    if (next > until) {
      running.now = Math.max(running.now, until);
      return true;
    }
    running.now = Math.max(running.now, next);
    const by = { actor: sourceActor, at: running.now, override: null };
    if (due <= answered) give(running, { type: 'PassTime', data: {}, ...by });
    else give(running, { type: 'CompleteCheck', data: running.answers.shift()?.data, ...by });
  }
  return false;
}
