/** Letters that are read from right to left, and what turns the direction of a text without being seen. */
const turning =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]|\uD802|\uD803|\uD83A|\uD83B/;
const unseen = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const begin = '\u2068';
const end = '\u2069';

/**
 * A name or a quotation as it stands within a sentence: its direction is its own, and turns nothing around it. What
 * turns a text without being seen is left out here; the log keeps it. Any other text is given back as it is.
 */
export function isolated(text: string): string {
  return turning.test(text) ? `${begin}${text.replaceAll(unseen, '')}${end}` : text;
}
