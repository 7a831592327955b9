import { comparedMax } from './distance.ts';
import { wordsOf } from './letters.ts';
import { otherwiseRomanised, type Romanised, romanised } from './romanise.ts';
import { soundsAbroad, soundsOf } from './scripts.ts';

/** A personal name taken apart, the given names first. */
export interface PersonName {
  /** The names that tell people apart: no titles, no particles. */
  readonly tokens: readonly string[];
  /** Everything but titles, run together: "Abdul Rahman" and "Abdulrahman" are one. */
  readonly whole: string;
  /** It names nobody: "unknown", "refused", "male caller". */
  readonly isGeneric: boolean;
  /** First and middle names among the tokens; one word alone is a first name, unless a title stood before it. */
  readonly given: readonly string[];
  /** The last name, both parts of a double one. */
  readonly surname: readonly string[];
  /** Names borne before or besides: behind née, formerly, alias. */
  readonly former: readonly string[];
  /** Tokens that were written in another script, as they were written. */
  readonly native: ReadonlyMap<string, string>;
  /** What else the same signs may be read as, each by itself: Chinese is Mandarin, Cantonese or a foreign name. */
  readonly others: readonly PersonName[];
}

/** Names read of one person; the rest of a longer text is left out. */
const tokensMax = 8;

const formerWords = ['nee', 'aka', 'alias', 'formerly', 'previously'];
const titlesAnywhere = new Set(['mr', 'mrs', 'ms', 'mx', 'dr', ...formerWords]);

const titlesBefore = new Set(
  (
    'miss master sir dame lord lady madam prof professor rev reverend fr hon pc wpc dc ds sgt insp cllr councillor ' +
    'capt cpl pte sheikh shaikh shaykh haji hajji hajj alhaji hafiz maulana mufti syeda pandit sri shri smt'
  ).split(' '),
);

const titlesBehind = new Set('jr jnr sr snr esq obe mbe cbe phd qc kc ii iii ji'.split(' '));

/** Small words inside a name, written or left out at will; a first or last word is never one of them. */
const particles = new Set(
  (
    'al el ul ur ud uz ibn bin bint ap ab ferch van von der den de del della di da dos das du la le los las ten ter ' +
    'ni nic ui y e zu zur'
  ).split(' '),
);

/** Short ways of writing one very frequent name. */
const written: Readonly<Record<string, string>> = {
  md: 'mohammed',
  mohd: 'mohammed',
  muhd: 'mohammed',
  mhd: 'mohammed',
};

const genericWords = new Set(
  (
    'unknown unk unidentified unnamed anon anonymous nk na none no name not known given stated provided refused tbc ' +
    'test male female man woman men boy girl child baby adult youth person people caller informant complainant ' +
    'neighbour neighbor resident occupant occupier tenant passer by member of public victim suspect offender ' +
    'the a an n k one two old young white black asian partner ex husband wife mother father son daughter ' +
    'police ambulance fire nhs hospital staff security manager operator officer xx xxx'
  ).split(' '),
);

/** Names so widely shared, or borne by so many as a mark of faith or sex, that one alone ties nobody to anybody. */
const sharedWidely = new Set(
  (
    'singh kaur begum bibi khatun khatoon khanom miah mia khan ali ahmed ahmad hussain hussein islam mohammed ' +
    'muhammad mohammad mohamed abdul md patel kumar kumari smith jones williams taylor brown davies evans murphy ' +
    'nguyen li lee wang zhang chen'
  ).split(' '),
);

/** Whether a name is too widely shared to say anything when it is all that two people share. */
export function isWidelyShared(token: string): boolean {
  return sharedWidely.has(token);
}

/** A word of a name, and what is known of its part. */
interface Word {
  readonly text: string;
  readonly part: 'family' | 'former' | '';
  /** A hyphen ties it to the word before. */
  readonly isTied: boolean;
}

