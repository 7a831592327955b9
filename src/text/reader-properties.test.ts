import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dangersAsked } from '../../test/danger-sentences-asked.ts';
import { dangersAtOnce } from '../../test/danger-sentences.ts';
import { read, shippedPhrases } from '../../test/phrase-list.ts';
import { propertySettings } from '../../test/runs.ts';
import { hitLimits } from './hits.ts';
import type { Hit } from './reader.ts';
import { compilePhrases } from './reader.ts';
import { elementsOf } from './wordsets.ts';

const listWords = [
  ...new Set(
    [
      ...Object.values(shippedPhrases.kinds).flatMap(({ phrases }) => phrases),
      ...Object.values(shippedPhrases.quiet).flatMap(({ phrases }) => phrases),
      ...Object.values(shippedPhrases.sets).flat(),
      ...shippedPhrases.cues.negation.plain.phrases,
      ...shippedPhrases.cues.negation.bridge,
    ].flatMap((phrase) => elementsOf(phrase).flatMap((element) => ('word' in element ? [element.word] : []))),
  ),
];

const danger = Object.values({ ...dangersAtOnce, ...dangersAsked }).flatMap(({ told }) => told);
const words = fc.oneof(fc.constantFrom(...listWords), fc.constantFrom('he', 'me', 'no', 'not', 'knife', 'kill', 'hit'));
const joints = fc.constantFrom(' ', ' ', ' ', ', ', ' - ', '\n', '. ', '? ', '...', '/');
const salad = fc
  .array(fc.tuple(words, joints), { maxLength: 40 })
  .map((parts) => parts.map(([word, joint]) => `${word}${joint}`).join(''));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  salad,
  fc
    .array(fc.oneof(salad, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

/** A sentence by itself: no question that the other might answer, no end of a sentence inside. */
const sentence = fc
  .oneof(
    fc.array(words, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(' ')),
    fc.constantFrom(...danger),
  )
  .filter((text) => !text.includes('?'));

function isKept(hit: Hit, hits: readonly Hit[], shift: number): boolean {
  return hits.some(
    ({ kind, standing, start, end }) =>
      kind === hit.kind && standing === 'told' && start <= hit.start + shift && end >= hit.end + shift,
  );
}

const told = (text: string): readonly Hit[] => read(text).filter(({ standing }) => standing === 'told');

test('whatever the text, reading ends, and every hit quotes words of it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const hits = read(text);
      expect(hits.length).toBeLessThanOrEqual(hitLimits.hits);
      for (const { quote, start, end } of hits) {
        expect(quote).toBe(text.slice(start, end));
        expect(quote.length).toBeGreaterThan(0);
        expect(quote.length).toBeLessThanOrEqual(hitLimits.quoteCharacters);
      }
    }),
    propertySettings(400),
  );
});

test('reading is the same each time, whatever was read before', () => {
  const fresh = compilePhrases(shippedPhrases);
  fc.assert(
    fc.property(salad, (text) => {
      expect(read(text)).toEqual(fresh.read(text));
    }),
    propertySettings(200),
  );
});

test('a sentence set before or behind never takes away what was told', () => {
  fc.assert(
    fc.property(sentence, sentence, fc.constantFrom('. ', '! ', '; ', '.\n', '\n\n'), (text, other, joint) => {
      const lone = told(text);
      fc.pre(lone.length + told(other).length <= hitLimits.hits / 2);
      const behind = read(`${text}${joint}${other}`);
      const before = read(`${other}${joint}${text}`);
      for (const hit of lone) {
        expect(isKept(hit, behind, 0), `${hit.kind} in ${text}${joint}${other}`).toBe(true);
        expect(isKept(hit, before, other.length + joint.length), `${hit.kind} in ${other}${joint}${text}`).toBe(true);
      }
    }),
    propertySettings(400),
  );
});

test('capitals, curly apostrophes and missing ones change nothing that is told', () => {
  fc.assert(
    fc.property(fc.constantFrom(...danger), (text) => {
      const kinds = told(text).map(({ kind }) => kind);
      for (const other of [text.toUpperCase(), text.replaceAll("'", '\u2019'), text.replaceAll("'", '')])
        expect(told(other).map(({ kind }) => kind)).toEqual(kinds);
    }),
    propertySettings(200),
  );
});
