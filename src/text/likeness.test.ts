import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Told } from './likeness.ts';
import { compileLikeness } from './likeness.ts';

const told: readonly Told[] = [
  { danger: true, text: 'she is on the floor and he is stood over her' },
  { danger: true, text: 'he is stood over my brother with a chair leg' },
  { danger: true, text: 'somebody is on the floor, please be quick' },
  { danger: false, text: 'the boxes are on the floor and the shop is open' },
  { danger: false, text: 'there is a van parked over my drive' },
  { danger: false, text: 'the shop has left its boxes by my drive' },
];
const { read } = compileLikeness(told, 0.5);

function quoted(text: string): string | null {
  const like = read(text);
  return like === null ? null : text.slice(like.start, like.end);
}

test('what stands oftener in dangers weighs towards danger, and where it weighs most is told', () => {
  expect(quoted('Hello? Is that you? He Is STOOD over them all now')).toContain('He Is STOOD over');
});

test('what stands oftener in look-alikes reads like none', () => {
  expect(read('the shop and its boxes by my drive')).toBeNull();
});

test('words that no sentence holds weigh nothing, and a few words too little', () => {
  expect(read('zyzzyva quokka wombat emu dingo')).toBeNull();
  expect(read('')).toBeNull();
  expect(read('stood over her')).toBeNull();
});

test('case, apostrophes, accents and endings make no difference', () => {
  const reader = compileLikeness(told, -100);
  const plain = reader.read('he stood over her boxes')?.weight;
  expect(reader.read('HE STOOD OVER HÉR BOXES')?.weight).toBe(plain);
  expect(reader.read("he's stood over me now")?.weight).toBe(reader.read('hes stood over me now')?.weight);
});

test('danger at the end of a long text is found as at its beginning', () => {
  const dull = 'quokka '.repeat(5_000);
  expect(quoted(`${dull} he is stood over her on the floor`)).toContain('stood over');
});

test('the order in which sentences were given makes no difference', () => {
  const reversed = compileLikeness(told.toReversed(), -100);
  const forward = compileLikeness(told, -100);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expect(reversed.read(text)).toEqual(forward.read(text));
    }),
  );
});

test('whatever the text, where it weighs most lies in it and is bounded', () => {
  const all = compileLikeness(told, -100);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
      const { start = 0, end = 0 } = all.read(text) ?? {};
      expect([0, start, end, text.length]).toEqual([0, start, end, text.length].toSorted((a, b) => a - b));
      expect(end - start).toBeLessThanOrEqual(400);
    }),
  );
});
