import { expect, test } from 'vitest';
import { elementsOf } from './elements.ts';

test('each element follows its letter or its name', () => {
  expect(elementsOf('t: knife in hand H: she is cut risk: he is still there v: a child upstairs')).toEqual({
    threat: 'knife in hand',
    harm: 'she is cut',
    risk: 'he is still there',
    vulnerability: 'a child upstairs',
  });
});

test('an element without words is not answered', () => {
  expect(elementsOf('t: h: she is cut')).toEqual({ harm: 'she is cut' });
});

test('a text that names no element is no assessment', () => {
  expect(elementsOf('he said: it is over')).toBeNull();
});
