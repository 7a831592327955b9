import type { StoredEvent } from '../../src/room/define.ts';
import type { Duty, Level, Why } from '../../src/room/duty.ts';
import { resolveOwner } from '../../src/room/duty.ts';
import type { Room } from '../../src/room/room.ts';
import type { Given } from '../../src/simulate/virtual.ts';

/** One interruption: a duty that spoke, or a rung of its ladder. */
export interface Spoken {
  readonly at: number;
  readonly kind: 'raised' | 'rung';
  readonly duty: string;
  readonly safeguard: string;
  readonly level: Level;
  readonly about: string;
  readonly incident: string | null;
  /** Who is told: the owner or, where it is a role's, everybody who stands in that role. */
  readonly told: readonly string[];
  /** It stands in the queue of a role, and one of these takes it. */
  readonly isOfRole: boolean;
  readonly to: string;
  readonly why: Why;
}

/** A duty from its speaking to its end. */
export interface Spoke {
  readonly safeguard: string;
  readonly level: Level;
  readonly dueAt: number;
  /** When its rungs are reached, counted from its time. */
  readonly rungs: readonly number[];
  raisedAt: number | null;
  metAt: number | null;
}

/**
 * Until when a duty that spoke is to be met: the time that it gives or, where it is due as it speaks, the first rung
 * that is reached after that; null for one whose every rung is told at once.
 */
export function timeOf({ dueAt, rungs, raisedAt }: Spoke): number | null {
  const spokeAt = raisedAt ?? dueAt;
  const times = [dueAt, ...rungs.map((after) => dueAt + after)].filter((time) => time > spokeAt + 1_000);
  return times.length === 0 ? null : Math.min(...times);
}

/** A context that was shown, a floor that was set, or a refusal, by its safeguard. */
export interface Quiet {
  readonly at: number;
  readonly kind: 'note' | 'floor' | 'refusal';
  readonly safeguard: string;
  readonly about: string;
}

/** Everything that the room did to its people while it was listened to. */
export interface Tally {
  readonly spoken: Spoken[];
  readonly quiet: Quiet[];
  readonly duties: Map<string, Spoke>;
  /** When each contact came in. */
  readonly contacts: Map<string, number>;
  /** When the words of each contact were first written down, and the incident that it came to. */
  readonly toldAt: Map<string, number>;
  readonly incidentOf: Map<string, string>;
  commands: number;
  refused: number;
  /** Milliseconds that each role was at its desks, all its people together. */
  readonly deskMs: Map<string, number>;
  /** By window of ten minutes: who was on duty. */
  readonly windows: Map<number, ReadonlySet<string>>;
  lastAt: number | null;
}

export const windowMs = 600_000;
/** Roles whose people sit at the desks of the room. */
export const deskRoles = ['handler', 'dispatcher', 'supervisor', 'fim'] as const;

/** A tally before anything was heard. */
export function emptyTally(): Tally {
  return {
    spoken: [],
    quiet: [],
    duties: new Map(),
    contacts: new Map(),
    toldAt: new Map(),
    incidentOf: new Map(),
    commands: 0,
    refused: 0,
    deskMs: new Map(),
    windows: new Map(),
    lastAt: null,
  };
}

function speaks(tally: Tally, room: Room, event: StoredEvent, duty: Duty): void {
  const { owner, level, safeguard, about, incident, why } = duty;
  const reached = resolveOwner(room, owner);
  const last = why.at(-1);
  if (last === undefined) return;
  tally.spoken.push({
    at: event.at,
    kind: 'raised',
    duty: duty.id,
    safeguard,
    level,
    about,
    incident,
    told: reached.staff,
    isOfRole: 'role' in owner,
    to: 'role' in owner ? owner.role : owner.staff,
    why: last,
  });
}

function climbs(tally: Tally, event: StoredEvent, duty: Duty): void {
  const { told, staff } = event.body as { readonly told: string; readonly staff: readonly string[] };
  const { safeguard, level, about, incident, why } = duty;
  const last = why.at(-1);
  if (last === undefined) return;
  const of = { duty: duty.id, safeguard, level, about, incident, why: last };
  tally.spoken.push({ at: event.at, kind: 'rung', ...of, told: staff, isOfRole: true, to: told });
}

