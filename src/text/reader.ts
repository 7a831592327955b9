import { compileAutomaton } from './automaton.ts';
import { cueGroupsOf, cueWordsOf } from './cues.ts';
import { foremost, type Hit, hitsIn, type Role } from './hits.ts';
import { alternatives, edgesOf, type Element } from './literal.ts';
import type { PhraseList } from './phrases.ts';
import { makeTokens, readTokens } from './tokens.ts';
import { makeVocabulary, type Vocabulary } from './vocabulary.ts';
import { compileSets, elementsOf, placesOf, wordsOf } from './wordsets.ts';

export type { Hit } from './hits.ts';

/** Reads text by one version of a phrase list. */
export interface PhraseReader {
  readonly version: string;
  readonly read: (text: string) => readonly Hit[];
}

/** Text of any length is read; what a window does not hold is read in the next. */
export const windowLimits = {
  words: 4_096,
  /** Words that two windows share, so that nothing is cut: more than a phrase and its cues reach. */
  sharedWords: 128,
} as const;

/** Compiles a list that has passed `phraseListSchema`. */
export function compilePhrases(list: PhraseList): PhraseReader {
  const patterns = patternsOf(list);
  const vocabulary = vocabularyOf(list);
  const wordSets = compileSets(list.sets, vocabulary);
  const words = cueWordsOf(list, vocabulary, wordSets);
  const automaton = compileAutomaton({
    patterns: patterns.map(({ elements }) => placesOf(elements, vocabulary, wordSets.idOf)),
    wordSets,
    wordCount: vocabulary.size,
    barriers: words.barriers,
  });
  const roles = patterns.map(({ role }) => role);
  const hitPatterns = roles.filter((role) => 'kind' in role).length;
  const domestic = Object.keys(list.kinds).filter((kind) => list.kinds[kind]?.reads === 'domestic');
  const timeless = new Set([list.cues.present.becomes, ...domestic]);
  const compiled = { list, roles, hitPatterns, automaton, words, timeless };
  const tokens = makeTokens(windowLimits.words);
  const read = (text: string): readonly Hit[] => {
    const shared = windowLimits.sharedWords;
    const hits: Hit[] = [];
    for (let from = 0, owned = 0; ; owned = shared / 2) {
      const stopped = readTokens(text, from, { into: tokens, vocabulary });
      const isLast = stopped >= text.length;
      const to = isLast ? tokens.count : tokens.count - shared / 2;
      hits.push(...hitsIn({ text, tokens, from: owned, to }, compiled));
      if (isLast) return foremost(hits);
      from = tokens.starts[tokens.count - shared] ?? text.length;
    }
  };
  return { version: list.version, read };
}

interface Pattern {
  readonly elements: readonly Element[];
  readonly role: Role;
}

interface Purpose {
  readonly phrase: string;
  readonly role: Role;
}

/** Every phrase of a list, each of its alternatives by itself, with what it is for. */
function patternsOf(list: PhraseList): readonly Pattern[] {
  return purposesOf(list).flatMap(({ phrase, role }) =>
    alternatives(elementsOf(phrase)).map((elements) => ({ elements, role })),
  );
}

function purposesOf(list: PhraseList): readonly Purpose[] {
  return [
    ...Object.entries(list.kinds).flatMap(([kind, { phrases }]) =>
      phrases.map((phrase): Purpose => ({ phrase, role: { kind, phrase, edges: edgesOf(phrase) } })),
    ),
    ...Object.values(list.quiet).flatMap(({ kinds, overCommas = false, phrases }) => {
      const role: Role = { quiet: new Set(kinds), overCommas };
      return phrases.map((phrase): Purpose => ({ phrase, role }));
    }),
    ...cueGroupsOf(list).flatMap((cue) => cue.phrases.map((phrase): Purpose => ({ phrase, role: { cue } }))),
  ];
}

function vocabularyOf(list: PhraseList): Vocabulary {
  const { cues, sets, spellings } = list;
  const { interjections, bridge, people, stops, answers } = cues.negation;
  const { halts, subjects } = cues.past;
  const loose = [interjections, bridge, people, stops, answers.askers, halts, subjects, cues.hedge, cues.reported];
  const entries = [...loose, cues.barriers, ...Object.values(sets)].flat();
  const phrases = purposesOf(list).map(({ phrase }) => phrase);
  const variants = Object.entries(spellings).flatMap(([word, others]) => others.map((other) => [other, word] as const));
  return makeVocabulary(wordsOf([...phrases, ...entries, 'and', 'or', 'nor']), new Map(variants));
}
