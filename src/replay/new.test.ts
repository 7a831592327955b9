import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rehearse } from '../../test/rehearsal.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import { hasPassed } from './case.ts';
import { newCase } from './new.ts';

const guide = readFileSync(fileURLToPath(new URL('../../docs/case-files.md', import.meta.url)), 'utf8');

/** Every block of YAML in the guide that is a whole case. */
const cases = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)]
  .map(([, yaml = '']) => yaml)
  .filter((yaml) => /^case: /m.test(yaml));

describe('the case that `heed replay --new` prints', () => {
  test('plays, and everything that it expects holds', () => {
    const result = rehearse(newCase, safeguards);
    expect(result.ok && hasPassed(result.report)).toBe(true);
    expect(result.ok && result.report.expectations.length).toBeGreaterThan(2);
    expect(result.ok && result.report.firstTurn).not.toBeNull();
  });

  test('is the one that the guide opens with, to the letter', () => {
    expect(cases[0]).toBe(newCase);
  });
});

test.each(cases.map((text, place): [number, string] => [place + 1, text]))(
  'whole case %i of the guide plays',
  (_place, text) => {
    const result = rehearse(text, safeguards);
    expect(result.ok ? [] : result.problems).toEqual([]);
  },
);
