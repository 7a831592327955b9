import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('what was asked a moment ago is answered without being worked out again', () => {
  const worked: string[] = [];
  const lengthOf = remembered((text) => {
    worked.push(text);
    return text.length;
  }, 10);
  expect([lengthOf('mill lane'), lengthOf('mill lane'), lengthOf('')]).toEqual([9, 9, 0]);
  expect(worked).toEqual(['mill lane', '']);
});

test('what nobody asked for since is forgotten, and what is asked for again and again is not', () => {
  const worked: string[] = [];
  const lengthOf = remembered((text) => {
    worked.push(text);
    return text.length;
  }, 10);
  lengthOf('once');
  for (let at = 0; at < 100; at += 1) {
    lengthOf(`street ${at}`);
    lengthOf('often');
  }
  expect(lengthOf('once')).toBe(4);
  expect(worked.filter((text) => text === 'once')).toHaveLength(2);
  expect(worked.filter((text) => text === 'often')).toHaveLength(1);
});
