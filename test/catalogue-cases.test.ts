import { expect, test } from 'vitest';
import { runCase } from '../src/replay/case.ts';
import type { Checked } from '../src/replay/expectations.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { catalogueEntries, reasonOf } from './generated-docs.ts';
import { caseFiles, casesFolder, demands, families, isSilentIn } from './case-families.ts';

/** Only Heed's own fault raises it: no case of what people did can, and its test breaks a safeguard on purpose. */
const notOfCases = ['safeguard-failed'];

/** The catalogue with one safeguard that is known by name and does nothing. */
function without(id: string): readonly Safeguard[] {
  return safeguards.map((one) =>
    one.id === id ? { id, needs: one.needs, timings: one.timings, words: one.words, on: [] } : one,
  );
}

/** Everything that a file expects, its variants included, played with these safeguards. */
function judged(file: string, house: readonly Safeguard[]): readonly Checked[] {
  const result = runCase(casesFolder + file, { safeguards: house });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const { expectations, variants } = result.report;
  return [...expectations, ...variants.flatMap((one) => one.expectations)];
}

/** What names a safeguard among everything that was expected: that it speaks, or that it does not. */
function namesIt(id: string, { expected }: Checked): boolean {
  return expected.startsWith(`${id} `) || expected.endsWith(` by ${id}`);
}

const covered = safeguards.map((one) => one.id).filter((id) => !notOfCases.includes(id));

test.each(covered)('%s has a case that fails without it, and the quiet twin of that case', (id) => {
  const own = families.filter(
    ({ expectations }) =>
      expectations.some((one) => demands(id, one)) && expectations.some((one) => isSilentIn(id, one)),
  );
  const [smallest] = own;
  expect(smallest, `no case demands ${id} and has a twin in which it is silent`).toBeDefined();
  const failed = (smallest?.files ?? [])
    .flatMap((file) => judged(file, without(id)))
    .filter((one) => namesIt(id, one) && !one.held);
  expect(failed.length, `${smallest?.stem ?? ''} passes without ${id}`).toBeGreaterThan(0);
});

test.each(caseFiles.map(({ file }) => file))('%s holds with the whole catalogue, its twins too', (file) => {
  const broken = judged(file, safeguards).filter((one) => !one.held);
  expect(broken).toEqual([]);
});

test('every safeguard has its whole page, and no page is of a safeguard that there is not', () => {
  const ids = safeguards.map((one) => one.id);
  expect(Object.keys(catalogueEntries).toSorted()).toEqual(ids.toSorted());
  expect(ids.filter((id) => reasonOf(id) === '')).toEqual([]);
});
