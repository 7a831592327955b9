import { nearestOf } from '../border/nearest.ts';
import type { Path } from '../border/problem.ts';
import type { Actor, Reason, StoredEvent } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { Catalogue, Gate } from '../room/safeguard.ts';
import { nextDue, step } from '../room/step.ts';
import type { Stepped } from '../room/step.ts';
import { memorySource } from '../sources/memory.ts';
import type { MemorySource } from '../sources/memory.ts';
import type { Answer } from '../sources/source.ts';
import type { CaseFile } from './case-file.ts';
import { questionOf, recordAfter } from '../sources/history.ts';
import type { TimedAct } from './timeline.ts';

/** What became of one thing that was really done, when Heed was asked to do it. */
export interface PlayedAct {
  readonly timed: TimedAct;
  readonly outcome: 'done' | 'refused' | 'skipped';
  readonly gates: readonly Gate[];
  /** For a skipped act: the refused one without which it could not happen. */
  readonly dependsOn: string | null;
}

/** A case played to its end. */
export interface Played {
  readonly room: Room;
  readonly events: readonly StoredEvent[];
  readonly acts: readonly PlayedAct[];
  readonly startedAt: number;
  /** When the clock stopped. */
  readonly endedAt: number;
}

export type Playing =
  | { readonly ok: true; readonly value: Played }
  | { readonly ok: false; readonly path: Path; readonly message: string };

/** What a case is played with. */
export interface Stage {
  readonly policy: Policy;
  /** Digest of the policy's text, as the room records it. */
  readonly digest: string;
  readonly catalogue: Catalogue;
  /** How far the clock runs. */
  readonly until: number;
}

const ownHistory = 'own-history';
const worldActor: Actor = { kind: 'world', id: 'world' };
/** Events of one play. A night's work makes some thousands; years of a duty that nobody meets make millions. */
const eventsMax = 200_000;
const idForm = /^[a-z0-9][a-z0-9-]{0,63}$/;
const machineNames = ['telephony', 'system', 'partner', 'source', 'radio'];

interface Answered {
  readonly at: number;
  readonly check: string;
  readonly data: unknown;
}

/** What a play has done so far; local to one call of `play`. */
interface Running {
  room: Room;
  now: number;
  count: number;
  readonly events: StoredEvent[];
  readonly answers: Answered[];
  readonly sources: ReadonlyMap<string, MemorySource>;
  readonly catalogue: Catalogue;
}

/** Plays the acts of a case on a virtual clock: what was really done is attempted, and what falls due falls due. */
export function play(file: CaseFile, timeline: readonly TimedAct[], stage: Stage): Playing {
  const startedAt = (timeline[0]?.recordedAt ?? 1_000) - 1_000;
  const sources = new Map(
    Object.entries(file.world.sources).map(([id, one]) => [
      id,
      memorySource({ id, records: one.records, latencyMs: one.latency ?? 0, outages: one.outages }),
    ]),
  );
  if (!sources.has(ownHistory)) sources.set(ownHistory, memorySource({ id: ownHistory, records: [] }));
  const running: Running = {
    room: emptyRoom(file.case, 'replay'),
    now: startedAt,
    count: 0,
    events: [],
    answers: [],
    sources,
    catalogue: stage.catalogue,
  };
  const opened = openWorld(file, running, stage);
  if (!opened.ok) return opened;
  const acts: PlayedAct[] = [];
  for (const timed of timeline) {
    if (!runUntil(running, timed.recordedAt)) return tooLong([...timed.path, 'at']);
    const played = attempt(running, timed, acts);
    if (!played.ok) return played;
    acts.push(played.value);
  }
  if (!runUntil(running, stage.until)) return tooLong([]);
  return { ok: true, value: { room: running.room, events: running.events, acts, startedAt, endedAt: running.now } };
}

function give(
  running: Running,
  type: string,
  data: unknown,
  by: { readonly actor: Actor; readonly at: number; readonly override?: string | undefined },
): Stepped {
  running.count += 1;
  const command = {
    id: `command-${running.count}`,
    type,
    data,
    actor: by.actor,
    at: by.at,
    ...(by.override === undefined ? {} : { override: by.override }),
  };
  const stepped = step(running.room, command, { now: running.now, catalogue: running.catalogue });
  running.room = stepped.room;
  for (const event of stepped.events) {
    running.events.push(event);
    const record = recordAfter(running.room, event);
    if (record !== null) running.sources.get(ownHistory)?.remember(record);
    if (event.type === 'CheckRequested') ask(running, event);
  }
  return stepped;
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
 * the log grew past its bound on the way: a duty left open climbs again and again for as long as the case lasts.
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
    const machine: Actor = { kind: 'machine', id: 'source' };
    if (due <= answered) give(running, 'PassTime', {}, { actor: machine, at: running.now });
    else give(running, 'CompleteCheck', running.answers.shift()?.data, { actor: machine, at: running.now });
  }
  return false;
}