function rungsOf({ ladder }: Pick<Duty, 'ladder'>): readonly number[] {
  return ladder.map(({ afterMs }) => afterMs);
}

/** What one event does to the duties that are counted; `duty` as it stands after it. */
function onDuty(tally: Tally, room: Room, event: StoredEvent): void {
  const id = event.ids['duty'] ?? '';
  const held = tally.duties.get(id);
  const duty = room.duties.get(id);
  switch (event.type) {
    case 'DutyOpened': {
      const { safeguard, level, dueAt, ladder } = event.body as Pick<Duty, 'safeguard' | 'level' | 'dueAt' | 'ladder'>;
      tally.duties.set(id, { safeguard, level, dueAt, rungs: rungsOf({ ladder }), raisedAt: null, metAt: null });
      return;
    }
    case 'DutyRaised':
      if (held !== undefined) held.raisedAt ??= event.at;
      if (duty !== undefined) speaks(tally, room, event, duty);
      return;
    case 'DutyJoined':
      // What turns a prompt into an alarm has a new time; another reason for the same alarm has none.
      if (held !== undefined && duty !== undefined)
        tally.duties.set(id, { ...held, level: duty.level, dueAt: duty.dueAt, rungs: rungsOf(duty) });
      return;
    case 'RungReached':
      if (duty !== undefined) climbs(tally, event, duty);
      return;
    case 'DutyMet':
      if (held !== undefined) held.metAt = event.at;
      return;
  }
}

function onQuiet(tally: Tally, event: StoredEvent): void {
  const { at, type } = event;
  if (type === 'NoteAdded') {
    const { safeguard, about } = event.body as { safeguard: string; about: string };
    tally.quiet.push({ at, kind: 'note', safeguard, about });
  } else if (type === 'FloorSet') {
    const { safeguard } = event.body as { safeguard: string };
    tally.quiet.push({ at, kind: 'floor', safeguard, about: `incident:${event.ids['incident'] ?? ''}` });
  } else if (type === 'CommandRefused') {
    const { gates } = event.body as { gates: readonly { readonly safeguard: string }[] };
    const about = event.ids['incident'] ?? event.ids['contact'] ?? '';
    for (const safeguard of new Set(gates.map((gate) => gate.safeguard)))
      tally.quiet.push({ at, kind: 'refusal', safeguard, about });
  }
}

function onContact(tally: Tally, { at, type, ids }: StoredEvent): void {
  const { contact, incident } = ids;
  if (contact === undefined) return;
  if (type === 'ContactPresented') tally.contacts.set(contact, at);
  if (type === 'StatementRecorded' && !tally.toldAt.has(contact)) tally.toldAt.set(contact, at);
  if ((type === 'IncidentOpened' || type === 'ContactJoined') && incident !== undefined)
    tally.incidentOf.set(contact, incident);
}

/** Hears one command with its events, the room being as it is after it. */
export function hear(tally: Tally, room: Room, { command, outcome, events }: Given): void {
  if (command.type !== 'PassTime' && command.type !== 'CompleteCheck') {
    tally.commands += 1;
    if (outcome.kind === 'refused') tally.refused += 1;
  }
  for (const event of events) {
    onDuty(tally, room, event);
    onQuiet(tally, event);
    onContact(tally, event);
  }
}

/** Looks at who sits at the desks; to be called at every tick. */
export function watch(tally: Tally, room: Room, now: number): void {
  const passed = tally.lastAt === null ? 0 : now - tally.lastAt;
  tally.lastAt = now;
  const people: string[] = [];
  for (const role of deskRoles) {
    const on = room.onDuty.get(role) ?? [];
    tally.deskMs.set(role, (tally.deskMs.get(role) ?? 0) + on.length * passed);
    people.push(...on);
  }
  const window = Math.floor(now / windowMs);
  if (!tally.windows.has(window)) tally.windows.set(window, new Set(people));
}
