import { basename, dirname, resolve } from 'node:path';
import type { CaseFile, Expectation } from './case-file.ts';
import type { Checked } from './expectations.ts';

const folder = 'quiet';

/** Whether a case lies in a folder called `quiet`, as it was named or where it really is. */
function isInQuiet(path: string): boolean {
  return dirname(path).split(/[\\/]/).includes(folder) || basename(dirname(resolve(path))) === folder;
}

function isNeedle({ raised = [], refused = [], climbs = [] }: Expectation): boolean {
  return raised.length + refused.length + climbs.length > 0;
}

/**
 * What a case in a folder called `quiet` lacks beside its own expectations: it must say that it is quiet, and the same
 * case with one fact changed must be caught. Silence proves nothing of a room that never speaks.
 */
export function quietRules(path: string, { expect, variants }: CaseFile): readonly Checked[] {
  if (!isInQuiet(path)) return [];
  const lacking: Checked[] = [];
  if (expect.quiet === undefined)
    lacking.push({ expected: 'a quiet case expects quiet', held: false, found: 'expect names no quiet' });
  if (!variants.some((one) => isNeedle(one.expect))) {
    const expected = 'a quiet case passes only together with its needle, a variant that is caught';
    const found = variants.length === 0 ? 'no variant' : 'no variant that expects anything raised, refused or climbing';
    lacking.push({ expected, held: false, found });
  }
  return lacking;
}
