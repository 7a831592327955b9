import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedData } from '../../test/shared-data.ts';
import { latinOf, scriptOf, soundsOf } from './scripts.ts';

test.each([
  ['Anna', 'latin'],
  ['Анна', 'cyrillic'],
  ['محمد', 'arabic'],
  ['דוד', 'hebrew'],
  ['Άννα', 'greek'],
  ['王', 'han'],
  ['राम', 'indic'],
  ['አበበ', 'other'],
  ['123', 'latin'],
])('%s is written in %s letters', (text, script) => {
  expect(scriptOf(text)).toBe(script);
});

test('any word gives Latin letters of a bounded length, and sounds that are bounded too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (word) => {
      expect(latinOf(word).length).toBeLessThanOrEqual(800);
      expect(soundsOf(word).length).toBeLessThanOrEqual(60);
    }),
  );
});

/** How many names share a sound with their native spelling, and with that of somebody else, parts of one. */
function measured(rows: readonly (readonly [latin: string, native: string])[]): { recall: number; strangers: number } {
  const latin = rows.map(([one]) => new Set(soundsOf(one)));
  const native = rows.map(([, other]) => soundsOf(other));
  const shared = (stride: number): number =>
    native.filter((sounds, at) => sounds.some((sound) => latin[(at + stride) % rows.length]?.has(sound))).length;
  return { recall: shared(0) / rows.length, strangers: (shared(17) + shared(101)) / (2 * rows.length) };
}

const folder = sharedData('linkage');
const floors: readonly (readonly [string, number])[] = [
  ['arabic', 0.87],
  ['russian', 0.82],
  ['chinese', 0.68],
];
test.each(folder === null ? [] : floors)(
  'of real %s spellings at least %d share a sound with the English, of strangers hardly any',
  (script, floor) => {
    const lines = readFileSync(join(folder ?? '', `wd_${script}_16.tsv`), 'utf8')
      .trim()
      .split('\n');
    const rows = lines
      .filter((_, at) => at % 7 === 0)
      .map((line): readonly [string, string] => {
        const [latin = '', native = ''] = line.split('\t');
        return [latin, native.replaceAll(' ', '')];
      });
    const { recall, strangers } = measured(rows);
    expect(recall).toBeGreaterThan(floor);
    expect(strangers).toBeLessThan(0.005);
  },
);
