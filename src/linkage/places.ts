import type { Identity } from '../room/subject.ts';
import { plain, wordsOf } from './letters.ts';
import { isSameSound, phoneticSkeletons } from './phonetic.ts';
import { parsePostcode } from './postcodes.ts';
import { remembered } from './remembered.ts';

/** An address in comparable parts; a part that was not given is empty. */
export interface PlaceParts {
  readonly flat: string;
  readonly number: string;
  /** The name of a house or block. */
  readonly name: string;
  readonly street: string;
  /** Road, lane, close; apart from the street, because it is what people get wrong. */
  readonly streetType: string;
  readonly town: string;
  readonly postcode: string;
  /** Many unconnected people pass through it, or it is no place at all. */
  readonly isGeneric: boolean;
}

type Place = Extract<Identity, { kind: 'place' }>;

const streetTypes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'road:rd street:st,str avenue:av,ave,avn lane:ln close:cl,clo court:ct,crt crescent:cr,cres,cresc drive:dr,drv ' +
    'gardens:gdns,gdn,gardn grove:gr,gro,grv place:pl square:sq terrace:ter,terr,tce park:pk way:wy hill:hl ' +
    'mews:mws green:grn walk:wlk rise: parade:pde boulevard:blvd row: view:vw buildings:bldgs alley:aly wharf:whf ' +
    'villas: passage: quay: mount:mt'
  )
    .split(' ')
    .flatMap((entry) => {
      const [full = '', short = ''] = entry.split(':');
      return [full, ...short.split(',').filter((one) => one !== '')].map((one) => [one, full]);
    }),
);

const floors: Readonly<Record<string, string>> = {
  gff: 'ground',
  fff: 'first',
  sff: 'second',
  tff: 'top',
  bf: 'basement',
};

/** What a place ends in that belongs to everybody. A refuge counts: who was there says nothing of who is. */
const genericPlace = new RegExp(
  '(?:^|\\s)(?:hospital|infirmary|hotel|motel|hostel|guest ?house|bed and breakfast|inn|pub|bar|public house|' +
    '(?:railway|train|bus|police|fire|petrol|service|coach) station|custody suite|prison|' +
    '(?:magistrates|crown|county) court|surgery|(?:health|medical|shopping|civic|community|leisure) centre|clinic|' +
    'hospice|(?:care|nursing) home|school|college|university|academy|supermarket|superstore|(?:retail|car) park|' +
    'bus stop|airport|library|town hall|council offices|job ?centre|refuge|shelter|a and e|accident and emergency|' +
    'ward [a-z0-9]+|nightclub|services)$',
);
const noPlace =
  /^(?:unknown|not known|nk|none|no fixed abode|no fixed address|nfa|of no fixed abode|not given|refused|tbc)$/;

const postcodeShape = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/;
const flatShape =
  /\b(?:flat|flt|apartment|apt|unit|room|rm|bedsit|studio|maisonette)\s*(?:no\s*)?(\d+\s?[a-z]?|[a-z])\b/;
const floorShape =
  /\b(ground|first|second|third|top|upper|lower|basement|garden|rear)\s*(?:floor)?\s*(?:flat|apartment|maisonette)\b/;
const slashShape = /\b(\d+[a-z]?)\s*\/\s*(\d+)\b/;
const numberShape = /(?:^|[\s,])(?:no\s+)?(\d+)\s?([a-z])?(?=$|[\s,])/;

