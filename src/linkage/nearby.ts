import { degreeM, metresBetween, radians } from '../room/ground.ts';
import { isNowhere } from '../room/location.ts';
import type { Identity } from '../room/subject.ts';
import { parsePlace } from './places.ts';

type Place = Extract<Identity, { kind: 'place' }>;
type Position = NonNullable<Place['position']>;

/** The furthest that two places may be apart and still be near: the squares beside one's own reach no further. */
export const nearMaxM = 100;

/** Where a place is, where that is known well enough to be near anything; of what belongs to everybody, nowhere. */
function preciselyAt(place: Place, withinM: number): Position | null {
  const { position } = place;
  if (position === undefined || position.radiusM > withinM || parsePlace(place).isGeneric) return null;
  return isNowhere(position.latitude, position.longitude) ? null : position;
}

/** How far two different places are apart, in whole metres; null where it is further, or not known so precisely. */
export function metresApart(a: Place, b: Place, withinM: number): number | null {
  const [mine, theirs] = [preciselyAt(a, withinM), preciselyAt(b, withinM)];
  if (mine === null || theirs === null) return null;
  const metres = metresBetween(mine, theirs);
  return metres <= withinM ? Math.round(metres) : null;
}

/** The square of a row in which a longitude lies; a row's squares are as wide as they are high in its middle. */
function squareIn(row: number, longitude: number): number {
  const middle = radians(((row + 0.5) * nearMaxM) / degreeM);
  return Math.floor((longitude * degreeM * Math.cos(middle)) / nearMaxM);
}

/** The square of the ground in which a place stands, and where it is asked about those around it too. */
export function squaresOf(place: Place, isAsked: boolean): readonly string[] {
  const position = preciselyAt(place, nearMaxM);
  if (position === null) return [];
  const row = Math.floor((position.latitude * degreeM) / nearMaxM);
  if (!isAsked) return [`${row}|${squareIn(row, position.longitude)}`];
  return [row - 1, row, row + 1].flatMap((one) => {
    const square = squareIn(one, position.longitude);
    return [square - 1, square, square + 1].map((other) => `${one}|${other}`);
  });
}
