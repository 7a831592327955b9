import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import type { Problem } from '../border/problem.ts';
import { sayProblem } from '../border/problem.ts';
import { hasPassed, runCase } from '../replay/case.ts';
import { htmlOf } from '../replay/html.ts';
import { newCase } from '../replay/new.ts';
import type { Report } from '../replay/report.ts';
import { caseText, tableText } from '../replay/terminal.ts';
import { safeguards } from '../safeguards/catalogue.ts';

interface Options {
  readonly json?: true;
  readonly html?: string;
  readonly policy?: string;
  readonly new?: true;
}

const statusOfFailure = 1;
const statusOfMalformed = 2;

/** Adds the verb `replay`, which plays case files on a virtual clock and reports what would have been demanded. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('play a case file, or every case file of a folder')
    .argument('[path]', 'a case file, or a folder of case files')
    .option('--json', 'write the report as JSON to standard output')
    .option('--html <file>', 'write the report of one case as one HTML page')
    .option('--policy <file>', 'play under this policy instead of the one of the case')
    .option('--new', 'write a complete small case file to start from')
    .action((path: string | undefined, options: Options) => {
      process.exitCode = replay(path, options);
    });
}

/** Plays what was asked; 0 when every expectation held, 1 when one failed, 2 when something could not be read. */
function replay(path: string | undefined, options: Options): number {
  if (options.new === true) {
    process.stdout.write(newCase);
    return 0;
  }
  if (path === undefined)
    return malformed('heed replay needs a case file or a folder; heed replay --new prints a case to start from.');
  const files = filesAt(path);
  if (!files.ok) return malformed(files.message);
  if (options.html !== undefined && files.isFolder) return malformed('--html takes one case file, not a folder.');
  const played: { file: string; report: Report; passed: boolean }[] = [];
  const problems: Problem[] = [];
  for (const file of files.value) {
    const result = runCase(file, { safeguards, policyFile: options.policy });
    if (result.ok)
      played.push({
        file: files.isFolder ? relative(path, file) : file,
        report: result.report,
        passed: hasPassed(result.report),
      });
    else problems.push(...result.problems);
  }
  if (problems.length > 0) return malformed(problems.map(sayProblem).join('\n'));
  const [first] = played;
  if (first === undefined) return malformed(`${path} holds no case files (*.yaml).`);
  if (options.html !== undefined) writeFileSync(options.html, htmlOf(first.report));
  const reports = played.map((one) => one.report);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify(files.isFolder ? reports : first.report, null, 2)}\n`);
  else process.stdout.write(files.isFolder ? tableText(played) : caseText(first.report));
  return played.every((one) => one.passed) ? 0 : statusOfFailure;
}

function malformed(message: string): number {
  process.stderr.write(`${message}\n`);
  return statusOfMalformed;
}

type Files =
  | { readonly ok: true; readonly value: readonly string[]; readonly isFolder: boolean }
  | { readonly ok: false; readonly message: string };

/** The case file, or every case file below a folder, in order of name. */
function filesAt(path: string): Files {
  try {
    if (!statSync(path).isDirectory()) return { ok: true, value: [path], isFolder: false };
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    return {
      ok: true,
      value: names.toSorted((a, b) => (a < b ? -1 : 1)).map((name) => join(path, name)),
      isFolder: true,
    };
  } catch (error) {
    return { ok: false, message: `Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
