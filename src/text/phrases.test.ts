import { expect, test } from 'vitest';
import { shippedPhrases, writtenPhrases } from '../../test/phrase-list.ts';
import type { PhraseList } from './phrases.ts';
import { phraseListSchema } from './phrases.ts';
import { compilePhrases } from './reader.ts';

const { cues } = shippedPhrases;
const small = {
  version: '1',
  spellings: { knife: ['nife'] },
  sets: shippedPhrases.sets,
  kinds: {
    weapon: { reads: 'danger', means: 'A weapon is told of', lifeThreat: true, phrases: ['{weapon}'] },
    'past-violence-warning': { reads: 'danger', means: 'A warning', phrases: ['{gets} violent'] },
  },
  quiet: {},
  cues: {
    ...cues,
    past: { ...cues.past, groups: cues.past.groups.filter(({ kinds }) => kinds === undefined) },
    resolved: [],
  },
} satisfies PhraseList;

/** What the schema says of a list that differs from a good one. */
function faultsOf(change: Record<string, unknown>): readonly string[] {
  const read = phraseListSchema.safeParse({ ...small, ...change });
  return read.success ? [] : read.error.issues.map(({ message }) => message);
}

function withPhrase(...phrases: readonly string[]): Record<string, unknown> {
  return { kinds: { ...small.kinds, weapon: { ...small.kinds.weapon, phrases } } };
}

test('the shipped list is good, and a list is read back from its own JSON', () => {
  expect(phraseListSchema.safeParse(writtenPhrases()).success).toBe(true);
  expect(faultsOf({})).toEqual([]);
  const copy = phraseListSchema.parse(JSON.parse(JSON.stringify(shippedPhrases)));
  expect(compilePhrases(copy).read('he has a knife')).toEqual(compilePhrases(shippedPhrases).read('he has a knife'));
});

test.each([
  ['a {wepon} seen', 'names the set {wepon}, which is not among the sets'],
  ['..2', 'holds only gaps and what may be left out; it would be found in every text'],
  ['{the}?', 'holds only gaps and what may be left out; it would be found in every text'],
  ['..2 knife', 'begins or ends with a gap or with what may be left out; such stand between words'],
  ['knife a?', 'begins or ends with a gap or with what may be left out; such stand between words'],
  ['a ..2 ..2 knife', 'has two gaps in a row'],
  ['a ..9 knife', 'has the gap ..9; a gap is at most ..5'],
  ['a b? c? d? e? f', 'has more than 3 places that may be left out'],
  ['Knife', 'holds "Knife"; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2'],
  ['kni.*', 'holds "kni.*"; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2'],
  [
    'ex-husband',
    'holds "ex-husband"; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2',
  ],
  ['knife # 2', 'has #, which only sets may have'],
  ['two  spaces', 'holds ""; expected a word in lower case (letters, figures, apostrophe), a slot {name} or a gap ..2'],
  ['a b c d e f g h i j k', 'has more than 10 words'],
])('the phrase %j is refused, naming kind and phrase', (phrase, says) => {
  expect(faultsOf(withPhrase('knife', phrase))).toEqual([
    `kind "weapon": the phrase ${JSON.stringify(phrase)} ${says}`,
  ]);
});

test('a phrase that stands twice is refused, apostrophes or not', () => {
  expect(faultsOf(withPhrase("won't stop", 'knife', 'wont stop'))).toEqual([
    'kind "weapon": the phrase "wont stop" stands there twice (first as number 1)',
  ]);
});

test('a phrase that is too long is refused', () => {
  expect(faultsOf(withPhrase('a'.repeat(121)))).not.toEqual([]);
});

test('a fault is told with its path, so that a loader can find the line', () => {
  const read = phraseListSchema.safeParse({ ...small, ...withPhrase('knife', '{wepon}') });
  expect(read.error?.issues.map(({ path }) => path)).toEqual([['kinds', 'weapon', 'phrases', 1]]);
});

const claim = { reads: 'claim', means: 'A claim', phrases: ['done'] };

test.each([
  [{ quiet: { gone: { because: 'A reason', kinds: ['wepon'], phrases: ['knife crime'] } } }, 'names the kind "wepon"'],
  [{ kinds: { ...small.kinds, done: claim } }, 'a claim needs says: the state that it claims'],
  [
    { kinds: { ...small.kinds, done: { ...claim, says: 'arrested', lifeThreat: true } } },
    'only danger may be a threat',
  ],
  [{ kinds: { ...small.kinds, weapon: { ...small.kinds.weapon, says: 'arrested' } } }, 'only a claim says a state'],
  [{ sets: { ...small.sets, round: ['{circle}'], circle: ['{round}'] } }, 'holds itself, or sets more than'],
  [{ sets: { ...small.sets, loose: ['a ..2 b'] } }, 'is loose; gaps and what may be left out stand only in phrases'],
  [{ spellings: { knife: ['nife'], gun: ['nife'] } }, 'stands for "knife" already'],
  [{ cues: { ...small.cues, hedge: ['may be'] } }, 'is more than one word or one set'],
  [{ cues: { ...small.cues, present: { becomes: 'warning', phrases: ['now'] } } }, 'names the kind "warning"'],
  [{ quiet: { gone: { because: 'A reason', kinds: ['weapon'], phrases: ['^knife$'] } } }, 'has ^ or $'],
  [
    { cues: { ...small.cues, past: { ...small.cues.past, groups: [{ kinds: ['wepon'], phrases: ['last night'] }] } } },
    'names the kind "wepon"',
  ],
])('a list that does not hold together is refused: %#', (change, says) => {
  expect(faultsOf(change).join('\n')).toContain(says);
});

test('every set of the shipped list is used, and every spelling means a word of it', () => {
  const { spellings, ...rest } = shippedPhrases;
  const written = JSON.stringify(rest);
  expect(Object.keys(rest.sets).filter((name) => !written.includes(`{${name}}`))).toEqual([]);
  const words = new Set(written.replaceAll("'", '').split(/[^a-z0-9]+/));
  expect(Object.keys(spellings).filter((word) => !words.has(word))).toEqual([]);
});

test('nothing is a pattern of another kind: no phrase, set or cue of the shipped list holds one', () => {
  const everything = JSON.stringify([shippedPhrases.kinds, shippedPhrases.quiet, shippedPhrases.cues]);
  expect(everything).not.toMatch(/\\\\|\.\*|\[\^|\(\?/);
});
