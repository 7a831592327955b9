import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nationalPolicy } from '../../test/control-room.ts';
import { bar, caseOf, entry, shout } from '../../test/rehearsal.ts';
import { hasPassed, runCase, timingsOf } from './case.ts';
import type { CaseResult } from './case.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-case-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, text: string): CaseResult {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return runCase(join(folder, name), {
    safeguards: [shout, bar],
    load: () => ({ ok: true, value: nationalPolicy() }),
  });
}

function failures(name: string, text: string): readonly string[] {
  const result = run(name, text);
  if (!result.ok) return result.problems.map((problem) => problem.message);
  return result.report.expectations.filter((one) => !one.held).map((one) => `${one.expected}: ${one.found}`);
}

const needle =
  "variants: [{ name: loud, says: Up, add: [X], expect: { raised: [{ safeguard: shout, by: '21:05' }] } }]\n".replace(
    'X',
    entry('21:05', 'alarm'),
  );
const quiet = 'expect: { quiet: prompt }\n';

describe('a case in a folder called quiet', () => {
  test('passes with its needle', () => {
    const result = run('quiet/good.yaml', caseOf([], quiet + needle));
    expect(result.ok && hasPassed(result.report)).toBe(true);
  });

  test('fails without a variant, and says that it needs one', () => {
    expect(failures('quiet/alone.yaml', caseOf([], quiet))).toEqual([
      'a quiet case passes only together with its needle, a variant that is caught: no variant',
    ]);
  });

  test('fails with a variant that nothing catches', () => {
    const tame = 'variants: [{ name: tame, says: Tame, remove: [], expect: { quiet: prompt } }]\n';
    expect(failures('quiet/tame.yaml', caseOf([], quiet + tame))).toEqual([
      'a quiet case passes only together with its needle, a variant that is caught: ' +
        'no variant that expects anything raised, refused or climbing',
    ]);
  });

  test('fails when it does not say that it is quiet', () => {
    expect(failures('quiet/mute.yaml', caseOf([], needle))).toEqual([
      'a quiet case expects quiet: expect names no quiet',
    ]);
  });

  test('is held to this in the folders below too, and no other case is', () => {
    expect(failures('quiet/deep/alone.yaml', caseOf([], quiet))).toHaveLength(1);
    expect(failures('loud/alone.yaml', caseOf([], quiet))).toEqual([]);
    expect(failures('loud/quiet.yaml', caseOf([], quiet))).toEqual([]);
  });
});

const named = (policy: string): string => `policy: ${policy}\n${caseOf([])}`;

function policyOf(text: string): string {
  const file = join(folder, 'policy-case.yaml');
  writeFileSync(file, text);
  const loaded: string[] = [];
  const load = (one: string): { readonly ok: true; readonly value: ReturnType<typeof nationalPolicy> } => {
    loaded.push(one);
    return { ok: true, value: nationalPolicy() };
  };
  const result = runCase(file, { safeguards: [shout, bar], load });
  if (result.ok) return loaded.join();
  return result.problems
    .map(({ file: where, line, field, message }) => `${where === file} ${line} ${field}: ${message}`)
    .join();
}

describe('the policy of a case', () => {
  test('is the national one where it names none', () => {
    expect(policyOf(caseOf([]))).toMatch(/policy.national\.yaml$/);
  });

  test('is one that ships, by its id', () => {
    expect(policyOf(named('metropolitan'))).toMatch(/policy.metropolitan\.yaml$/);
  });

  test('is one beside the case before one that ships; a folder of that name is none', () => {
    writeFileSync(join(folder, 'own.yaml'), 'id: own\n');
    expect(policyOf(named('own.yaml'))).toBe(join(folder, 'own.yaml'));
    mkdirSync(join(folder, 'national'), { recursive: true });
    expect(policyOf(named('national'))).toMatch(/policy.national\.yaml$/);
  });

  test.each([
    ['nationl', 'found "nationl": did you mean "national"?'],
    ['phrases', 'or one that ships (metropolitan, national); found "phrases"'],
    ['../../national', 'expected a policy file beside the case'],
  ])('that is none is refused in its line: %s', (policy, says) => {
    const problem = policyOf(named(policy));
    expect(problem).toMatch(/^true 1 policy: /);
    expect(problem).toContain(says);
  });
});

describe('a case file that cannot be read', () => {
  test.each([
    ['nothing.yaml', 'Cannot read: there is no such file or folder.'],
    ['.', 'Cannot read: it is a folder.'],
    ['policy-case.yaml/x.yaml', 'Cannot read: a part of its path is not a folder.'],
    ['a'.repeat(300), 'Cannot read: its name is too long.'],
  ])('is one problem: %s', (name, message) => {
    writeFileSync(join(folder, 'policy-case.yaml'), caseOf([]));
    const file = join(folder, name);
    expect(runCase(file, { safeguards: [] })).toEqual({
      ok: false,
      problems: [{ file, line: 1, column: 1, field: '', message }],
    });
  });
});

test('the timings that a policy may set are those of the safeguards', () => {
  expect(timingsOf([shout, bar])).toEqual(['shout', 'bar', 'bar-night']);
});