function clean(text: string): string {
  return plain(text.slice(0, 400))
    .replaceAll(/['’‘ʼ`´]/g, '')
    .replaceAll('&', ' and ')
    .replaceAll(/\b(\d+[a-z]?)\s*[-–]\s*\d+[a-z]?\b/g, '$1')
    .replaceAll(/[^\p{L}\p{M}\p{N},/]+/gu, ' ')
    .trim();
}

interface Taken {
  readonly found: string;
  readonly rest: string;
}

/** Takes what a shape finds out of a text, with a comma left where it stood. */
function take(text: string, shape: RegExp): Taken {
  const match = shape.exec(text);
  if (match === null) return { found: '', rest: text };
  const found = match.slice(1).filter(Boolean).join(' ').replaceAll(/\s/g, '');
  return { found, rest: `${text.slice(0, match.index)},${text.slice(match.index + match[0].length)}` };
}

/** The flat, wherever it stands: "Flat 2", "2/14", "ground floor flat", GFF. */
function takeFlat(text: string): Taken {
  for (const shape of [flatShape, floorShape]) {
    const taken = take(text, shape);
    if (taken.found !== '') return taken;
  }
  const slash = slashShape.exec(text);
  if (slash !== null) return { found: slash[1] ?? '', rest: text.replace(slashShape, ` ${slash[2] ?? ''} `) };
  const floor = take(text, /\b(gff|fff|sff|tff|bf)\b/);
  return floor.found === '' ? floor : { ...floor, found: floors[floor.found] ?? floor.found };
}

interface Premises {
  readonly flat: string;
  readonly number: string;
  readonly rest: string;
}

/** Flat and number; of two bare numbers the first is the flat, and 14A is flat A at 14. */
function takePremises(text: string): Premises {
  const flat = takeFlat(text);
  const first = take(flat.rest, numberShape);
  const second = take(first.rest, numberShape);
  if (flat.found === '' && second.found !== '') return { flat: first.found, number: second.found, rest: second.rest };
  const lettered = /^(\d+)([a-z])$/.exec(first.found);
  return flat.found === '' && lettered !== null
    ? { flat: lettered[2] ?? '', number: lettered[1] ?? '', rest: first.rest }
    : { flat: flat.found, number: first.found, rest: first.rest };
}

function partsOf(text: string): readonly string[] {
  return text
    .split(/[,/]/)
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .filter((part) => part !== '');
}

/** The street's own words and its type; St is a saint unless it comes last. */
function streetOf(text: string): { readonly street: string; readonly streetType: string } {
  const words = wordsOf(text).filter((word, at) => word !== 'the' || at > 0);
  const last = words.at(-1) ?? '';
  const type = words.length > 1 && Object.hasOwn(streetTypes, last) ? (streetTypes[last] ?? '') : '';
  const own = (type === '' ? words : words.slice(0, -1)).map((word) => (word === 'st' ? 'saint' : word));
  return { street: own.join(''), streetType: type };
}

/** Addresses never change, and each is looked up and compared again and again: it is taken apart once. */
const takenApart = new WeakMap<Place, PlaceParts>();

/** Takes an address apart, whichever field its parts were typed into. */
export function parsePlace(place: Place): PlaceParts {
  const known = takenApart.get(place) ?? partsIn(place);
  takenApart.set(place, known);
  return known;
}

/** What a street's line holds beside the street: a postcode, a number, the name of a house. */
interface StreetLine {
  readonly postcode: string;
  readonly behind: Premises;
  readonly lines: readonly string[];
}

/** Lines that are remembered with what was found in them. */
const linesMax = 10_000;
const streetLine = remembered((street: string): StreetLine => {
  const { found, rest } = take(clean(street), postcodeShape);
  const behind = takePremises(rest);
  return { postcode: found, behind, lines: partsOf(behind.rest) };
}, linesMax);
const premisesLine = remembered((premises: string) => takePremises(clean(premises)), linesMax);
const streetIn = remembered(streetOf, linesMax);
const townIn = remembered((town: string) => wordsOf(town).join(' '), linesMax);

function partsIn(place: Place): PlaceParts {
  const town = townIn(place.town ?? '');
  const given = parsePostcode(place.postcode ?? '');
  const line = streetLine(place.street);
  const before = premisesLine(place.premises ?? '');
  const { behind } = line;
  const lines = line.lines.filter((part, at) => at === 0 || part !== town);
  const isNumbered = before.number !== '' || behind.number !== '';
  const typed = lines.findLastIndex((part) => streetIn(part).streetType !== '');
  const streetAt = typed < 0 ? lines.length - 1 : typed;
  const name = [...partsOf(before.rest), ...lines.slice(0, Math.max(0, streetAt))].map((part) =>
    part.replace(/^the /, ''),
  );
  const isOpen = !isNumbered && genericPlace.test(lines[streetAt] ?? '');
  const isOther = name.some((part) => genericPlace.test(part) && !/^(?:old|former) /.test(part));
  const isNowhere = [...name, ...lines].some((part) => noPlace.test(part));
  return {
    flat: before.flat === '' ? flatBehind(before, behind) : before.flat,
    number: before.number === '' ? behind.number : before.number,
    name: name.join(' '),
    ...streetIn(lines[streetAt] ?? ''),
    town,
    postcode: given === '' ? line.postcode : given,
    isGeneric: place.public === true || isOpen || isOther || isNowhere || lines.length === 0,
  };
}

/** "Flat 2" in one field and "14 Mill Lane" in the other; or "2" before "14 Mill Lane". */
function flatBehind(before: Premises, behind: Premises): string {
  if (behind.flat !== '') return behind.flat;
  return before.number !== '' && behind.number !== '' && before.number !== behind.number ? before.number : '';
}

export type PlaceLevel = 'dwelling' | 'building' | 'elsewhere' | 'street';

function isSameStreet(a: PlaceParts, b: PlaceParts): boolean {
  if (a.street === '' || b.street === '') return false;
  const isTyped = a.streetType === '' || b.streetType === '' || a.streetType === b.streetType;
  return isTyped && (a.street === b.street || isSameSound(a.street, b.street));
}

function isSameTown(a: PlaceParts, b: PlaceParts): boolean {
  return a.town === '' || b.town === '' || a.town === b.town || isSameSound(a.town, b.town);
}

function isSamePremises(a: PlaceParts, b: PlaceParts): boolean {
  if (a.number !== '' || b.number !== '') return a.number === b.number;
  if (a.name !== '') return a.name === b.name || isSameSound(a.name, b.name);
  // "Flat 11, Cooper Wharf": the building stands where a street would, and its flats are its premises.
  return b.name === '' && a.flat !== '' && a.flat === b.flat && a.street === b.street;
}

/**
 * How two addresses stand: the same dwelling; the same building, where the flat differs or was not given; the same
 * house and street in what is written as another town; the same street; or nothing.
 */
export function comparePlaces(a: PlaceParts, b: PlaceParts): PlaceLevel | null {
  if (a.isGeneric || b.isGeneric) return null;
  const isPostcodeKnown = a.postcode !== '' && b.postcode !== '';
  const isPostcodeSame = isPostcodeKnown && a.postcode === b.postcode;
  const isStreet = isSameStreet(a, b);
  const isBuilding = isSamePremises(a, b) && (isStreet || isPostcodeSame);
  const isOutward = !isPostcodeKnown || a.postcode.slice(0, -3) === b.postcode.slice(0, -3);
  if (isBuilding && (isPostcodeSame || (isOutward && isSameTown(a, b))))
    return a.flat === b.flat ? 'dwelling' : 'building';
  if (isBuilding && isOutward) return 'elsewhere';
  return isStreet && isOutward && isSameTown(a, b) ? 'street' : null;
}

/** What an address is looked up by: its street as it sounds, and its number at its postcode. */
export function placeKeys(parts: PlaceParts): readonly string[] {
  if (parts.isGeneric) return [];
  const streets = phoneticSkeletons(parts.street).map((skeleton) => `street:${skeleton}`);
  const premises = parts.number === '' ? phoneticSkeletons(parts.name) : [parts.number];
  const isPlaced = parts.postcode !== '' && (parts.number !== '' || parts.name !== '');
  return isPlaced ? [...streets, ...premises.map((one) => `dwelling:${parts.postcode}|${one}`)] : streets;
}
