import { describe, expect, test } from 'vitest';
import { shippedPhrases, toldKinds } from './phrase-list.ts';

/** Sentences that must be told as a kind, and sentences that must not. */
export interface Sentences {
  readonly told: readonly string[];
  readonly quiet: readonly string[];
}

const fewestTold = 8;
const fewestQuiet = 4;

/** The kinds of the shipped list that read as one of these. */
export function kindsReading(...reads: readonly string[]): readonly string[] {
  return Object.entries(shippedPhrases.kinds)
    .filter(([, kind]) => reads.includes(kind.reads))
    .map(([name]) => name);
}

/** Tests each sentence of a table, and that the table has enough of them for each of these kinds. */
export function testSentences(table: Readonly<Record<string, Sentences>>, kinds: readonly string[]): void {
  test(`each kind has at least ${fewestTold} sentences told and ${fewestQuiet} that are not`, () => {
    expect(Object.keys(table).toSorted()).toEqual(kinds.toSorted());
    const rows = Object.entries(table);
    expect(rows.filter(([, { told, quiet }]) => told.length < fewestTold || quiet.length < fewestQuiet)).toEqual([]);
  });
  describe.each(Object.entries(table))('%s', (kind, { told, quiet }) => {
    test.each(told)('is told: %s', (sentence) => {
      expect(toldKinds(sentence)).toContain(kind);
    });
    test.each(quiet)('is not told: %s', (sentence) => {
      expect(toldKinds(sentence)).not.toContain(kind);
    });
  });
}
