import { emptyRoom } from '../src/room/room.ts';
import type { Room } from '../src/room/room.ts';
import type { Actor, StoredEvent } from '../src/room/define.ts';
import type { Duty } from '../src/room/duty.ts';
import type { Catalogue, Safeguard } from '../src/room/safeguard.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { nextDue, step } from '../src/room/step.ts';
import type { Command, Outcome } from '../src/room/step.ts';
import { commandSchemas } from '../src/room/vocabulary.ts';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import type { LoadedPolicy } from '../src/policy/load.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of "90 s", "5 min", "2 h", "3 d". */
export function span(text: string): number {
  const [count, unit] = text.split(' ');
  const size = units[unit ?? ''];
  if (size === undefined) throw new Error(`not a span: ${text}`);
  return Number(count) * size;
}

let loaded: LoadedPolicy | null = null;

/** The national policy with its phrases, read once. */
export function nationalPolicy(): LoadedPolicy {
  if (loaded !== null) return loaded;
  const read = loadPolicy(nationalPolicyFile);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  loaded = read.value;
  return loaded;
}

/** Midday on an ordinary day; every test's clock starts here. */
export const noon = Date.UTC(2026, 1, 3, 12, 0, 0);

export const people: Readonly<Record<string, string>> = {
  'handler-1': 'handler',
  'handler-2': 'handler',
  'dispatcher-1': 'dispatcher',
  'supervisor-1': 'supervisor',
  'supervisor-2': 'supervisor',
  'fim-1': 'fim',
  'specialist-1': 'specialist',
  'constable-1': 'constable',
  'owner-1': 'system-owner',
};

export interface Raised {
  readonly safeguard: string;
  readonly level: string;
  readonly about: string;
  readonly at: number;
}

export interface ControlRoom {
  readonly room: () => Room;
  readonly events: () => readonly StoredEvent[];
  /** A person (or `heed` for the machine) gives a command now; `override` is their reason for going past a gate. */
  readonly does: (who: string, type: string, data: unknown, override?: string) => Outcome;
  /** The same, of something that happened at an earlier instant. */
  readonly doesAt: (at: number, who: string, type: string, data: unknown) => Outcome;
  /** Moves the clock, letting each thing fall due at its own instant. */
  readonly wait: (text: string) => void;
  /** Stops the clock's ticking and jumps: what a room does after being down. */
  readonly sleep: (text: string) => void;
  readonly duties: (safeguard?: string) => readonly Duty[];
  /** Every time a duty spoke, in order. */
  readonly raised: (safeguard?: string) => readonly Raised[];
  readonly rungs: (safeguard: string) => readonly { readonly to: string; readonly afterMs: number }[];
  readonly notes: (safeguard: string) => readonly string[];
  readonly floors: (incident: string) => readonly string[];
  readonly facts: (type: string) => readonly StoredEvent[];
  /** Presents, answers and records what was said; subjects as `{ id: [identity, role] }`. */
  readonly call: (contact: string, options?: Call) => void;
  /** Opens an incident (from a contact, if named) and grades it, if a grade is named. */
  readonly opens: (incident: string, options?: Opening) => void;
  /** Completes every outstanding check with this result and has what it found read. */
  readonly checks: (result?: 'no-trace' | 'failed' | 'timed-out' | 'unavailable') => void;
}

export interface Call {
  readonly handler?: string;
  readonly channel?: string;
  readonly words?: string;
  readonly subjects?: Readonly<Record<string, readonly [identity: unknown, role: string]>>;
  readonly ends?: string;
}

export interface Opening {
  readonly contact?: string;
  readonly kinds?: readonly string[];
  readonly summary?: string;
  readonly grade?: string;
  readonly by?: string;
}

/** A gate's safeguards, where the outcome is a refusal. */
export function gatesOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? [...new Set(outcome.gates.map((gate) => gate.safeguard))] : [];
}

function actorOf(who: string): Actor {
  return who === 'heed' ? { kind: 'machine', id: 'heed' } : { kind: 'staff', id: who };
}

/** The room, its log and its clock, while a test runs. */
interface Running {
  room: Room;
  now: number;
  count: number;
  readonly events: StoredEvent[];
  readonly catalogue: Catalogue;
}

interface Given {
  readonly actor: Actor;
  readonly type: string;
  readonly data: unknown;
  readonly override?: string | undefined;
  readonly at?: number;
}

function give(running: Running, { actor, type, data, override, at = running.now }: Given): Outcome {
  running.count += 1;
  const parsed = type === 'PassTime' ? data : commandSchemas.get(type)?.parse(data);
  if (parsed === undefined) throw new Error(`no command ${type}`);
  const id = `command-${running.count}`;
  const command: Command = { id, type, data: parsed, actor, at, ...(override === undefined ? {} : { override }) };
  const stepped = step(running.room, command, { now: running.now, catalogue: running.catalogue });
  running.room = stepped.room;
  running.events.push(...stepped.events);
  return stepped.outcome;
}

