import type { Strength } from '../room/link.ts';
import type { Identity } from '../room/subject.ts';
import { type BornLevel, compareBorn } from './births.ts';
import { jaroWinkler } from './distance.ts';
import { isWidelyShared, type PersonName, readingsOf, soundsBeside } from './names.ts';
import { rootsOf } from './nicknames.ts';
import { isSameSound, phoneticKeys, phoneticSkeletons } from './phonetic.ts';
import { bornRead, nameRead } from './readings.ts';

/** How much two names have in common, the most first. */
export type NameLevel = 'same' | 'sounds' | 'initial' | 'some' | 'one';

type TokenLevel = 'equal' | 'sounds' | 'short' | 'initial';

/** Spellings this near are one name even where they would be spoken differently. */
const closeSpelling = 0.93;

/** Whether one given name is a short form of the other: Kath, Kate and Katharine; Tunde and Babatunde. */
function isShortForm(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < 3 || short.length === long.length) return false;
  if (long.startsWith(short) || (short.length >= 4 && long.endsWith(short))) return true;
  if (short.length > 5) return false;
  const longs = phoneticSkeletons(long);
  const isOpening = phoneticSkeletons(short).some(
    (skeleton) => longs.some((other) => other.startsWith(skeleton)) && skeleton.replace(/^A/, '').length >= 2,
  );
  if (!isOpening) return false;
  const colour = /[aeu]$/.exec(phoneticKeys(short)[0] ?? '')?.[0];
  return colour !== undefined && firstColour(long) === colour;
}

/** The colour of a long word's first vowel, read from its opening alone. */
function firstColour(word: string): string | undefined {
  const head = /^[^aeiouy]*[aeiouy]+[^aeiouy]?/.exec(word)?.[0] ?? '';
  return /[aeu]$/.exec(phoneticKeys(head)[0] ?? '')?.[0];
}

/** Consonants that a name must have before its sound in another script tells it from others. */
const soundMin = 2;

/** Whether a name in another script sounds as one in ours, or as one in its own: Юлия and Yuliya. */
function isSameInScript(one: PersonName, other: PersonName, [a, b]: readonly [string, string]): boolean {
  if (!one.native.has(a) && !other.native.has(b)) return false;
  const sounds = soundsBeside(one, a);
  return soundsBeside(other, b).some((sound) => sound.replace(/^A/, '').length >= soundMin && sounds.includes(sound));
}

function compareTokens(one: PersonName, other: PersonName, [a, b]: readonly [string, string]): TokenLevel | null {
  if (a === b) return 'equal';
  if (a.length === 1 || b.length === 1) return a.charAt(0) === b.charAt(0) ? 'initial' : null;
  if (isSameSound(a, b) || isSameInScript(one, other, [a, b])) return 'sounds';
  if (Math.min(a.length, b.length) >= 4 && jaroWinkler(a, b) >= closeSpelling) return 'sounds';
  return isShortForm(a, b) || isOneFamily(a, b) ? 'short' : null;
}

/** Whether both are forms of one name, as Sandy and Alec are of Alexander. */
function isOneFamily(a: string, b: string): boolean {
  const [ofA, ofB] = [rootsOf(a), rootsOf(b)];
  return ofA.includes(b) || ofB.includes(a) || ofA.some((root) => ofB.includes(root));
}

interface Alignment {
  readonly counts: Readonly<Record<TokenLevel, number>>;
  /** The names of the first that found one like them. */
  readonly shared: readonly string[];
}

/** Pairs the names of two people, the best pairs first; an order of words is never trusted. */
function align(one: PersonName, other: PersonName): Alignment {
  const [a, b] = [one.tokens, other.tokens];
  const counts = { equal: 0, sounds: 0, short: 0, initial: 0 };
  const shared: string[] = [];
  const pairs = a.flatMap((mine, at) =>
    b.map((theirs, beside) => ({ at, beside, level: compareTokens(one, other, [mine, theirs]) })),
  );
  const usedA = new Set<number>();
  const usedB = new Set<number>();
  for (const wanted of ['equal', 'sounds', 'short', 'initial'] as const)
    for (const { at, beside, level } of pairs) {
      if (level !== wanted || usedA.has(at) || usedB.has(beside)) continue;
      counts[level] += 1;
      if (level !== 'initial') shared.push(a[at] ?? '');
      usedA.add(at);
      usedB.add(beside);
    }
  return { counts, shared };
}

