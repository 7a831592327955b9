import { isNowhere, metresMax, roundedDegrees } from '../room/location.ts';
import type { CommandData } from '../room/vocabulary.ts';

/** What a message says of a place, as `RecordLocation` takes it. */
export type LocationTold = Omit<CommandData<'RecordLocation'>, 'location' | 'contact' | 'incident'>;
export type FixTold = LocationTold['fix'];
export type Doubt = LocationTold['doubts'][number];

/** A message read whole, or why it is not one. The problem never quotes the message: it is personal data. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Refuses a message with one sentence. */
export function unread(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

const decimalForm = /^[+-]?\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?$/;

/** A number as devices write it, or null. */
export function decimalOf(text: string): number | null {
  return decimalForm.test(text) ? Number(text) : null;
}

/** Latitude and longitude in WGS84 degrees, rounded; null where they are not on the earth. */
export function degreesOf(
  latitude: number | null,
  longitude: number | null,
): { readonly latitude: number; readonly longitude: number } | null {
  if (latitude === null || longitude === null) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude: roundedDegrees(latitude), longitude: roundedDegrees(longitude) };
}

/** Whole metres, rounded up so that a position never looks surer than it was told; null for one that says nothing. */
export function metresOf(value: number): number | null {
  const whole = Math.ceil(value);
  return whole >= 1 && whole <= metresMax ? whole : null;
}

/** The point, or no fix where its coordinates are those of a device that has none. */
export function pointAt(
  at: { readonly latitude: number; readonly longitude: number },
  radiusM: number | null,
): FixTold {
  return isNowhere(at.latitude, at.longitude)
    ? { kind: 'none', why: 'zero-position' }
    : { kind: 'point', ...at, radiusM };
}
