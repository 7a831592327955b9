import type { PhraseList } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';
import { elementsOf, type WordSets } from './wordsets.ts';

/** One group of cue phrases, and how it works. */
export interface CueGroup {
  readonly type: 'plain' | 'spoken' | 'answer' | 'unsaid' | 'past' | 'not-past' | 'present' | 'resolved';
  readonly phrases: readonly string[];
  /** Words there may be between the cue and a hit behind it. */
  readonly before: number;
  /** Words there may be between a hit and the cue behind it. */
  readonly after: number;
  readonly overCommas: boolean;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The kinds it works on; undefined for all. */
  readonly kinds: ReadonlySet<string> | undefined;
  /** Whether danger of the past may be a warning for now. */
  readonly warns: boolean;
}

/** Not on this side. */
export const never = -1;

const inert = {
  before: never,
  after: never,
  overCommas: false,
  opens: false,
  closes: false,
  kinds: undefined,
  warns: true,
};

/** The groups of a list; a cue is known by its place here. */
export function cueGroupsOf({ cues }: PhraseList): readonly CueGroup[] {
  const { negation, past, present, resolved } = cues;
  return [
    { ...inert, type: 'plain', phrases: negation.plain.phrases, before: negation.plain.reach },
    { ...inert, type: 'spoken', phrases: negation.spoken.phrases, before: negation.spoken.reach },
    { ...inert, type: 'answer', phrases: negation.answers.phrases },
    { ...inert, type: 'unsaid', phrases: negation.unsaid },
    ...past.groups.map(
      (group): CueGroup => ({
        type: 'past',
        phrases: group.phrases,
        before: group.before ?? never,
        after: group.after ?? never,
        overCommas: group.overCommas ?? false,
        opens: group.opens ?? false,
        closes: group.closes ?? false,
        kinds: group.kinds === undefined ? undefined : new Set(group.kinds),
        warns: group.warns ?? true,
      }),
    ),
    { ...inert, type: 'not-past', phrases: past.not },
    { ...inert, type: 'present', phrases: present.phrases },
    ...resolved.map(
      (group): CueGroup => ({
        ...inert,
        type: 'resolved',
        phrases: group.phrases,
        before: group.before ?? never,
        after: group.after ?? never,
        overCommas: true,
        kinds: new Set(group.kinds),
      }),
    ),
  ];
}

/** The single words that standing is worked out by. */
export interface CueWords {
  readonly interjections: ReadonlySet<number>;
  readonly bridge: ReadonlySet<number>;
  readonly people: ReadonlySet<number>;
  readonly stops: ReadonlySet<number>;
  readonly askers: ReadonlySet<number>;
  readonly hedge: ReadonlySet<number>;
  readonly reported: ReadonlySet<number>;
  readonly halts: ReadonlySet<number>;
  /** Who speaks or acts; between a hit and a past behind it they begin another matter. */
  readonly subjects: ReadonlySet<number>;
  /** Single words that deny; what stands right behind one is not over. */
  readonly denials: ReadonlySet<number>;
  readonly barriers: ReadonlySet<number>;
  /** "or" and "nor", which carry a denial down a list. */
  readonly either: ReadonlySet<number>;
}

/** Compiles the word lists of the cues. */
export function cueWordsOf({ cues }: PhraseList, vocabulary: Vocabulary, wordSets: WordSets): CueWords {
  const { negation } = cues;
  const wordsIn = (entries: readonly string[]): ReadonlySet<number> => {
    const found = new Set<number>();
    for (const entry of entries) {
      const [first, ...more] = elementsOf(entry);
      if (more.length > 0 || first === undefined || 'gap' in first) continue;
      if ('word' in first) found.add(vocabulary.idOf(first.word));
      else for (const word of wordSets.sets[wordSets.idOf(first.slot)]?.words ?? []) found.add(word);
    }
    return found;
  };
  const denials = [...cues.barriers, ...negation.plain.phrases, ...negation.spoken.phrases];
  return {
    interjections: wordsIn(negation.interjections),
    bridge: wordsIn(negation.bridge),
    people: wordsIn(negation.people),
    stops: wordsIn(negation.stops),
    askers: wordsIn(negation.answers.askers),
    hedge: wordsIn(cues.hedge),
    reported: wordsIn(cues.reported),
    halts: wordsIn(cues.past.halts),
    subjects: wordsIn(cues.past.subjects),
    denials: wordsIn(denials),
    barriers: wordsIn([...negation.stops, ...denials]),
    either: wordsIn(['or', 'nor']),
  };
}
