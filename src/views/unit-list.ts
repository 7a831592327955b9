import type { Room } from '../room/room.ts';
import type { Unit } from '../room/unit.ts';
import { isFree } from '../room/unit.ts';

/** One unit as the board shows it. */
export interface UnitLine {
  readonly unit: string;
  readonly status: Unit['status'];
  readonly since: number;
  readonly forMs: number;
  readonly isFree: boolean;
  readonly skills: readonly string[];
  readonly area: string | null;
  readonly deployment: string | null;
  readonly incident: string | null;
  readonly going: string | null;
}

function unitLine(room: Room, unit: Unit, now: number): UnitLine {
  const deployment = unit.deployment === null ? undefined : room.deployments.get(unit.deployment);
  return {
    unit: unit.id,
    status: unit.status,
    since: unit.since,
    forMs: Math.max(0, now - unit.since),
    isFree: isFree(unit),
    skills: unit.skills,
    area: unit.area,
    deployment: deployment?.id ?? null,
    incident: deployment?.incident ?? null,
    going: deployment?.state ?? null,
  };
}

/** Every unit: those that could be sent first, the longest free of them first; then the others by call sign. */
export function unitList(room: Room, now: number): readonly UnitLine[] {
  const free = room.freeUnits.keySeq().toArray();
  const placeOf = new Map(free.map((id, place) => [id, place]));
  return [...room.units.values()]
    .map((unit) => unitLine(room, unit, now))
    .toSorted(
      (a, b) => (placeOf.get(a.unit) ?? Infinity) - (placeOf.get(b.unit) ?? Infinity) || (a.unit < b.unit ? -1 : 1),
    );
}
