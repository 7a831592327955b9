import { isLive } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Room } from '../room/room.ts';
import type { UnitPosition } from '../room/unit-position.ts';
import type { Unit } from '../room/unit.ts';
import { chance, pick } from './chance.ts';
import type { County } from './county.ts';
import type { Place, Street } from './places.ts';
import { homeAt } from './places.ts';
import { along, roadsOf, wayBetween } from './roads.ts';
import type { Roads, Stop } from './roads.ts';

/** Metres a second: with lights, and about the town. */
const speeds = { urgent: 24, usual: 12 } as const;
/** A unit on the move says where it is this often, and one that stands still this often. */
const saysMs = { moving: 5_000, standing: 30_000 } as const;
/** Where it has gone about its town, a unit stays for up to so long. */
const staysMs = 6 * 60_000;
/** One radio in so many says nothing for a while. */
const silentShare = 0.05;
const silentMs = 10 * 60_000;

/** One unit on the roads. */
interface Driver {
  readonly at: Stop;
  readonly way: readonly Stop[];
  /** What it drives to: an incident, or a round of its own by number. */
  readonly to: string;
  readonly round: number;
  readonly movedAt: number;
  readonly saidAt: number;
  readonly waitsUntil: number;
}

export interface DrivingAround {
  readonly county: County;
  readonly seed: number;
  /** Where an incident is, as the county knows it. */
  readonly placeOf: (room: Room, incident: string) => Place | null;
}

/** The units of a county on its roads. To be asked every second or so; not asked, nobody moves. */
export interface Driving {
  /** What the units' equipment says now of where they are. */
  readonly positions: (room: Room, now: number) => readonly UnitPosition[];
}

/** Lets the county's units drive: to where they are sent, and else about their towns. The same seed, the same ways. */
export function drivingOf({ county, seed, placeOf }: DrivingAround): Driving {
  const roads = roadsOf(county);
  const drivers = new Map<string, Driver>();
  return {
    positions: (room, now) => {
      const told: UnitPosition[] = [];
      for (const unit of room.units.values()) {
        if (unit.status === 'off-duty') {
          drivers.delete(unit.id);
          continue;
        }
        const scene = sceneOf(room, unit, placeOf);
        const about = { county, seed, roads, unit, now };
        const driven = drive(drivers.get(unit.id) ?? parked(about), scene, about);
        const isDue = now - driven.saidAt >= (driven.way.length > 0 ? saysMs.moving : saysMs.standing);
        drivers.set(unit.id, isDue ? { ...driven, saidAt: now } : driven);
        if (isDue && !isSilent(about)) told.push(saidOf(driven, about));
      }
      return told;
    },
  };
}

/** What a unit is at or goes to. */
interface Scene {
  readonly incident: string;
  readonly place: Place;
  readonly isThere: boolean;
  readonly isGoing: boolean;
  readonly isUrgent: boolean;
}

function sceneOf(room: Room, unit: Unit, placeOf: DrivingAround['placeOf']): Scene | null {
  const deployment = room.deployments.get(unit.deployment ?? '');
  if (deployment === undefined || !isLive(deployment)) return null;
  const incident = room.incidents.get(deployment.incident);
  const place = incident === undefined ? null : placeOf(room, incident.id);
  if (incident === undefined || place === null) return null;
  return {
    incident: incident.id,
    place,
    isThere: deployment.state === 'arrived',
    isGoing: deployment.state === 'en-route',
    isUrgent: effectiveGrade(room, incident)?.band === 'emergency',
  };
}

/** One unit at one instant. */
interface About {
  readonly county: County;
  readonly seed: number;
  readonly roads: Roads;
  readonly unit: Unit;
  readonly now: number;
}

/** The streets that a unit goes about: those of one town of its division. */
function beatOf({ county, seed, unit }: About): readonly Street[] {
  const towns = county.towns.filter(({ division }) => division === unit.area);
  const town = pick(towns.length === 0 ? county.towns : towns, chance(seed, 'beat', unit.id));
  return county.streets.filter((one) => one.town.id === town.id);
}

/** The next stop of a unit's own round. */
function roundStop(about: About, round: number): Stop {
  const { seed, roads, unit } = about;
  const street = pick(beatOf(about), chance(seed, 'round', unit.id, round));
  const house = Math.floor(chance(seed, 'house', unit.id, round) * street.to);
  return { at: homeAt(street, house).at, up: roads.junctionOf(street) };
}

function parked(about: About): Driver {
  const { seed, unit, now } = about;
  const saidAt = now - Math.floor(chance(seed, 'first', unit.id) * saysMs.standing);
  const waitsUntil = now + Math.floor(chance(seed, 'waits', unit.id) * staysMs);
  return { at: roundStop(about, 0), way: [], to: 'round 0', round: 0, movedAt: now, saidAt, waitsUntil };
}

function drive(driver: Driver, scene: Scene | null, about: About): Driver {
  const { roads, now, unit } = about;
  const stop = scene === null ? null : roads.stopAt(scene.place);
  if (scene !== null && stop !== null) {
    if (scene.isThere) return { ...driver, at: stop, way: [], to: scene.incident, movedAt: now };
    const bound = driver.to === scene.incident ? driver : bent(driver, stop, scene.incident);
    return scene.isGoing
      ? moved(bound, scene.isUrgent ? speeds.urgent : speeds.usual, now)
      : { ...bound, movedAt: now };
  }
  const isAbout = unit.status === 'available' && unit.deployment === null;
  if (!isAbout) return { ...driver, movedAt: now };
  if (driver.way.length > 0) return moved(driver, speeds.usual, now);
  if (now < driver.waitsUntil) return { ...driver, movedAt: now };
  const round = driver.round + 1;
  return { ...bent(driver, roundStop(about, round), `round ${round}`), round, movedAt: now };
}

function bent(driver: Driver, stop: Stop, to: string): Driver {
  return { ...driver, way: wayBetween(driver.at, stop), to };
}

function moved(driver: Driver, speed: number, now: number): Driver {
  const metres = (speed * Math.max(0, now - driver.movedAt)) / 1_000;
  const { at, left } = along(driver.at, driver.way, metres);
  const hasArrived = driver.way.length > 0 && left.length === 0;
  const waitsUntil = hasArrived
    ? now + Math.floor(chance(1, 'stays', driver.to, driver.round) * staysMs)
    : driver.waitsUntil;
  return { ...driver, at, way: left, movedAt: now, waitsUntil };
}

function isSilent({ seed, unit, now }: About): boolean {
  return chance(seed, 'silent', unit.id, Math.floor(now / silentMs)) < silentShare;
}

function saidOf(driver: Driver, { seed, unit, now }: About): UnitPosition {
  const errorM = 4 + Math.floor(chance(seed, 'error', unit.id, Math.floor(now / silentMs)) ** 4 * 180);
  const [latitude = 0, longitude = 0] = driver.at.at.map((degrees) => Math.round(degrees * 100_000) / 100_000);
  return { unit: unit.id, latitude, longitude, errorM, takenAt: now };
}
