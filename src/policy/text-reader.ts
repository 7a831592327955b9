import { likeDanger } from '../room/danger.ts';
import type { Reading, Voice } from '../room/define.ts';
import type { LikenessReader } from '../text/likeness.ts';
import type { Hit, PhraseReader } from '../text/reader.ts';

/** Reads the texts of a room: by the phrases of its policy, and what callers say by its likeness to danger as well. */
export interface TextReader {
  readonly read: (text: string, voice: Voice) => readonly Reading[];
}

/** What is put to a person where no word of the list was found. */
const alike = {
  kind: likeDanger,
  reads: 'likeness',
  means: 'it reads like danger, though no word of the list was found',
  lifeThreat: false,
  standing: 'told',
} as const;

/**
 * The two readers as one. The phrase list goes first: it knows what kind of danger it found. Likeness speaks only for
 * callers, and only where the list found no danger told: it asks, and nothing rests on it until a person has answered.
 */
export function textReader(phrases: PhraseReader, likeness: LikenessReader): TextReader {
  return {
    read: (text, voice) => {
      const hits = phrases.read(text);
      if (voice === 'staff' || hits.some((hit) => hit.reads === 'danger' && hit.standing === 'told')) return hits;
      const like = likeness.read(withoutDenied(text, hits));
      if (like === null) return hits;
      return [{ ...alike, quote: text.slice(like.start, like.end) }, ...hits].slice(0, readingsMost);
    },
  };
}

/** The text without what the list found to be denied, over or resolved: likeness knows nothing of denials. */
function withoutDenied(text: string, hits: readonly Hit[]): string {
  return hits
    .filter(({ standing }) => standing !== 'told')
    .reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), text);
}

/** What an event holds of readings at most. */
const readingsMost = 40;
