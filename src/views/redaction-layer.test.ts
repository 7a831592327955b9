import { expect, test } from 'vitest';
import type { Block, DisclosedEntry } from './disclosure.ts';
import { redacted } from './redaction-layer.ts';

const entry: DisclosedEntry = {
  seq: 7,
  at: 1,
  recordedAt: 1,
  by: 'ann-reed',
  source: 'handler',
  text: 'Ann  Reed (a.b) said so; ANN REED again',
  corrects: null,
  correctedBy: null,
  incident: 'i1',
};
const blocks: readonly Block[] = [
  { kind: 'heading', level: 1, text: 'Record of Ann Reed' },
  { kind: 'entry', seq: 7, label: 'Entry 7', text: entry.text },
  { kind: 'entry', seq: 8, label: 'Entry 8', text: 'a source told us' },
];
const original = { blocks, log: [entry] };

test('words are withheld wherever they stand, whatever their capitals and spaces, and the original stays', () => {
  const given = redacted(original, [{ words: 'ann reed', reason: 'a third party' }], 'supervisor-1');
  expect(given.blocks.map((one) => one.text)).toEqual([
    'Record of [withheld 1]',
    '[withheld 1] (a.b) said so; [withheld 1] again',
    'a source told us',
  ]);
  expect(given.log[0]?.text).toBe('[withheld 1] (a.b) said so; [withheld 1] again');
  expect(given.lines).toEqual([
    { number: 1, kind: 'words', seq: null, reason: 'a third party', by: 'supervisor-1', places: 3, seqs: [7] },
  ]);
  expect(original.log[0]?.text).toBe(entry.text);
});

test('an entry is withheld whole, by its place, and what names nothing is said to be nowhere', () => {
  const redactions = [
    { seq: 8, reason: 'a source' },
    { seq: 99, reason: 'absent' },
    { words: '(a.b)', reason: 'signs are signs' },
  ];
  const given = redacted(original, redactions, 'supervisor-1');
  expect(given.blocks[2]?.text).toBe('[withheld 1]');
  expect(given.blocks[1]?.text).toContain('[withheld 3] said so');
  expect(given.lines.map((one) => one.places)).toEqual([1, 0, 1]);
});

test('any signs may be withheld, and none is taken for a pattern', () => {
  for (const words of ['ann-reed', '\\d+', '[a-z]*', 'a|b', '^$', '中文', '{2}/'])
    expect(
      redacted({ blocks: [{ kind: 'text', text: `x ${words} y Ann` }], log: [] }, [{ words, reason: 'as asked' }], 'me')
        .blocks[0]?.text,
    ).toBe('x [withheld 1] y Ann');
});