function tooLong(path: Path): Playing {
  const where = path.length === 0 ? 'before its end' : 'by here';
  const advice = 'shorten the time that it spans, or close what stays open in it.';
  return { ok: false, path, message: `The case makes ${eventsMax} events ${where}; ${advice}` };
}

function attempt(
  running: Running,
  timed: TimedAct,
  before: readonly PlayedAct[],
):
  | { readonly ok: true; readonly value: PlayedAct }
  | { readonly ok: false; readonly path: Path; readonly message: string } {
  const { act, path } = timed;
  const actor = actorOf(running.room, act.by);
  if (actor === null) {
    const nearest = nearestOf(act.by ?? '', [...running.room.staff.keys(), ...machineNames]);
    const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    const machines = `machines are called ${machineNames.join(', ')}`;
    const message = `Nobody by the id ${act.by ?? ''} is among the staff of this case; ${machines}.${advice}`;
    return { ok: false, path: [...path, 'by'], message };
  }
  const { outcome } = give(running, act.do, act.with, { actor, at: timed.at, override: act.override });
  if (outcome.kind === 'done') return { ok: true, value: { timed, outcome: 'done', gates: [], dependsOn: null } };
  if (outcome.gates.length > 0)
    return { ok: true, value: { timed, outcome: 'refused', gates: outcome.gates, dependsOn: null } };
  const dependsOn = before.findLast((one) => one.outcome !== 'done' && isNeeded(one.timed, timed, outcome.reasons));
  if (dependsOn !== undefined)
    return { ok: true, value: { timed, outcome: 'skipped', gates: [], dependsOn: dependsOn.timed.act.do } };
  const says = outcome.reasons.map((reason) => reason.says).join(' ');
  return { ok: false, path: [...path, 'with'], message: `${act.do} cannot happen here: ${says}` };
}

function actorOf(room: Room, by: string | undefined): Actor | null {
  if (by === undefined) return { kind: 'machine', id: 'telephony' };
  if (room.staff.has(by)) return { kind: 'staff', id: by };
  return machineNames.includes(by) ? { kind: 'machine', id: by } : null;
}

function idsIn(timed: TimedAct): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.add(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
  };
  walk(timed.act.with);
  return found;
}

/**
 * Whether a command that could not happen depended on one that did not: they name the same thing, and where the reasons
 * name what stands in the way it is that. A mistyped id after a refusal stays a mistake.
 */
function isNeeded(earlier: TimedAct, later: TimedAct, reasons: readonly Reason[]): boolean {
  const ids = idsIn(later);
  const shared = [...idsIn(earlier)].filter((one) => idForm.test(one) && ids.has(one));
  const said = reasons.flatMap(({ says }) => says.match(/[a-z0-9][a-z0-9-]*/g) ?? []);
  const named = said.filter((one) => ids.has(one));
  return named.length === 0 ? shared.length > 0 : named.some((one) => shared.includes(one));
}

/** The opening events of a world: no safeguards, actor `world` (settled point 16). */
function openWorld(
  file: CaseFile,
  running: Running,
  stage: Stage,
): { readonly ok: true } | { readonly ok: false; readonly path: Path; readonly message: string } {
  const opening: { readonly type: string; readonly data: unknown; readonly path: Path }[] = [
    { type: 'AdoptPolicy', data: { digest: stage.digest, text: stage.policy }, path: ['policy'] },
  ];
  for (const [id, one] of Object.entries(file.world.staff)) {
    const { role, isOn } =
      typeof one === 'string' ? { role: one, isOn: true } : { role: one.role, isOn: one['on-duty'] };
    const path = ['world', 'staff', id];
    if (stage.policy.roles[role] === undefined)
      return {
        ok: false,
        path,
        message: `The policy knows no role ${role}; its roles are ${Object.keys(stage.policy.roles).join(', ')}.`,
      };
    opening.push({ type: 'EnrolStaff', data: { staff: id, role }, path });
    if (isOn) opening.push({ type: 'SignOn', data: { staff: id, position: `desk-${id}`.slice(0, 64) }, path });
  }
  for (const [unit, status] of Object.entries(file.world.units))
    opening.push({ type: 'EnrolUnit', data: { unit, skills: [], status }, path: ['world', 'units', unit] });
  for (const [subject, identity] of Object.entries(file.world.subjects))
    opening.push({ type: 'RecordSubject', data: { subject, identity }, path: ['world', 'subjects', subject] });
  file.world.relations.forEach((data, index) =>
    opening.push({ type: 'Relate', data, path: ['world', 'relations', index] }),
  );
  file.world.markers.forEach((data, index) =>
    opening.push({ type: 'SetMarker', data, path: ['world', 'markers', index] }),
  );
  file.world.orders.forEach((data, index) =>
    opening.push({ type: 'RecordOrder', data, path: ['world', 'orders', index] }),
  );
  for (const { type, data, path } of opening) {
    const { outcome } = give(running, type, data, { actor: worldActor, at: running.now });
    if (outcome.kind === 'refused')
      return { ok: false, path, message: outcome.reasons.map((reason) => reason.says).join(' ') };
  }
  return { ok: true };
}
