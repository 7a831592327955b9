import { expect, test } from 'vitest';
import { entries, mixed, speech } from '../../test/held-out-sentences.ts';
import { read, toldDangers } from '../../test/phrase-list.ts';

/** Danger told in words that only somebody who understands them can hear; the handler is not replaced by a list. */
const beyond: readonly string[] = [
  "I can smell gas and he says he'll light it",
  "I've just found my husband in the garage, I think he's gone",
  'my stepdad came in my room again last night',
  "if he can't have me nobody will",
  'he gave me that look again',
];

interface Row {
  readonly sentence: string;
  readonly danger: string;
  readonly kinds: readonly string[];
}

function rowsOf(table: string): readonly Row[] {
  const lines = table.trim().split('\n');
  return Array.from({ length: lines.length / 2 }, (_, at) => {
    const [danger = '', kinds = ''] = (lines[2 * at] ?? '').split(': ');
    return { sentence: lines[2 * at + 1] ?? '', danger, kinds: kinds.split(', ').filter((kind) => kind !== '') };
  });
}

const rows = [entries, speech, mixed].flatMap(rowsOf);

test('there are eighty entries, sixty as spoken, and what is left of forty mixed', () => {
  expect([entries, speech, mixed].map((lot) => rowsOf(lot).length)).toEqual([80, 60, 37]);
});

test.each(rows)('$danger is told: $sentence', ({ sentence, danger, kinds }) => {
  const told = read(sentence).filter(({ standing }) => standing === 'told');
  expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
  const found = told.some(({ reads }) => reads === 'danger') ? 'danger' : 'no danger';
  expect([found, 'either']).toContain(danger);
});

test.each(beyond)('a list of phrases does not hear: %s', (sentence) => {
  expect(toldDangers(sentence)).toEqual([]);
});
