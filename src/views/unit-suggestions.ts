import { isLive } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import { metresBetween } from '../room/ground.ts';
import type { Spot } from '../room/ground.ts';
import type { Incident } from '../room/incident.ts';
import { needsTwoOfficers } from '../room/marker.ts';
import { gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { isSingleCrewed } from '../room/unit.ts';
import type { UnitPosition } from '../room/unit-position.ts';
import { oldMs, standingOfIncident } from './map.ts';
import type { UnitLine } from './unit-list.ts';
import { unitList } from './unit-list.ts';

/** A unit as it stands to one incident: how it could be had, how far off it is, and what speaks against it. */
export interface UnitSuggestion extends UnitLine {
  /** Free to be sent; on its way to something less, and to be diverted; sent to this one already; or neither. */
  readonly stands: 'free' | 'divertible' | 'sent-here' | 'taken';
  /** As the crow flies, in metres; null where the place of either is not known. */
  readonly metres: number | null;
  /** What is missing or would be lost, each a sentence; nothing speaks against one that has none. */
  readonly against: readonly string[];
}

/** Where units are, by their call signs. */
export type Positions = ReadonlyMap<string, UnitPosition>;

interface Wanted {
  readonly room: Room;
  readonly incident: Incident;
  readonly rank: number;
  readonly needsTwo: boolean;
  readonly place: Spot | null;
  readonly positions: Positions;
  readonly now: number;
}

const places: readonly UnitSuggestion['stands'][] = ['sent-here', 'free', 'divertible', 'taken'];

/**
 * Every unit on duty in the order in which it could be sent to an incident: those that go there already, then free
 * ones, then those on their way to something less. Among equals what nothing speaks against comes first, then the
 * nearest. It says why and decides nothing: a person sends.
 */
export function unitSuggestions(
  room: Room,
  incident: Incident,
  { now, positions }: { readonly now: number; readonly positions: Positions },
): readonly UnitSuggestion[] {
  const wanted: Wanted = {
    room,
    incident,
    rank: gradeRank(room.policy, effectiveGrade(room, incident)?.id ?? null),
    needsTwo: needsTwoOfficers(room, incident),
    place: standingOfIncident(room, incident, now),
    positions,
    now,
  };
  return unitList(room, now)
    .filter((one) => one.status !== 'off-duty')
    .map((one) => suggested(wanted, one))
    .toSorted(
      (a, b) =>
        places.indexOf(a.stands) - places.indexOf(b.stands) ||
        a.against.length - b.against.length ||
        nearness(a) - nearness(b),
    );
}

/** One whose distance nobody knows comes after every other. */
function nearness({ metres }: UnitSuggestion): number {
  return metres ?? Number.MAX_SAFE_INTEGER;
}

function suggested(wanted: Wanted, line: UnitLine): UnitSuggestion {
  const { room, needsTwo, place, positions, now } = wanted;
  const unit = room.units.get(line.unit);
  const position = positions.get(line.unit);
  const stands = standsOf(wanted, line);
  const ageMs = position === undefined ? 0 : now - position.takenAt;
  const against = [
    needsTwo && unit !== undefined && isSingleCrewed(unit) ? 'one officer, and a marker asks for two' : null,
    place === null ? null : position === undefined ? 'position not known' : null,
    position !== undefined && ageMs > oldMs ? `position ${Math.floor(ageMs / 60_000)} min old` : null,
    stands === 'divertible' ? left(room, line) : null,
  ].filter((one) => one !== null);
  const metres = place === null || position === undefined ? null : Math.round(metresBetween(place, position));
  return { ...line, stands, metres, against };
}

function standsOf({ room, incident, rank }: Wanted, { deployment, isFree }: UnitLine): UnitSuggestion['stands'] {
  if (isFree) return 'free';
  const sent = room.deployments.get(deployment ?? '');
  if (sent === undefined || !isLive(sent)) return 'taken';
  if (sent.incident === incident.id) return 'sent-here';
  const other = room.incidents.get(sent.incident);
  if (other === undefined || sent.state === 'arrived') return 'taken';
  return gradeRank(room.policy, effectiveGrade(room, other)?.id ?? null) > rank ? 'divertible' : 'taken';
}

/** Whom a unit would leave, and whether anybody else goes there. */
function left(room: Room, { unit, incident }: UnitLine): string | null {
  const other = room.incidents.get(incident ?? '');
  if (other === undefined) return null;
  const isAlone = !other.deployments
    .map((one) => room.deployments.get(one))
    .some((one) => one !== undefined && one.unit !== unit && isLive(one));
  const grade = effectiveGrade(room, other)?.title ?? 'not graded';
  return `leaves ${other.id} (${grade})${isAlone ? ', nobody else goes' : ''}`;
}

/** A distance as people say it: `450 m`, `3.2 km`. */
export function distanceText(metres: number): string {
  return metres < 1_000 ? `${metres} m` : `${(metres / 1_000).toFixed(1)} km`;
}
