/** A sentence as somebody told it, and whether a person was in danger on what it tells. */
export interface Told {
  readonly danger: boolean;
  readonly text: string;
}

/** Words that weigh towards danger. */
export interface Likeness {
  /** Where the words stand that weigh most: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** How far the whole weighs towards danger, in nats. */
  readonly weight: number;
}

/** Weighs text by the sentences that it has been given. */
export interface LikenessReader {
  /** What the text weighs if it reads like danger, or null. */
  readonly read: (text: string) => Likeness | null;
}

/** A text is weighed in stretches of so many words, each beginning half a stretch after the last. */
const stretch = 60;
const quotedWords = 12;
const quotedCharacters = 400;
/** No word or pair decides alone, however rarely it stands among the look-alikes: nats. */
const weightMost = 1.5;
/** Fewer words than these tell too little to be weighed. */
const wordsLeast = 5;
/** What stands in one sentence only tells of that sentence. */
const sentencesLeast = 2;

interface Word {
  readonly stem: string;
  readonly from: number;
  readonly to: number;
}

const wordShape = /[a-z]+(?:['’‘][a-z]+)*|\p{Nd}+|[\p{L}\p{M}]+(?:['’‘][\p{L}\p{M}]+)*/giu;
const endings = ['ing', 'ed', 'es', 's', 'ly'];
const isPlain = /^[a-z]+$/;
const isFigure = /^\p{Nd}/u;

/** A word without what it shares with its other forms; every figure is the same word. */
function stemOf(written: string): string {
  const lower = written.toLowerCase();
  if (isPlain.test(lower)) return withoutEnding(lower);
  return isFigure.test(lower) ? '#' : withoutEnding(lower.normalize('NFKD').replaceAll(/[^\p{L}]/gu, ''));
}

function withoutEnding(word: string): string {
  const ending = endings.find((one) => word.length > one.length + 3 && word.endsWith(one));
  return ending === undefined ? word : word.slice(0, -ending.length);
}

function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(wordShape), (found) => ({
    stem: stemOf(found[0]),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** What a stretch of words is weighed by: each word, each pair of neighbours, and what begins and ends it. */
function featuresOf(words: readonly Word[]): readonly string[] {
  const stems = words.map(({ stem }) => stem);
  return [...stems, ...[...stems, '>'].map((stem, place) => `${stems[place - 1] ?? '<'} ${stem}`)];
}

/**
 * Learns from sentences how much each word and each pair of neighbours speaks for danger: the logarithm of how much
 * oftener it stands in dangers than in what only looks like them. A text weighs what its words weigh together, so
 * nothing is hidden: what is said of it rests on counts that anybody can look up in the sentences.
 *
 * `from`: the least weight, in nats, at which a text is said to read like danger.
 */
export function compileLikeness(told: readonly Told[], from: number): LikenessReader {
  const weights = weightsOf(told);
  const weightOf = (feature: string): number => weights.get(feature) ?? 0;
  const weigh = (words: readonly Word[]): number =>
    [...new Set(featuresOf(words))].reduce((sum, feature) => sum + weightOf(feature), 0);
  return {
    read: (text) => {
      const words = wordsOf(text);
      let most: { readonly words: readonly Word[]; readonly weight: number } | null = null;
      for (let at = 0; at + wordsLeast <= words.length; at += stretch / 2) {
        const part = words.slice(at, at + stretch);
        const weight = weigh(part);
        if (weight >= from && (most === null || weight > most.weight)) most = { words: part, weight };
      }
      return most === null ? null : { ...heaviest(most.words, weightOf), weight: most.weight };
    },
  };
}

function weightsOf(told: readonly Told[]): ReadonlyMap<string, number> {
  const counts = new Map<string, readonly [quiet: number, grave: number]>();
  for (const { danger, text } of told)
    for (const feature of new Set(featuresOf(wordsOf(text)))) {
      const [quiet, grave] = counts.get(feature) ?? [0, 0];
      counts.set(feature, danger ? [quiet, grave + 1] : [quiet + 1, grave]);
    }
  const dangers = told.filter(({ danger }) => danger).length;
  const log = Math.log((told.length - dangers) / dangers);
  const weights = new Map<string, number>();
  for (const [feature, [quiet, danger]] of counts) {
    const weight = Math.log((danger + 1) / (quiet + 1)) + log;
    if (quiet + danger >= sentencesLeast) weights.set(feature, Math.min(Math.max(weight, -weightMost), weightMost));
  }
  return weights;
}

/** Where the words stand together that weigh most. */
function heaviest(
  words: readonly Word[],
  weightOf: (feature: string) => number,
): { readonly start: number; readonly end: number } {
  const own = words.map(
    ({ stem }, place) => weightOf(stem) + (place === 0 ? 0 : weightOf(`${words[place - 1]?.stem ?? ''} ${stem}`)),
  );
  let best = { from: 0, to: 0, weight: Number.NEGATIVE_INFINITY };
  for (let from = 0; from < words.length; from += 1)
    for (let to = from, weight = 0; to < Math.min(words.length, from + quotedWords); to += 1) {
      weight += own[to] ?? 0;
      if (weight > best.weight) best = { from, to, weight };
    }
  const start = words[best.from]?.from ?? 0;
  return { start, end: Math.min(words[best.to]?.to ?? start, start + quotedCharacters) };
}
