import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeMoved, sharesOf, widthsKept } from './layout.ts';

const own = [1.1, 2.1, 0.8];
const sum = (widths: readonly number[]): number => widths.reduce((whole, one) => whole + one, 0);

describe('the widths of a desk', () => {
  test.each([null, '', 'rubbish', '[]', '[1,1]', '[0,0,1]', '{"length":3}', '[null,1,1]'])(
    'are its own where %j was kept',
    (text) => {
      expect(widthsKept(text, own)).toEqual(sharesOf(own));
    },
  );

  test('come back as they were kept', () => {
    const moved = edgeMoved(sharesOf(own), 0, 0.1);
    const back = widthsKept(JSON.stringify(moved), own);
    for (const [at, one] of moved.entries()) expect(back[at]).toBeCloseTo(one, 9);
  });

  test('fill the desk and leave nobody without a column, whatever edges are moved', () => {
    const moves = fc.array(fc.tuple(fc.nat(2), fc.double({ min: -2, max: 2, noNaN: true })), { maxLength: 30 });
    fc.assert(
      fc.property(moves, (all) => {
        const widths = all.reduce((before, [edge, by]) => edgeMoved(before, edge, by), sharesOf(own));
        expect(sum(widths)).toBeCloseTo(1, 9);
        expect(Math.min(...widths)).toBeGreaterThan(0.11);
      }),
    );
  });
});
