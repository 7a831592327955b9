import { metresBetween } from '../room/ground.ts';
import { chance } from './chance.ts';
import type { County } from './county.ts';
import type { Place, Position, Street } from './places.ts';
import { homeAt } from './places.ts';

/** Where roads meet; each leads on towards the first town, so that there is one way between any two. */
export interface Junction {
  readonly at: Position;
  readonly up: Junction | null;
}

/** A place by the road: on the way down from a junction. */
export interface Stop {
  readonly at: Position;
  readonly up: Junction;
}

/** A line of the county's map: a street with its name, a lane between streets, or a road between towns. */
export interface RoadLine {
  readonly kind: 'street' | 'lane' | 'road';
  readonly name: string | null;
  readonly line: readonly Position[];
}

/** The roads of a county: its streets where the houses stand, and what joins them. */
export interface Roads {
  readonly lines: readonly RoadLine[];
  /** The start of a street. */
  readonly junctionOf: (street: Street) => Junction;
  /** A place by its street; null where the county has no such street. */
  readonly stopAt: (place: Place) => Stop | null;
}

const windings = 8;
/** How far a road strays from the straight, as a share of its length. */
const strays = 0.07;

/** Metres between two positions of the map. */
export function metresApart(a: Position, b: Position): number {
  return metresBetween({ latitude: a[0], longitude: a[1] }, { latitude: b[0], longitude: b[1] });
}

function between(a: Position, b: Position, share: number): Position {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** The points of a road on its winding way between two towns, without both. */
function windingWay(a: Position, b: Position, name: string): readonly Position[] {
  const [north, east] = [b[0] - a[0], b[1] - a[1]];
  return Array.from({ length: windings }, (_, place) => {
    const share = (place + 1) / (windings + 1);
    const bend = Math.sin(share * Math.PI) * (chance(1, 'bend', name) - 0.5) * 2;
    const wave = Math.sin(share * Math.PI * 3) * (chance(1, 'wave', name) - 0.5);
    const aside = (bend + wave) * strays;
    const [latitude, longitude] = between(a, b, share);
    // Across the way, where a degree of longitude is shorter than one of latitude.
    return [latitude - (aside * east) / 1.77, longitude + aside * north * 1.77];
  });
}

/** Joins every place to the nearest that is joined already, beginning with the first. */
function joined<T>(places: readonly T[], at: (place: T) => Position, join: (place: T, to: T | null) => void): void {
  const left = new Set(places);
  const joinedAlready: T[] = [];
  while (left.size > 0) {
    let best: { readonly place: T; readonly to: T | null; readonly metres: number } | null = null;
    for (const place of joinedAlready.length === 0 ? places.slice(0, 1) : left)
      for (const to of joinedAlready.length === 0 ? [null] : joinedAlready) {
        const metres = to === null ? 0 : metresApart(at(place), at(to));
        if (best === null || metres < best.metres) best = { place, to, metres };
      }
    if (best === null) return;
    join(best.place, best.to);
    left.delete(best.place);
    joinedAlready.push(best.place);
  }
}

/** Lays the roads of a county: towns joined to one another, and in each town every street to the nearest. */
export function roadsOf(county: Pick<County, 'towns' | 'streets'>): Roads {
  const lines: RoadLine[] = [];
  const towns = new Map<string, Junction>();
  joined(
    county.towns,
    ({ at }) => at,
    (town, to) => {
      const from = to === null ? undefined : towns.get(to.id);
      let up = from ?? null;
      const way = to === null ? [] : windingWay(to.at, town.at, `${to.id} ${town.id}`);
      for (const at of way) up = { at, up };
      towns.set(town.id, { at: town.at, up });
      if (to !== null) lines.push({ kind: 'road', name: null, line: [to.at, ...way, town.at] });
    },
  );
  const starts = new Map<string, Junction>();
  for (const town of county.towns) {
    const centre = towns.get(town.id);
    if (centre === undefined) continue;
    const streets = county.streets.filter((one) => one.town.id === town.id);
    const places = [{ id: '', at: town.at }, ...streets];
    joined(
      places,
      ({ at }) => at,
      (street, to) => {
        if (to === null) return;
        const up = starts.get(to.id) ?? centre;
        starts.set(street.id, { at: street.at, up });
        lines.push({ kind: 'lane', name: null, line: [up.at, street.at] });
      },
    );
    for (const street of streets)
      lines.push({ kind: 'street', name: street.name, line: [street.at, homeAt(street, street.to).at] });
  }
  const junctionOf = (street: Street): Junction => {
    const found = starts.get(street.id);
    if (found === undefined) throw new Error(`${street.name} is no street of this county`);
    return found;
  };
  const streetOf = new Map(county.streets.map((one) => [`${one.name}|${one.town.name}`, one]));
  const stopAt = ({ at, identity }: Place): Stop | null => {
    const street = streetOf.get(`${identity.street}|${identity.town ?? ''}`);
    return street === undefined ? null : { at, up: junctionOf(street) };
  };
  return { lines, junctionOf, stopAt };
}

function chainFrom(junction: Junction | null): readonly Junction[] {
  const chain: Junction[] = [];
  for (let one = junction; one !== null; one = one.up) chain.push(one);
  return chain;
}

/** The way from one stop to another: what is passed in order, each with the junction above the stretch towards it. */
export function wayBetween(from: Stop, to: Stop): readonly Stop[] {
  const [climb, descent] = [chainFrom(from.up), chainFrom(to.up)];
  const above = new Set(descent);
  const turn = climb.findIndex((one) => above.has(one));
  const ups = climb.slice(0, turn + 1).map((one) => ({ at: one.at, up: one }));
  const downs = descent.slice(0, descent.indexOf(climb[turn] as Junction)).toReversed();
  return [...ups, ...downs.map((one) => ({ at: one.at, up: one.up ?? one })), to];
}

/** Goes along a way for so many metres; gives where that is, and what is left of the way. */
export function along(
  from: Stop,
  way: readonly Stop[],
  metres: number,
): { readonly at: Stop; readonly left: readonly Stop[] } {
  let [at, left] = [from, metres];
  for (const [place, next] of way.entries()) {
    const stretch = metresApart(at.at, next.at);
    if (stretch > left)
      return { at: { at: between(at.at, next.at, left / stretch), up: next.up }, left: way.slice(place) };
    left -= stretch;
    at = next;
  }
  return { at, left: [] };
}
