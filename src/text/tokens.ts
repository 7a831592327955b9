import { foreignOf } from './foreign.ts';
import { figureWord, letterCount, letterOf, rootNode, unknownWord, type Vocabulary } from './vocabulary.ts';

/** How strongly a word is parted from the one before it. */
export const breaks = { none: 0, slash: 1, pause: 2, line: 3, sentence: 4, question: 5 } as const;

/** A stretch of text as words: each one's number, where it stands, and how it is parted from the one before. */
export interface Tokens {
  count: number;
  readonly words: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly breaks: Uint8Array;
}

/** Letters that one word may have; a longer one is read as unknown. */
export const wordCharactersMax = 64;

/** Words of no more letters keep their s: "his", "does". */
const shortWordMax = 4;

/** Room for so many words. */
export function makeTokens(capacity: number): Tokens {
  return {
    count: 0,
    words: new Int32Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    breaks: new Uint8Array(capacity),
  };
}

interface Cursor {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  at: number;
  /** The strongest break since the last word. */
  gap: number;
}

/** Reads words from `from` on until the text ends or `into` is full; says where it stopped. */
export function readTokens(text: string, from: number, to: { into: Tokens; vocabulary: Vocabulary }): number {
  const { into, vocabulary } = to;
  const cursor: Cursor = { text, vocabulary, at: from, gap: breaks.sentence };
  into.count = 0;
  while (cursor.at < text.length && into.count < into.words.length) {
    const start = cursor.at;
    const code = text.charCodeAt(start);
    const isWordStart = code < 128 ? letterOf(code) !== 0 : foreignOf(text, start).kind === 'letters';
    const word = isWordStart ? readWord(cursor) : readBetween(cursor, code);
    if (word === undefined) continue;
    into.words[into.count] = word;
    into.starts[into.count] = start;
    into.ends[into.count] = cursor.at;
    into.breaks[into.count] = cursor.gap;
    into.count += 1;
    cursor.gap = breaks.none;
  }
  return cursor.at;
}

/** Reads one word: letters, or figures, with apostrophes and invisible characters inside it left out. */
function readWord(cursor: Cursor): number {
  const { text, vocabulary } = cursor;
  const { next, wordAt } = vocabulary;
  const start = cursor.at;
  const isFigure = letterOf(text.charCodeAt(start)) > 26;
  let node = rootNode;
  let before = 0;
  let owner = 0;
  let ownerEnd = -1;
  let end = start;
  let run = 0;
  let last = 0;
  let isStretched = false;
  for (let at = start; at < text.length; ) {
    const code = text.charCodeAt(at);
    const letter = code < 128 ? letterOf(code) : 0;
    if (letter !== 0) {
      if (letter > 26 !== isFigure) break;
      run = code === last ? run + 1 : 1;
      if (run === 3) isStretched = true;
      last = code;
      before = node;
      node = next[node * letterCount + letter] ?? 0;
      at += 1;
      end = at;
      continue;
    }
    const inside = insideWord(text, at, isFigure);
    if (inside === undefined) break;
    if (inside.kind === 'apostrophe') {
      owner = node;
      ownerEnd = at + inside.length;
    }
    if (inside.kind === 'letters') node = follow(next, node, inside.letters);
    at += inside.length;
    if (inside.kind === 'letters') end = at;
  }
  cursor.at = end;
  const known = end - start > wordCharactersMax ? unknownWord : (wordAt[node] ?? unknownWord);
  if (known !== unknownWord) return known;
  if (isFigure) return figureWord;
  const isOwned = ownerEnd === end - 1;
  // "The baby's" and "boyfriends going mad" are also the baby and the boyfriend.
  const hasEndingS = (last === 115 || last === 83) && (isOwned || end - start > shortWordMax);
  const stem = hasEndingS ? (wordAt[isOwned ? owner : before] ?? unknownWord) : unknownWord;
  if (stem !== unknownWord) return stem;
  return isStretched ? unstretched(text.slice(start, end), vocabulary) : unknownWord;
}

type Inside = {
  readonly kind: 'apostrophe' | 'invisible' | 'letters';
  readonly letters: string;
  readonly length: number;
};

