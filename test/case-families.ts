import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Expectation } from '../src/replay/case-file.ts';

export const casesFolder = fileURLToPath(new URL('../cases/', import.meta.url));
export const caseFiles = readdirSync(casesFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: readFileSync(casesFolder + file, 'utf8') }));

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
  const stems = [...new Set(caseFiles.map(({ file }) => file.replace(/(?:\.twin)?\.yaml$/, '')))];
  return stems.map((stem) => {
    const own = caseFiles.filter(({ file }) => file.replace(/(?:\.twin)?\.yaml$/, '') === stem);
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
/** Every case with its twin, the shortest first. */
export const families: readonly Family[] = familiesOf().toSorted((a, b) => a.size - b.size);

/** Whether something is expected of a safeguard. */
export function demands(id: string, { raised = [], refused = [], climbs = [] }: Expectation): boolean {
  return [...raised, ...refused, ...climbs].some((one) => one.safeguard === id);
}

/** Whether a safeguard is expected to be silent. */
export function isSilentIn(id: string, { never = [], quiet }: Expectation): boolean {
  return never.includes(id) || quiet === 'prompt';
}
