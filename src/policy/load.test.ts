import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { everyTiming } from '../../test/rehearsal.ts';
import { policySchema } from '../room/policy.ts';
import { bytesOf, reasonOf } from './bytes.ts';
import { loadPolicy, nationalPolicyFile, policyLoader } from './load.ts';
import { fieldInFile } from './policy-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
copyFileSync(join(dirname(nationalPolicyFile), 'phrases.yaml'), join(folder, 'phrases.yaml'));

const national = readFileSync(nationalPolicyFile, 'utf8');

/** The national policy with one text of it changed, as a file. */
function changed(from: string | RegExp, to: string): string {
  const text = national.replace(from, to);
  if (text === national) throw new Error(`the national policy does not say ${String(from)}`);
  const file = join(folder, 'changed.yaml');
  writeFileSync(file, text);
  return file;
}

/** The national policy with one timing set. */
function set(line: string): string {
  return changed('safeguards: {}', `safeguards:\n  ${line}`);
}

/** Each problem as the line of the file that it is said of, the field and the message. */
function problemsOf(file: string, timings?: readonly string[]): readonly string[] {
  const loaded = loadPolicy(file, timings);
  if (loaded.ok) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return loaded.problems.map(
    (one) => `${one.file === file} "${(lines[one.line - 1] ?? '').trim()}" ${one.field}: ${one.message}`,
  );
}

describe('the policies that ship', () => {
  test.each(['national', 'metropolitan'])('%s loads, and sets only timings that a safeguard has', (name) => {
    const loaded = loadPolicy(join(dirname(nationalPolicyFile), `${name}.yaml`), everyTiming);
    expect(loaded.ok ? [] : loaded.problems).toEqual([]);
    expect(loaded.ok && loaded.value.policy.id).toBe(name);
    expect(loaded.ok && policySchema.safeParse(loaded.value.policy).success).toBe(true);
  });

  test('bring a reader of their phrases', () => {
    const loaded = loadPolicy(nationalPolicyFile);
    expect(loaded.ok && loaded.value.reader.read('he has got a knife', 'staff').length).toBeGreaterThan(0);
  });

  test('are loaded once by a loader that keeps them', () => {
    const load = policyLoader(everyTiming);
    expect(load(nationalPolicyFile)).toBe(load(nationalPolicyFile));
  });
});

