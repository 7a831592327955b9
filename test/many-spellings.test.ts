import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { performed } from './rehearsal.ts';

interface Proposed {
  readonly incident: string;
  readonly to: string;
  readonly same: readonly { readonly subject: string; readonly other: string }[];
}

/** Every link that was proposed while a case of the catalogue was played. */
function proposedIn(name: string): readonly Proposed[] {
  const text = readFileSync(new URL(`../cases/catalogue/${name}.yaml`, import.meta.url), 'utf8');
  return performed(text, safeguards)
    .played.events.filter((event) => event.type === 'LinkProposed')
    .map(({ ids, body }) => {
      const { to, same = [] } = body as Pick<Proposed, 'to'> & Partial<Proposed>;
      return { incident: ids['incident'] ?? '', to, same };
    });
}

test('with no name spelt twice alike, each call is put with those before it, and from its making on with the order', () => {
  const proposed = proposedIn('many-spellings');
  const linked = (to: string): readonly string[] => [
    ...new Set(proposed.filter((one) => one.to === to).map((one) => one.incident)),
  ];
  expect(new Set(proposed.map((one) => one.incident)).size).toBe(9);
  expect(linked('job-1').slice(0, 2)).toEqual(['job-2', 'job-3']);
  expect(linked('order-1')).toEqual(['job-7', 'job-8', 'job-9', 'job-10']);
  const toOrder = proposed.filter((one) => one.to === 'order-1').flatMap((one) => one.same.map((pair) => pair.other));
  expect(new Set(toOrder)).toEqual(new Set(['her-1', 'him-1']));
});

test('two men of one name in one street are never proposed to be one', () => {
  expect(proposedIn('many-spellings.twin')).toEqual([]);
});
