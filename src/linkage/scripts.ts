import anyAscii from 'any-ascii';
import { comparedMax } from './distance.ts';
import { indicLatin } from './indic.ts';
import { plain } from './letters.ts';
import { knownNative } from './native-names.ts';
import { phoneticSkeletons } from './phonetic.ts';
import { remembered } from './remembered.ts';
import { type SoundTable, soundTables } from './script-letters.ts';

export type Script = 'latin' | 'arabic' | 'hebrew' | 'cyrillic' | 'greek' | 'han' | 'indic' | 'other';

const scriptShapes: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['greek', /\p{Script=Greek}/u],
  ['han', /\p{Script=Han}/u],
  ['indic', /[\u0900-\u0d7f]/],
  ['other', /\p{L}/u],
];

/** The script of the first letter; 'latin' where there is no letter. */
export function scriptOf(text: string): Script {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return scriptShapes.find(([, shape]) => shape.test(first))?.[0] ?? 'latin';
}

/** What stands over or inside a word and is written or left out at will: Arabic and Hebrew points, the long stroke. */
const points =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;

/** A word of any script as its tables know it. */
function folded(word: string): string {
  return word.slice(0, comparedMax).normalize('NFKC').toLowerCase().replaceAll(points, '').replaceAll(/[’׳]/g, "'");
}

type Alternatives = readonly string[];

/** What each letter of a word may sound as; letters that the table does not know are silent. */
function soundsOfLetters(word: string, table: SoundTable): readonly Alternatives[] {
  const units: Alternatives[] = [];
  for (let at = 0; at < word.length; ) {
    let length = Math.min(table.reach, word.length - at);
    const found = (): Alternatives | undefined => {
      const letters = word.slice(at, at + length);
      return (at === 0 ? table.opening.get(letters) : undefined) ?? table.anywhere.get(letters);
    };
    while (length > 1 && found() === undefined) length -= 1;
    const isDoubled = !table.isWithoutVowels && length === 1 && at > 0 && word.charAt(at) === word.charAt(at - 1);
    const sounds = found() ?? [''];
    units.push(isDoubled && !sounds.includes('a') ? [''] : sounds);
    at += length;
  }
  return units;
}

/** Characters that are read otherwise in names than elsewhere; a surname's own reading counts as well. */
const inNames: Readonly<Record<string, string>> = {
  什: 'shi',
  曾: 'zeng',
  查: 'zha',
  单: 'shan',
  單: 'shan',
  区: 'ou',
  區: 'ou',
};

/** What each Chinese character of a foreign name may stand for: its opening consonant and a closing N or R. */
function soundsOfHan(word: string): readonly Alternatives[] {
  return Array.from(word).flatMap((character, at) => {
    const syllable = inNames[character] ?? anyAscii(character).toLowerCase();
    if (syllable === 'er') return [['R', 'L']];
    const onset = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])/.exec(syllable)?.[0] ?? '';
    const { opening, anywhere } = soundTables.pinyin;
    const sounds = soundTables.transcribing.anywhere.get(character) ??
      (at === 0 ? opening.get(onset) : undefined) ??
      anywhere.get(onset) ?? ['a'];
    return /[a-z]ng?$/.test(syllable.slice(onset.length)) ? [sounds, ['a'], ['N', 'M']] : [sounds, ['a'], ['', 'R']];
  });
}

interface Reading {
  readonly sounds: string;
  /** How many unlikely alternatives it takes. */
  readonly cost: number;
}

/** The skeletons that a row of sounds may give, the likeliest first; at most `readingsMax`. */
function skeletonsOf(units: readonly Alternatives[], readingsMax: number): readonly string[] {
  let readings: readonly Reading[] = [{ sounds: '', cost: 0 }];
  for (const alternatives of units) {
    const next = new Map<string, number>();
    for (const { sounds, cost } of readings)
      for (const [rank, sound] of alternatives.entries()) {
        const longer = sounds === '' ? sound.replace(/^a/, 'A') : sounds + sound.replaceAll('a', '');
        next.set(longer, Math.min(next.get(longer) ?? Number.POSITIVE_INFINITY, cost + rank));
      }
    readings = [...next]
      .map(([sounds, cost]) => ({ sounds, cost }))
      .toSorted((one, other) => one.cost - other.cost)
      .slice(0, readingsMax);
  }
  return readings.map(({ sounds }) => sounds).filter((sounds) => sounds !== '');
}

/** Words whose sounds abroad are remembered. */
const wordsMax = 5_000;
/** Sounds kept of one word. */
const soundsMax = 56;

/** Readings kept of one word: more where a script leaves more open. */
const readingsMax = { arabic: 16, hebrew: 16, cyrillic: 8, greek: 8, han: 96 } as const;

/** The letters of a word in Latin, lower case, a to z only; a well-known name in its usual British spelling. */
export function latinOf(word: string): string {
  const script = scriptOf(word);
  if (script === 'latin') return plain(word).replaceAll(/[^a-z]/g, '');
  const letters = folded(word);
  const known = knownNative(letters);
  if (known !== undefined) return known;
  if (script === 'arabic' || script === 'hebrew') return spelt(letters, soundTables[script]);
  if (script === 'indic') return indicLatin(letters);
  const latin = anyAscii(script === 'greek' ? modernGreek(letters) : letters).toLowerCase();
  const spelling = script === 'cyrillic' ? latin.replace(/iy(?=a$|$)/, (end) => (end === 'iy' ? 'i' : end)) : latin;
  return spelling.replaceAll(/[^a-z]/g, '').slice(0, comparedMax);
}