describe('a policy that is wrong is refused with its file, line and field', () => {
  const timings = ['unresourced', 'unresourced-late'];

  test('when it is not there', () => {
    const file = join(folder, 'nothing.yaml');
    const message = 'Cannot read: there is no such file or folder.';
    expect(loadPolicy(file)).toEqual({ ok: false, problems: [{ file, line: 1, column: 1, field: '', message }] });
  });

  test('when its phrase list is not there', () => {
    const [problem = ''] = problemsOf(changed(/^phrases: .*$/m, 'phrases: phrasebook.yaml'));
    expect(problem).toContain('true "phrases: phrasebook.yaml" phrases: Cannot read');
    expect(problem).toContain('phrasebook.yaml: there is no such file or folder.');
  });

  test('when its phrase list is wrong, naming that file', () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'kinds: 7\n');
    const loaded = loadPolicy(changed(/^phrases: .*$/m, 'phrases: wrong.yaml'));
    expect(loaded.ok ? [] : [...new Set(loaded.problems.map((one) => one.file))]).toEqual([join(folder, 'wrong.yaml')]);
  });

  test.each([
    ['a field that is not there', changedLine('chain: [', 'chains: ['), 'chains', 'did you mean "chain"?'],
    [
      'a span without a unit',
      changedLine('target: 15 min', 'target: 15'),
      'grades[0].target',
      'expected "none" or a duration such as 90 s',
    ],
    [
      'an authority that is none',
      changedLine('[decide-arrest] }', '[decide-arests] }'),
      'authorities[0]',
      '"decide-arrest"?',
    ],
  ] as const)('when it has %s', (_name, [from, to], field, says) => {
    const problems = problemsOf(changed(from, to)).join('\n');
    expect(problems).toContain(to);
    expect(problems).toContain(field);
    expect(problems).toContain(says);
  });

  test('when a whole policy would not stand, under the names that the file uses', () => {
    const [chain = ''] = problemsOf(
      changed('chain: [handler, dispatcher, supervisor, fim, on-call]', 'chain: [handler, fim]'),
    );
    expect(chain).toBe('true "chain: [handler, fim]" chain: the last of the chain must be on-call.');
    const [owner = ''] = problemsOf(changed('system-owner: system-owner', 'system-owner: nobody'));
    expect(owner).toContain('nobody is not one of the roles');
    const [review = ''] = problemsOf(changed('review: 182 d', 'review: 2 h'));
    expect(review).toContain('marker-kinds.high-risk-domestic.review');
    const [again = ''] = problemsOf(set('unresourced: { again: 5 s }'), timings);
    expect(again).toContain('"unresourced: { again: 5 s }" safeguards.unresourced.again');
  });

  test('when it sets a timing that no safeguard has, which would change nothing', () => {
    const [problem = ''] = problemsOf(set('unresorced: { due: 5 min }'), timings);
    expect(problem).toContain('true "unresorced: { due: 5 min }" safeguards.unresorced: expected the name of a timing');
    expect(problem).toContain('did you mean "unresourced"?');
    expect(problemsOf(set('unresourced-late: { due: 5 min }'), timings)).toEqual([]);
  });

  test('when a ladder has a rung for no role', () => {
    const [problem = ''] = problemsOf(set('unresourced: { ladder: [{ to: superviser, after: 0 s }] }'), timings);
    expect(problem).toContain('safeguards.unresourced.ladder[0].to: expected one of the roles, or on-call');
    expect(problem).toContain('did you mean "supervisor"?');
    expect(problemsOf(set('unresourced: { ladder: [{ to: on-call, after: 0 s }] }'), timings)).toEqual([]);
  });
});

function changedLine(from: string, to: string): readonly [string, string] {
  return [from, to];
}

test("a field of the room's policy is named as in the file", () => {
  expect(fieldInFile(['markerKinds', 'violent', 'reviewMs'])).toEqual(['marker-kinds', 'violent', 'review']);
  expect(fieldInFile(['grades', 0, 'targetMs'])).toEqual(['grades', 0, 'target']);
  const names = [...new Set(fieldNames(policySchema))].filter((name) => /[A-Z]/.test(String(fieldInFile([name])[0])));
  expect(names).toEqual([]);
});

/** Every name of a field anywhere in a schema. */
function fieldNames(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null || !('def' in schema)) return [];
  const def = schema.def as Readonly<Record<string, unknown>>;
  const shape = (def['shape'] ?? {}) as Readonly<Record<string, unknown>>;
  const inside = [...Object.values(shape), def['innerType'], def['element'], def['valueType']];
  return [...Object.keys(shape), ...inside.flatMap(fieldNames)];
}

describe('a file that cannot be had', () => {
  test('is refused before it is read when it is too large, a folder, or no file at all', () => {
    writeFileSync(join(folder, 'large.yaml'), 'x'.repeat(11));
    expect(bytesOf(join(folder, 'large.yaml'), 10)).toEqual({
      ok: false,
      message: 'it has 11 bytes, and at most 10 are read',
    });
    expect(bytesOf(join(folder, 'large.yaml'), 11).ok).toBe(true);
    expect(bytesOf(folder, 10)).toEqual({ ok: false, message: 'it is a folder' });
    expect(bytesOf('a\0b', 10)).toEqual({ ok: false, message: 'the system says ERR_INVALID_ARG_VALUE' });
  });

  test('has its reason in words', () => {
    expect(reasonOf(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('that is not permitted');
    expect(reasonOf(new Error('x'))).toBe('the system says no more');
    expect(reasonOf('x')).toBe('the system says no more');
  });
});
