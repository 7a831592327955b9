import type { Spot } from '../room/ground.ts';
import type { LocationEvidence, Plotted } from '../room/location.ts';
import { isPlotted, locationsOf } from '../room/location.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { UnitPosition } from '../room/unit-position.ts';
import type { UnitStatus } from '../room/unit.ts';
import { queueOf } from './queue.ts';
import { unitList } from './unit-list.ts';

/** What a unit is doing, as the map shows it by its shape. */
export type UnitShape = 'free' | 'going' | 'there' | 'emergency' | 'other';

/** Where something stands, how far off that may be, and how old it is. */
export interface Standing extends Spot {
  /** In metres; null: nobody said how far off it may be. */
  readonly errorM: number | null;
  readonly ageMs: number;
}

/** A unit on the map, or one of which no position is known. */
export interface UnitMark {
  readonly kind: 'unit';
  readonly id: string;
  readonly status: UnitStatus;
  readonly shape: UnitShape;
  readonly incident: string | null;
  readonly at: Standing | null;
  /** Its position is older than it should be: it may be anywhere by now. */
  readonly isOld: boolean;
}

/** An open incident on the map, or one whose place nobody knows as a position. */
export interface IncidentMark {
  readonly kind: 'incident';
  readonly id: string;
  readonly summary: string;
  readonly grade: string | null;
  readonly band: string | null;
  readonly isLifeAtRisk: boolean;
  readonly at: Standing | null;
  /** Who says that it is there. */
  readonly source: string | null;
  /** An area that is all that is known, its corners in order; null where there is a point. */
  readonly corners: readonly Spot[] | null;
}

/** Everything that stands on the map, those at most risk first; the list beside it is the same. */
export interface MapView {
  readonly incidents: readonly IncidentMark[];
  readonly units: readonly UnitMark[];
  /** Whether anything is known of where units are: of the past nothing is kept. */
  readonly hasPositions: boolean;
}

/** A position older than this is shown as old: a unit at work tells of itself more often. */
export const oldMs = 2 * 60_000;

const shapes: Readonly<Record<UnitStatus, UnitShape>> = {
  'off-duty': 'other',
  available: 'free',
  'at-station': 'free',
  refreshments: 'other',
  assigned: 'going',
  'en-route': 'going',
  'at-scene': 'there',
  committed: 'other',
  emergency: 'emergency',
};

/** What stands on the map at an instant. Without positions, as of the past, units stand in the list alone. */
export function mapView(room: Room, now: number, positions: ReadonlyMap<string, UnitPosition> | null): MapView {
  const units = unitList(room, now)
    .filter(({ status }) => status !== 'off-duty')
    .map(({ unit, status, isFree, incident }): UnitMark => {
      const position = positions?.get(unit);
      const ageMs = position === undefined ? 0 : Math.max(0, now - position.takenAt);
      const at = position === undefined ? null : { ...spotOf(position), errorM: position.errorM, ageMs };
      const shape = isFree || shapes[status] !== 'free' ? shapes[status] : 'other';
      return { kind: 'unit', id: unit, status, shape, incident, at, isOld: ageMs > oldMs };
    });
  const incidents = queueOf(room, now).incidents.map((row): IncidentMark => {
    const incident = room.incidents.get(row.incident);
    const best = incident === undefined ? null : bestLocation(room, incident);
    return {
      kind: 'incident',
      id: row.incident,
      summary: row.summary,
      grade: row.grade,
      band: row.band,
      isLifeAtRisk: row.isLifeAtRisk,
      source: best?.evidence.source ?? null,
      corners: best?.fix.kind === 'area' ? best.fix.corners : null,
      at: best === null ? null : standingOf(best, now),
    };
  });
  return { incidents, units, hasPositions: positions !== null };
}

/** Where an incident is shown to be, how far off that may be and how old it is; null where nobody gave a position. */
export function standingOfIncident(room: Room, incident: Incident, now: number): Standing | null {
  const best = bestLocation(room, incident);
  return best === null ? null : standingOf(best, now);
}

interface Found {
  readonly evidence: LocationEvidence;
  readonly fix: Plotted;
}

/**
 * The position that an incident is shown at: of those that are not in doubt, or else of all, the nearest told; of two
 * as near the newer. It is shown with who says it, and settles nothing: every other stands on the incident.
 */
function bestLocation(room: Room, incident: Incident): Found | null {
  const found = locationsOf(room, incident).flatMap((evidence): readonly Found[] =>
    isPlotted(evidence.fix) ? [{ evidence, fix: evidence.fix }] : [],
  );
  const sure = found.filter(({ evidence }) => evidence.doubts.length === 0);
  const [best] = (sure.length > 0 ? sure : found).toSorted(
    (a, b) => offOf(a.fix) - offOf(b.fix) || b.evidence.seq - a.evidence.seq,
  );
  return best ?? null;
}

/** How far off a fix may be; what nobody said counts as further than anything that was. */
function offOf(fix: Plotted): number {
  if (fix.kind === 'point') return fix.radiusM ?? Infinity;
  return fix.kind === 'ellipse' ? fix.majorM : Number.MAX_SAFE_INTEGER;
}

function standingOf({ evidence, fix }: Found, now: number): Standing {
  const off = offOf(fix);
  const errorM = fix.kind === 'area' || off === Infinity ? null : off;
  return { ...centreOf(fix), errorM, ageMs: Math.max(0, now - (evidence.takenAt ?? evidence.at)) };
}

function centreOf(fix: Plotted): Spot {
  if (fix.kind !== 'area') return spotOf(fix);
  const sum = (read: (corner: Spot) => number): number => fix.corners.reduce((all, one) => all + read(one), 0);
  const count = fix.corners.length;
  return { latitude: sum((one) => one.latitude) / count, longitude: sum((one) => one.longitude) / count };
}

function spotOf({ latitude, longitude }: Spot): Spot {
  return { latitude, longitude };
}
