import { anyFigure, plainWord } from './literal.ts';

/** The words of a list, each with its number; a word of the text is looked up letter by letter, without a copy. */
export interface Vocabulary {
  readonly size: number;
  /** The number of a word of the list; 0 if it is none. */
  readonly idOf: (word: string) => number;
  /** The numbers of the words that are figures. */
  readonly figures: readonly number[];
  /** Where letter `code` (1-26 letters, 27-36 figures) leads from a node; 0 if nowhere. */
  readonly next: Int32Array;
  /** The number of the word that ends at a node; 0 if none does. */
  readonly wordAt: Int32Array;
}

/** The number of every word that the list does not know. */
export const unknownWord = 0;
/** The number of a figure that the list does not name. */
export const figureWord = 1;
/** The node at which every word starts. */
export const rootNode = 1;
/** Letters and figures, and one for none. */
export const letterCount = 37;

/** 1-26 for a letter, 27-36 for a figure, 0 for anything else. */
export function letterOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 65 && code <= 90) return code - 64;
  return code >= 48 && code <= 57 ? code - 21 : 0;
}

/** Numbers the words; `spellings` maps other spellings to the word that they mean. */
export function makeVocabulary(words: Iterable<string>, spellings: ReadonlyMap<string, string>): Vocabulary {
  const ids = new Map<string, number>([[anyFigure, figureWord]]);
  const numbered = (word: string): number => {
    const meant = spellings.get(word) ?? word;
    const known = ids.get(meant) ?? ids.size + 1;
    ids.set(meant, known);
    return known;
  };
  for (const word of words) numbered(plainWord(word));
  const forms = new Map(ids);
  for (const variant of spellings.keys()) forms.set(variant, numbered(variant));
  forms.delete(anyFigure);
  const figures = [...ids].filter(([word]) => isFigure(word)).map(([, id]) => id);
  const idOf = (word: string): number => ids.get(spellings.get(word) ?? word) ?? unknownWord;
  return { size: ids.size + 1, idOf, figures, ...letterTrie(forms) };
}

function isFigure(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) if (letterOf(word.charCodeAt(at)) <= 26) return false;
  return true;
}

function letterTrie(forms: ReadonlyMap<string, number>): { readonly next: Int32Array; readonly wordAt: Int32Array } {
  const nodeCount = [...forms.keys()].reduce((sum, form) => sum + form.length, rootNode + 1);
  const next = new Int32Array(nodeCount * letterCount);
  const wordAt = new Int32Array(nodeCount);
  let used = rootNode;
  for (const [form, id] of forms) {
    let node = rootNode;
    for (let at = 0; at < form.length; at += 1) {
      const edge = node * letterCount + letterOf(form.charCodeAt(at));
      if (next[edge] === 0) {
        used += 1;
        next[edge] = used;
      }
      node = next[edge] ?? 0;
    }
    wordAt[node] = id;
  }
  return { next: next.slice(0, (used + 1) * letterCount), wordAt: wordAt.slice(0, used + 1) };
}
