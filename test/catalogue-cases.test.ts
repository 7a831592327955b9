import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCase } from '../src/replay/case.ts';
import type { Expectation } from '../src/replay/case-file.ts';
import type { Checked } from '../src/replay/expectations.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';

const folder = fileURLToPath(new URL('../cases/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: readFileSync(folder + file, 'utf8') }));

/** Only Heed's own fault raises it: no case of what people did can, and its test breaks a safeguard on purpose. */
const notOfCases = ['safeguard-failed'];

interface Written {
  readonly expect?: Expectation;
  readonly variants?: readonly { readonly expect?: Expectation }[];
}

/** A case with its twin, or with its variants: one story and the same story with a few facts changed. */
interface Family {
  readonly stem: string;
  readonly files: readonly string[];
  readonly size: number;
  readonly expectations: readonly Expectation[];
}

function familiesOf(): readonly Family[] {
  const stems = [...new Set(files.map(({ file }) => file.replace(/(?:\.twin)?\.yaml$/, '')))];
  return stems.map((stem) => {
    const own = files.filter(({ file }) => file.replace(/(?:\.twin)?\.yaml$/, '') === stem);
    const written = own.map(({ text }) => parse(text) as Written);
    return {
      stem,
      files: own.map(({ file }) => file),
      size: own.reduce((sum, { text }) => sum + text.length, 0),
      expectations: written.flatMap(({ expect: base, variants = [] }) =>
        [base, ...variants.map((one) => one.expect)].filter((one) => one !== undefined),
      ),
    };
  });
}
const families = familiesOf().toSorted((a, b) => a.size - b.size);

function demands(id: string, { raised = [], refused = [], climbs = [] }: Expectation): boolean {
  return [...raised, ...refused, ...climbs].some((one) => one.safeguard === id);
}

function isSilentIn(id: string, { never = [], quiet }: Expectation): boolean {
  return never.includes(id) || quiet === 'prompt';
}

/** The catalogue with one safeguard that is known by name and does nothing. */
function without(id: string): readonly Safeguard[] {
  return safeguards.map((one) =>
    one.id === id ? { id, needs: one.needs, timings: one.timings, words: one.words, on: [] } : one,
  );
}

/** Everything that a file expects, its variants included, played with these safeguards. */
function judged(file: string, house: readonly Safeguard[]): readonly Checked[] {
  const result = runCase(folder + file, { safeguards: house });
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

test('with the whole catalogue every one of these cases holds, its quiet twins too', () => {
  const broken = files.flatMap(({ file }) =>
    judged(file, safeguards)
      .filter((one) => !one.held)
      .map((one) => `${file}: ${one.expected}; ${one.found}`),
  );
  expect(broken).toEqual([]);
});
