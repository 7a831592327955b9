import { comparedMax } from './distance.ts';
import { remembered } from './remembered.ts';

/*
 * How names sound in Britain, whatever language they came from: consonants keep their place, vowels fall away, and a
 * spelling that is read in two ways (Polish and English W, Welsh and English C, Irish and Indian BH) gives both keys.
 *
 * A F for an f or v, S for s or z, X for sh or ch, J for a soft g, T for t or th, K for hard c, k, q, A for an opening
 * vowel. A word of three consonants or fewer also keeps the colour of its first vowel (a open, e front, u back), or
 * Hassan and Hussain, Chen and Chan would be one. Made for this purpose; no published algorithm is followed.
 */

/** Readings kept of one word. */
const keysMax = 4;

/** Words whose spelling hides their sound altogether. */
const respellings: readonly (readonly [RegExp, string])[] = [
  [/^sean/, 'shaun'],
  [/^se[au]m(?=[aiu]s)/, 'sham'],
  [/^sio/, 'shi'],
  [/^sian/, 'sharn'],
  [/^sinead/, 'shinead'],
  [/^eo(?=gh|in)/, 'ow'],
  [/aoi/, 'ee'],
  [/^mc(?=.)/, 'mac'],
  [/^meh(?=[^aeiouy])/, 'mah'],
  [/^ll/, 'l'],
  [/eigh/, 'ee'],
];

/** Spelling, then what it may sound as: alternatives parted by spaces, `-` for nothing. */
type Rule = readonly [RegExp, string];
type Rules = Readonly<Record<string, readonly Rule[]>>;

const opening: Rules = {
  b: [[/^bh/, 'B']],
  g: [
    [/^gn/, 'N'],
    [/^gh/, 'G'],
  ],
  h: [
    [/^hs/, 'X'],
    [/^h/, 'H'],
  ],
  k: [
    [/^kn/, 'N'],
    [/^kh/, 'K H'],
  ],
  n: [[/^ng/, 'N']],
  q: [[/^q(?=i)/, 'K X']],
  w: [
    [/^wr/, 'R'],
    [/^wh/, 'W'],
    [/^w/, 'W F'],
  ],
  x: [[/^x/, 'S X']],
  y: [[/^y(?=[aeiou])/, 'Y']],
};

const anywhere: Rules = {
  b: [
    [/^bh/, 'F B'],
    [/^b+/, 'B'],
  ],
  c: [
    [/^ch(?=[rl])/, 'K'],
    [/^ch/, 'X K'],
    [/^cz/, 'X'],
    [/^c(?=[eiy])/, 'S K'],
    [/^c[ckq]?/, 'K'],
  ],
  d: [
    [/^dg(?=[eiy])/, 'J'],
    [/^d[jz]/, 'J'],
    [/^dd$/, 'D T'],
    [/^d+/, 'D'],
  ],
  f: [[/^f+/, 'F']],
  g: [
    [/^gh(?=t)/, '-'],
    [/^gh/, '- G'],
    [/^g+(?=[eiy])/, 'J G'],
    [/^g+/, 'G'],
  ],
  h: [[/^h+/, '-']],
  j: [
    [/^j+(?![aeiouyj])/, '-'],
    [/^j+/, 'J Y'],
  ],
  k: [[/^k+h?/, 'K']],
  l: [[/^l+/, 'L']],
  m: [
    [/^mh/, 'F M'],
    [/^m+/, 'M'],
  ],
  n: [[/^n+/, 'N']],
  p: [
    [/^ph/, 'F'],
    [/^p+/, 'P'],
  ],
  q: [[/^qu?/, 'K']],
  r: [
    [/^rz/, 'X RS'],
    [/^r+h?/, 'R'],
  ],
  s: [
    [/^sch/, 'X SK'],
    [/^sh/, 'X'],
    [/^sz/, 'X S'],
    [/^sc(?=[eiy])/, 'S'],
    [/^s+/, 'S'],
  ],
  t: [
    [/^ts?ch/, 'X'],
    [/^th(?=m)/, 'T S'],
    [/^t+h?/, 'T'],
  ],
  v: [[/^v+/, 'F']],
  w: [
    [/^w(?=[aeiouy])/, '- F'],
    [/^w+/, '-'],
  ],
  x: [[/^x+/, 'KS']],
  z: [
    [/^zh/, 'J X'],
    [/^z+/, 'S'],
  ],
};

function colourOf(vowels: string, next: string): string {
  if (next === 'w' || /^(?:au|ao|eu|o|u)/.test(vowels)) return 'u';
  return /^a(?![iy]|ee)/.test(vowels) ? 'a' : 'e';
}

interface Heard {
  readonly skeletons: readonly string[];
  /** The same, with the colour of short words. */
  readonly keys: readonly string[];
}

function appended(skeletons: readonly string[], alternatives: string, isAfterVowel: boolean): readonly string[] {
  const out = new Set<string>();
  for (const sound of alternatives.split(' '))
    for (const skeleton of skeletons) {
      const isRepeated = !isAfterVowel && sound.length === 1 && skeleton.endsWith(sound);
      out.add(sound === '-' || isRepeated ? skeleton : skeleton + sound);
    }
  return alternatives === '-' ? skeletons : [...out].slice(0, keysMax);
}

/** Words whose sound is remembered: to work one out takes a hundred times as long as to look it up. */
const wordsMax = 20_000;
const soundOf = remembered(sounded, wordsMax);

function heard(word: string): Heard {
  return soundOf(word.length > comparedMax ? word.slice(0, comparedMax) : word);
}

function sounded(word: string): Heard {
  let text = word;
  for (const [spelling, respelt] of respellings) text = text.replace(spelling, respelt);
  let skeletons: readonly string[] = [''];
  let colour = '';
  let isAfterVowel = false;
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const letter = rest.charAt(0);
    const rules = [...(at === 0 ? (opening[letter] ?? []) : []), ...(anywhere[letter] ?? [])];
    const rule = rules.find(([spelling]) => spelling.test(rest));
    const before = skeletons;
    const vowels = rule === undefined ? (/^[aeiouy]+/.exec(rest)?.[0] ?? '') : '';
    if (rule !== undefined) {
      skeletons = appended(skeletons, rule[1], isAfterVowel);
      at += rule[0].exec(rest)?.[0].length ?? 1;
    } else if (vowels === '') {
      skeletons = appended(skeletons, letter, isAfterVowel);
      at += 1;
    } else {
      if (colour === '') colour = colourOf(vowels, rest.charAt(vowels.length));
      if (at === 0) skeletons = ['A'];
      at += vowels.length;
    }
    isAfterVowel = vowels !== '' || (isAfterVowel && skeletons === before);
  }
  const keys = skeletons.map((one) => (one.replace(/^A/, '').length <= 3 ? one + colour : one));
  return { skeletons, keys };
}

/** How a plain lower-case word may sound: one to four keys; two words sound the same if they share one. */
export function phoneticKeys(word: string): readonly string[] {
  return heard(word).keys;
}

/** The consonants alone, without the vowel of short words. */
export function phoneticSkeletons(word: string): readonly string[] {
  return heard(word).skeletons;
}

/** Whether two plain words share a phonetic key. */
export function isSameSound(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  const keys = phoneticKeys(one);
  return phoneticKeys(other).some((key) => keys.includes(key));
}