function opened(safeguards: readonly Safeguard[]): Running {
  const { policy, reader } = nationalPolicy();
  const catalogue = catalogueOf(safeguards, reader.read);
  const running: Running = { room: emptyRoom('room-1', 'replay'), now: noon, count: 0, events: [], catalogue };
  const world = (type: string, data: unknown): Outcome =>
    give(running, { actor: { kind: 'world', id: 'world' }, type, data });
  world('AdoptPolicy', { digest: 'test', text: policy });
  for (const [staff, role] of Object.entries(people)) {
    world('EnrolStaff', { staff, role });
    world('SignOn', { staff, position: `desk-${staff}` });
  }
  for (const unit of ['unit-1', 'unit-2', 'unit-3']) world('EnrolUnit', { unit });
  return running;
}

function wait(running: Running, text: string): void {
  const until = running.now + span(text);
  for (let due = nextDue(running.room); due !== null && due <= until; due = nextDue(running.room)) {
    running.now = Math.max(running.now, due);
    give(running, { actor: actorOf('heed'), type: 'PassTime', data: {} });
  }
  running.now = until;
}

type Looks = 'room' | 'events' | 'facts' | 'duties' | 'raised' | 'rungs' | 'notes' | 'floors';

/** What a test can see of the room. */
function looksAt(running: Running): Pick<ControlRoom, Looks> {
  const facts = (type: string): readonly StoredEvent[] => running.events.filter((event) => event.type === type);
  const openingOf = (event: StoredEvent): Record<string, unknown> =>
    facts('DutyOpened').find((one) => one.ids['duty'] === event.ids['duty'])?.body as Record<string, unknown>;
  return {
    room: () => running.room,
    events: () => running.events,
    facts,
    duties: (safeguard) =>
      [...running.room.duties.values()].filter((duty) => safeguard === undefined || duty.safeguard === safeguard),
    raised: (safeguard) =>
      facts('DutyRaised')
        .map((event) => ({ event, duty: openingOf(event) }))
        .filter(({ duty }) => safeguard === undefined || duty['safeguard'] === safeguard)
        .map(({ event, duty }) => ({
          safeguard: String(duty['safeguard']),
          level: (event.body as { level: string }).level,
          about: String(duty['about']),
          at: event.at,
        })),
    rungs: (safeguard) =>
      facts('RungReached')
        .filter((event) => openingOf(event)['safeguard'] === safeguard)
        .map((event) => ({ to: (event.body as { to: string }).to, afterMs: event.at - noon })),
    notes: (safeguard) =>
      facts('NoteAdded')
        .map((event) => event.body as { safeguard: string; why: { code: string } })
        .filter((body) => body.safeguard === safeguard)
        .map((body) => body.why.code),
    floors: (incident) =>
      (running.room.incidents.get(incident)?.floors ?? []).map((floor) => `${floor.safeguard} ${floor.band}`),
  };
}

/** A staffed room under the national policy with these safeguards, three free units, at midday. */
export function controlRoom(safeguards: readonly Safeguard[]): ControlRoom {
  const running = opened(safeguards);
  const does: ControlRoom['does'] = (who, type, data, override) =>
    give(running, { actor: actorOf(who), type, data, override });
  return {
    ...looksAt(running),
    does,
    doesAt: (at, who, type, data) => give(running, { actor: actorOf(who), type, data, at }),
    wait: (text) => {
      wait(running, text);
    },
    sleep: (text) => {
      running.now += span(text);
    },
    call: (contact, { handler = 'handler-1', channel = '999', words, subjects = {}, ends } = {}) => {
      does('heed', 'PresentContact', { contact, channel });
      does(handler, 'AnswerContact', { contact });
      for (const [subject, [identity, role]] of Object.entries(subjects))
        does(handler, 'Mention', { subject, ...(identity === null ? {} : { identity }), contact, role });
      if (words !== undefined) does(handler, 'RecordStatement', { contact, words });
      if (ends !== undefined) does(handler, 'EndContact', { contact, ending: ends });
    },
    opens: (incident, { contact, kinds = [], summary = 'report', grade, by = 'handler-1' } = {}) => {
      does(by, 'OpenIncident', { incident, kinds, summary, ...(contact === undefined ? {} : { contact }) });
      if (grade !== undefined) does(by, 'SetGrade', { incident, grade, reason: 'as reported' });
    },
    checks: (result = 'no-trace') => {
      for (const check of running.room.checks.values())
        if (check.state === 'not-run') does('heed', 'CompleteCheck', { check: check.id, result });
    },
  };
}
