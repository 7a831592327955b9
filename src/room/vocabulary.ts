import type { z } from 'zod';
import { archiveConcept } from './archive.ts';
import { assessmentConcept } from './assessment.ts';
import { callbackConcept } from './callback.ts';
import { checkConcept } from './check.ts';
import { contactConcept } from './contact.ts';
import { decisionConcept } from './decision.ts';
import { deferralConcept } from './deferral.ts';
import type { Asked, Decision, EventDefinition, EventOf, Stake, StoredEvent } from './define.ts';
import { deploymentConcept } from './deployment.ts';
import { descriptionConcept } from './description.ts';
import { dutyConcept } from './duty.ts';
import { erasureConcept } from './erasure.ts';
import { exhibitConcept } from './exhibit.ts';
import { failureConcept } from './failure.ts';
import { flowConcept } from './flow.ts';
import { gradeConcept } from './grade.ts';
import { harmConcept } from './harm.ts';
import { incidentConcept } from './incident.ts';
import { lessonConcept } from './lesson.ts';
import { linkConcept } from './link.ts';
import { locationConcept } from './location.ts';
import { logFaultConcept } from './log-fault.ts';
import { markerConcept } from './marker.ts';
import { messageConcept } from './message.ts';
import { orderConcept } from './order.ts';
import { patternConcept } from './pattern.ts';
import { policyConcept } from './policy.ts';
import { promiseConcept } from './promise.ts';
import { restrictionConcept } from './restriction.ts';
import type { Room } from './room.ts';
import { shortageConcept } from './shortage.ts';
import { showingConcept } from './showing.ts';
import { staffConcept } from './staff.ts';
import { subjectConcept } from './subject.ts';
import { taskConcept } from './task.ts';
import { transferConcept } from './transfer.ts';
import { unitConcept } from './unit.ts';

/** Every concept of the room. A new one is a file and a line here. */
export const concepts = [
  policyConcept,
  staffConcept,
  contactConcept,
  callbackConcept,
  locationConcept,
  incidentConcept,
  gradeConcept,
  assessmentConcept,
  subjectConcept,
  checkConcept,
  linkConcept,
  patternConcept,
  markerConcept,
  orderConcept,
  unitConcept,
  deploymentConcept,
  taskConcept,
  deferralConcept,
  messageConcept,
  promiseConcept,
  transferConcept,
  decisionConcept,
  harmConcept,
  dutyConcept,
  failureConcept,
  archiveConcept,
  erasureConcept,
  restrictionConcept,
  exhibitConcept,
  descriptionConcept,
  showingConcept,
  flowConcept,
  shortageConcept,
  lessonConcept,
  logFaultConcept,
] as const;

type AnyConcept = (typeof concepts)[number];
type AllOf<U, K extends string> = U extends Record<K, infer V> ? V : never;
type Merged<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

type CommandSchemas = Merged<AllOf<AnyConcept, 'commands'>>;
type EventDefinitions = Merged<AllOf<AnyConcept, 'events'>>;

export type CommandType = Extract<keyof CommandSchemas, string>;
export type EventType = Extract<keyof EventDefinitions, string>;
export type CommandData<T extends CommandType> = CommandSchemas[T] extends z.ZodType
  ? z.output<CommandSchemas[T]>
  : never;

/** A command as gates see it, by its type. */
export type AnyAsked = { readonly [T in CommandType]: Asked<T, CommandData<T>> }[CommandType];

/** Any event of the room, by its type. */
export type AnyEvent = {
  readonly [T in EventType]: EventDefinitions[T] extends EventDefinition ? EventOf<T, EventDefinitions[T]> : never;
}[EventType];
export type EventBy<T extends EventType> = Extract<AnyEvent, { readonly type: T }>;

type Decider = (data: unknown, room: Room, asked: Asked) => Decision;
type Evolver = (room: Room, event: StoredEvent) => Room;
type Staker = (data: unknown, room: Room, asked: Asked) => Stake;

/** The schema of every command's data, by type: the one vocabulary of API, case files and imports. */
export const commandSchemas: ReadonlyMap<string, z.ZodType> = new Map(
  concepts.flatMap((one) => Object.entries<z.ZodType>(one.commands)),
);

/** The definition of every event, by type. */
export const eventDefinitions: ReadonlyMap<string, EventDefinition> = new Map(
  concepts.flatMap((one) => Object.entries<EventDefinition>(one.events)),
);

const deciders: ReadonlyMap<string, Decider> = new Map(
  concepts.flatMap((one) => Object.entries(one.decide) as [string, Decider][]),
);
const stakers: ReadonlyMap<string, Staker> = new Map(
  concepts.flatMap((one) => Object.entries(one.stakes) as [string, Staker][]),
);
const evolvers: ReadonlyMap<string, Evolver> = new Map(
  concepts.flatMap((one) => Object.entries(one.evolve) as [string, Evolver][]),
);

/** The decider of a command type, or undefined when the room knows no such command. */
export function deciderOf(type: string): Decider | undefined {
  return deciders.get(type);
}

/** What is at stake in a command; null for one that no safeguard may refuse. */
export function stakeOf(room: Room, asked: Asked): Stake {
  return stakers.get(asked.type)?.(asked.data, room, asked) ?? null;
}

/** The folder of an event type, or undefined for a type of another version of Heed. */
export function evolverOf(type: string): Evolver | undefined {
  return evolvers.get(type);
}
