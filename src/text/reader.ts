import { type Automaton, compileAutomaton } from './automaton.ts';
import { type CueGroup, cueGroupsOf, type CueWords, cueWordsOf } from './cues.ts';
import type { PhraseList } from './phrases.ts';
import { type Cue, makeScene, type Scene, type Standing, standingOf } from './standing.ts';
import { breaks, makeTokens, readTokens, type Tokens } from './tokens.ts';
import { makeVocabulary } from './vocabulary.ts';
import { compileSets, elementsOf, placesOf, wordsOf } from './wordsets.ts';

/** What a text tells of, with the words it rests on: `quote` is `text.slice(start, end)`. */
export interface Hit {
  readonly kind: string;
  readonly reads: PhraseList['kinds'][string]['reads'];
  readonly means: string;
  readonly lifeThreat: boolean;
  readonly says?: string;
  readonly phrase: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly standing: Standing;
}

/** Reads text by one version of a phrase list. */
export interface PhraseReader {
  readonly version: string;
  readonly read: (text: string) => readonly Hit[];
}

/** Bounds of one reading. Text of any length is read; longer text than a window holds is read window by window. */
export const readingLimits = {
  windowWords: 4_096,
  /** Words that two windows share, so that nothing is cut: more than a phrase and its cues reach. */
  sharedWords: 128,
  hits: 40,
  quoteCharacters: 400,
} as const;

type Role =
  | { readonly kind: string; readonly phrase: string }
  | { readonly quiet: ReadonlySet<string> }
  | { readonly cue: CueGroup };

interface Compiled {
  readonly list: PhraseList;
  readonly roles: readonly Role[];
  readonly automaton: Automaton;
  readonly words: CueWords;
}

/** Compiles a list that has passed `phraseListSchema`. */
export function compilePhrases(list: PhraseList): PhraseReader {
  const groups = cueGroupsOf(list);
  const patterns: readonly (readonly [string, Role])[] = [
    ...Object.entries(list.kinds).flatMap(([kind, { phrases }]) =>
      phrases.map((phrase) => [phrase, { kind, phrase }] as const),
    ),
    ...Object.values(list.quiet).flatMap(({ kinds, phrases }) => {
      const role = { quiet: new Set(kinds) };
      return phrases.map((phrase) => [phrase, role] as const);
    }),
    ...groups.flatMap((cue) => cue.phrases.map((phrase) => [phrase, { cue }] as const)),
  ];
  const { cues, sets } = list;
  const { negation, past } = cues;
  const loose = [negation.interjections, negation.bridge, negation.people, negation.stops, negation.answers.askers];
  const entries = [...loose, cues.hedge, cues.reported, past.halts, cues.barriers, ...Object.values(sets)].flat();
  const spellings = new Map(
    Object.entries(list.spellings).flatMap(([word, variants]) => variants.map((variant) => [variant, word] as const)),
  );
  const allWords = wordsOf([...patterns.map(([phrase]) => phrase), ...entries, 'and', 'or', 'nor']);
  const vocabulary = makeVocabulary(allWords, spellings);
  const wordSets = compileSets(sets, vocabulary);
  const words = cueWordsOf(list, vocabulary, wordSets);
  const automaton = compileAutomaton({
    patterns: patterns.map(([phrase]) => placesOf(elementsOf(phrase), vocabulary, wordSets.idOf)),
    wordSets,
    wordCount: vocabulary.size,
    barriers: words.barriers,
  });
  const compiled: Compiled = { list, roles: patterns.map(([, role]) => role), automaton, words };
  const tokens = makeTokens(readingLimits.windowWords);
  return {
    version: list.version,
    read: (text) => {
      const { windowWords, sharedWords } = readingLimits;
      const hits: Hit[] = [];
      let from = 0;
      for (let isFirst = true; ; isFirst = false) {
        const stopped = readTokens(text, from, { into: tokens, vocabulary });
        const isLast = stopped >= text.length || tokens.count < windowWords;
        const window = { from: isFirst ? 0 : sharedWords / 2, to: isLast ? windowWords : windowWords - sharedWords / 2 };
        hits.push(...hitsIn(text, tokens, { compiled, ...window }));
        if (isLast) return foremost(hits);
        from = tokens.starts[windowWords - sharedWords] ?? text.length;
      }
    },
  };
}

interface Window {
  readonly compiled: Compiled;
  /** Hits that begin at these words are this window's. */
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly kind: string;
  readonly phrase: string;
  readonly first: number;
  readonly last: number;
}

const noHits: readonly Hit[] = [];

function hitsIn(text: string, tokens: Tokens, window: Window): readonly Hit[] {
  const { roles, automaton, words, list } = window.compiled;
  const ends: (readonly [number, number])[] = [];
  let hasHit = false;
  automaton.scan(tokens, (pattern, last) => {
    ends.push([pattern, last]);
    hasHit ||= 'kind' in (roles[pattern] ?? {});
  });
  if (!hasHit) return noHits;
  const found: Found[] = [];
  const silenced = new Map<number, readonly ReadonlySet<string>[]>();
  const cues: Cue[] = [];
  for (const [pattern, last] of ends) {
    const role = roles[pattern];
    const first = automaton.firstOf(tokens, pattern, last);
    if (role === undefined || first < 0) continue;
    if ('kind' in role) found.push({ ...role, first, last });
    else if ('cue' in role) {
      const widest = role.cue.type === 'unsaid' ? breaks.pause : breaks.slash;
      if (widestBreak(tokens, first, last) <= widest) cues.push({ group: role.cue, first, last });
    } else if (widestBreak(tokens, first, last) <= breaks.slash) {
      for (let at = first; at <= last; at += 1) silenced.set(at, [...(silenced.get(at) ?? []), role.quiet]);
    }
  }
  const isQuiet = ({ kind, first, last }: Found): boolean => {
    for (let at = first; at <= last; at += 1) if (silenced.get(at)?.some((kinds) => kinds.has(kind)) === true) return true;
    return false;
  };
  const scene = makeScene(tokens, words, cues);
  const kept = widestOnly(found.filter((one) => !isQuiet(one)));
  const hits = kept.map((one) => hitOf(text, one, { scene, list }));
  const warnings = warningsOf(text, { kept, hits, cues, scene, list });
  return [...hits, ...warnings].filter((_, at) => {
    const first = kept[at]?.first ?? window.from;
    return first >= window.from && first < window.to;
  });
}
