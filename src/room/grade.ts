import { z } from 'zod';
import { updateIn } from './change.ts';
import { concept, drafts, event, id, line, unknown } from './define.ts';
import { whySchema } from './duty.ts';
import type { Why } from './duty.ts';
import type { Incident } from './incident.ts';
import type { Band, Grade } from './policy.ts';
import { bands, gradeById, gradeOfBand, gradeRank } from './policy.ts';
import type { Room } from './room.ts';

/** The grade that people gave, with the first one and its clock kept. */
export interface GradeState {
  readonly current: string | null;
  readonly setAt: number | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly first: string | null;
  readonly firstAt: number | null;
  /** Place in the log: what is newer than the grade is so by this, never by what time was told. */
  readonly seq: number | null;
}

export const ungraded: GradeState = {
  current: null,
  setAt: null,
  by: null,
  reason: null,
  first: null,
  firstAt: null,
  seq: null,
};

/** The lowest grade allowed until a named person lifts it. */
export interface Floor {
  readonly safeguard: string;
  readonly band: Band;
  readonly why: Why;
  readonly seq: number;
  readonly at: number;
}

/** The grade that counts: the higher of what people gave and what the floors demand; null when neither says. */
export function effectiveGrade(room: Room, incident: Incident): Grade | null {
  let best = incident.grade.current === null ? null : gradeById(room.policy, incident.grade.current);
  for (const floor of incident.floors) {
    const demanded = gradeOfBand(room.policy, floor.band);
    if (demanded !== null && (best === null || gradeRank(room.policy, demanded.id) < gradeRank(room.policy, best.id)))
      best = demanded;
  }
  return best;
}

/** When the grade's clock started; regrading never resets it. */
export function clockStart(incident: Incident, grade: Grade): number {
  return grade.from === 'contact' ? incident.receivedAt : (incident.grade.firstAt ?? incident.receivedAt);
}

/** By when somebody should have arrived, or null when nothing is promised. */
export function targetAt(room: Room, incident: Incident): number | null {
  const grade = effectiveGrade(room, incident);
  return grade === null || grade.targetMs === null ? null : clockStart(incident, grade) + grade.targetMs;
}

/** Whether this grade stands below what counts now: then giving it is a lowering. */
export function isLowering(room: Room, incident: Incident, grade: string): boolean {
  const now = effectiveGrade(room, incident);
  return now !== null && gradeRank(room.policy, grade) > gradeRank(room.policy, now.id);
}

const commands = {
  SetGrade: z.strictObject({ incident: id, grade: id, reason: line }),
  LiftFloor: z.strictObject({ incident: id, safeguard: id, reason: line }),
};

const events = {
  GradeSet: event({ incident: id }, { grade: id, reason: line }),
  FloorSet: event({ incident: id }, { safeguard: id, band: z.enum(bands), why: whySchema }),
  FloorLifted: event({ incident: id }, { safeguard: id, reason: line }),
};
const make = drafts(events);

/** Grades are given by people; a floor may only raise, and is lifted only by a named person. */
export const gradeConcept = concept({
  commands,
  events,
  stakes: {
    SetGrade: (data, room) => {
      const incident = room.incidents.get(data.incident);
      return incident !== undefined && isLowering(room, incident, data.grade) ? 'lowers' : null;
    },
    LiftFloor: () => 'lowers',
  },
  decide: {
    SetGrade: (data, room) => {
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (gradeById(room.policy, data.grade) === null)
        return unknown(
          'grade',
          data.grade,
          room.policy.grades.map((grade) => grade.id),
        );
      return [make.GradeSet({ incident: data.incident }, { grade: data.grade, reason: data.reason })];
    },
    LiftFloor: (data, room) => {
      const incident = room.incidents.get(data.incident);
      if (incident === undefined) return unknown('incident', data.incident);
      if (!incident.floors.some((floor) => floor.safeguard === data.safeguard)) return unknown('floor', data.safeguard);
      return [make.FloorLifted({ incident: data.incident }, { safeguard: data.safeguard, reason: data.reason })];
    },
  },
  evolve: {
    GradeSet: (room, { ids, body, at, actor, seq }) =>
      updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        grade: {
          current: body.grade,
          setAt: at,
          by: actor.id,
          reason: body.reason,
          first: incident.grade.first ?? body.grade,
          firstAt: incident.grade.firstAt ?? at,
          seq,
        },
      })),
    FloorSet: (room, { ids, body, seq, at }) =>
      updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        floors: [
          ...incident.floors.filter((floor) => floor.safeguard !== body.safeguard),
          { safeguard: body.safeguard, band: body.band, why: body.why, seq, at },
        ],
      })),
    FloorLifted: (room, { ids, body }) =>
      updateIn(room, 'incidents', ids.incident, (incident) => ({
        ...incident,
        floors: incident.floors.filter((floor) => floor.safeguard !== body.safeguard),
      })),
  },
});