/** A word of a script without vowels, each letter by its likeliest sound. */
function spelt(letters: string, table: SoundTable): string {
  return soundsOfLetters(letters, table)
    .map(([sound = '']) => spellings[sound] ?? sound.toLowerCase())
    .join('');
}

const spellings: Readonly<Record<string, string>> = { X: 'sh', K: 'k', Y: 'y', TS: 'ts' };

/** Greek letters that are one sound together, as names from Greek are spelt. */
function modernGreek(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[\u0300\u0301\u0313\u0314\u0342\u0345]/g, '')
    .normalize('NFC')
    .replaceAll('ου', 'ou')
    .replaceAll('γγ', 'ng')
    .replaceAll(/[αε]υ/g, (pair) => (pair === 'αυ' ? 'av' : 'ev'))
    .replaceAll(/^μπ/g, 'b')
    .replaceAll(/^ντ/g, 'd')
    .replaceAll(/γκ/g, 'gk');
}

/**
 * How a word of any script sounds: consonant skeletons as of `phonetic.ts`, the likeliest first. Two words may be one
 * name where they share one. A script that writes no vowels, or few sounds of others, has more readings than Latin.
 */
export function soundsOf(word: string): readonly string[] {
  const script = scriptOf(word);
  const latin = phoneticSkeletons(latinOf(word));
  if (script === 'latin')
    return marked.test(word.toLowerCase()) ? [...new Set([...latin, ...soundsOfMarked(word)])] : latin;
  if (script === 'indic' || script === 'other') return latin;
  const letters = folded(word);
  const units = script === 'han' ? soundsOfHan(letters) : soundsOfLetters(bare(letters), soundTables[script]);
  const isKnown = knownNative(letters) !== undefined;
  const isArticled = script === 'arabic' && /^ال.{3}/u.test(letters);
  const own = [
    ...skeletonsOf(units, readingsMax[script]),
    ...(isArticled ? skeletonsOf(units.slice(2), readingsMax[script]) : []),
  ];
  const isWritten = script === 'han' || script === 'cyrillic' || script === 'greek' || isKnown;
  const all = new Set(isWritten ? [...latin, ...own] : own);
  return [...all].filter((sound) => sound !== '').slice(0, soundsMax);
}

/**
 * Spellings of Latin names that are said otherwise where they come from, and so written in other scripts: German St,
 * Spanish J, English TH, Slavic C and W, Italian GN and GLI, Japanese CHI, Pinyin Q, French and Baltic endings that are
 * not heard.
 */
const saidAbroad: readonly (readonly [RegExp, string])[] = [
  [/^s(?=[pt])|s(?=tein)/g, 'sh'],
  [/j/g, 'h'],
  [/c(?![hk])/g, 'ts'],
  [/ic$/, 'ich'],
  [/w(?=[^aeiouy]|$)/g, 'v'],
  [/g(?=n[aeiouy])|g(?=li)/g, ''],
  [/ch(?=[iy])/g, 't'],
  [/sh(?=[iy])/g, 's'],
  [/ch/g, 'kh'],
  [/q/g, 'ts'],
  [/(?<=[aeiouy])[tsxdz]$|(?<=[aeiou])ult$/, ''],
  [/z/g, 'zh'],
  [/th/g, 's'],
];

/** How a word in Latin letters may sound where it comes from: only beside a name in another script. */
export const soundsAbroad = remembered((word): readonly string[] => {
  const said = saidAbroad.map(([spelling, heard]) => word.replace(spelling, heard)).filter((one) => one !== word);
  return [...new Set(said.flatMap(phoneticSkeletons))];
}, wordsMax);

/** Without the accents that a letter's table does not have; Cyrillic short letters keep theirs. */
function bare(letters: string): string {
  return scriptOf(letters) === 'greek'
    ? letters
        .normalize('NFD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .normalize('NFC')
    : letters;
}

/** Latin letters whose marks change their sound; in British records most stand without. */
const markedLetters: Readonly<Record<string, string>> = {
  š: 'sh',
  ş: 'sh',
  ș: 'sh',
  ś: 'sh',
  č: 'ch',
  ć: 'ch',
  ç: 'ch',
  ž: 'zh',
  ź: 'zh',
  ż: 'zh',
  ț: 'ts',
  ţ: 'ts',
  ğ: '',
  ķ: 'ty',
  ģ: 'dy',
};
const marked = /[šşșśčćçžźżțţğķģ]/;

function soundsOfMarked(word: string): readonly string[] {
  const respelt = word.slice(0, comparedMax).normalize('NFC').toLowerCase();
  return phoneticSkeletons(latinOf(respelt.replaceAll(/[šşșśčćçžźżțţğķģ]/g, (letter) => markedLetters[letter] ?? '')));
}
