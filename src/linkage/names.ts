import { comparedMax } from './distance.ts';
import { wordsOf } from './letters.ts';

/** A personal name taken apart, the given names first. */
export interface PersonName {
  /** The names that tell people apart: no titles, no particles. */
  readonly tokens: readonly string[];
  /** Everything but titles, run together: "Abdul Rahman" and "Abdulrahman" are one. */
  readonly whole: string;
  /** It names nobody: "unknown", "refused", "male caller". */
  readonly isGeneric: boolean;
}

/** Names read of one person; the rest of a longer text is left out. */
const tokensMax = 8;

/** Characters read of a name as it was typed. */
const textMax = 800;

const titlesAnywhere = new Set(['mr', 'mrs', 'ms', 'mx', 'dr', 'nee', 'aka', 'alias', 'formerly']);

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

/** The words of a name with the given names first: "SMITH, Anna" and "SMITH Anna" are Anna Smith. */
function ordered(text: string): readonly string[] {
  const comma = text.indexOf(',');
  const before = comma < 0 ? [] : lettersOf(text.slice(0, comma));
  const behind = comma < 0 ? [] : lettersOf(text.slice(comma + 1));
  if (before.length > 0 && behind.length > 0) return [...behind, ...rejoined(before, 0)];
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  let capitals = 0;
  while (capitals < parts.length && isCapitals(parts[capitals] ?? '')) capitals += 1;
  const isSurnameFirst = capitals > 0 && capitals < parts.length && !parts.slice(capitals).some(isCapitals);
  if (!isSurnameFirst) return lettersOf(text);
  const family = rejoined(lettersOf(parts.slice(0, capitals).join(' ')), 0);
  return [...lettersOf(parts.slice(capitals).join(' ')), ...family];
}

function isCapitals(part: string): boolean {
  return /^\p{Lu}[\p{Lu}'’-]+$/u.test(part) && !wordsOf(part).some((word) => isTitle(word));
}

function isTitle(word: string): boolean {
  return titlesAnywhere.has(word) || titlesBefore.has(word) || titlesBehind.has(word);
}

function lettersOf(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) =>
    word
      .split(/\p{N}+/u)
      .map(bounded)
      .filter((part) => part !== ''),
  );
}

/** As much of a word as is compared, with room for a Mac before it, and never half a character. */
function bounded(word: string): string {
  return word.slice(0, comparedMax - 3).replace(/\p{Cs}$/u, '');
}

/** "Mc Donald" and "O Brien" as one word; an O that opens the name is somebody's initial. */
function rejoined(words: readonly string[], from: number): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    const isOpen = next !== undefined && (word === 'mc' || word === 'mac' || word === 'o') && at >= from;
    out.push(isOpen ? word + next : word);
    if (isOpen) at += 1;
  }
  return out;
}

function withoutTitles(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !titlesAnywhere.has(word));
  let from = 0;
  let to = kept.length;
  while (to - from > 1 && isTitle(kept[from] ?? '')) from += 1;
  while (to - from > 1 && titlesBehind.has(kept[to - 1] ?? '')) to -= 1;
  return kept.slice(from, to);
}

function nameWords(text: string): readonly string[] {
  const words = withoutTitles(rejoined(ordered(text.slice(0, textMax)), 1).slice(0, tokensMax));
  return words.map((word) => (Object.hasOwn(written, word) ? (written[word] ?? word) : word));
}

/** One plain spelling of a name: lower case, no accents, titles or punctuation, given names first. */
export function normaliseName(text: string): string {
  return nameWords(text).join(' ');
}

/** Takes a personal name apart, however it was written down. */
export function parseName(text: string): PersonName {
  const words = nameWords(text);
  const tokens = words.filter((word, at) => at === 0 || at === words.length - 1 || !particles.has(word));
  return { tokens, whole: words.join(''), isGeneric: tokens.every((token) => genericWords.has(token)) };
}
