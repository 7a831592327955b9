import { describe, expect, test } from 'vitest';
import { dangers } from '../../test/danger-sentences.ts';
import { shippedPhrases, toldKinds } from '../../test/phrase-list.ts';

const inList = Object.entries(shippedPhrases.kinds)
  .filter(([, { reads }]) => reads === 'danger')
  .map(([kind]) => kind);

test('every kind of danger has its sentences: at least eight told and four that are not', () => {
  expect(Object.keys(dangers).toSorted()).toEqual(inList.toSorted());
  const thin = Object.entries(dangers).filter(([, { told, quiet }]) => told.length < 8 || quiet.length < 4);
  expect(thin).toEqual([]);
});

describe.each(Object.entries(dangers))('%s', (kind, { told, quiet }) => {
  test.each(told)('is told: %s', (sentence) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
  test.each(quiet)('is not told: %s', (sentence) => {
    expect(toldKinds(sentence)).not.toContain(kind);
  });
});
