import { expect, test } from 'vitest';
import { redactionsIn } from './redactions.ts';

test('what is withheld is read line by line: words or an entry, and why', () => {
  expect(redactionsIn('Ann Reed = a third party\n\n 46 = a source\n a = b = a sum \nno reason')).toEqual([
    { words: 'Ann Reed', reason: 'a third party' },
    { seq: 46, reason: 'a source' },
    { words: 'a = b', reason: 'a sum' },
    { words: 'no reason', reason: 'no reason was given' },
  ]);
});
