import { allLocales } from '@faker-js/faker';
import { spread, Weighted, zipf } from './draws.ts';
import * as lists from './lists.ts';
import { givenZipf, originShares, surnameZipf } from './rates.ts';
import type { Origin } from './rates.ts';
import { sharedRows } from './shared.ts';

export type Sex = 'f' | 'm';

/** Names of one origin with how common they are. */
export interface OriginNames {
  readonly given: Readonly<Record<Sex, Weighted<string>>>;
  readonly surname: Weighted<string>;
}

/** All names of the invented population, and what else may be written for one. */
export interface NameBook {
  readonly origins: Readonly<Record<Origin, OriginNames>>;
  /** Shorter or pet forms by a name in small letters. */
  readonly nicknames: ReadonlyMap<string, readonly string[]>;
  /** Other spellings of a name that was written in another script, by the name in small letters. */
  readonly variants: ReadonlyMap<string, readonly string[]>;
  /** Where its parts come from, for the head of a report. */
  readonly from: readonly string[];
}

/** Whose names are written in another script at home: only these have variants. */
const otherScripts: ReadonlySet<Origin> = new Set(['southAsian', 'arabic', 'chinese']);

/** Whether a person of this origin may be written in several Latin spellings. */
export function hasVariants(origin: Origin): boolean {
  return otherScripts.has(origin);
}

type Locale = keyof typeof allLocales;
type Part = 'female' | 'male' | 'generic';

