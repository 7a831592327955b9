import { hash } from 'node:crypto';
import { parseAccount } from '../linkage/accounts.ts';
import { bornKey, parseBorn } from '../linkage/births.ts';
import type { Born } from '../linkage/births.ts';
import { readingsOf, soundsIn } from '../linkage/names.ts';
import type { PersonName } from '../linkage/names.ts';
import { rootsOf, variantsOf } from '../linkage/nicknames.ts';
import { parsePhone } from '../linkage/phones.ts';
import { phoneticSkeletons } from '../linkage/phonetic.ts';
import { squaresOf } from '../linkage/nearby.ts';
import { parsePlace } from '../linkage/places.ts';
import { nameRead } from '../linkage/readings.ts';
import { remembered } from '../linkage/remembered.ts';
import { soundsOf } from '../linkage/scripts.ts';
import { markKey, parseMark } from '../linkage/vehicles.ts';
import type { Identity } from '../room/subject.ts';
import type { Question, Shelf, SourceRecord } from './source.ts';

/**
 * What a record is found by. Each family of keys has columns of its own in the database, each column an index. Of what
 * is `exact`, or in one `square`, the newest are looked at, however many share a key; what else is shared by too many
 * is worthless by itself: whoever is meant is found by what they share with few.
 */
export const families = {
  /** A subject of the room, a number, a vehicle, an account, a house in its street. */
  exact: ['exact_a', 'exact_b'],
  /** Given and last name as they sound, in either order. */
  pair: ['pair'],
  /** One name as it sounds with the opening of the other and the year of birth. */
  year: ['year_a', 'year_b'],
  /** One name as it sounds with day and month of birth, in either order. */
  day: ['day_a', 'day_b'],
  /** The date of birth, day and month in either order, with the opening sound of a name. */
  born: ['born_a', 'born_b'],
  /** A postcode with the opening sound of a name of somebody there. */
  post: ['post_a', 'post_b'],
  /** A house in its street with the town: a street of one name is in many. */
  home: ['home'],
  street: ['street'],
  /** The square of the ground in which a place stands. */
  square: ['square'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Family = keyof typeof families;

/** What something is found by, as a text that tells its family. */
export type Key = `${Family}:${string}`;

/** Characters of a key. Cut alike on both sides, it only finds more to compare. */
const keyMax = 200;
/** Keys of one record: twenty people with ordinary names have a fifth of them. */
const keysOfRecordMax = 2_000;
/** Keys that one question is looked up by. */
const keysAskedMax = 200;
/** Ways in which one name is kept of a record; a question is asked by every one. */
const readingsKept = 1;
/** Ways in which one name is asked. */
const readingsAsked = 8;

type Of<K extends Identity['kind']> = Extract<Identity, { kind: K }>;

/** A text without what no database keeps: NUL and halves of characters, each shown as U+FFFD. */
export function wellFormed(text: string): string {
  // Few texts have any of these, and to look for them by code units takes a tenth of the time.
  return /[\0\uD800-\uDFFF]/.test(text) ? text.replaceAll(/[\p{Cs}\0]/gu, '\uFFFD') : text;
}

/** The family that a key is of. */
export function familyOf(key: Key): Family {
  return key.slice(0, key.indexOf(':')) as Family;
}

/** Whether one such key alone may show who it is: the same thing, a whole name, a home, a place beside it. */
export function isTelling(family: Family): boolean {
  return isNewestOf(family) || family === 'pair' || family === 'home' || family === 'street';
}

/** Whether of what shares one such key the newest are looked at, however many share it. */
export function isNewestOf(family: Family): boolean {
  return family === 'exact' || family === 'square';
}

/** The key under which everything stands that is recorded about one of the room's own subjects. */
function subjectKey(subject: string): Key {
  return `exact:subject|${subject}`;
}

/** Two parts in one order, whichever came first. */
function together(one: string, other: string): string {
  return one <= other ? `${one}|${other}` : `${other}|${one}`;
}

/**
 * How a name sounds: of a record the heads of the families that it belongs to, else itself; of a question itself and
 * every head, so that Kate, Katie and Katharine are found by one another.
 */
function soundsOfName(token: string, own: readonly string[], isAsked: boolean): readonly string[] {
  const heads = [...rootsOf(token), ...variantsOf(token)];
  const others = heads.flatMap((head) => phoneticSkeletons(head).slice(0, isAsked ? readingsAsked : 1));
  const all = isAsked ? [...own, ...others] : others.length > 0 ? others : own;
  const heard = [...new Set(all)].filter((sound) => sound !== '');
  return heard.length === 0 ? [token] : heard.slice(0, isAsked ? readingsAsked : readingsKept);
}

/** One name as it is looked up by. */
interface Heard {
  readonly sounds: readonly string[];
  /** The first sound of the name itself, whatever it is a form of: slips of the hand are commoner in what follows. */
  readonly first: readonly string[];
  /** The same, of a question with what it may have been before a slip, and with those of its forms. */
  readonly openings: readonly string[];
}

const unheard: Heard = { sounds: [''], first: [], openings: [] };

/** Names that are remembered with how they sound: a few are borne by very many. */
const heardMax = 10_000;
const heardKept = remembered((token) => hear(token, soundsOf(token), false), heardMax);
const heardAsked = remembered((token) => hear(token, soundsOf(token), true), heardMax);

function heardIn(name: PersonName, token: string, isAsked: boolean): Heard {
  if (token === '') return unheard;
  if (name.native.has(token)) return hear(token, soundsIn(name, token), isAsked);
  return isAsked ? heardAsked(token) : heardKept(token);
}

function hear(token: string, own: readonly string[], isAsked: boolean): Heard {
  const sounds = soundsOfName(token, own, isAsked);
  const known = openingsOf(own);
  const first = known.length === 0 ? [token.charAt(0)] : known.slice(0, isAsked ? readingsAsked : readingsKept);
  if (!isAsked) return { sounds, first, openings: first };
  // A letter put before the first, or exchanged with it; a name that goes on with a vowel would ask for every other.
  const behind = openingsOf(phoneticSkeletons(token.slice(1))).filter((opening) => opening !== 'A');
  return { sounds, first, openings: [...new Set([...first, ...openingsOf(sounds), ...behind])] };
}

function openingsOf(sounds: readonly string[]): readonly string[] {
  return [...new Set(sounds.map((sound) => sound.charAt(0)))].filter((opening) => opening !== '');
}

/** What birth adds to a name; a part that nobody knew adds nothing. */
function birthKeys(born: Born | null, { sounds, openings }: Heard): readonly Key[] {
  if (born === null) return [];
  const { month, day } = born;
  const whole = bornKey(born);
  if (whole === null) return [];
  const dayOfYear = together(String(month), String(day));
  return [
    ...sounds.map((sound): Key => `day:${sound}|${dayOfYear}`),
    ...openings.map((opening): Key => `born:${whole}|${opening}`),
  ];
}

/** Two names of one person, each as it sounds with how the other begins, in the year of birth. */
function yearKeys({ year }: Born, one: Heard, other: Heard): readonly Key[] {
  const keysOf = ({ sounds }: Heard, { openings }: Heard): readonly Key[] =>
    sounds.flatMap((sound) => openings.map((opening): Key => `year:${sound}|${opening}|${year % 100}`));
  return [...keysOf(one, other), ...keysOf(other, one)];
}

/** The names that count: of a record the first given and every last one, of a question each with each. */
function pairsOf(
  { tokens, given, surname, former }: PersonName,
  isAsked: boolean,
): readonly (readonly [string, string])[] {
  if (tokens.length < 2) return [[tokens[0] ?? '', '']];
  if (isAsked) return tokens.flatMap((one, at) => tokens.slice(at + 1).map((other) => [one, other] as const));
  const first = given[0] ?? tokens[0] ?? '';
  const lasts = [...surname, ...former].filter((token) => token !== first);
  return (lasts.length === 0 ? [tokens.at(-1) ?? ''] : lasts).map((last) => [first, last] as const);
}

/** One of the names somebody bears, as it is looked up by. */
interface HeardName {
  readonly pairs: readonly (readonly [Heard, Heard])[];
  readonly each: readonly Heard[];
}

function namesHeard({ name: own, alias = [] }: Of<'person'>, isAsked: boolean): readonly HeardName[] {
  const names = [own, ...alias].flatMap((text) => readingsOf(nameRead(text)));
  return names.flatMap((name) => {
    if (name.isGeneric) return [];
    const pairs = pairsOf(name, isAsked);
    const heard = new Map(pairs.flat().map((token) => [token, heardIn(name, token, isAsked)]));
    const each = [...heard].flatMap(([token, one]) => (token === '' ? [] : [one]));
    return [{ pairs: pairs.map(([a, b]) => [heard.get(a) ?? unheard, heard.get(b) ?? unheard] as const), each }];
  });
}

function personKeys(person: Of<'person'>, isAsked: boolean): readonly Key[] {
  const born = parseBorn(person.born ?? '');
  return namesHeard(person, isAsked).flatMap(({ pairs, each }) => [
    ...pairs.flatMap(([one, other]) => [
      ...one.sounds.flatMap((a) => other.sounds.map((b): Key => `pair:${together(a, b)}`)),
      ...(born === null ? [] : yearKeys(born, one, other)),
    ]),
    ...each.flatMap((one) => birthKeys(born, one)),
  ]);
}

/** Every sound with which a name can begin. */
const openingSounds = 'A B D F G H J K L M N P R S T W X Y'.split(' ');
/** What stands for a name that begins with no such sound, and for nobody's. */
const noOpening = '';

/** How the names of people begin: a home is found by the postcode with any of them. */
function openingsIn(names: readonly Identity[], isAsked: boolean): readonly string[] {
  const people = names.filter((one) => one.kind === 'person').flatMap((one) => namesHeard(one, isAsked));
  const all = people.flatMap(({ each }) => each).flatMap(({ first }) => first);
  const known = all.map((one) => (openingSounds.includes(one) ? one : noOpening));
  return known.length === 0 ? [noOpening] : [...new Set(known)];
}

/** How names are read for keys. */
interface Reading {
  readonly isAsked: boolean;
  /** How the names of those begin who are at the places. */
  readonly openings: readonly string[];
}

/** A house is kept with its town and without; one that is asked about with its town may be kept where none was told. */
function houseKeys(house: string, town: string, isAsked: boolean): readonly Key[] {
  const towns = isAsked && town !== '' ? [town, ''] : [town];
  return [`exact:house|${house}`, ...towns.map((one): Key => `home:${house}|${one}`)];
}

function placeKeys(place: Of<'place'>, { isAsked, openings }: Reading): readonly Key[] {
  const { isGeneric, street, number, name, flat, town, postcode } = parsePlace(place);
  const isPostcodeAlone = place.public !== true && place.street.trim() === '' && number === '' && name === '';
  if (isGeneric && !isPostcodeAlone) return [];
  const premises = number === '' ? (name === '' ? [flat] : phoneticSkeletons(name)) : [number];
  const houses = premises.filter((part) => part !== '').slice(0, isAsked ? readingsAsked : 1);
  const streets = street === '' ? [] : phoneticSkeletons(street).slice(0, isAsked ? readingsAsked : 1);
  return [
    ...squaresOf(place, isAsked).map((square): Key => `square:${square}`),
    ...(postcode === '' ? [] : openings.map((opening): Key => `post:${postcode}|${opening}`)),
    ...streets.flatMap((sound): readonly Key[] => [
      ...houses.flatMap((part) => houseKeys(`${part}|${sound}`, town, isAsked)),
      ...(town === '' || isAsked ? [`street:${sound}` as const] : []),
      ...(town === '' ? [] : [`street:${sound}|${town}` as const]),
    ]),
  ];
}

function identityKeys(one: Identity, reading: Reading): readonly Key[] {
  switch (one.kind) {
    case 'person':
      return personKeys(one, reading.isAsked);
    case 'place':
      return placeKeys(one, reading);
    case 'phone': {
      const digits = parsePhone(one.number);
      return digits === null ? [] : [`exact:phone|${digits}`];
    }
    case 'vehicle': {
      const mark = parseMark(one.mark ?? '');
      return mark === null ? [] : [`exact:vehicle|${markKey(mark)}`];
    }
    case 'account': {
      const parts = parseAccount(one.platform, one.handle);
      return parts === null ? [] : [`exact:account|${parts.platform}|${parts.bare}`];
    }
  }
}

function bounded(keys: readonly Key[], limit: number): readonly Key[] {
  const all = new Set(keys.map((key) => wellFormed(key.slice(0, keyMax)) as Key));
  return [...all].slice(0, limit);
}

/** Everything that a record is found by. */
export function keysOfRecord({ subjects, names }: Pick<SourceRecord, 'subjects' | 'names'>): readonly Key[] {
  const reading = { isAsked: false, openings: openingsIn(names, false) };
  return bounded([...subjects.map(subjectKey), ...names.flatMap((one) => identityKeys(one, reading))], keysOfRecordMax);
}

/** What stands beside adds no street and nothing near; and where a town is told, no house of other towns. */
function besideKeys(one: Identity, reading: Reading): readonly Key[] {
  const keys = identityKeys(one, reading).filter((key) => !['street', 'square'].includes(familyOf(key)));
  const isPlaced = one.kind === 'place' && parsePlace(one).town !== '';
  return isPlaced ? keys.filter((key) => familyOf(key) !== 'exact') : keys;
}

/**
 * Everything that a question is looked up by. What stands beside a person or a place counts too, where it is
 * particular: a name alone is shared by many, with the same number or house it is somebody.
 */
export function keysAsked({ subject, identity, beside }: Question): readonly Key[] {
  const isShared = identity.kind === 'person' || identity.kind === 'place';
  const others = isShared ? beside.filter((one) => one.kind !== 'person') : [];
  const openings = identity.kind === 'person' ? openingsIn([identity], true) : [...openingSounds, noOpening];
  const reading = { isAsked: true, openings };
  const near = others.flatMap((one) => besideKeys(one, reading));
  return bounded([subjectKey(subject), ...identityKeys(identity, reading), ...near], keysAskedMax);
}

/**
 * A key as four bytes, a shelf's own. Two that come to the same only find more to compare. The same is computed in SQL
 * where what was erased keeps the ids of its subjects: `heed.key_hash`.
 */
export function hashOf({ room, source }: Shelf, key: Key): number {
  return hash('sha256', `${room}\u001f${source}\u001f${key}`, 'buffer').readInt32BE(0);
}

/** Keys in the columns of their families: as many rows as the fullest needs. */
export type KeyRow = Readonly<Partial<Record<(typeof families)[Family][number], number>>>;

/** Spreads the keys of a record over rows. */
export function keyRows(shelf: Shelf, keys: readonly Key[]): readonly KeyRow[] {
  const rows: Partial<Record<(typeof families)[Family][number], number>>[] = [];
  const held = new Map<Family, number>();
  for (const key of keys) {
    const family = familyOf(key);
    const at = held.get(family) ?? 0;
    const columns = families[family];
    const column = columns[at % columns.length];
    if (column !== undefined) (rows[Math.floor(at / columns.length)] ??= {})[column] = hashOf(shelf, key);
    held.set(family, at + 1);
  }
  return rows;
}
