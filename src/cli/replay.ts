import { realpathSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Problem } from '../border/problem.ts';
import { sayProblem } from '../border/problem.ts';
import { reasonOf } from '../policy/bytes.ts';
import { policyLoader } from '../policy/load.ts';
import { hasPassed, runCase, runCaseAfar, timingsOf } from '../replay/case.ts';
import { htmlOf } from '../replay/html.ts';
import { newCase } from '../replay/new.ts';
import type { Report } from '../replay/report.ts';
import { firstDifference } from '../replay/sameness.ts';
import { serverTheatre, ServerFault } from '../replay/server-theatre.ts';
import { caseText, tableText } from '../replay/terminal.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import { filesAt } from './files.ts';

interface Options {
  readonly json?: true;
  readonly html?: string;
  readonly policy?: string;
  readonly new?: true;
  readonly against?: string;
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
    .option('--against <url>', 'play on a running server, and compare with the play in memory')
    .option('--new', 'write a complete small case file to start from')
    .action(async (path: string | undefined, options: Options) => {
      try {
        process.exitCode = await replay(path, options);
      } catch (error) {
        if (!(error instanceof ServerFault)) throw error;
        process.exitCode = malformed(error.message);
      }
    });
}

/** Plays what was asked; 0 when every expectation held, 1 when one failed, 2 when something could not be read. */
async function replay(path: string | undefined, options: Options): Promise<number> {
  if (options.new === true) {
    process.stdout.write(newCase);
    return 0;
  }
  if (path === undefined)
    return malformed('heed replay needs a case file or a folder; heed replay --new prints a case to start from.');
  const files = filesAt(path);
  if (!files.ok) return malformed(files.message);
  if (options.against !== undefined && !URL.canParse(options.against))
    return malformed(`--against takes the address of a server, such as http://127.0.0.1:8080; not ${options.against}.`);
  if (options.html !== undefined && files.isFolder) return malformed('--html takes one case file, not a folder.');
  const { played, problems } = playEach(files.value, options.policy);
  if (problems.length > 0) return malformed([...new Set(problems.map(sayProblem))].join('\n'));
  if (options.html !== undefined) {
    const fault = writePage(options.html, played);
    if (fault !== null) return malformed(fault);
  }
  const reports = played.map((one) => one.report);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify(files.isFolder ? reports : reports[0], null, 2)}\n`);
  else if (files.isFolder)
    process.stdout.write(tableText(played.map((one) => ({ ...one, file: relative(path, one.file) }))));
  else process.stdout.write(reports.map(caseText).join(''));
  const isSame = options.against === undefined || (await areSameOn(options.against, played, options.policy));
  return isSame && played.every((one) => one.passed) ? 0 : statusOfFailure;
}

/** Plays each case once more on a server, and says where its story differs from the one in memory. */
async function areSameOn(server: string, cases: readonly Played[], policyFile: string | undefined): Promise<boolean> {
  const theatre = serverTheatre(new URL(server));
  const load = policyLoader(timingsOf(safeguards));
  let isSame = true;
  for (const { file, report } of cases) {
    const afar = await runCaseAfar(file, { safeguards, policyFile, load }, theatre);
    const difference = afar.ok ? firstDifference(report, afar.report) : afar.problems.map(sayProblem).join('\n');
    isSame &&= difference === null;
    const verdict = difference === null ? 'the same duties and refusals' : `NOT the same: ${difference}`;
    process.stderr.write(`${file} on ${server}: ${verdict}\n`);
  }
  return isSame;
}

interface Played {
  readonly file: string;
  readonly report: Report;
  readonly passed: boolean;
}

/** Every file is read before anything is reported: one that is malformed leaves no half report. */
function playEach(
  files: readonly string[],
  policyFile: string | undefined,
): { readonly played: readonly Played[]; readonly problems: readonly Problem[] } {
  const load = policyLoader(timingsOf(safeguards));
  const played: Played[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const result = runCase(file, { safeguards, policyFile, load });
    if (result.ok) played.push({ file, report: result.report, passed: hasPassed(result.report) });
    else problems.push(...result.problems);
  }
  return { played, problems };
}

/** Writes the page of the one case, or says why not; never over the case itself. */
function writePage(page: string, played: readonly Played[]): string | null {
  try {
    for (const { file, report } of played) {
      if (resolve(page) === resolve(file) || realpathSync(file) === existing(page))
        return `--html ${page} would write over the case itself; name another file.`;
      writeFileSync(page, htmlOf(report));
    }
    return null;
  } catch (error) {
    return `Cannot write ${page}: ${reasonOf(error)}.`;
  }
}

function existing(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function malformed(message: string): number {
  process.stderr.write(`${message}\n`);
  return statusOfMalformed;
}
