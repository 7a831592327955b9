import type { Arrival } from './arrivals.ts';
import { chance, pick } from './chance.ts';
import type { County } from './county.ts';
import type { Place } from './places.ts';

/** What a handset or its network says of where a 999 call comes from, as the room is told it. */
export interface Fix {
  readonly source: 'aml';
  readonly fix: Readonly<Record<string, unknown>>;
  readonly takenAt: number;
  readonly method: 'gnss' | 'wifi' | 'cell';
  readonly confidence?: number;
}

/** One handset in so many has no fix to send. */
const blindShare = 0.12;
/** How far a good fix may lie from the place, in degrees of latitude. */
const nearDegrees = 0.0003;

interface Calling {
  readonly county: County;
  readonly seed: number;
  readonly arrival: Arrival;
}

/** The fix of a 999 call: near the place that it is about or, where it is about none, somewhere in the county. */
export function fixOf({ county, seed, arrival }: Calling, place: Place | null): Fix {
  const draw = (name: string): number => chance(seed, name, arrival.day, arrival.slot);
  const takenAt = arrival.at - Math.floor(2_000 + draw('taken') * 9_000);
  if (draw('blind') < blindShare)
    return { source: 'aml', fix: { kind: 'none', why: 'no-fix' }, takenAt, method: 'cell' };
  const method = draw('method') < 0.7 ? 'gnss' : 'wifi';
  const [latitude, longitude] = place?.at ?? pick(county.streets, draw('somewhere')).at;
  const near = (degrees: number, name: string): number =>
    Math.round((degrees + (draw(name) - 0.5) * nearDegrees) * 100_000) / 100_000;
  const radiusM = method === 'gnss' ? 8 + Math.floor(draw('radius') * 20) : 25 + Math.floor(draw('radius') * 60);
  const fix = { kind: 'point', latitude: near(latitude, 'north'), longitude: near(longitude, 'east'), radiusM };
  return { source: 'aml', fix, takenAt, method, confidence: 68 };
}
