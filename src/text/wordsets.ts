import { anyFigure, type Element, plainWord, readPhrase } from './literal.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A place of a compiled phrase; words and sets are numbers. */
export type Place = { readonly word: number } | { readonly set: number } | { readonly gap: number };

/** A word set as compiled: the single words in it, and its entries of several words. */
export interface WordSet {
  readonly words: ReadonlySet<number>;
  readonly sequences: readonly (readonly Place[])[];
}

/** All word sets of a list, numbered. */
export interface WordSets {
  readonly sets: readonly WordSet[];
  readonly idOf: (name: string) => number;
  /** The sets that hold a word by itself, by the word's number. */
  readonly setsOf: readonly (readonly number[])[];
}

/** The elements of a phrase; a list that has passed its schema has no others. */
export function elementsOf(phrase: string): readonly Element[] {
  const read = readPhrase(phrase);
  if ('wrong' in read) throw new Error(`the phrase ${JSON.stringify(phrase)} ${read.wrong}`);
  return read.elements;
}

/** The sets named by themselves in an entry ("{kin}"), as against entries of several words. */
function soleSlot(elements: readonly Element[]): string | undefined {
  const [first] = elements;
  return elements.length === 1 && first !== undefined && 'slot' in first ? first.slot : undefined;
}

/** Turns elements into places. */
export function placesOf(
  elements: readonly Element[],
  vocabulary: Vocabulary,
  setIdOf: (name: string) => number,
): readonly Place[] {
  return elements.map((element) => {
    if ('gap' in element) return element;
    return 'slot' in element ? { set: setIdOf(element.slot) } : { word: vocabulary.idOf(element.word) };
  });
}

/** Compiles the sets: a set named inside another is unfolded, figures belong wherever `#` stands. */
export function compileSets(sets: Readonly<Record<string, readonly string[]>>, vocabulary: Vocabulary): WordSets {
  const names = Object.keys(sets);
  const ids = new Map(names.map((name, at) => [name, at] as const));
  const idOf = (name: string): number => ids.get(name) ?? -1;
  const compiled = names.map((name) => unfold(name, { sets, vocabulary, idOf }));
  const setsOf: number[][] = Array.from({ length: vocabulary.size }, () => []);
  for (const [at, { words }] of compiled.entries()) for (const word of words) setsOf[word]?.push(at);
  return { sets: compiled, idOf, setsOf };
}

interface Unfolding {
  readonly sets: Readonly<Record<string, readonly string[]>>;
  readonly vocabulary: Vocabulary;
  readonly idOf: (name: string) => number;
}

function unfold(name: string, from: Unfolding): WordSet {
  const words = new Set<number>();
  const sequences: (readonly Place[])[] = [];
  for (const entry of from.sets[name] ?? []) {
    const elements = elementsOf(entry);
    const inner = soleSlot(elements);
    if (inner !== undefined) {
      const other = unfold(inner, from);
      for (const word of other.words) words.add(word);
      sequences.push(...other.sequences);
    } else if (elements.length === 1) addWord(words, entry, from.vocabulary);
    else sequences.push(placesOf(elements, from.vocabulary, from.idOf));
  }
  return { words, sequences };
}

function addWord(words: Set<number>, word: string, vocabulary: Vocabulary): void {
  words.add(vocabulary.idOf(plainWord(word)));
  if (word !== anyFigure) return;
  for (const figure of vocabulary.figures) words.add(figure);
}

/** Every word that stands in these phrases and entries. */
export function wordsOf(phrases: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const phrase of phrases)
    for (const element of elementsOf(phrase)) if ('word' in element) words.add(element.word);
  return words;
}
