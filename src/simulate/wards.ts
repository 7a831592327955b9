import { readCounty } from './county-file.ts';
import type { CountyFile } from './county-file.ts';

/** What the further wards of a town are called after; none of these names with a town's is a real place's. */
const wardNames = [
  'Heath',
  'Cross',
  'Hythe',
  'Bar',
  'Moor',
  'End',
  'Fold',
  'Ness',
  'Carr',
  'Holt',
  'Wick',
  'Sands',
  'Gate',
  'Mere',
  'Rise',
  'Thorpe',
  'Ings',
  'Strand',
  'Hurst',
  'Slack',
  'Dene',
  'Toft',
  'Garth',
];
/** How far one ward lies from the next, in degrees of latitude. */
const apart = 0.05;

type Town = CountyFile['towns'][number];

/** A town of its own beside the first, with the same streets: in a force there is a Mill Lane in every second place. */
function wardOf(town: Town, copy: number): Town {
  if (copy === 0) return town;
  const name = wardNames[(copy - 1) % wardNames.length] ?? '';
  const round = Math.floor((copy - 1) / wardNames.length);
  const [latitude, longitude] = town.at;
  return {
    ...town,
    id: idOf(town.id, copy),
    name: round === 0 ? `${town.name} ${name}` : `${town.name} ${name} ${round + 1}`,
    postcode: `${town.postcode}${copy % 10}`,
    at: [latitude + Math.floor(copy / 5) * apart, longitude + (copy % 5) * apart],
  };
}

function idOf(town: string, copy: number): string {
  return copy === 0 ? town : `${town}-${copy}`;
}

/** The map of the county, laid out so many times over: ward by ward, each with every street and public place. */
export function mapOf(copies: number): CountyFile {
  const file = readCounty();
  const rounds = Array.from({ length: copies }, (_, copy) => copy);
  return {
    ...file,
    towns: rounds.flatMap((copy) => file.towns.map((town) => wardOf(town, copy))),
    streets: Object.fromEntries(
      rounds.flatMap((copy) => Object.entries(file.streets).map(([town, streets]) => [idOf(town, copy), streets])),
    ),
    gazetteer: rounds.flatMap((copy) =>
      file.gazetteer
        .map(([kind, name, town, street]) => [kind, name, idOf(town, copy), street] as const)
        .map((one) => [...one]),
    ),
  };
}
