/** One place of a phrase: a word, a slot that names a word set, or a gap of up to `gap` words. */
export type Element = { readonly word: string } | { readonly slot: string } | { readonly gap: number };

/** What a phrase may hold at most; every figure bounds the work done for one word of text. */
export const phraseLimits = { maxCharacters: 120, maxElements: 10, maxGapWords: 5, maxWordCharacters: 24 } as const;

/** Stands for any figure ("3", "2015") that is not itself a word of the list. */
export const anyFigure = '#';

const wordForm = /^[a-z0-9]+(?:'[a-z]+)*'?$/;
const slotForm = /^\{([a-z][a-z0-9-]*)\}$/;
const gapForm = /^\.\.([1-9])$/;

/** A word as the reader compares it: without its apostrophes, so that "won't" and "wont" are one. */
export function plainWord(word: string): string {
  return word.replaceAll("'", '');
}

/** Whether this may stand as a word in the list. */
export function isWord(word: string): boolean {
  return word === anyFigure || (wordForm.test(word) && word.length <= phraseLimits.maxWordCharacters);
}

/** Reads a phrase such as `{he} ..2 kill {me}`, or says what is wrong with it. */
export function readPhrase(phrase: string): { readonly elements: readonly Element[] } | { readonly wrong: string } {
  if (phrase.length > phraseLimits.maxCharacters)
    return { wrong: `is longer than ${phraseLimits.maxCharacters} characters` };
  const parts = phrase.split(' ');
  if (parts.length > phraseLimits.maxElements) return { wrong: `has more than ${phraseLimits.maxElements} words` };
  const elements: Element[] = [];
  for (const part of parts) {
    const element = readPart(part);
    if ('wrong' in element) return element;
    elements.push(element);
  }
  const wrong = shapeFault(elements);
  return wrong === undefined ? { elements } : { wrong };
}

function readPart(part: string): Element | { readonly wrong: string } {
  const slot = slotForm.exec(part)?.[1];
  if (slot !== undefined) return { slot };
  const gap = Number(gapForm.exec(part)?.[1] ?? Number.NaN);
  if (gap <= phraseLimits.maxGapWords) return { gap };
  if (!Number.isNaN(gap)) return { wrong: `has the gap ..${gap}; a gap is at most ..${phraseLimits.maxGapWords}` };
  if (isWord(part)) return { word: plainWord(part) };
  const shown = JSON.stringify(part);
  return {
    wrong: `holds ${shown}; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2`,
  };
}

function shapeFault(elements: readonly Element[]): string | undefined {
  const isGap = (element: Element | undefined): boolean => element !== undefined && 'gap' in element;
  if (elements.every(isGap)) return 'holds only gaps; it would be found in every text';
  if (isGap(elements[0]) || isGap(elements.at(-1))) return 'begins or ends with a gap; a gap stands between words';
  if (elements.some((element, at) => isGap(element) && isGap(elements[at + 1]))) return 'has two gaps in a row';
  return undefined;
}
