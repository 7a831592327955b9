/** What a character beyond ASCII is to the reader. */
export interface Foreign {
  readonly kind: 'apostrophe' | 'invisible' | 'letters' | 'pause' | 'space';
  /** The plain letters it stands for; empty for a letter of another alphabet. */
  readonly letters: string;
  readonly length: number;
}

const apostrophes = '\u2018\u2019\u201B\u02BC\u02B9\u2032\u00B4\uFF07';
const pauses = '\u2013\u2014\u2015\u2026\u2022\u00B7\u2012\u2212\uFF0C';

/** Ranges that cannot be seen: soft hyphen, joiners, direction marks, combining marks, variation selectors. */
const invisible: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad],
  [0x0300, 0x036f],
  [0x061c, 0x061c],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

/** Ranges of signs and pictures that part words: Latin-1 signs, punctuation, symbols, emoji. */
const parting: readonly (readonly [number, number])[] = [
  [0x0080, 0x00a9],
  [0x00ab, 0x00b1],
  [0x00b6, 0x00b8],
  [0x00bb, 0x00bf],
  [0x2000, 0x206f],
  [0x2190, 0x2bff],
  [0x3000, 0x303f],
  [0x1f000, 0x1faff],
];

const within = (code: number, ranges: readonly (readonly [number, number])[]): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

/**
 * Where a letter may be a Latin one in other dress. Nothing else is taken apart: Node's versions differ on the rest.
 */
const dressed: readonly (readonly [number, number])[] = [
  [0x00aa, 0x2e7f],
  [0xff00, 0xffef],
  [0x1d400, 0x1d7ff],
];

/** Reads the character at `at`; an ASCII one is a space of length 1. */
export function foreignOf(text: string, at: number): Foreign {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x80) return { kind: 'space', letters: '', length: 1 };
  const char = String.fromCodePoint(code);
  const { length } = char;
  if (apostrophes.includes(char)) return { kind: 'apostrophe', letters: '', length };
  if (pauses.includes(char)) return { kind: 'pause', letters: '', length };
  if (within(code, invisible)) return { kind: 'invisible', letters: '', length };
  if (within(code, parting)) return { kind: 'space', letters: '', length };
  return { kind: 'letters', letters: within(code, dressed) ? plainLetters(char) : '', length };
}

/** The ASCII letters and figures inside a character: "e" of "é", "k" of a full-width or ornamental k. */
function plainLetters(char: string): string {
  return char
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
