import { allLocales } from '@faker-js/faker';
import { spread } from './draws.ts';
import { townHeads, townTails } from './lists.ts';

/** Where somebody lives: nowhere that exists. */
export interface Home {
  readonly premises: string;
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
}

/** People to a block of the population: some four streets. Every block can be made by itself. */
export const blockPeople = 256;
/** Blocks to a postcode district: some 22,500 people, about what a British one has. */
export const districtBlocks = 88;
/** Homes to a postcode: some 15, as in Britain. */
const postcodeHomes = 14;
const streetHomes = 40;
/** Flats behind one number: that many homes in a row are flats, or none of them. */
const houseFlats = 5;

/** Areas that begin with Z, which Royal Mail has not given out but for ZE, Shetland. */
const areas = 'ABCDFGHKLMNOPQRSTUVWXY'.split('').map((letter) => `Z${letter}`);
const areaDistricts = 29;
const unitLetters = 'ABDEFGHJLNPQRSTUWXYZ';
const sectorUnits = 176;
const blockPostcodes = 20;

/** How many people there are places for. */
export const peopleMax = areas.length * areaDistricts * districtBlocks * blockPeople;

const streets: readonly string[] = (allLocales.en_GB.location?.street_name as readonly string[] | undefined) ?? [];
const towns = townHeads.flatMap((head) => townTails.map((tail) => `${head}${tail}`));

function itemAt<T>(list: readonly T[], at: number): T {
  const item = list[at % list.length];
  if (item === undefined) throw new Error('an empty list of places');
  return item;
}

/** The postcode of a home by its block and its place in it: no two blocks share one. */
function postcodeOf(block: number, home: number): string {
  const district = Math.floor(block / districtBlocks);
  const ordinal =
    (block % districtBlocks) * blockPostcodes + Math.min(blockPostcodes - 1, Math.floor(home / postcodeHomes));
  const unit = ((ordinal % sectorUnits) * 37) % (unitLetters.length * unitLetters.length);
  const letters =
    unitLetters.charAt(Math.floor(unit / unitLetters.length)) + unitLetters.charAt(unit % unitLetters.length);
  const area = itemAt(areas, Math.floor(district / areaDistricts));
  return `${area}${(district % areaDistricts) + 1} ${Math.floor(ordinal / sectorUnits)}${letters}`;
}

/** A home by its block and its place in it; the same whenever it is asked for, so that movers' homes need no list. */
export function homeAt(block: number, home: number, flatShare: number): Home {
  const street = itemAt(streets, spread(block * 8 + Math.floor(home / streetHomes)));
  const odd = 1 + (spread(block) & 1);
  const place = home % streetHomes;
  const inHouse = place % houseFlats;
  const isFlat = spread(block * 512 + home - inHouse) < flatShare * 4_294_967_296;
  return {
    premises: isFlat ? `Flat ${inHouse + 1}, ${odd + (place - inHouse) * 2}` : String(odd + place * 2),
    street,
    town: itemAt(towns, spread(Math.floor(block / districtBlocks / 2))),
    postcode: postcodeOf(block, home),
  };
}
