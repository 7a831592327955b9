import { z } from 'zod';
import type { Room } from './room.ts';

/** Opaque identifier: never a number, a name or an address (design, settled point 7). */
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an identifier of lower-case letters, digits and hyphens');

/** An instant: integer milliseconds UTC. */
export const instant = z.int().min(0).max(4_102_444_800_000);

/** A span of time: integer milliseconds, at most ten years. */
export const span = z.int().min(0).max(315_576_000_000);

/** Words a person wrote or said; hostile until read, bounded always. */
export const words = z.string().min(1).max(20_000);

/** A short line: a reason, a label, a reference. */
export const line = z.string().min(1).max(2_000);

/** Who did a thing: a named person, the machine, a source outside, or the opening of a replay's world. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('staff'), id }),
  z.strictObject({ kind: z.literal('machine'), id }),
  z.strictObject({ kind: z.literal('world'), id: z.literal('world') }),
]);
export type Actor = Readonly<z.output<typeof actorSchema>>;

/** The ids in an event's header, by the role they play in it. */
export type Ids = Readonly<Record<string, string | undefined>>;

/** What every event says outside its body; the chain of the journal covers exactly this. */
export interface Header {
  readonly seq: number;
  readonly room: string;
  /** When it happened. */
  readonly at: number;
  /** When Heed learned it. Order is `seq`, and decisions count from here. */
  readonly recordedAt: number;
  readonly actor: Actor;
  /** The second person who approved it, where one did. */
  readonly second: string | null;
  /** Who may see it: `incident:…`, `subject:…` or `room`. */
  readonly scope: string;
  readonly type: string;
  readonly version: number;
  /** The event that made this one follow, or null for what a command did itself. */
  readonly cause: number | null;
  /** Id of the command in whose batch it was appended. */
  readonly command: string;
  readonly ids: Ids;
}

/** An event as the log keeps it; the body is null once it has been lawfully erased. */
export interface StoredEvent extends Header {
  readonly body: unknown;
}

/** An event type: its version, the ids in its header, its body, and what is left of the body when it is erased. */
export interface EventDefinition<I extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  readonly version: number;
  readonly ids: I;
  readonly body: B;
  /** Absent: an erased event of this type changes nothing. */
  readonly erased?: z.output<B>;
}

/** Defines version 1 of an event type. `erased` is the body that the fold sees once the real one is gone. */
export function event<I extends z.ZodRawShape, B extends z.ZodRawShape>(
  ids: I,
  body: B,
  erased?: z.output<z.ZodObject<B, z.core.$strict>>,
): EventDefinition<z.ZodObject<I, z.core.$strict>, z.ZodObject<B, z.core.$strict>> {
  const definition = { version: 1, ids: z.strictObject(ids), body: z.strictObject(body) };
  return erased === undefined ? definition : { ...definition, erased };
}

export type Commands = Readonly<Record<string, z.ZodType>>;
export type Events = Readonly<Record<string, EventDefinition>>;

/** The event of type T under definition D. */
export interface EventOf<T extends string, D extends EventDefinition> extends Header {
  readonly type: T;
  readonly ids: z.output<D['ids']> & Ids;
  readonly body: z.output<D['body']>;
}

/** An event before the room has given it its place in the log. */
export interface Draft {
  readonly type: string;
  readonly ids: Ids;
  readonly body: unknown;
}

/** Makes the typed constructors of a concept's events. */
export function drafts<E extends Events>(
  events: E,
): { readonly [T in keyof E & string]: (ids: z.input<E[T]['ids']>, body: z.input<E[T]['body']>) => Draft } {
  const made: Record<string, (ids: Ids, body: unknown) => Draft> = {};
  for (const type of Object.keys(events)) made[type] = (ids, body) => ({ type, ids, body });
  return made as never;
}

/** A person who approved as second, and who proposed (design, principle 1). */
export interface Approval {
  readonly second: string;
  readonly proposer: string;
  /** The proposal that was approved. */
  readonly decision: string;
}

/** A command that has passed the border, as deciders and gates see it. */
export interface Asked<T extends string = string, D = unknown> {
  readonly id: string;
  readonly type: T;
  readonly data: D;
  readonly actor: Actor;
  /** When it happened, as told. */
  readonly at: number;
  /** When the room decides it. */
  readonly now: number;
  readonly approval: Approval | null;
  /** The reason of somebody with authority to override what stands in the way, if they gave one. */
  readonly override: string | null;
  /** Reads free text for danger and claims: by the phrases of the policy in force, and a caller's by likeness too. */
  readonly read: (text: string, voice: Voice) => readonly Reading[];
}

/** Whose words a text has: what callers and relays say, or what staff write. */
export type Voice = 'caller' | 'staff';

/** What the phrase reader found in a text, with the words it rests on. */
export const reading = z.strictObject({
  kind: z.string().max(64),
  reads: z.enum(['danger', 'likeness', 'claim', 'domestic', 'observation', 'belief', 'dismissal']),
  means: z.string().max(200),
  lifeThreat: z.boolean(),
  says: z.string().max(64).optional(),
  quote: z.string().max(400),
  standing: z.enum(['told', 'negated', 'past', 'resolved']),
});
export type Reading = Readonly<z.output<typeof reading>>;

/** One reason why a command cannot be done, in words a person can act on. */
export interface Reason {
  readonly code: string;
  readonly says: string;
}

/** A command that the room cannot carry out as asked. Gated refusals are added by `step`. */
export interface Refusal {
  readonly refused: readonly Reason[];
}

export type Decision = readonly Draft[] | Refusal;

/** Refuses with one reason. */
export function refuse(code: string, says: string): Refusal {
  return { refused: [{ code, says }] };
}

/**
 * Refuses because the room holds nothing by that id; `known` lists what there is, where that is policy's own short
 * list.
 */
export function unknown(kind: string, wanted: string, known: readonly string[] = []): Refusal {
  const choice = known.length === 0 ? '' : ` Known are ${known.join(', ')}.`;
  return refuse(`${kind}-unknown`, `No ${kind} ${wanted} is known in this room.${choice}`);
}

/** Refuses because the id is already in use. */
export function taken(kind: string, wanted: string): Refusal {
  return refuse(`${kind}-taken`, `There is already a ${kind} ${wanted}; a new one needs an id of its own.`);
}

/** True for a refusal. */
export function isRefusal(decision: Decision): decision is Refusal {
  return !Array.isArray(decision);
}

type Deciders<C extends Commands> = {
  readonly [T in keyof C & string]: (data: z.output<C[T]>, room: Room, asked: Asked) => Decision;
};
type Evolvers<E extends Events> = {
  readonly [T in keyof E & string]: (room: Room, event: EventOf<T, E[T]>) => Room;
};

export type Stake = 'lowers' | 'endangers' | null;

/** One concept of the control room: what can be asked of it, what can happen to it, and how both change the room. */
export interface Concept<C extends Commands, E extends Events> {
  readonly commands: C;
  readonly events: E;
  /**
   * What is at stake in a command, where anything is: one that `lowers` may be refused by gates and is stopped by a
   * failed safeguard; one that `endangers` may be refused by gates. Every other command is never refused by a
   * safeguard.
   */
  readonly stakes: { readonly [T in keyof C & string]?: (data: z.output<C[T]>, room: Room, asked: Asked) => Stake };
  readonly decide: Deciders<C>;
  readonly evolve: Evolvers<E>;
}

/** Declares a concept, checking that every command is decided and every event folded. */
export function concept<C extends Commands, E extends Events>(declared: Concept<C, E>): Concept<C, E> {
  return declared;
}
