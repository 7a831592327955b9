import { createHash } from 'node:crypto';
import { parseAccount } from '../linkage/accounts.ts';
import { bornKey, parseBorn } from '../linkage/births.ts';
import { parseName } from '../linkage/names.ts';
import type { PersonName } from '../linkage/names.ts';
import { parsePhone } from '../linkage/phones.ts';
import { phoneticSkeletons } from '../linkage/phonetic.ts';
import { parsePlace } from '../linkage/places.ts';
import { markKey, parseMark } from '../linkage/vehicles.ts';
import type { Identity } from '../room/subject.ts';
import type { Question, Shelf, SourceRecord } from './source.ts';

/**
 * What a record is found by. Each family of keys has columns of its own in the database, each column an index. Of what
 * is `exact` the newest are looked at, however many share a key; what else is shared by too many is worthless by
 * itself: whoever is meant is found by what they share with few.
 */
export const families = {
  /** A subject of the room, a number, a vehicle, an account, a house in its street. */
  exact: ['exact_a', 'exact_b'],
  /** First and last name as they sound, in either order. */
  pair: ['pair'],
  /** The same with the year of birth. */
  dated: ['dated'],
  /** How first and last name begin, with the year of birth. */
  begun: ['begun'],
  /** The last name as it sounds with year and month of birth. */
  month: ['month'],
  /** The date of birth, day and month in either order, with the opening sound of a name. */
  born: ['born_a', 'born_b'],
  post: ['post'],
  street: ['street_a', 'street_b'],
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
/** Readings of one name that are kept of a record; a question is asked by all. */
const readingsKept = 2;

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

/** The key under which everything stands that is recorded about one of the room's own subjects. */
function subjectKey(subject: string): Key {
  return `exact:subject|${subject}`;
}

/** How a word sounds, in as many readings as are wanted; never nothing, so that a key has something to say. */
function sounds(word: string, most: number): readonly string[] {
  const heard = phoneticSkeletons(word).filter((sound) => sound !== '');
  return heard.length === 0 ? [word] : heard.slice(0, most);
}

/** Two parts in one order, whichever came first. */
function together(one: string, other: string): string {
  return one <= other ? `${one}|${other}` : `${other}|${one}`;
}

/** The names by which somebody is found: the first with the last of a record; of a question any two, and each alone. */
function namePairs({ tokens }: PersonName, isAsked: boolean): readonly (readonly [string, string])[] {
  const [first = ''] = tokens;
  const last = tokens.at(-1) ?? '';
  if (tokens.length < 2) return [[first, '']];
  if (!isAsked) return [[first, last]];
  return tokens.flatMap((one, at) => tokens.slice(at + 1).map((other) => [one, other] as const));
}

function personKeys(person: Of<'person'>, isAsked: boolean): readonly Key[] {
  const born = parseBorn(person.born ?? '');
  const day = bornKey(born);
  const year = born === null ? null : String(born.year % 100);
  const most = isAsked ? Number.POSITIVE_INFINITY : readingsKept;
  const keys: Key[] = [];
  for (const text of [person.name, ...(person.alias ?? [])]) {
    const name = parseName(text);
    if (name.isGeneric) continue;
    const ends = new Set(isAsked ? name.tokens : [name.tokens[0] ?? '', name.tokens.at(-1) ?? '']);
    for (const [one, other] of namePairs(name, isAsked)) {
      for (const a of sounds(one, most))
        for (const b of other === '' ? [''] : sounds(other, most)) {
          keys.push(`pair:${together(a, b)}`);
          if (year !== null) keys.push(`dated:${together(a, b)}|${year}`);
        }
      if (year !== null) keys.push(`begun:${together(one.slice(0, 3), other.slice(0, 3))}|${year}`);
    }
    if (day !== null)
      for (const end of ends) for (const sound of sounds(end, most)) keys.push(`born:${day}|${sound.charAt(0)}`);
    const month = born?.month ?? null;
    if (year === null || month === null) continue;
    for (const end of isAsked ? ends : [name.tokens.at(-1) ?? ''])
      for (const sound of sounds(end, most)) keys.push(`month:${sound}|${year}|${month}`);
  }
  return keys;
}

function placeKeys(place: Of<'place'>): readonly Key[] {
  const { isGeneric, street, number, name, flat, town, postcode } = parsePlace(place);
  if (isGeneric) return [];
  const premises = number === '' ? (name === '' ? [flat] : phoneticSkeletons(name)) : [number];
  const streets = phoneticSkeletons(street);
  return [
    ...(postcode === '' ? [] : [`post:${postcode}` as const]),
    ...streets.flatMap((sound): readonly Key[] => [
      ...premises.filter((part) => part !== '').map((part): Key => `exact:house|${part}|${sound}`),
      `street:${sound}`,
      ...(town === '' ? [] : [`street:${sound}|${town}` as const]),
    ]),
  ];
}

function identityKeys(one: Identity, isAsked: boolean): readonly Key[] {
  switch (one.kind) {
    case 'person':
      return personKeys(one, isAsked);
    case 'place':
      return placeKeys(one);
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
  return bounded([...subjects.map(subjectKey), ...names.flatMap((one) => identityKeys(one, false))], keysOfRecordMax);
}

/**
 * Everything that a question is looked up by. What stands beside a person or a place counts too, where it is
 * particular: a name alone is shared by many, with the same number or house it is somebody.
 */
export function keysAsked({ subject, identity, beside }: Question): readonly Key[] {
  const isShared = identity.kind === 'person' || identity.kind === 'place';
  const others = isShared ? beside.filter((one) => one.kind !== 'person') : [];
  const near = others.flatMap((one) => identityKeys(one, true)).filter((key) => familyOf(key) !== 'street');
  return bounded([subjectKey(subject), ...identityKeys(identity, true), ...near], keysAskedMax);
}

/**
 * A key as four bytes, a shelf's own. Two that come to the same only find more to compare. The same is computed in SQL
 * where what was erased keeps the ids of its subjects: `heed.key_hash`.
 */
export function hashOf({ room, source }: Shelf, key: Key): number {
  return createHash('sha256').update(`${room}\u001f${source}\u001f${key}`).digest().readInt32BE(0);
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
