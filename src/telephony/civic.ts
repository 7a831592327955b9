import type { Identity } from '../room/subject.ts';

/** A place as the room knows one: enough of an address to match on. */
export type PlaceIdentity = Extract<Identity, { kind: 'place' }>;

/** The parts of an address, however it came; an absent part is undefined. */
export interface AddressParts {
  readonly premises?: string | undefined;
  readonly street?: string | undefined;
  readonly town?: string | undefined;
  readonly county?: string | undefined;
  readonly postcode?: string | undefined;
}

/** The longest part that is kept. */
const partMax = 200;
const addressMax = 2_000;
const postcodeMax = 10;

/** A part of an address with its spaces in order, or undefined where it says nothing. */
export function partOf(text: string | undefined): string | undefined {
  const part = text?.replaceAll(/\s+/g, ' ').trim().slice(0, partMax);
  return part !== undefined && /[\p{L}\p{N}]/u.test(part) ? part : undefined;
}

/** The parts that say something, in order, as one address; undefined where none does. */
export function addressOf(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.map(partOf).filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join(', ').slice(0, addressMax);
}

/** The place that an address names, where it names a street. */
export function placeOf(parts: AddressParts): PlaceIdentity | null {
  const street = partOf(parts.street);
  if (street === undefined) return null;
  const premises = partOf(parts.premises);
  const town = partOf(parts.town);
  const postcode = partOf(parts.postcode);
  return {
    kind: 'place',
    street,
    ...(premises === undefined ? {} : { premises }),
    ...(town === undefined ? {} : { town }),
    ...(postcode === undefined || postcode.length > postcodeMax ? {} : { postcode }),
  };
}
