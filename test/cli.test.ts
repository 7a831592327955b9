import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { newCase } from '../src/replay/new.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const heedFile = join(root, 'bin', 'heed.js');
const folder = mkdtempSync(join(tmpdir(), 'heed-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in the folder of this test. */
function heed(args: readonly string[], nodeArgs: readonly string[] = []): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, heedFile, 'replay', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** What a refusal looks like: status 2, nothing on standard output, no trace of the program's inside. */
function refused(args: readonly string[]): string {
  const { status, stdout, stderr } = heed(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).not.toMatch(/^ {4}at |node:internal|undefined|\[object/m);
  return stderr;
}

function put(name: string, text: string | Uint8Array): string {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}

/** The new case with one text of it changed. */
function changed(from: string, to: string): string {
  if (!newCase.includes(from)) throw new Error(`the new case does not say ${from}`);
  return newCase.replace(from, to);
}

const failing = changed('turn-before-harm: true', 'turn-before-harm: false');

describe('heed replay of one case', () => {
  put('two-calls.yaml', newCase);

  test('ends with 0 when everything held, and prints its timeline', () => {
    const { status, stdout, stderr } = heed(['two-calls.yaml']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^two-calls: Two calls about one flat/);
    expect(stdout).toContain('21:17:00 ! alarm');
    expect(stdout).toContain('held   a turn before the harm: yes');
  });

  test('ends with 1 when an expectation failed, and says which', () => {
    const { status, stdout, stderr } = heed([put('failing.yaml', failing)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('FAILED a turn before the harm: no. Found: ');
  });

  test('ends with 2 when the file is wrong, and says where', () => {
    put('wrong.yaml', changed('safeguard: danger-told', 'safeguard: danger-tld'));
    expect(refused(['wrong.yaml'])).toBe(
      'wrong.yaml:28:1 expect.raised[0].safeguard: expected the id of a safeguard; ' +
        'found "danger-tld": did you mean "danger-told"?\n',
    );
  });

  test('writes JSON that is the same to the byte each time', () => {
    const first = heed(['two-calls.yaml', '--json']);
    const second = heed(['two-calls.yaml', '--json']);
    expect(first.status).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({ case: 'two-calls', harmAt: '2026-02-03T22:10:00Z' });
  });

  test('writes a page beside what it prints', () => {
    const { status, stdout } = heed(['two-calls.yaml', '--html', 'page.html']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^two-calls: /);
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
  });

  test('writes no page where it cannot, and none over the case', () => {
    expect(refused(['two-calls.yaml', '--html', 'nowhere/page.html'])).toBe(
      'Cannot write nowhere/page.html: there is no such file or folder.\n',
    );
    expect(refused(['two-calls.yaml', '--html', './two-calls.yaml'])).toBe(
      '--html ./two-calls.yaml would write over the case itself; name another file.\n',
    );
    expect(readFileSync(join(folder, 'two-calls.yaml'), 'utf8')).toBe(newCase);
  });

  test('stops quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [heedFile, 'replay', 'two-calls.yaml', '--json'], { cwd: folder });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, said }).toEqual({ status: 0, said: '' });
  });

  test('says so when the fault is its own, with a status of its own', () => {
    const fault = 'data:text/javascript,Array.prototype.findLast=()=>{throw new Error("planted")}';
    const { status, stdout, stderr } = heed(['two-calls.yaml'], ['--import', fault]);
    expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
    expect(stderr).toMatch(/^A fault in Heed itself, not in your files; please report it\.\nError: planted\n/);
  });
});

test('heed replay --new prints a case that plays', () => {
  expect(heed(['--new'])).toEqual({ status: 0, stdout: newCase, stderr: '' });
});

describe('heed replay of a folder', () => {
  test('is a table; one case that fails makes it 1, and a quiet case needs its needle', () => {
    put('mixed/b.yaml', newCase);
    put('mixed/a.yaml', failing);
    put('mixed/deep/c.yaml', newCase);
    put(
      'mixed/quiet/alone.yaml',
      changed('  turn-before-harm: true', '  quiet: alarm').replace(/^ {2}raised.*\n/m, ''),
    );
    put('mixed/notes.txt', 'not a case');
    symlinkSync('.', join(folder, 'mixed', 'loop'), 'dir');
    const { status, stdout, stderr } = heed(['mixed']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const rows = stdout.split('\n').slice(1, 5);
    expect(rows.map((row) => row.split(/ +/)[0]?.replaceAll('\\', '/'))).toEqual([
      'a.yaml',
      'b.yaml',
      'deep/c.yaml',
      'quiet/alone.yaml',
    ]);
    expect(rows.map((row) => row.split(/ +/).at(-1))).toEqual(['FAILED', 'passed', 'passed', 'FAILED']);
    expect(stdout).toContain('FAILED a quiet case passes only together with its needle, a variant that is caught.');
  });

  test('gives a list as JSON, in order of name', () => {
    put('listed/b.yaml', newCase.replace('two-calls', 'second'));
    put('listed/a.yaml', newCase.replace('two-calls', 'first'));
    const { status, stdout } = heed(['listed', '--json']);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as readonly { readonly case: string }[]).map((one) => one.case)).toEqual([
      'first',
      'second',
    ]);
  });
});

/** A file that is wrong, and where and how it is said to be. */
type Malformed = readonly [name: string, text: string | Uint8Array, said: RegExp];

const manyCommands = Array.from(
  { length: 30_000 },
  () => "  - { at: '21:18', by: handler-1, do: AddEntry, with: { incident: job-1, text: More } }\n",
).join('');

const malformed: readonly Malformed[] = [
  ['binary', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), /^1:1 expected text in UTF-8/],
  ['zeros', new Uint8Array(4_000), /^1:1 expected a text file; found a NUL byte/],
  ['empty', '', /^1:1 expected a document; found an empty file$/],
  [
    'large',
    `${newCase}# ${'x'.repeat(5 * 1024 * 1024)}\n`,
    /^1:1 Cannot read: it has \d+ bytes, and at most 4194304 are read\.$/,
  ],
  [
    'many-commands',
    changed('harm: {', `${manyCommands}harm: {`),
    /^13:3 commands: expected a list of at most 20000 items; found a list of 30013$/,
  ],
  ['deep', `case: ${'['.repeat(2_000)}`, /^1:39 expected at most 32 lists and groups inside one another/],
  [
    'bomb',
    `a: &a [x, x]\n${'bcdefghij'.replaceAll(/./g, (to) => `${to}: &${to} [*a, *a, *a]\n`)}`,
    /^1:4 expected a value; found an anchor/,
  ],
  [
    'backwards',
    changed("at: '21:15', do", "at: '21:03', do"),
    /^20:1 commands\[7\]\.at: Recorded time goes backwards: .* 2026-02-03 21:07:00\. A time on the next day needs /,
  ],
  [
    'staff',
    changed('by: handler-2, do: JoinContact', 'by: handler-3, do: JoinContact'),
    /^24:1 commands\[11\]\.by: Nobody by the id handler-3 .* Did you mean handler-1\?$/,
  ],
  [
    'role',
    changed('fim-1: fim', 'fim-1: fimm'),
    /^8:1 world\.staff\.fim-1: The policy knows no role fimm; its roles are /,
  ],
  ['field', changed('with: { contact: call-1, channel', 'wiht: { contact: call-1, channel'), /^13:\d+ commands\[0\]/],
  ['policy', `policy: metropolitn\n${newCase}`, /^1:1 policy: .* found "metropolitn": did you mean "metropolitan"\?$/],
];

describe('a folder with malformed files', () => {
  for (const [name, text] of malformed) put(`malformed/${name}.yaml`, text);
  put('malformed/good.yaml', newCase);

  test('prints every problem as file:line:column, and no half report', () => {
    const lines = refused(['malformed']).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^malformed[\\/][a-z-]+\.yaml:\d+:\d+ \S/);
    for (const [name, , said] of malformed) {
      const own = lines.filter((line) => line.startsWith(`${join('malformed', name)}.yaml:`));
      expect(own.map((line) => line.slice(line.indexOf('.yaml:') + 6)).join('\n')).toMatch(said);
    }
    expect(lines.some((line) => line.includes('good.yaml'))).toBe(false);
  });
});

describe('what cannot be read at all is one line', () => {
  test.each([
    ['a missing path', ['nothing.yaml'], 'Cannot read nothing.yaml: there is no such file or folder.\n'],
    ['no path', [], 'heed replay needs a case file or a folder; heed replay --new prints a case to start from.\n'],
    ['a page of a folder', ['mixed', '--html', 'x.html'], '--html takes one case file, not a folder.\n'],
  ])('%s', (_name, args, says) => {
    expect(refused(args)).toBe(says);
  });

  test('a folder without cases', () => {
    put('empty/notes.yml', 'not a case');
    expect(refused(['empty'])).toBe('empty holds no case files (*.yaml).\n');
  });

  test('an option that is none', () => {
    expect(refused(['two-calls.yaml', '--jsn'])).toContain("error: unknown option '--jsn'");
  });
});

describe('a policy that cannot be used is said of the policy file', () => {
  test('when it is missing, once for all cases', () => {
    expect(refused(['listed', '--policy', 'missing.yaml'])).toBe(
      'missing.yaml:1:1 Cannot read: there is no such file or folder.\n',
    );
  });

  test('when it is malformed', () => {
    put('policy.yaml', 'id: own\nchain: handler\n');
    const lines = refused(['two-calls.yaml', '--policy', 'policy.yaml']).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^policy\.yaml:\d+:\d+ \S/);
    expect(lines).toContainEqual(expect.stringMatching(/^policy\.yaml:2:8 chain: expected a list; found "handler"/));
  });
});
