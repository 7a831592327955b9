import type { Draws } from './draws.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A slip of the hand in a word: a letter left out, put in, replaced or exchanged with the next. */
export function mistyped(word: string, draws: Draws): string {
  if (word.length < 2) return word + letters.charAt(draws.below(26));
  const at = draws.below(word.length);
  switch (draws.below(4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letters.charAt(draws.below(26)) + word.slice(at);
    case 2:
      return word.slice(0, at) + otherThan(word.charAt(at).toLowerCase(), draws) + word.slice(at + 1);
    default:
      return exchanged(word, Math.min(at, word.length - 2), draws);
  }
}

function otherThan(letter: string, draws: Draws): string {
  const drawn = letters.charAt(draws.below(26));
  return drawn === letter ? letters.charAt((letters.indexOf(drawn) + 1) % 26) : drawn;
}

function exchanged(word: string, at: number, draws: Draws): string {
  if (word.charAt(at).toLowerCase() === word.charAt(at + 1).toLowerCase())
    return word.slice(0, at) + otherThan(word.charAt(at).toLowerCase(), draws) + word.slice(at + 1);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

/** One figure of a number replaced by another. */
export function wrongFigure(text: string, draws: Draws): string {
  const from = draws.below(text.length);
  for (let step = 0; step < text.length; step += 1) {
    const at = (from + step) % text.length;
    const figure = text.charCodeAt(at) - 48;
    if (figure >= 0 && figure <= 9)
      return text.slice(0, at) + String((figure + 1 + draws.below(9)) % 10) + text.slice(at + 1);
  }
  return mistyped(text, draws);
}

/** Letters that sound alike in English, in either direction. */
const alike: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['c', 'k'],
  ['ee', 'ea'],
  ['ie', 'y'],
  ['i', 'y'],
  ['ei', 'ie'],
  ['ai', 'ay'],
  ['ou', 'ow'],
  ['oo', 'u'],
  ['s', 'z'],
  ['ss', 's'],
  ['tt', 't'],
  ['ll', 'l'],
  ['nn', 'n'],
  ['th', 't'],
  ['gh', 'g'],
  ['er', 'or'],
  ['er', 'ar'],
  ['sh', 'ch'],
  ['v', 'w'],
  ['qu', 'kw'],
  ['x', 'cks'],
  ['j', 'g'],
  ['an', 'en'],
  ['on', 'en'],
];
const respellings = alike.flatMap(([one, other]) => [
  [one, other],
  [other, one],
]) as readonly (readonly [string, string])[];

/** The word written as it sounds by another hand; '' where none of the rules touches it. */
export function respelt(word: string, draws: Draws): string {
  const small = word.toLowerCase();
  const from = draws.below(respellings.length);
  for (let step = 0; step < respellings.length; step += 1) {
    const [one, other] = respellings[(from + step) % respellings.length] as readonly [string, string];
    const at = small.indexOf(one);
    if (at === -1) continue;
    const changed = small.slice(0, at) + other + small.slice(at + one.length);
    return changed.charAt(0).toUpperCase() + changed.slice(1);
  }
  return '';
}

/** Letters without a mark to take away, as a plain keyboard has them. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  đ: 'd',
  Đ: 'D',
  ɔ: 'o',
  ɛ: 'e',
};
const letterBeyondPlain = new RegExp(`\\p{M}|[${Object.keys(plainLetters).join('')}]`, 'gu');

/** The letters as a plain keyboard has them. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replaceAll(letterBeyondPlain, (letter) => plainLetters[letter] ?? '');
}

const beyondPlain = /[^\p{ASCII}]/u;

/** Whether a name has letters that a plain keyboard has not. */
export function hasAccents(text: string): boolean {
  return beyondPlain.test(text);
}
