/*
 * The scripts of India stand in one order in Unicode, 128 places each: one table serves Devanagari, Bengali, Gurmukhi,
 * Gujarati, Oriya, Tamil, Telugu, Kannada and Malayalam.
 */

const start = 0x900;
const scriptLength = 0x80;

/** Consonants from place 0x15 on; each carries an A unless a vowel sign or a stroke follows. */
const consonants = 'k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(' ');
const consonantsFrom = 0x15;

/** Letters with a dot of their own, from place 0x58 on. */
const dotted = 'k kh g z r r f y'.split(' ');
const dottedFrom = 0x58;

/** Vowels that stand by themselves, from place 0x05 on, and their signs, from place 0x3e on. */
const vowels = 'a aa i ee u oo ri li e e e ai o o o au'.split(' ');
const vowelsFrom = 0x05;
const signs = 'aa i ee u oo ri ri e e e ai o o o au'.split(' ');
const signsFrom = 0x3e;

const nasals = new Set([0x01, 0x02, 0x70]);
const stroke = 0x4d;
const cutT = 0x4e;
const underDot = 0x3c;
const dottedBy: Readonly<Record<string, string>> = {
  j: 'z',
  ph: 'f',
  d: 'r',
  dh: 'r',
  g: 'g',
  kh: 'kh',
  k: 'q',
  s: 'sh',
};

/** Scripts whose words end in the consonant they are written with. */
const silentEnd = new Set([0, 1, 2, 3]);

/** A word of an Indian script in Latin letters as such names are spelt in Britain: "rajesh", "gurpreet". */
export function indicLatin(word: string): string {
  const out: string[] = [];
  let isOpen = false;
  let script = 0;
  for (const character of word.normalize('NFC')) {
    const code = (character.codePointAt(0) ?? 0) - start;
    if (code < 0 || code >= 9 * scriptLength) continue;
    script = Math.floor(code / scriptLength);
    const place = code % scriptLength;
    const consonant = place === cutT ? 't' : (consonants[place - consonantsFrom] ?? dotted[place - dottedFrom]);
    const vowel = vowels[place - vowelsFrom] ?? signs[place - signsFrom];
    if (place === underDot) {
      const letter = out.pop() ?? '';
      out.push(dottedBy[letter] ?? letter);
    } else if (place === stroke) isOpen = false;
    else if (consonant !== undefined) {
      out.push(isOpen ? 'a' : '', consonant);
      isOpen = place !== cutT;
    } else if (vowel !== undefined) {
      out.push(vowel);
      isOpen = false;
    } else if (nasals.has(place)) {
      out.push(isOpen ? 'a' : '', 'n');
      isOpen = false;
    }
  }
  const text = out.join('') + (isOpen && !silentEnd.has(script) ? 'a' : '');
  return spelt(script === tamil ? voiced(text) : silentEnd.has(script) ? withoutSilent(text) : text);
}

const tamil = 5;
const voicedBy: Readonly<Record<string, string>> = { k: 'g', t: 'd', p: 'b', ch: 's' };

/** Tamil writes K and G alike: between vowels, or behind a nasal, it is G. */
function voiced(text: string): string {
  return text.replaceAll(/(?<=[aeioumn])(?:ch|[ktp])(?=[aeiou])/g, (letters) => voicedBy[letters] ?? letters);
}

/** Without the A that is written and not said between two syllables, the last one first: "gurapreet" is Gurpreet. */
function withoutSilent(text: string): string {
  const shorter = text.replace(/^(.*[aeiou][^aeiou]h?)a([^aeiou]h?[rl]?[aeiou])/, '$1$2');
  return shorter === text ? text : withoutSilent(shorter);
}

/** Long vowels as they are spelt in Britain, and N before B as M. */
function spelt(text: string): string {
  return text
    .replaceAll('aa', 'a')
    .replaceAll('oo', 'u')
    .replace(/ee(?=$|[aeiou])/g, 'i')
    .replaceAll(/n(?=[pbm])/g, 'm');
}
