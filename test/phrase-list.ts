import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { phraseListSchema } from '../src/text/phrases.ts';
import type { PhraseList } from '../src/text/phrases.ts';
import { compilePhrases } from '../src/text/reader.ts';
import type { Hit } from '../src/text/reader.ts';

/** The phrase list as shipped, before it is checked. */
export function writtenPhrases(): unknown {
  return parse(readFileSync(new URL('../policy/phrases.yaml', import.meta.url), 'utf8'));
}

export const shippedPhrases: PhraseList = phraseListSchema.parse(writtenPhrases());

/** Reads by the shipped list. */
export const { read } = compilePhrases(shippedPhrases);

/** The kinds that a text tells of, each once, in order of place. */
export function toldKinds(text: string): readonly string[] {
  return [...new Set(read(text).flatMap((hit) => (hit.standing === 'told' ? [hit.kind] : [])))];
}

/** The dangers that a text tells of. */
export function toldDangers(text: string): readonly string[] {
  return [
    ...new Set(
      read(text)
        .filter(isToldDanger)
        .map((hit) => hit.kind),
    ),
  ];
}

function isToldDanger(hit: Hit): boolean {
  return hit.reads === 'danger' && hit.standing === 'told';
}

/** How the hits of a kind stand in a text, each standing once. */
export function standings(text: string, kind: string): readonly string[] {
  return [...new Set(read(text).flatMap((hit) => (hit.kind === kind ? [hit.standing] : [])))];
}
