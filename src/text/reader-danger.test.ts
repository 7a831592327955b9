import { expect, test } from 'vitest';
import { dangersAsked } from '../../test/danger-sentences-asked.ts';
import { dangersAtOnce } from '../../test/danger-sentences.ts';
import { shippedPhrases } from '../../test/phrase-list.ts';
import { kindsReading, testSentences } from '../../test/sentences.ts';

testSentences({ ...dangersAtOnce, ...dangersAsked }, kindsReading('danger'));

test('the kinds that act at once are those that the list marks as threats to life', () => {
  const marked = kindsReading('danger').filter((kind) => shippedPhrases.kinds[kind]?.lifeThreat === true);
  expect(Object.keys(dangersAtOnce).toSorted()).toEqual(marked.toSorted());
});
