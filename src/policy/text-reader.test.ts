import { expect, test } from 'vitest';
import { compileLikeness } from '../text/likeness.ts';
import { compilePhrases } from '../text/reader.ts';
import { shippedPhrases } from '../../test/phrase-list.ts';
import { shippedLikeness, shippedSentences } from './sentences.ts';
import { textReader } from './text-reader.ts';

const phrases = compilePhrases(shippedPhrases);
const { read } = textReader(phrases, shippedLikeness());
const alike = "he's stood over her and she's stopped answering me, I'm sat in the bathroom with my back against it";

test('what a caller says that reads like danger is put as a likeness, never as danger told', () => {
  expect(phrases.read(alike).filter(({ reads }) => reads === 'danger')).toEqual([]);
  const [found] = read(alike, 'caller');
  expect(found).toMatchObject({ kind: 'like-danger', reads: 'likeness', lifeThreat: false });
  expect(alike).toContain(found?.quote);
});

test('what staff write is read by the list alone', () => {
  expect(read(alike, 'staff')).toEqual(phrases.read(alike));
});

test('where the list found danger told, likeness adds nothing', () => {
  const text = `${alike} and he has a knife`;
  expect(read(text, 'caller')).toEqual(phrases.read(text));
});

test('a text with more hits than an event holds keeps within its bound', () => {
  const everything = textReader(phrases, compileLikeness(shippedSentences(), -1e6));
  const long = 'checks done, no trace. '.repeat(60);
  expect(everything.read(long, 'caller')[0]?.kind).toBe('like-danger');
  expect(everything.read(long, 'caller').length).toBeLessThanOrEqual(40);
});

test('the sentences that ship hold dangers and look-alikes in numbers that can be compared, none of them twice', () => {
  const told = shippedSentences();
  const dangers = told.filter(({ danger }) => danger).length;
  expect(told.length).toBeGreaterThan(4_000);
  expect(dangers / told.length).toBeGreaterThan(0.35);
  expect(dangers / told.length).toBeLessThan(0.65);
  expect(new Set(told.map(({ text }) => text)).size).toBe(told.length);
});
