import { type Born, parseBorn } from './births.ts';
import { type PersonName, parseName, parsePart } from './names.ts';
import { remembered } from './remembered.ts';

/** Texts that are remembered read: a look-up compares one with hundreds, and the next with the same. */
const readMax = 20_000;

/** A name taken apart. */
export const nameRead: (text: string) => PersonName = remembered(parseName, readMax);

/** What stands in a column of its own: given names, or a surname. */
export const partRead: (text: string) => PersonName = remembered(parsePart, readMax);

/** A date of birth as it was written. */
export const bornRead: (text: string) => { readonly born: Born | null } = remembered(
  (text) => ({ born: parseBorn(text) }),
  readMax,
);
