import type { RoomEngine } from '../engine/engine.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import type { Positions } from '../positions/positions.ts';
import { hasMoved } from '../room/unit-position.ts';
import type { UnitPosition } from '../room/unit-position.ts';

/**
 * Makes one fact of many positions: that a unit which was sent has set off. Where it was first seen after it was sent
 * is what its later positions are compared with, and each deployment is told of once.
 */
export function reportMoves(engine: RoomEngine, positions: Positions): void {
  const firstSeen = new Map<string, UnitPosition>();
  const told = (changed: readonly UnitPosition[]): void => {
    const room = engine.room();
    for (const id of firstSeen.keys()) if (room.deployments.get(id)?.endedAt !== null) firstSeen.delete(id);
    for (const position of changed) {
      const deployment = room.deployments.get(room.units.get(position.unit)?.deployment ?? '');
      if (deployment === undefined || deployment.moved || deployment.arrivedAt !== null) continue;
      if (position.takenAt < deployment.assignedAt) continue;
      const first = firstSeen.get(deployment.id);
      if (first === undefined) firstSeen.set(deployment.id, position);
      else if (hasMoved(first, position))
        void engine.give(machineOrder(`moved-${deployment.id}`, 'ReportUnitMoved', { unit: position.unit }));
    }
  };
  positions.follow(told);
}
