import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { LikenessReader, Told } from '../text/likeness.ts';
import { compileLikeness } from '../text/likeness.ts';

/** Where the sentences lie that the second reader learns from: a file for each kind, a JSON object a line. */
export const sentencesFolder = fileURLToPath(new URL('../../policy/sentences/', import.meta.url));

/**
 * The least weight at which words read like danger, in nats: chosen on the tuning half of the planted dangers (see
 * docs/burden.md), where it parts what must be asked about from what a room could not bear to be asked.
 */
const leastWeight = 3;

const sentence = z.strictObject({
  danger: z.boolean(),
  style: z.enum(['spoken', 'typed']),
  text: z.string().min(1).max(2_000),
});

/** The sentences that ship. A line that is none is a fault, named with its file and line. */
export function shippedSentences(): readonly Told[] {
  return readdirSync(sentencesFolder)
    .filter((name) => name.endsWith('.ndjson'))
    .toSorted()
    .flatMap((name) =>
      readFileSync(`${sentencesFolder}${name}`, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line, at) => sentenceOf(line, `policy/sentences/${name}:${at + 1}`)),
    );
}

function sentenceOf(line: string, place: string): Told {
  try {
    return sentence.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${place}: this is no sentence with "danger", "style" and "text".`, { cause: error });
  }
}

let held: LikenessReader | undefined;

/** The reader of likeness that ships, learnt once in each process: about a third of a second. */
export function shippedLikeness(): LikenessReader {
  held ??= compileLikeness(shippedSentences(), leastWeight);
  return held;
}
