import { Map, OrderedMap } from 'immutable';
import type { List } from 'immutable';
import type { Agenda } from './agenda.ts';
import type { CallbackAttempt } from './callback.ts';
import type { Check } from './check.ts';
import type { Contact } from './contact.ts';
import type { Proposal, Reliance, ReviewRequest } from './decision.ts';
import type { Deferral } from './deferral.ts';
import type { Deployment } from './deployment.ts';
import type { Description } from './description.ts';
import type { Duty, Why } from './duty.ts';
import type { Exhibit } from './exhibit.ts';
import type { Flow } from './flow.ts';
import type { Harm } from './harm.ts';
import type { Incident } from './incident.ts';
import type { Lesson } from './lesson.ts';
import type { Link } from './link.ts';
import type { LocationEvidence } from './location.ts';
import type { LogFault } from './log-fault.ts';
import type { Marker } from './marker.ts';
import type { Message } from './message.ts';
import type { ProtectiveOrder } from './order.ts';
import type { Pattern } from './pattern.ts';
import type { Policy } from './policy.ts';
import { emptyPolicy } from './policy.ts';
import type { PromiseMade } from './promise.ts';
import type { Restriction } from './restriction.ts';
import type { Showing } from './showing.ts';
import type { Staff } from './staff.ts';
import type { Appearance, Relation, Subject } from './subject.ts';
import type { Task } from './task.ts';
import type { Transfer } from './transfer.ts';
import type { Unit } from './unit.ts';

/** Only a live room is given adapters that reach the world. */
export type RoomKind = 'live' | 'exercise' | 'replay';

/** A collection of the room, by id or another key. */
export type Keyed<T> = Map<string, T>;
type Index = Map<string, readonly string[]>;

/** A whole force's control room at one position of its log: immutable data, large collections as persistent maps. */
export interface Room {
  readonly id: string;
  readonly kind: RoomKind;
  /** `seq` of the last event folded; the next one is this plus one. */
  readonly seq: number;
  /** `recordedAt` of the last event: room time, which never goes back. */
  readonly now: number;
  readonly policy: Policy;

  readonly contacts: Map<string, Contact>;
  readonly incidents: Map<string, Incident>;
  readonly archived: Map<string, true>;
  /** The incidents of the room that were joined into each, as the same event. */
  readonly joins: Index;
  readonly callbacks: Map<string, CallbackAttempt>;
  readonly callbacksOn: Index;
  readonly locations: Map<string, LocationEvidence>;
  readonly locationsOn: Index;

  readonly subjects: Map<string, Subject>;
  readonly subjectsByKey: Index;
  readonly relations: Map<string, readonly Relation[]>;
  /** In whose hands a phone may be. */
  readonly phoneHands: Map<string, string>;
  /** Recent appearances under each matching key, newest last. */
  readonly appearances: Map<string, readonly Appearance[]>;
  /** Appearances in each contact and incident. */
  readonly mentions: Map<string, readonly Appearance[]>;

  readonly checks: Map<string, Check>;
  readonly checksOn: Index;
  readonly sources: Map<string, { readonly id: string; readonly state: 'up' | 'down'; readonly since: number }>;
  readonly links: Map<string, Link>;
  readonly linksOn: Index;
  readonly patterns: Map<string, Pattern>;
  readonly patternsOn: Index;
  readonly markers: Map<string, Marker>;
  readonly markersOf: Index;
  readonly orders: Map<string, ProtectiveOrder>;
  readonly ordersOf: Index;

  readonly units: Map<string, Unit>;
  /** Units that could be sent now, the longest free first. */
  readonly freeUnits: OrderedMap<string, true>;
  readonly deployments: Map<string, Deployment>;
  readonly tasks: Map<string, Task>;
  readonly deferrals: Map<string, Deferral>;
  /** How often each incident or task was deferred. */
  readonly deferralsOf: Map<string, number>;
  readonly messages: Map<string, Message>;
  readonly promises: Map<string, PromiseMade>;
  readonly transfers: Map<string, Transfer>;
  readonly exhibits: Map<string, Exhibit>;
  readonly descriptions: Map<string, Description>;
  /** What other records show of the room's incidents. */
  readonly showings: Map<string, Showing>;

  readonly proposals: Map<string, Proposal>;
  readonly reviews: Map<string, ReviewRequest>;
  readonly reviewsOn: Index;
  readonly reliances: Map<string, Reliance>;
  readonly harms: Map<string, Harm>;
  readonly holds: Map<string, string>;
  readonly lessons: Map<string, Lesson>;
  readonly logFaults: Map<string, LogFault>;
  /** What the span of time that runs usually brings, and what has come; null where nobody counts. */
  readonly flow: Flow | null;

  readonly staff: Map<string, Staff>;
  /** Who is on duty in each role, in order of sign-on. */
  readonly onDuty: Index;

  readonly duties: Map<string, Duty>;
  readonly dutiesAbout: Index;
  readonly dutiesOn: Index;
  readonly dutiesOf: Index;
  readonly notes: Map<string, readonly { readonly safeguard: string; readonly why: Why; readonly seq: number }[]>;
  readonly agenda: Agenda | null;
  /** Safeguards that failed, by incident (or `room`): lowering there waits for the system owner. */
  readonly failures: Map<string, readonly string[]>;

  /** Incidents that only those who must know may read. */
  readonly restrictions: Map<string, Restriction>;
  /** What belongs to a restricted incident, by its id or its place in the log (`#41`): that incident. */
  readonly belongings: Map<string, string>;
  /** Where in the log each contact and incident of the room has its events. */
  readonly seqsOn: Map<string, List<number>>;
}

/** A room before its first event. */
export function emptyRoom(id: string, kind: RoomKind): Room {
  return {
    id,
    kind,
    seq: 0,
    now: 0,
    policy: emptyPolicy,
    contacts: Map(),
    incidents: Map(),
    archived: Map(),
    joins: Map(),
    callbacks: Map(),
    callbacksOn: Map(),
    locations: Map(),
    locationsOn: Map(),
    subjects: Map(),
    subjectsByKey: Map(),
    relations: Map(),
    phoneHands: Map(),
    appearances: Map(),
    mentions: Map(),
    checks: Map(),
    checksOn: Map(),
    sources: Map(),
    links: Map(),
    linksOn: Map(),
    patterns: Map(),
    patternsOn: Map(),
    markers: Map(),
    markersOf: Map(),
    orders: Map(),
    ordersOf: Map(),
    units: Map(),
    freeUnits: OrderedMap(),
    deployments: Map(),
    tasks: Map(),
    deferrals: Map(),
    deferralsOf: Map(),
    messages: Map(),
    promises: Map(),
    transfers: Map(),
    exhibits: Map(),
    descriptions: Map(),
    showings: Map(),
    proposals: Map(),
    reviews: Map(),
    reviewsOn: Map(),
    reliances: Map(),
    harms: Map(),
    holds: Map(),
    lessons: Map(),
    logFaults: Map(),
    flow: null,
    staff: Map(),
    onDuty: Map(),
    duties: Map(),
    dutiesAbout: Map(),
    dutiesOn: Map(),
    dutiesOf: Map(),
    notes: Map(),
    agenda: null,
    failures: Map(),
    restrictions: Map(),
    belongings: Map(),
    seqsOn: Map(),
  };
}
