import type { Identity } from '../room/subject.ts';
import { chance } from './chance.ts';
import type { CountyFile, PlaceKind } from './county-file.ts';

/** Latitude and longitude, WGS84. */
export type Position = readonly [number, number];

/** A place of the county, as the room may be told of it. */
export interface Place {
  readonly id: string;
  readonly kind: 'home' | 'street' | PlaceKind;
  readonly identity: Extract<Identity, { readonly kind: 'place' }>;
  readonly division: string;
  readonly at: Position;
}

/** A street with the numbers of its houses. */
export interface Street {
  readonly id: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly town: CountyFile['towns'][number];
  readonly at: Position;
  /** Direction in which the numbers rise, in radians. */
  readonly runs: number;
}

/** Degrees of latitude in a hundred metres. */
const stepDegrees = 0.0009;

/** A degree of longitude is this much shorter here than one of latitude. */
const stretch = 1.77;

function round(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000;
}

function offset(at: Position, angle: number, steps: number): Position {
  return [
    round(at[0] + Math.sin(angle) * steps * stepDegrees),
    round(at[1] + Math.cos(angle) * steps * stepDegrees * stretch),
  ];
}

/** Every street, laid out around the centre of its town. */
export function streetsOf(file: CountyFile): readonly Street[] {
  const streets: Street[] = [];
  for (const town of file.towns)
    for (const [name, from, to] of file.streets[town.id] ?? []) {
      const angle = chance(1, 'angle', name) * 2 * Math.PI;
      const at = offset(town.at, angle, 1 + chance(1, 'distance', name) * 14);
      const runs = chance(1, 'runs', name) * 2 * Math.PI;
      streets.push({ id: `street-${streets.length + 1}`, name, from, to, town, at, runs });
    }
  return streets;
}

/** The last two letters of a postcode, none of them one that postcodes leave out. */
function unitCode(street: Street, house: number): string {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  const number = Math.floor(chance(1, street.name) * 400) + Math.floor(house / 12);
  const first = letters.charAt(Math.floor(number / letters.length) % letters.length);
  return `${number % 9}${first}${letters.charAt(number % letters.length)}`;
}

/** A house, by its number and the letter behind it; one in six is a flat. */
export function homeAt(street: Street, house: number, part = ''): Omit<Place, 'id'> {
  const drawn = chance(1, 'flat', street.name, house);
  const premises = drawn < 1 / 6 ? `Flat ${1 + Math.floor(drawn * 36)}, ${house}${part}` : `${house}${part}`;
  return {
    kind: 'home',
    identity: {
      kind: 'place',
      premises,
      street: street.name,
      town: street.town.name,
      postcode: `${street.town.postcode} ${unitCode(street, house)}`,
    },
    division: street.town.division,
    at: offset(street.at, street.runs, house / 10),
  };
}

/** The street itself: a public place without a number. */
export function streetPlace(street: Street): Place {
  const identity = { kind: 'place', street: street.name, town: street.town.name, public: true } as const;
  return { id: street.id, kind: 'street', identity, division: street.town.division, at: street.at };
}

/** The pubs, schools, hospitals and the like. */
export function gazetteerOf(file: CountyFile, streets: readonly Street[]): readonly Place[] {
  return file.gazetteer.map(([kind, premises, townId, streetName], index) => {
    const street = streets.find((one) => one.name === streetName && one.town.id === townId);
    if (street === undefined) throw new Error(`${premises} stands in ${streetName}, which is no street of ${townId}`);
    const place = { premises, street: street.name, town: street.town.name, postcode: streetPostcode(street) };
    return {
      id: `place-${index + 1}`,
      kind,
      identity: { kind: 'place', ...place, public: true },
      division: street.town.division,
      at: offset(street.at, street.runs, 1),
    };
  });
}

function streetPostcode(street: Street): string {
  return `${street.town.postcode} ${unitCode(street, street.from)}`;
}
