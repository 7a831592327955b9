import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, taken, unknown } from './define.ts';
import type { Room } from './room.ts';

/** What a unit says of itself; labels and codes of a force are its policy's business. */
export const unitStatuses = [
  'off-duty',
  'available',
  'at-station',
  'refreshments',
  'assigned',
  'en-route',
  'at-scene',
  'committed',
  'emergency',
] as const;
export type UnitStatus = (typeof unitStatuses)[number];

/** A crew with a call sign. */
export interface Unit {
  readonly id: string;
  readonly status: UnitStatus;
  readonly since: number;
  /** Kinds of work it can do. */
  readonly skills: readonly string[];
  readonly area: string | null;
  /** Live deployment, or null. */
  readonly deployment: string | null;
}

/** Whether it could be sent now. */
export function isFree(unit: Unit): boolean {
  return unit.deployment === null && (unit.status === 'available' || unit.status === 'at-station');
}

/** Units that could be sent now, the longest free first, at most `most`. */
export function freeUnits(room: Room, most = 5): readonly string[] {
  return room.freeUnits.keySeq().take(most).toArray();
}

/** Whether a unit is one officer alone: a force tells by this skill. */
export function isSingleCrewed(unit: Unit): boolean {
  return unit.skills.includes('single-crewed');
}

/** The room with a unit put in its place, and the index of the free ones with it. */
export function withUnit(room: Room, unit: Unit): Room {
  const free = isFree(unit) ? room.freeUnits.set(unit.id, true) : room.freeUnits.delete(unit.id);
  return roomWith(room, { freeUnits: free, units: room.units.set(unit.id, unit) });
}

const commands = {
  EnrolUnit: z.strictObject({
    unit: id,
    skills: z.array(id).max(20).default([]),
    area: id.optional(),
    status: z.enum(unitStatuses).default('available'),
  }),
  SetUnitStatus: z.strictObject({ unit: id, status: z.enum(unitStatuses) }),
  /** A fact made of positions by the shell, never a position (settled point 9). */
  ReportUnitMoved: z.strictObject({ unit: id }),
};

const events = {
  UnitEnrolled: event({ unit: id }, { skills: z.array(id).max(20), area: id.nullable(), status: z.enum(unitStatuses) }),
  /** `leaves`: by this status the unit is no longer going to the incident that it was assigned to. */
  UnitStatusSet: event(
    { unit: id, deployment: id.optional(), incident: id.optional() },
    { status: z.enum(unitStatuses), leaves: z.boolean() },
  ),
  UnitMoved: event({ unit: id, deployment: id.optional(), incident: id.optional() }, {}, {}),
};
const make = drafts(events);

function placeOf(room: Room, unit: string): { unit: string; deployment?: string; incident?: string } {
  const deployment = room.deployments.get(room.units.get(unit)?.deployment ?? '');
  return deployment === undefined ? { unit } : { unit, deployment: deployment.id, incident: deployment.incident };
}

const leavingStatuses: readonly UnitStatus[] = ['off-duty', 'available', 'at-station', 'refreshments', 'committed'];

/** Whether a status says that the unit is no longer going where it was assigned; one that arrived has been there. */
export function leaves(room: Room, unit: string, status: UnitStatus): boolean {
  const deployment = room.deployments.get(room.units.get(unit)?.deployment ?? '');
  return deployment !== undefined && deployment.arrivedAt === null && leavingStatuses.includes(status);
}

/** Units and their statuses. */
export const unitConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    EnrolUnit: (data, room) => {
      if (room.units.has(data.unit)) return taken('unit', data.unit);
      return [
        make.UnitEnrolled({ unit: data.unit }, { skills: data.skills, area: data.area ?? null, status: data.status }),
      ];
    },
    SetUnitStatus: (data, room) => {
      if (!room.units.has(data.unit)) return unknown('unit', data.unit);
      const body = { status: data.status, leaves: leaves(room, data.unit, data.status) };
      return [make.UnitStatusSet(placeOf(room, data.unit), body)];
    },
    ReportUnitMoved: (data, room) =>
      room.units.has(data.unit) ? [make.UnitMoved(placeOf(room, data.unit), {})] : unknown('unit', data.unit),
  },
  evolve: {
    UnitEnrolled: (room, { ids, body, at }) =>
      withUnit(room, {
        id: ids.unit,
        status: body.status,
        since: at,
        skills: body.skills,
        area: body.area,
        deployment: null,
      }),
    UnitStatusSet: (room, { ids, body, at }) => {
      const unit = room.units.get(ids.unit);
      if (unit === undefined) return room;
      const left = body.leaves
        ? changeIn(room, 'deployments', ids.deployment, { state: 'diverted', endedAt: at })
        : room;
      return withUnit(left, {
        ...unit,
        status: body.status,
        since: at,
        deployment: body.leaves ? null : unit.deployment,
      });
    },
    UnitMoved: (room, { ids }) => changeIn(room, 'deployments', ids.deployment, { moved: true }),
  },
});