/** What separates a name from one borne before or besides. */
const formerShape =
  /[\s,(]+(?:n[eé]e|né|formerly|previously|alias|a\.?k\.?a\.?)(?=[^\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]*/iu;

/** "son of", "daughter of", "wife of", "care of" and somebody else's name. */
const relationShape = /\s[sdwc]\/o(?=[\s.:]).*$/isu;

/** The words of a name with the given names first: "SMITH, Anna" and "SMITH Anna" are Anna Smith. */
function ordered(text: string): readonly Word[] {
  const at = formerShape.exec(text);
  const former = at === null ? [] : lettersOf(text.slice(at.index + at[0].length), 'former');
  const own = at === null ? text : text.slice(0, at.index);
  return [...inOrder(own), ...former];
}

function inOrder(text: string): readonly Word[] {
  const comma = text.indexOf(',');
  const before = comma < 0 ? [] : lettersOf(text.slice(0, comma), 'family');
  const behind = comma < 0 ? [] : lettersOf(text.slice(comma + 1), '');
  if (before.length > 0 && behind.length > 0) return [...behind, ...rejoined(before, 0)];
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  let capitals = 0;
  while (capitals < parts.length && isCapitals(parts[capitals] ?? '')) capitals += 1;
  const isSurnameFirst = capitals > 0 && capitals < parts.length && !parts.slice(capitals).some(isCapitals);
  if (!isSurnameFirst) return patronymicsInside(lettersOf(text, ''));
  const family = rejoined(lettersOf(parts.slice(0, capitals).join(' '), 'family'), 0);
  return [...lettersOf(parts.slice(capitals).join(' '), ''), ...family];
}

const patronymic = /(?:[oe]v(?:ich|ych|na)|[iy]vna)$/;

/** "Petrov Ivan Ivanovich", as Russian papers have it, is Ivan Ivanovich Petrov. */
function patronymicsInside(words: readonly Word[]): readonly Word[] {
  const [family, given, father] = words;
  if (words.length !== 3 || family === undefined || given === undefined || father === undefined) return words;
  const isPapers = patronymic.test(father.text) && !patronymic.test(family.text) && !patronymic.test(given.text);
  return isPapers ? [given, father, { ...family, part: 'family' }] : words;
}

function isCapitals(part: string): boolean {
  return /^\p{Lu}[\p{Lu}'’-]+$/u.test(part) && !wordsOf(part).some((word) => isTitle(word));
}

function isTitle(word: string): boolean {
  return titlesAnywhere.has(word) || titlesBefore.has(word) || titlesBehind.has(word);
}

function lettersOf(text: string, part: Word['part']): readonly Word[] {
  return text.split(/[\s,]+/).flatMap((chunk) => {
    const isHyphened = /\p{L}[-\u2010\u2011]\p{L}/u.test(chunk);
    return wordsOf(chunk)
      .flatMap((word) => word.split(/\p{N}+/u).map(bounded))
      .filter((word) => word !== '')
      .map((word, at) => ({ text: word, part, isTied: at > 0 && isHyphened }));
  });
}

/** As much of a word as is compared, with room for a Mac before it, and never half a character. */
function bounded(word: string): string {
  return word.slice(0, comparedMax - 3).replace(/\p{Cs}$/u, '');
}

/** "Mc Donald" and "O Brien" as one word; an O that opens the name is somebody's initial. */
function rejoined(words: readonly Word[], from: number): readonly Word[] {
  const out: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const next = words[at + 1];
    const isOpen = next !== undefined && /^(?:ma?c|o)$/.test(word.text) && at >= from;
    out.push(isOpen ? { ...word, text: word.text + next.text } : word);
    if (isOpen) at += 1;
  }
  return out;
}

interface Untitled {
  readonly words: readonly Word[];
  /** A title stood before the name: "Mr Khan". */
  readonly isTitled: boolean;
}

function withoutTitles(words: readonly Word[]): Untitled {
  const kept = words.filter(({ text }) => !titlesAnywhere.has(text));
  let from = 0;
  let to = kept.length;
  while (to - from > 1 && isTitle(kept[from]?.text ?? '')) from += 1;
  while (to - from > 1 && titlesBehind.has(kept[to - 1]?.text ?? '')) to -= 1;
  return { words: kept.slice(from, to), isTitled: from > 0 || titlesAnywhere.has(words[0]?.text ?? '') };
}

function nameWords({ text: latin, native }: Romanised): Untitled & Romanised {
  const found = withoutTitles(rejoined(ordered(latin.replace(relationShape, '')), 1).slice(0, tokensMax));
  const words = found.words.map((word) =>
    Object.hasOwn(written, word.text) ? { ...word, text: written[word.text] ?? word.text } : word,
  );
  return { ...found, words, text: latin, native };
}

/** One plain spelling of a name: lower case, no accents, titles or punctuation, given names first, in Latin letters. */
export function normaliseName(text: string): string {
  return nameWords(romanised(text))
    .words.map((word) => word.text)
    .join(' ');
}

/** Where the surname begins: what was written as such, else the last word with all that hyphens tie to it. */
function surnameFrom(words: readonly Word[], isTitled: boolean): number {
  const known = words.findIndex(({ part }) => part === 'family');
  if (known >= 0) return known;
  if (words.length < 2) return isTitled ? 0 : words.length;
  let from = words.length - 1;
  while (from > 1 && words[from]?.isTied === true) from -= 1;
  return from;
}

/** Takes a personal name apart, however it was written down. */
export function parseName(text: string): PersonName {
  return { ...nameIn(romanised(text)), others: otherwiseRomanised(text).map(nameIn) };
}

/** The name by each of its readings, the likeliest first. */
export function readingsOf(name: PersonName): readonly PersonName[] {
  return name.others.length === 0 ? [name] : [name, ...name.others];
}

/** Takes apart what stands in a column of its own: given names, or a surname, and never both. */
export function parsePart(text: string): PersonName {
  return nameIn(romanised(text, true));
}

function nameIn(read: Romanised): PersonName {
  const { words, isTitled, native } = nameWords(read);
  const isTelling = (word: Word): boolean => word === words[0] || word === words.at(-1) || !particles.has(word.text);
  const textsOf = (some: readonly Word[]): readonly string[] => some.filter(isTelling).map((word) => word.text);
  const tokens = textsOf(words);
  const own = words.filter(({ part }) => part !== 'former');
  const from = surnameFrom(own, isTitled);
  return {
    tokens,
    whole: words.map((word) => word.text).join(''),
    isGeneric: tokens.every((token) => genericWords.has(token)),
    given: textsOf(own.slice(0, from)),
    surname: textsOf(own.slice(from)),
    former: textsOf(words.filter(({ part }) => part === 'former')),
    native,
    others: [],
  };
}

/** How a token of a name may sound, read from the script it was written in: see `soundsOf`. */
export function soundsIn(name: PersonName, token: string): readonly string[] {
  return soundsOf(name.native.get(token) ?? token);
}

/** The same beside a name in another script: a Latin word also as it is said where it comes from. */
export function soundsBeside(name: PersonName, token: string): readonly string[] {
  return name.native.has(token) ? soundsIn(name, token) : [...soundsIn(name, token), ...soundsAbroad(token)];
}