/** What a character that is no plain letter does inside a word; undefined where it ends the word. */
function insideWord(text: string, at: number, isFigure: boolean): Inside | undefined {
  const code = text.charCodeAt(at);
  const found = foreignOf(text, at);
  if (found.kind === 'invisible') return { kind: 'invisible', letters: '', length: found.length };
  if (isFigure) return undefined;
  if (found.kind === 'letters') return { kind: 'letters', letters: found.letters, length: found.length };
  const isApostrophe = code === 39 || code === 96 || found.kind === 'apostrophe';
  const after = at + found.length;
  const follower = letterOf(text.charCodeAt(after));
  return isApostrophe && follower > 0 && follower <= 26
    ? { kind: 'apostrophe', letters: '', length: found.length }
    : undefined;
}

function follow(next: Int32Array, from: number, letters: string): number {
  let node = from;
  for (let at = 0; at < letters.length; at += 1)
    node = next[node * letterCount + letterOf(letters.charCodeAt(at))] ?? 0;
  return letters === '' ? 0 : node;
}

/** "heeelp" is "help", "killl" is "kill": runs of three letters or more come down to two, then to one. */
function unstretched(word: string, vocabulary: Vocabulary): number {
  const plain = word.slice(0, wordCharactersMax).toLowerCase();
  for (const keep of [2, 1]) {
    let squeezed = '';
    for (let at = 0; at < plain.length; ) {
      let run = at + 1;
      while (run < plain.length && plain[run] === plain[at]) run += 1;
      squeezed += plain.slice(at, run - at >= 3 ? at + keep : run);
      at = run;
    }
    const known = vocabulary.wordAt[follow(vocabulary.next, rootNode, squeezed)] ?? unknownWord;
    if (known !== unknownWord) return known;
  }
  return unknownWord;
}

/** How ASCII signs part words, by code; dots, question marks and hyphens depend on what stands beside them. */
const unsettled = 255;
const strengths = strengthTable();

function strengthTable(): Uint8Array {
  const table = new Uint8Array(128);
  const signs = [
    ['\n', breaks.line],
    ['!;', breaks.sentence],
    ['/\\', breaks.slash],
    [',:()[]*|=<>', breaks.pause],
    ['.?-', unsettled],
  ] as const;
  for (const [chars, strength] of signs) for (const char of chars) table[char.charCodeAt(0)] = strength;
  return table;
}

const ampersand = 38;
const newLine = 10;
const dot = 46;
const hyphen = 45;

/** Passes what stands between words and keeps the strongest break; an ampersand is read as the word "and". */
function readBetween(cursor: Cursor, code: number): number | undefined {
  const { text, at } = cursor;
  let strength: number = breaks.none;
  let length = 1;
  if (code >= 128) {
    const found = foreignOf(text, at);
    length = found.length;
    if (found.kind === 'pause') strength = breaks.pause;
  } else strength = strengths[code] ?? breaks.none;
  if (strength === unsettled) {
    if (code === dot) length = dotsFrom(text, at);
    strength = settledBreak(text, at, length);
  }
  if (code === newLine && cursor.gap === breaks.line) strength = breaks.sentence;
  cursor.at = at + length;
  cursor.gap = Math.max(cursor.gap, strength);
  return code === ampersand ? cursor.vocabulary.idOf('and') : undefined;
}

function dotsFrom(text: string, at: number): number {
  let length = 1;
  while (text.charCodeAt(at + length) === dot) length += 1;
  return length;
}

/** "?knife" is shorthand for "possibly a knife", "21.04" and "d.v" are no sentences, "ex-husband" is no pause. */
function settledBreak(text: string, at: number, length: number): number {
  const code = text.charCodeAt(at);
  const before = letterOf(text.charCodeAt(at - 1));
  const after = letterOf(text.charCodeAt(at + length));
  if (code === hyphen) return before !== 0 && after !== 0 ? breaks.none : breaks.pause;
  if (code !== dot) return before === 0 && after !== 0 ? breaks.none : breaks.question;
  if (length > 1) return breaks.pause;
  const isInitial = before > 0 && before <= 26 && letterOf(text.charCodeAt(at - 2)) === 0;
  return after !== 0 && (isInitial || (before > 26 && after > 26)) ? breaks.none : breaks.sentence;
}
