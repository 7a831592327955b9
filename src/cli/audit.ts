import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { csvText } from '../audit/csv.ts';
import { auditHtml } from '../audit/html.ts';
import type { AuditMapping } from '../audit/mapping.ts';
import { auditMapping } from '../audit/mapping.ts';
import { reportOf } from '../audit/report.ts';
import { terminalText } from '../audit/terminal.ts';
import { readDocument } from '../border/document.ts';
import { instant } from '../border/instant.ts';
import { defaultLimits } from '../border/limits.ts';
import { sayProblem } from '../border/problem.ts';
import { bytesOf, reasonOf } from '../policy/bytes.ts';
import { loadPolicy, nationalPolicyFile } from '../policy/load.ts';
import { timingsOf } from '../replay/case.ts';
import type { Reading } from '../room/define.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import type { TextReader } from '../policy/text-reader.ts';
import { faultOf } from '../sources/snapshot-items.ts';
import { runAudit } from './audit-run.ts';
import { misfits } from './audit-fit.ts';
import { suggestMapping } from './audit-suggest.ts';

interface Options {
  readonly mapping?: string;
  readonly policy?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
  readonly html?: string;
  readonly csv?: string;
  readonly rejects: string;
  readonly checkpoint: string;
  readonly most: string;
  readonly suggest?: true;
}

const statusOfMisuse = 2;

/** What does not let an audit begin, or go on, in sentences. */
class AuditRefused extends Error {}

/** Adds the verb `audit`, which runs a log of another system through the safeguards. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('run the log export of another system through the safeguards: who was missed')
    .argument('<export>', 'CSV or NDJSON, one row for each event or each incident; compressed with gzip or not')
    .option('--mapping <file>', 'how the export is read; --suggest proposes one')
    .option('--policy <file>', 'audit under this policy', nationalPolicyFile)
    .option('--from <time>', 'report only incidents that began at this time or later')
    .option('--to <time>', 'report only incidents that began at this time or earlier')
    .option('--json', 'write the report as JSON to standard output')
    .option('--html <file>', 'write the report as one HTML page')
    .option('--csv <file>', 'write what is told as a table')
    .option('--rejects <file>', 'where rows that could not be read whole are listed', 'rejects.ndjson')
    .option('--checkpoint <file>', 'where it is kept how far the audit has come', 'audit.checkpoint')
    .option('--most <number>', 'people and places that are told; all others are counted', '1000')
    .option('--suggest', 'propose a mapping from the columns, for a person to finish')
    .action(async (file: string, options: Options) => {
      try {
        process.exitCode = await (options.suggest === true ? suggest(file) : audited(file, options));
      } catch (error) {
        const message = sentenceOf(error, file);
        if (message === null) throw error;
        process.stderr.write(`${message}\n`);
        process.exitCode = statusOfMisuse;
      }
    });
}

/** What stopped the audit where it was the export, a file or what was asked; null where it was Heed itself. */
function sentenceOf(error: unknown, file: string): string | null {
  if (error instanceof AuditRefused) return error.message;
  const fault = faultOf(error);
  if (fault !== null) return `${file}${fault.line === 0 ? '' : `, line ${fault.line}`}: ${fault.message}`;
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || !/^[EZ]/.test(code)) return null;
  if (code.startsWith('Z')) return `${file}: expected gzip; found a file that is cut off or damaged.`;
  return code.startsWith('ERR_') ? null : `Cannot use ${typeof path === 'string' ? path : file}: ${reasonOf(error)}.`;
}

async function suggest(file: string): Promise<number> {
  process.stdout.write(await suggestMapping(file));
  return 0;
}

async function audited(file: string, options: Options): Promise<number> {
  if (options.mapping === undefined)
    throw new AuditRefused(`heed audit needs --mapping; heed audit --suggest ${file} proposes one.`);
  const loaded = loadPolicy(options.policy ?? nationalPolicyFile, timingsOf(safeguards));
  if (!loaded.ok) throw new AuditRefused(loaded.problems.map(sayProblem).join('\n'));
  const { policy, reader } = loaded.value;
  const mapping = mappingIn(options.mapping, policy);
  const most = Number(options.most);
  if (!/^\d{1,5}$/.test(options.most) || most === 0) throw new AuditRefused('--most takes a number from 1 to 99999.');
  const [from, to] = [bound('--from', options.from, 0), bound('--to', options.to, Number.MAX_SAFE_INTEGER)];
  const by = { mapping, policy, safeguards, read: remembered(reader.read), from, to, most };
  const rests = [mapping, policy, from, to, most, safeguards.map((one) => one.id)];
  const byDigest = createHash('sha256').update(JSON.stringify(rests)).digest('hex');
  const { rejects, checkpoint } = options;
  const { audited: done, rows } = await runAudit({ file, by, byDigest, rejects, checkpoint, told: progressBar() });
  const report = reportOf(done, rows);
  if (options.html !== undefined) writeFileSync(options.html, auditHtml(report));
  if (options.csv !== undefined) writeFileSync(options.csv, csvText(report));
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : terminalText(report));
  return 0;
}

function mappingIn(file: string, policy: Parameters<typeof misfits>[1]): AuditMapping {
  const bytes = bytesOf(file, defaultLimits.maxBytes);
  if (!bytes.ok) throw new AuditRefused(`Cannot read ${file}: ${bytes.message}.`);
  const read = readDocument(bytes.value, { file, schema: auditMapping });
  if (!read.ok) throw new AuditRefused(read.problems.map(sayProblem).join('\n'));
  const wrong = misfits(read.value, policy);
  if (wrong.length === 0) return read.value;
  const said = wrong.map(({ path, message }) => `${file}:${read.lineOf(path)} ${path.join('.')}: ${message}`);
  throw new AuditRefused(said.join('\n'));
}

const instantSchema = instant();

function bound(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const read = instantSchema.safeParse(text);
  if (read.success) return read.data;
  throw new AuditRefused(`${option}: ${read.error.issues[0]?.message ?? 'expected a time'}.`);
}

/** Texts that are remembered with what was read in them: types of calls come again and again. */
const textsMax = 4_000;
const longText = 200;

function remembered(read: TextReader['read']): TextReader['read'] {
  const known = { caller: new Map<string, readonly Reading[]>(), staff: new Map<string, readonly Reading[]>() };
  return (text, voice) => {
    const own = known[voice];
    const found = own.get(text) ?? read(text, voice);
    if (text.length > longText) return found;
    if (own.size >= textsMax) own.clear();
    own.set(text, found);
    return found;
  };
}

const barWidth = 30;

/** A bar on a terminal; nothing where nobody watches. */
function progressBar(): (share: number, rows: number) => void {
  const startedAt = performance.now();
  if (!process.stderr.isTTY) return () => undefined;
  return (share, rows) => {
    const full = Math.round(share * barWidth);
    const perSecond = Math.round((rows / Math.max(1, performance.now() - startedAt)) * 1_000);
    const bar = `${'#'.repeat(full)}${'.'.repeat(barWidth - full)}`;
    const end = share === 1 ? '\n' : '';
    process.stderr.write(`\r[${bar}] ${Math.round(share * 100)} % ${rows} rows, ${perSecond} a second${end}`);
  };
}
