import type { Spot } from './ground.ts';
import { metresBetween } from './ground.ts';
import { isNowhere } from './location.ts';
import type { Room } from './room.ts';

/** Where a unit's own equipment last said that it is: telemetry, never evidence (design, settled point 9). */
export interface UnitPosition extends Spot {
  readonly unit: string;
  /** How far off it may be, in metres; null where the equipment does not say, and never nought. */
  readonly errorM: number | null;
  readonly takenAt: number;
}

/** Why a position is not taken; the others of the same message are. */
export const untakenWhys = ['unknown-unit', 'off-duty', 'no-fix', 'ahead-of-time', 'older'] as const;
export type UntakenWhy = (typeof untakenWhys)[number];

/** A clock that is further ahead than this would hold back every true position after it. */
const aheadMs = 2 * 60_000;
/** What is taken for granted of equipment that does not say how far off it may be. */
const unsaidErrorM = 50;
/** A unit that stands still seems to wander; further than this it has gone somewhere. */
const leastMoveM = 150;

/** Why a position cannot be taken beside the one that is held, or null: it is the newest word of that unit. */
export function whyUntaken(
  room: Room,
  told: UnitPosition,
  { held, now }: { readonly held: UnitPosition | undefined; readonly now: number },
): UntakenWhy | null {
  const unit = room.units.get(told.unit);
  if (unit === undefined) return 'unknown-unit';
  // Where a crew goes when it is not at work is nobody's business.
  if (unit.status === 'off-duty') return 'off-duty';
  if (isNowhere(told.latitude, told.longitude)) return 'no-fix';
  if (told.takenAt > now + aheadMs) return 'ahead-of-time';
  return held !== undefined && told.takenAt <= held.takenAt ? 'older' : null;
}

/** Whether a unit has gone somewhere between two positions, beyond what both may be off and a receiver wanders. */
export function hasMoved(from: UnitPosition, to: UnitPosition): boolean {
  const offM = (from.errorM ?? unsaidErrorM) + (to.errorM ?? unsaidErrorM);
  return metresBetween(from, to) > Math.max(leastMoveM, offM);
}
