import { bornKey, parseBorn } from '../linkage/births.ts';
import { blockingKeys } from '../linkage/blocking.ts';
import { parseName } from '../linkage/names.ts';
import { phoneticSkeletons } from '../linkage/phonetic.ts';
import { parsePlace } from '../linkage/places.ts';
import type { Identity } from '../room/subject.ts';
import type { Question, SourceRecord } from './source.ts';

/** Characters of a key: more would not fit into an index. Cut alike on both sides, it only finds more to compare. */
const keyMax = 200;
/** Keys of one record: twenty people with ordinary names have a fifth of them. */
const keysOfRecordMax = 2_000;
/** Keys that one question is looked up by. */
const keysAskedMax = 200;

type Of<K extends Identity['kind']> = Extract<Identity, { kind: K }>;

/** A text without what no database keeps: NUL and halves of characters, each shown as U+FFFD. */
export function wellFormed(text: string): string {
  // Few texts have any of these, and to look for them by code units takes a tenth of the time.
  return /[\0\uD800-\uDFFF]/.test(text) ? text.replaceAll(/[\p{Cs}\0]/gu, '\uFFFD') : text;
}

/** The key under which everything stands that is recorded about one of the room's own subjects. */
function subjectKey(subject: string): string {
  return `subject:${subject}`;
}

/**
 * Keys so particular that few records share one, where those of `linkage/` may be shared by thousands: a whole name
 * with the year or the day of birth, a house in its street, a street in its town. What matches more than weakly is
 * found by them however many share the rest.
 */
function particularKeys(one: Identity): readonly string[] {
  if (one.kind === 'person') return datedKeys(one);
  return one.kind === 'place' ? housedKeys(one) : [];
}

function datedKeys(person: Of<'person'>): readonly string[] {
  const born = parseBorn(person.born ?? '');
  if (born === null) return [];
  const parts = [`y${born.year % 100}`];
  if (bornKey(born) !== null) parts.push(`d${born.month ?? 0}-${born.day ?? 0}`);
  const names = [person.name, ...(person.alias ?? [])].map(parseName).filter((name) => !name.isGeneric);
  return names.flatMap((name) => parts.map((part) => `dated:${name.whole}|${part}`));
}

function housedKeys(place: Of<'place'>): readonly string[] {
  const { isGeneric, street, number, name, flat, town } = parsePlace(place);
  if (isGeneric) return [];
  const premises = number === '' ? (name === '' ? [flat] : phoneticSkeletons(name)) : [number];
  const streets = phoneticSkeletons(street);
  return streets.flatMap((sound) => [
    ...premises.filter((part) => part !== '').map((part) => `house:${part}|${sound}`),
    ...(town === '' ? [] : [`street:${sound}|${town}`]),
  ]);
}

function bounded(keys: readonly string[], limit: number): readonly string[] {
  const all = new Set(keys.map((key) => wellFormed(key.slice(0, keyMax))));
  return [...all].slice(0, limit);
}

/** Everything that a record is found by. */
export function keysOfRecord({ subjects, names }: Pick<SourceRecord, 'subjects' | 'names'>): readonly string[] {
  const keys = [
    ...subjects.map(subjectKey),
    ...names.flatMap(particularKeys),
    ...names.flatMap((name) => blockingKeys(name)),
  ];
  return bounded(keys, keysOfRecordMax);
}

/**
 * Everything that a question is looked up by. What stands beside a person or a place counts too, where it is
 * particular: a name alone is shared by many, with the same number or house it is somebody.
 */
export function keysAsked({ subject, identity, beside }: Question): readonly string[] {
  const isShared = identity.kind === 'person' || identity.kind === 'place';
  const others = beside.filter((one) => one.kind !== 'person');
  const keys = [
    subjectKey(subject),
    ...particularKeys(identity),
    ...blockingKeys(identity),
    ...(isShared ? others.flatMap(besideKeys) : []),
  ];
  return bounded(keys, keysAskedMax);
}

function besideKeys(one: Identity): readonly string[] {
  const keys = [...particularKeys(one), ...blockingKeys(one)];
  return keys.filter((key) => !key.startsWith('street:'));
}