/** The words of one kind that a locale of the package has; only those in Latin letters. */
function fakerNames(locale: Locale, kind: 'first_name' | 'last_name', parts: readonly Part[]): readonly string[] {
  const entry = allLocales[locale].person?.[kind] as Partial<Record<Part, readonly string[]>> | null | undefined;
  return parts.flatMap((part) => entry?.[part] ?? []).filter((name) => /^[\p{Script=Latin}'’ -]+$/u.test(name));
}

const surnamesOf = (...locales: readonly Locale[]): readonly string[] =>
  locales.flatMap((locale) => fakerNames(locale, 'last_name', ['generic', 'male']));
const givenOf = (sex: Sex, ...locales: readonly Locale[]): readonly string[] =>
  locales.flatMap((locale) => fakerNames(locale, 'first_name', [sex === 'f' ? 'female' : 'male']));

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** A whole number that a word alone decides. */
function hashed(word: string): number {
  let hash = 7;
  for (let at = 0; at < word.length; at += 1) hash = spread(hash ^ word.charCodeAt(at));
  return hash;
}

/** In an order that has nothing to do with the alphabet, in which the package keeps its names. */
function scattered(names: readonly string[]): readonly string[] {
  return distinct(names).toSorted((a, b) => hashed(a) - hashed(b));
}

function toponyms(): readonly string[] {
  return lists.surnameHeads.flatMap((head) =>
    lists.surnameTails.filter((tail) => !head.toLowerCase().endsWith(tail)).map((tail) => `${head}${tail}`),
  );
}

const written = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function pinyinNames(): readonly string[] {
  return lists.pinyin.flatMap((one) => lists.pinyin.map((other) => written(one === other ? one : one + other)));
}

const allSurnames: Readonly<Record<Origin, () => readonly string[]>> = {
  british: () => [...lists.britishSurnames, ...scattered([...surnamesOf('en_AU', 'en'), ...toponyms()])],
  irish: () => lists.irishSurnames,
  southAsian: () => lists.southAsianSurnames,
  indian: () => [...lists.indianSurnames, ...scattered(surnamesOf('en_IN', 'en_NP'))],
  arabic: () => lists.arabicSurnames,
  turkish: () => scattered(surnamesOf('tr', 'ku_kmr_latin')),
  polish: () => scattered(surnamesOf('pl')),
  romanian: () => scattered(surnamesOf('ro')),
  westAfrican: () => scattered(surnamesOf('en_NG', 'yo_NG', 'en_GH', 'fr_SN')),
  chinese: () => scattered(surnamesOf('en_HK')),
  southEuropean: () => scattered(surnamesOf('it', 'pt_PT', 'es')),
};

const allGiven: Readonly<Record<Origin, (sex: Sex) => readonly string[]>> = {
  british: (sex) => scattered(givenOf(sex, 'en', 'en_AU')),
  irish: (sex) => lists.irishGiven[sex],
  southAsian: (sex) => lists.southAsianGiven[sex],
  indian: (sex) => scattered(givenOf(sex, 'en_IN', 'en_NP')),
  arabic: (sex) => lists.arabicGiven[sex],
  turkish: (sex) => scattered(givenOf(sex, 'tr')),
  polish: (sex) => scattered(givenOf(sex, 'pl')),
  romanian: (sex) => scattered(givenOf(sex, 'ro')),
  westAfrican: (sex) => scattered(givenOf(sex, 'en_NG', 'yo_NG', 'en_GH', 'fr_SN')),
  chinese: () => scattered(pinyinNames()),
  southEuropean: (sex) => scattered(givenOf(sex, 'it', 'pt_PT', 'es')),
};

type Counts = Readonly<Record<Sex, ReadonlyMap<string, number>>>;

/** Counts of given names in the United Kingdom, 1996 to 2020; null where the list is absent. */
function ukCounts(): Counts | null {
  const rows = sharedRows('names/uk_forenames_1996_2020_totals.csv.gz', ',');
  if (rows === null) return null;
  const counts = { f: new Map<string, number>(), m: new Map<string, number>() };
  for (const [sex, name = '', n] of rows) {
    const capital = name.toLowerCase().replaceAll(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
    if (/^[\p{Script=Latin}'-]{2,}$/u.test(capital)) counts[sex === 'F' ? 'f' : 'm'].set(capital, Number(n));
  }
  return counts;
}

const unaccented = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Names of one sex and origin: counted where the list is there, else common by rank. */
function givenTable(origin: Origin, sex: Sex, counts: Counts | null): Weighted<string> {
  const names = distinct(allGiven[origin](sex));
  if (counts === null) return new Weighted(names, zipf(names.length, givenZipf));
  const counted = (name: string): number => counts[sex].get(unaccented(name)) ?? 0;
  if (origin !== 'british') {
    // Where few were given here, rank decides: who was born elsewhere is in no British count.
    const total = names.reduce((sum, name) => sum + counted(name), 0);
    const ranks = zipf(names.length, givenZipf);
    const ranked = ranks.reduce((sum, weight) => sum + weight, 0);
    const weights = names.map((name, at) => counted(name) / Math.max(1, total) + (ranks[at] ?? 0) / ranked);
    return new Weighted(names, weights);
  }
  const foreign = new Set(
    (Object.keys(originShares) as Origin[])
      .filter((one) => one !== 'british' && one !== 'irish' && one !== 'southEuropean' && one !== 'westAfrican')
      .flatMap((one) => allGiven[one](sex)),
  );
  const english = new Set(names);
  const kept = [...counts[sex]].filter(([name]) => english.has(name) || !foreign.has(name));
  return new Weighted(
    kept.map(([name]) => name),
    kept.map(([, n]) => n),
  );
}

function originNames(origin: Origin, counts: Counts | null): OriginNames {
  const surnames = distinct(allSurnames[origin]());
  const law = origin === 'british' ? surnameZipf.british : surnameZipf.others;
  return {
    given: { f: givenTable(origin, 'f', counts), m: givenTable(origin, 'm', counts) },
    surname: new Weighted(surnames, zipf(surnames.length, law)),
  };
}

/** Each name with all others of its group, by the name in small letters. */
function byName(groups: readonly (readonly string[])[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const group of groups)
    for (const name of group) {
      const others = group.filter((one) => one !== name);
      found.set(name.toLowerCase(), distinct([...(found.get(name.toLowerCase()) ?? []), ...others]));
    }
  return found;
}

/** The spellings in use of each name in the shared list, where a spelling was seen five times; else our own. */
function variantsOf(rows: readonly (readonly string[])[] | null): Map<string, readonly string[]> {
  const own = byName(lists.spellings);
  if (rows === null) return own;
  const groups = rows.map((row) => {
    const seen = (row[2] ?? '').split(' ').map((one) => one.split(':') as [string, string]);
    return seen.filter(([word, n]) => Number(n) >= 5 && /^[a-z-]{3,}$/.test(word)).map(([word]) => written(word));
  });
  return new Map([...own, ...byName(groups.filter((group) => group.length > 1))]);
}

function nicknamesOf(rows: readonly (readonly string[])[] | null): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const pairs = rows?.map(([name, , nickname]) => [name ?? '', written((nickname ?? '').trim())]);
  const own = lists.petNames.flatMap(([name = '', ...pets]) => pets.map((pet) => [name.toLowerCase(), pet]));
  for (const [name = '', nickname = ''] of pairs ?? own)
    if (nickname.length > 1) found.set(name, [...(found.get(name) ?? []), nickname]);
  return found;
}

/** The names of the population: counted and spelt as the shared data have it where they are there. */
export function nameBook(isShared = true): NameBook {
  const counts = isShared ? ukCounts() : null;
  const spelt = isShared ? sharedRows('names/latin_spelling_variants_from_arabic.csv', ',') : null;
  const pets = isShared ? sharedRows('linkage/nicknames.csv', ',') : null;
  const origins = Object.keys(originShares) as Origin[];
  return {
    origins: Object.fromEntries(origins.map((origin) => [origin, originNames(origin, counts)])) as NameBook['origins'],
    nicknames: nicknamesOf(pets),
    variants: variantsOf(spelt),
    from: [
      counts === null ? 'given names: @faker-js/faker and own lists, frequencies assumed' : 'given names: UK counts',
      'surnames: @faker-js/faker, own lists and composed ones, frequencies assumed',
      pets === null ? 'nicknames: own list' : 'nicknames: shared list',
      spelt === null ? 'spellings from other scripts: own list' : 'spellings from other scripts: shared list',
    ],
  };
}
