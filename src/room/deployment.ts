import { z } from 'zod';
import { changeIn, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import type { Draft } from './define.ts';
import type { Incident } from './incident.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';
import { freeUnits, withUnit } from './unit.ts';

/** One unit for one incident, as a closed loop: it ends arrived with a result, or says how else it ended. */
export interface Deployment {
  readonly id: string;
  readonly seq: number;
  readonly incident: string;
  readonly unit: string;
  readonly state: 'assigned' | 'acknowledged' | 'en-route' | 'arrived' | 'resulted' | 'diverted' | 'stood-down';
  readonly assignedAt: number;
  readonly assignedBy: string;
  readonly acknowledgedAt: number | null;
  readonly arrivedAt: number | null;
  readonly endedAt: number | null;
  /** Whom it left this incident for. */
  readonly divertedTo: string | null;
  readonly moved: boolean;
  readonly outcome: string | null;
  readonly searched: readonly string[];
  /** What the unit was last told, where that is on record. */
  readonly briefing: Briefing | null;
  /** Its own screen showed it the whole incident. */
  readonly cardOpenedAt: number | null;
}

/** What a unit was told: in words, and where and whom to see as far as that was noted apart. */
const briefing = {
  told: z.array(line).max(40),
  place: id.optional(),
  see: z.array(id).max(20).optional(),
  /** Kinds of marker that it was warned of. */
  markers: z.array(id).max(20).optional(),
};
export type Briefing = Readonly<
  z.output<z.ZodObject<typeof briefing>> & { readonly dangers: readonly string[]; readonly seq: number }
>;

const live: readonly Deployment['state'][] = ['assigned', 'acknowledged', 'en-route', 'arrived'];

/** Whether the unit is still going or there. */
export function isLive(deployment: Deployment): boolean {
  return live.includes(deployment.state);
}

/** Deployments of an incident that are still going or there. */
export function liveDeployments(room: Room, incident: Incident): readonly Deployment[] {
  return incident.deployments
    .map((one) => room.deployments.get(one))
    .filter((one): one is Deployment => one !== undefined && isLive(one));
}

/** Somebody has said that they are going: acknowledged, moving, or there. */
export function isServed(room: Room, incident: Incident): boolean {
  return liveDeployments(room, incident).some((one) => one.state !== 'assigned' || one.moved);
}

/** Somebody was there, at some time. */
export function wasAttended(room: Room, incident: Incident): boolean {
  return incident.deployments.some((one) => room.deployments.get(one)?.arrivedAt != null);
}

/** How somebody who was seen was known to be that person. */
export const waysKnown = ['document', 'known-to-officer', 'by-another', 'own-word', 'not-identified'] as const;
const seen = z.strictObject({
  subject: id.optional(),
  identified: z.enum(waysKnown),
  apart: z.boolean(),
  safe: z.boolean(),
});
export const outcomes = [
  'seen',
  'arrested',
  'no-answer',
  'area-search',
  'left-before',
  'nothing-found',
  'dealt-with',
  'not-needed',
] as const;

const loop = { deployment: id, incident: id, unit: id };
const result = {
  outcome: z.enum(outcomes),
  seen: z.array(seen).max(20),
  searched: z.array(line).max(20),
  says: line.optional(),
};

const commands = {
  AssignUnit: z.strictObject({ deployment: id, incident: id, unit: id }),
  DivertUnit: z.strictObject({ deployment: id, unit: id, to: id, reason: line }),
  BriefUnit: z.strictObject({ deployment: id, ...briefing }),
  /** The unit has the whole incident on its own screen. */
  OpenCard: z.strictObject({ deployment: id }),
  AcknowledgeDeployment: z.strictObject({ deployment: id }),
  MarkEnRoute: z.strictObject({ deployment: id }),
  MarkArrived: z.strictObject({ deployment: id }),
  RecordResult: z.strictObject({
    deployment: id,
    outcome: z.enum(outcomes),
    seen: z.array(seen).max(20).default([]),
    searched: z.array(line).max(20).default([]),
    says: line.optional(),
  }),
  /** Somebody was seen without a deployment of ours: by another force, a partner, an officer in passing. */
  RecordSighting: z.strictObject({ incident: id, by: line, seen }),
  StandDown: z.strictObject({ deployment: id, reason: line }),
  AnswerNoUnit: z.strictObject({ incident: id, task: id.optional(), reason: line }),
};

const events = {
  UnitAssigned: event(loop, {}, {}),
  /** With the kinds of danger that are read in what was told. */
  UnitBriefed: event(loop, { ...briefing, dangers: z.array(id).max(40).optional() }, { told: [] }),
  CardOpened: event(loop, {}, {}),
  DeploymentAcknowledged: event(loop, {}, {}),
  UnitEnRoute: event(loop, {}, {}),
  UnitArrived: event(loop, {}, {}),
  ResultRecorded: event(loop, result, { outcome: 'dealt-with', seen: [], searched: [] }),
  SightingRecorded: event({ incident: id, subject: id.optional() }, { by: line, seen }),
  /** The unit has left this incident for another; `to` is the incident it went to, if known. */
  UnitDiverted: event({ ...loop, to: id.optional() }, { reason: line }, { reason: '[erased]' }),
  UnitStoodDown: event(loop, { reason: line }, { reason: '[erased]' }),
  /** A request for a unit was answered with none; who was free is recorded by the system. */
  NoUnitAnswered: event({ incident: id, task: id.optional() }, { reason: line, free: z.array(id).max(20) }),
};
const make = drafts(events);

type Loop = { readonly deployment: string; readonly incident: string; readonly unit: string };

function loopOf({ id, incident, unit }: Deployment): Loop {
  return { deployment: id, incident, unit };
}

/** Runs a step of the loop on a live deployment. */
function onLive(room: Room, wanted: string, made: (ids: Loop) => Draft) {
  const deployment = room.deployments.get(wanted);
  if (deployment === undefined) return unknown('deployment', wanted);
  if (!isLive(deployment)) return refuse('deployment-ended', `Deployment ${wanted} is ${deployment.state}.`);
  return [made(loopOf(deployment))];
}

/** Frees the unit of what it was doing, naming where it went; nobody else need notice for this to be known. */
function leaving(room: Room, unit: string, to: string, reason: string): readonly Draft[] {
  const deployment = room.deployments.get(room.units.get(unit)?.deployment ?? '');
  return deployment === undefined || !isLive(deployment)
    ? []
    : [make.UnitDiverted({ ...loopOf(deployment), to }, { reason })];
}

function end(room: Room, ids: Loop, change: Partial<Deployment>): Room {
  const next = changeIn(room, 'deployments', ids.deployment, change);
  const unit = next.units.get(ids.unit);
  return unit === undefined || unit.deployment !== ids.deployment
    ? next
    : withUnit(
        next,
        unit.status === 'off-duty'
          ? { ...unit, deployment: null }
          : { ...unit, deployment: null, status: 'available', since: change.endedAt ?? unit.since },
      );
}

function progress(room: Room, ids: Loop, change: Partial<Deployment>, status?: 'en-route' | 'at-scene'): Room {
  const next = changeIn(room, 'deployments', ids.deployment, change);
  const unit = next.units.get(ids.unit);
  return status === undefined || unit === undefined ? next : withUnit(next, { ...unit, status });
}

/** Deployments, diversion, and the answer that there is nobody to send. Sending is never refused by a safeguard. */
export const deploymentConcept = concept({
  commands,
  events,
  stakes: { StandDown: () => 'lowers' },
  decide: {
    AssignUnit: (data, room) => {
      if (room.deployments.has(data.deployment)) return taken('deployment', data.deployment);
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (!room.units.has(data.unit)) return unknown('unit', data.unit);
      const left = leaving(room, data.unit, data.incident, 'assigned to another incident');
      return [
        ...left,
        make.UnitAssigned({ deployment: data.deployment, incident: data.incident, unit: data.unit }, {}),
      ];
    },
    DivertUnit: (data, room) => {
      if (room.deployments.has(data.deployment)) return taken('deployment', data.deployment);
      if (!room.incidents.has(data.to)) return unknown('incident', data.to);
      if (!room.units.has(data.unit)) return unknown('unit', data.unit);
      const assigned = make.UnitAssigned({ deployment: data.deployment, incident: data.to, unit: data.unit }, {});
      return [...leaving(room, data.unit, data.to, data.reason), assigned];
    },
    BriefUnit: ({ deployment, ...body }, room, asked) => {
      const found = body.told.flatMap((one) => asked.read(one, 'staff')).filter((one) => one.reads === 'danger');
      const dangers = [...new Set(found.filter((one) => one.standing === 'told').map((one) => one.kind))].slice(0, 40);
      return onLive(room, deployment, (ids) => make.UnitBriefed(ids, { ...body, dangers }));
    },
    OpenCard: (data, room) => onLive(room, data.deployment, (ids) => make.CardOpened(ids, {})),
    AcknowledgeDeployment: (data, room) => onLive(room, data.deployment, (ids) => make.DeploymentAcknowledged(ids, {})),
    MarkEnRoute: (data, room) => onLive(room, data.deployment, (ids) => make.UnitEnRoute(ids, {})),
    MarkArrived: (data, room) => onLive(room, data.deployment, (ids) => make.UnitArrived(ids, {})),
    RecordResult: ({ deployment, ...body }, room) => {
      const held = room.deployments.get(deployment);
      // A result may be completed after it was given, and is still owed by a unit stood down at the scene.
      if (held?.state === 'resulted' || (held?.state === 'stood-down' && held.arrivedAt !== null))
        return [make.ResultRecorded(loopOf(held), body)];
      return onLive(room, deployment, (ids) => make.ResultRecorded(ids, body));
    },
    RecordSighting: (data, room) => {
      const ids = { incident: data.incident, subject: data.seen.subject };
      const missing = firstUnknown(room, ids);
      if (missing !== null) return missing;
      return [make.SightingRecorded(ids, { by: data.by, seen: data.seen })];
    },
    StandDown: (data, room) => onLive(room, data.deployment, (ids) => make.UnitStoodDown(ids, { reason: data.reason })),
    AnswerNoUnit: (data, room) => {
      const missing = firstUnknown(room, { incident: data.incident, task: data.task });
      if (missing !== null) return missing;
      const free = [...freeUnits(room, 20)];
      return [make.NoUnitAnswered({ incident: data.incident, task: data.task }, { reason: data.reason, free })];
    },
  },
  evolve: {
    UnitAssigned: (room, { ids, seq, at, actor }) => {
      const deployment: Deployment = {
        id: ids.deployment,
        seq,
        incident: ids.incident,
        unit: ids.unit,
        state: 'assigned',
        assignedAt: at,
        assignedBy: actor.id,
        acknowledgedAt: null,
        arrivedAt: null,
        endedAt: null,
        divertedTo: null,
        moved: false,
        outcome: null,
        searched: [],
        briefing: null,
        cardOpenedAt: null,
      };
      const next = roomWith(room, { deployments: room.deployments.set(deployment.id, deployment) });
      const unit = next.units.get(ids.unit);
      const held =
        unit === undefined
          ? next
          : withUnit(next, { ...unit, status: 'assigned', since: at, deployment: deployment.id });
      return updateIn(held, 'incidents', ids.incident, (incident) => ({
        ...incident,
        deployments: [...incident.deployments, deployment.id],
      }));
    },
    UnitBriefed: (room, { ids, body, seq }) =>
      changeIn(room, 'deployments', ids.deployment, { briefing: { ...body, dangers: body.dangers ?? [], seq } }),
    CardOpened: (room, { ids, at }) => changeIn(room, 'deployments', ids.deployment, { cardOpenedAt: at }),
    DeploymentAcknowledged: (room, { ids, at }) => progress(room, ids, { state: 'acknowledged', acknowledgedAt: at }),
    UnitEnRoute: (room, { ids }) => progress(room, ids, { state: 'en-route', moved: true }, 'en-route'),
    UnitArrived: (room, { ids, at }) =>
      progress(room, ids, { state: 'arrived', arrivedAt: at, moved: true }, 'at-scene'),
    ResultRecorded: (room, { ids, body, seq, at, actor }) => {
      const { outcome, searched } = body;
      const ended = end(room, ids, { state: 'resulted', endedAt: at, outcome, searched });
      const sightings = body.seen.map((one) => ({
        subject: one.subject ?? null,
        safe: one.safe,
        apart: one.apart,
        at,
        seq,
        by: actor.id,
        isIdentified: one.identified !== 'not-identified',
      }));
      return updateIn(ended, 'incidents', ids.incident, (incident) => ({
        ...incident,
        seen: [...incident.seen, ...sightings].slice(-100),
      }));
    },
    SightingRecorded: (room, { ids, body, seq, at, actor }) => {
      const { subject = null, safe, apart, identified } = body.seen;
      const isIdentified = identified !== 'not-identified';
      const sighting = { subject, safe, apart, at, seq, by: actor.id, isIdentified };
      return updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        seen: [...incident.seen, sighting].slice(-100),
      }));
    },
    UnitDiverted: (room, { ids, at }) => end(room, ids, { state: 'diverted', endedAt: at, divertedTo: ids.to ?? null }),
    UnitStoodDown: (room, { ids, at }) => end(room, ids, { state: 'stood-down', endedAt: at }),
    NoUnitAnswered: (room: Room) => room,
  },
});