/** Compares two names, as which they are read best; null where nothing in them ties one to the other. */
export function compareNames(one: PersonName, other: PersonName): NameLevel | null {
  if (one.others.length + other.others.length === 0) return compareRead(one, other);
  const levels = readingsOf(one).flatMap((a) => readingsOf(other).map((b) => compareRead(a, b)));
  return nameOrder.find((level) => levels.includes(level)) ?? null;
}

function compareRead(one: PersonName, other: PersonName): NameLevel | null {
  if (one.isGeneric || other.isGeneric) return null;
  const [a, b] = one.tokens.join(' ') <= other.tokens.join(' ') ? [one, other] : [other, one];
  const fewest = Math.min(a.tokens.length, b.tokens.length);
  if (a.whole === b.whole && Math.max(a.tokens.length, b.tokens.length) > 1) return 'same';
  const { counts, shared } = align(a, b);
  const full = counts.equal + counts.sounds + counts.short;
  if (fewest > 1 && full + counts.initial === fewest && counts.short <= 1) {
    if (full > 1) return counts.equal === full ? 'same' : 'sounds';
    if (full === 1) return 'initial';
  }
  if (full > 1) return 'some';
  return full === 1 && !shared.every(isWidelyShared) && (shared[0]?.length ?? 0) > 1 ? 'one' : null;
}

/** What a name is worth beside a date of birth. A name alone is never more than weak. */
const worth: Readonly<Record<NameLevel, Readonly<Partial<Record<KnownBorn, Strength>>>>> = {
  same: { same: 'certain', swapped: 'strong', slip: 'strong', month: 'strong', year: 'weak', unknown: 'weak' },
  sounds: { same: 'strong', swapped: 'strong', slip: 'weak', month: 'weak', year: 'weak', unknown: 'weak' },
  initial: { same: 'strong', swapped: 'weak', month: 'weak' },
  some: { same: 'strong', swapped: 'weak' },
  one: { same: 'weak' },
};

const nameSays: Readonly<Record<NameLevel, string>> = {
  same: 'same name',
  sounds: 'name sounds the same',
  initial: 'same name but for an initial',
  some: 'several names the same',
  one: 'one name the same, perhaps a relative or a changed name',
};

/** How two dates of birth that may be one stand to each other. */
type KnownBorn = Exclude<BornLevel, 'different'>;

const bornSays: Readonly<Record<KnownBorn, string>> = {
  same: 'same date of birth',
  swapped: 'same date of birth with day and month exchanged',
  slip: 'date of birth one figure different',
  month: 'same month and year of birth, the day not known',
  year: 'same year of birth, the day not known',
  unknown: '',
};

type Person = Extract<Identity, { kind: 'person' }>;

/** What two people have in common, before it is judged. */
export interface Likeness {
  readonly name: NameLevel;
  readonly born: KnownBorn;
  readonly strength: Strength | null;
  readonly reasons: readonly string[];
}

const shownMax = 80;

function shown(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > shownMax ? `${line.slice(0, shownMax)}…` : line;
}

function namesOf(person: Person): readonly { readonly text: string; readonly parsed: PersonName }[] {
  return [person.name, ...(person.alias ?? [])].map((text) => ({ text, parsed: nameRead(text) }));
}

const nameOrder: readonly NameLevel[] = ['same', 'sounds', 'initial', 'some', 'one'];

/**
 * The best that any names of two people, aliases included, have in common, with their dates of birth; null also where
 * these are two different ones: most of those that share a key with somebody differ so, and their names are not read.
 */
export function comparePersons(a: Person, b: Person): Likeness | null {
  const born = compareBorn(bornRead(a.born ?? '').born, bornRead(b.born ?? '').born);
  if (born === 'different') return null;
  let best: { readonly name: NameLevel; readonly pair: string } | null = null;
  for (const mine of namesOf(a))
    for (const theirs of namesOf(b)) {
      const name = compareNames(mine.parsed, theirs.parsed);
      if (name === null || (best !== null && nameOrder.indexOf(name) >= nameOrder.indexOf(best.name))) continue;
      const [one, other] = [shown(mine.text), shown(theirs.text)];
      best = { name, pair: one === other ? one : `${one} / ${other}` };
    }
  if (best === null) return null;
  const said = `${nameSays[best.name]}${best.name === 'same' && !best.pair.includes(' / ') ? ' ' : ': '}${best.pair}`;
  return {
    name: best.name,
    born,
    strength: worth[best.name][born] ?? null,
    reasons: [said, bornSays[born]].filter((reason) => reason !== ''),
  };
}
