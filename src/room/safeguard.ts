import type { Asked, Ids } from './define.ts';
import type { About, Ask, Duty, Level, Owner, Rung, Why } from './duty.ts';
import type { Band, Timing } from './policy.ts';
import type { Room } from './room.ts';
import type { AnyAsked, AnyEvent, CommandType, EventType } from './vocabulary.ts';

/** The evidence a safeguard rests on; where a source of data lacks it, the safeguard is off and the report says so. */
export type Evidence =
  | 'contacts'
  | 'text'
  | 'identifiers'
  | 'grades'
  | 'units'
  | 'positions'
  | 'staff'
  | 'history'
  | 'markers'
  | 'orders'
  | 'decisions';

/** Something that somebody must do. Times left out are those of the safeguard under the policy in force. */
export interface RaiseDuty {
  readonly kind: 'duty';
  readonly about: About;
  readonly key?: string;
  readonly owner: Owner;
  readonly level: Level;
  /** Which of the safeguard's timings counts; `main` when left out. */
  readonly timing?: string;
  /** When it speaks, where the moment is given by the facts. */
  readonly speaksAt?: number;
  /** When it is due, where the moment is given by the facts. */
  readonly dueAt?: number;
  readonly why: Why;
  readonly asks: readonly Ask[];
}

/** The lowest grade allowed until a named person lifts it. */
export interface SetFloor {
  readonly kind: 'floor';
  readonly incident: string;
  readonly band: Band;
  readonly why: Why;
}

/** Context worth showing, demanding nothing. */
export interface AddNote {
  readonly kind: 'note';
  readonly about: About;
  readonly why: Why;
}

/** Events that a safeguard may cause by itself: each can only raise or preserve. */
export const acts = [
  'PatternOpened',
  'PatternJoined',
  'DeferralReturned',
  'MarkerExtended',
  'LegalHoldPlaced',
  'ReferralDrafted',
  'CheckRequested',
  'MessageResent',
  'IncidentReopened',
  'BreachReported',
  'LinkProposed',
  'KindsSet',
  'DutyMoved',
  'StaffSignedOff',
] as const satisfies readonly EventType[];

/** Ids of new things are made from the `seq` of the event they rest on, so that a replay makes the same ones. */
export interface Act {
  readonly kind: 'act';
  readonly type: (typeof acts)[number];
  readonly ids: Ids;
  readonly body: unknown;
}

export type Response = RaiseDuty | SetFloor | AddNote | Act;

/** Why a lowering command is refused now, and what would satisfy it. */
export interface Gate {
  readonly safeguard: string;
  readonly why: Why;
  readonly asks: readonly Ask[];
}

/** A small pure module that raises. One file each; its id is public and does not change. */
export interface Safeguard {
  readonly id: string;
  readonly needs: readonly Evidence[];
  /** The events that `react` is shown and the commands that `gate` is shown. */
  readonly on: readonly (EventType | CommandType)[];
  /** Default times: `main`, and others by name. A policy overrides `main` under the id, others under `id-name`. */
  readonly timings: Readonly<Record<string, Timing>>;
  /** What its phrase codes say; `{name}` stands for a parameter. */
  readonly words: Readonly<Record<string, string>>;
  react?(event: AnyEvent, room: Room): readonly Response[];
  /** Its duty has fallen due, or is told again: what follows beside the ladder. */
  due?(duty: Duty, room: Room, now: number): readonly Response[];
  gate?(asked: AnyAsked, room: Room): readonly Gate[];
  /** Whether this event discharges the duty. */
  isMet?(duty: Duty, event: AnyEvent, room: Room): boolean;
}

/** The safeguards in force with the reader of texts, indexed for the one ordered pass. */
export interface Catalogue {
  readonly safeguards: readonly Safeguard[];
  readonly reacting: ReadonlyMap<string, readonly Safeguard[]>;
  readonly gating: ReadonlyMap<string, readonly Safeguard[]>;
  readonly byId: ReadonlyMap<string, Safeguard>;
  readonly read: Asked['read'];
}

/** Makes a catalogue of these safeguards, in this order, with this reader of texts. */
export function catalogueOf(safeguards: readonly Safeguard[], read: Catalogue['read']): Catalogue {
  const reacting = new Map<string, Safeguard[]>();
  const gating = new Map<string, Safeguard[]>();
  for (const safeguard of safeguards)
    for (const type of safeguard.on) {
      if (safeguard.react !== undefined) push(reacting, type, safeguard);
      if (safeguard.gate !== undefined) push(gating, type, safeguard);
    }
  return { safeguards, reacting, gating, byId: new Map(safeguards.map((one) => [one.id, one])), read };
}

function push(index: Map<string, Safeguard[]>, type: string, safeguard: Safeguard): void {
  const held = index.get(type);
  if (held === undefined) index.set(type, [safeguard]);
  else held.push(safeguard);
}

/** The timing in force: the policy's, field by field, over the safeguard's own. */
export function timingOf(
  room: Room,
  safeguard: Safeguard,
  name = 'main',
): Timing & { readonly ladder: readonly Rung[] } {
  const own = safeguard.timings[name] ?? safeguard.timings['main'] ?? {};
  const set = room.policy.safeguards[name === 'main' ? safeguard.id : `${safeguard.id}-${name}`] ?? {};
  return {
    ...own,
    ...set,
    ladder: set.ladder ?? own.ladder ?? [{ to: 'supervisor', afterMs: 0 }],
    windows: { ...own.windows, ...set.windows },
    counts: { ...own.counts, ...set.counts },
  };
}

/** A span of the safeguard's that policy may change, milliseconds. */
export function windowMs(room: Room, safeguard: Safeguard, name: string): number {
  return room.policy.safeguards[safeguard.id]?.windows?.[name] ?? safeguard.timings['main']?.windows?.[name] ?? 0;
}

/** A number of the safeguard's that policy may change. */
export function countOf(room: Room, safeguard: Safeguard, name: string): number {
  return room.policy.safeguards[safeguard.id]?.counts?.[name] ?? safeguard.timings['main']?.counts?.[name] ?? 1;
}

/**
 * A reason: its phrase code, its parameters, and the events it rests on, all of them: by these it is told who may read
 * it. Of more than are kept the last ones stand.
 */
export function why(code: string, params: Why['params'] = {}, seqs: readonly number[] = []): Why {
  return { code, params, seqs: seqs.slice(-40) };
}

/** An ask: the command that would meet it, with what is already known. */
export function ask(command: CommandType, known: Readonly<Record<string, string>> = {}): Ask {
  return { command, with: known };
}
