/** A place on the ground, in WGS84 degrees. */
export interface Spot {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean radius of the earth (IUGG), in metres. */
const earthM = 6_371_009;
/** Metres in a degree along a meridian. */
export const degreeM = (earthM * Math.PI) / 180;

/** Degrees as radians. */
export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Metres between two places along the ground, by the haversine of the earth as a ball. */
export function metresBetween(a: Spot, b: Spot): number {
  const north = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const both = north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east;
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(both)));
}
