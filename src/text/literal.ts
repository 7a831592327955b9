/** One place of a phrase: a word, a slot that names a word set, or a gap of up to `gap` words. */
export type Element =
  | { readonly word: string; readonly isOptional: boolean }
  | { readonly slot: string; readonly isOptional: boolean }
  | { readonly gap: number };

/** What a phrase may hold at most; every figure bounds the work done for one word of text. */
export const phraseLimits = {
  maxCharacters: 120,
  maxElements: 10,
  maxGapWords: 5,
  maxOptional: 3,
  maxWordCharacters: 24,
} as const;

/** Stands in a set for any figure: "3", "2015". */
export const anyFigure = '#';

const wordForm = /^[a-z0-9]+(?:'[a-z]+)*'?$/;
const slotForm = /^\{([a-z][a-z0-9-]*)\}\??$/;
const gapForm = /^\.\.([1-9])$/;

/** A word as the reader compares it: without its apostrophes, so that "won't" and "wont" are one. */
export function plainWord(word: string): string {
  return word.replaceAll("'", '');
}

/** Whether this may stand as a word in the list. */
export function isWord(word: string): boolean {
  return word === anyFigure || (wordForm.test(word) && word.length <= phraseLimits.maxWordCharacters);
}

/** Where a phrase must stand: `^` at its head opens a clause, `$` at its end closes one. */
export interface Edges {
  readonly opens: boolean;
  readonly closes: boolean;
}

/** The edges that a phrase asks for. */
export function edgesOf(phrase: string): Edges {
  return { opens: phrase.startsWith('^'), closes: phrase.endsWith('$') };
}

/** Reads a phrase such as `{he} ..2 {just}? kill {me}` or `^help$`, or says what is wrong with it. */
export function readPhrase(phrase: string): { readonly elements: readonly Element[] } | { readonly wrong: string } {
  if (phrase.length > phraseLimits.maxCharacters)
    return { wrong: `is longer than ${phraseLimits.maxCharacters} characters` };
  const { opens, closes } = edgesOf(phrase);
  const parts = phrase.slice(opens ? 1 : 0, closes ? -1 : undefined).split(' ');
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
  const isOptional = part.endsWith('?');
  const slot = slotForm.exec(part)?.[1];
  if (slot !== undefined) return { slot, isOptional };
  const gap = Number(gapForm.exec(part)?.[1] ?? Number.NaN);
  if (gap <= phraseLimits.maxGapWords) return { gap };
  if (!Number.isNaN(gap)) return { wrong: `has the gap ..${gap}; a gap is at most ..${phraseLimits.maxGapWords}` };
  const word = isOptional ? part.slice(0, -1) : part;
  if (isWord(word)) return { word: plainWord(word), isOptional };
  const shown = JSON.stringify(part);
  return {
    wrong: `holds ${shown}; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2`,
  };
}

function shapeFault(elements: readonly Element[]): string | undefined {
  const isGap = (element: Element | undefined): boolean => element !== undefined && 'gap' in element;
  const isOptional = (element: Element | undefined): boolean =>
    element !== undefined && !('gap' in element) && element.isOptional;
  const isLoose = (element: Element | undefined): boolean => isGap(element) || isOptional(element);
  if (elements.every(isLoose)) return 'holds only gaps and what may be left out; it would be found in every text';
  if (isLoose(elements[0]) || isLoose(elements.at(-1)))
    return 'begins or ends with a gap or with what may be left out; such stand between words';
  if (elements.filter(isOptional).length > phraseLimits.maxOptional)
    return `has more than ${phraseLimits.maxOptional} places that may be left out`;
  if (elements.some((element, at) => isGap(element) && isGap(elements[at + 1]))) return 'has two gaps in a row';
  return undefined;
}

/** The phrase with each place that may be left out once there and once not. */
export function alternatives(elements: readonly Element[]): readonly (readonly Element[])[] {
  const at = elements.findIndex((element) => !('gap' in element) && element.isOptional);
  const optional = elements[at];
  if (optional === undefined) return [elements];
  const before = elements.slice(0, at);
  return alternatives(elements.slice(at + 1)).flatMap((after) => [
    [...before, ...after],
    [...before, { ...optional, isOptional: false }, ...after],
  ]);
}
