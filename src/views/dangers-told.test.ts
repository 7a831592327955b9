import { expect, test } from 'vitest';
import type { Danger } from '../room/danger.ts';
import { dangersTold } from './dangers-told.ts';

function danger(kind: string, quote: string, more: Partial<Danger> = {}): Danger {
  return { kind, means: `${kind} is told of`, quote, lifeThreat: false, seq: 1, at: 0, confirmed: null, ...more };
}

test('what is told twice stands once, with every wording, and what threatens life stands first', () => {
  const told = dangersTold([
    danger('hurt', 'blood'),
    danger('weapon', 'a knife', { lifeThreat: true }),
    danger('hurt', 'she fell'),
    danger('hurt', 'blood', { seq: 9 }),
  ]);
  expect(told.map(({ kind, quotes }) => [kind, quotes])).toEqual([
    ['weapon', ['a knife']],
    ['hurt', ['blood', 'she fell']],
  ]);
});

test('a kind of which any telling threatens life threatens life', () => {
  const told = dangersTold([danger('hurt', 'a scratch'), danger('hurt', 'dying', { lifeThreat: true })]);
  expect(told.map((one) => one.lifeThreat)).toEqual([true]);
});

test('what a person dismissed is not told', () => {
  expect(dangersTold([danger('weapon', 'a toy gun', { confirmed: false })])).toEqual([]);
});
