import { expect, test } from 'vitest';
import { shownText } from './shown-text.ts';

const all = (): boolean => true;

test('what the letters lack, what cannot be seen and what turns the line stands as its number', () => {
  const latin = (code: number): boolean => code < 0x250;
  expect(shownText('a 中 b', latin)).toBe('a [U+4E2D] b');
  expect(shownText('\u202Eevil\u202D', all)).toBe('[U+202E]evil[U+202D]');
  expect(shownText('bell\u0007\t\u200B\uFEFF', all)).toBe('bell[U+0007][U+0009][U+200B][U+FEFF]');
  expect(shownText('half \uD800', all)).toBe('half [U+D800]');
});

test('lines stay lines, and ordinary words of any script stay as they are', () => {
  expect(shownText('one\r\ntwo\nthree', all)).toBe('one\ntwo\nthree');
  expect(shownText('محمد علي, Łódź, Ελλάδα 😀', all)).toBe('محمد علي, Łódź, Ελλάδα 😀');
});

test('a word without an end is broken, and no character of it is lost', () => {
  const shown = shownText('W'.repeat(100_000), all);
  expect(shown.replaceAll('\n', '')).toHaveLength(100_000);
  expect(Math.max(...shown.split('\n').map((one) => one.length))).toBeLessThanOrEqual(80);
});
