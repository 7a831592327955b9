import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Bounds } from '../batch/duckdb.ts';
import { BatchRefused } from '../batch/duckdb.ts';
import type { Linking } from '../batch/link.ts';
import { historyInput, historyMapping } from '../batch/history.ts';
import { link, trainOn } from '../batch/link.ts';
import type { LinkMapping } from '../batch/link-mapping.ts';
import { linkMapping } from '../batch/link-mapping.ts';
import { evaluate, explain } from '../batch/look-up.ts';
import { modelAt, modelText } from '../batch/model-file.ts';
import type { NamedFile } from '../batch/read.ts';
import { linkHtml } from '../batch/report.ts';
import type { Told } from '../batch/stages.ts';
import { outputs } from '../batch/write.ts';
import { toSplink } from '../linkage/splink.ts';
import { readDocument } from '../border/document.ts';
import { defaultLimits } from '../border/limits.ts';
import { sayProblem } from '../border/problem.ts';
import { bytesOf, reasonOf } from '../policy/bytes.ts';
import { faultOf } from '../sources/snapshot-items.ts';
import { openReview } from '../review/review.ts';
import { endAsked } from './end-asked.ts';
import type { CarryOptions } from './link-carry.ts';
import { carriedText, carryOver } from './link-carry.ts';
import { isRefusal } from './service-verbs.ts';
import { evaluatedText, explainedText, linkedText, trainedText } from './link-text.ts';

interface Options {
  readonly memory: string;
  readonly threads: string;
  readonly json?: true;
}

interface InputOptions extends Options {
  readonly mapping?: string;
  readonly history?: string;
  readonly config?: string;
}

interface TrainOptions extends InputOptions {
  readonly model: string;
  readonly decisions?: string;
}

interface RunOptions extends InputOptions {
  readonly model?: string;
  readonly out: string;
  readonly decisions?: string;
}

interface LookUpOptions extends Options {
  readonly run: string;
}

interface ReviewOptions extends LookUpOptions {
  readonly by: string;
  readonly decisions?: string;
  readonly port: string;
}

interface EvaluateOptions extends LookUpOptions {
  readonly truth: string;
}

const statusOfMisuse = 2;
/** The room refused something: as of a case whose expectations failed. */
const statusOfRefused = 1;
const decisionsSay = 'pairs that people decided: what review wrote, or a table with the columns a, b and decision';

/** What Splink compares: few rules that any engine joins by. More are added there, in the settings. */
const splinkRules = [
  'l."surnameSound" = r."surnameSound" and l.born = r.born',
  'l.given = r.given and l.surname = r.surname',
  'l.postcode = r.postcode and l.born = r.born',
];

/** Adds the verb `link`, which puts years of records together into people. */
export function addLink(program: Command): void {
  const verb = program.command('link').description('put years of records together into people; needs DuckDB');
  withInputs(verb.command('train').description('learn a model from records, without anybody labelling them'))
    .requiredOption('--model <file>', 'where the model is written')
    .option('--decisions <file>', 'pairs that people decided, to calibrate it by: what heed link review wrote')
    .action((inputs: readonly string[], options: TrainOptions) => answered(() => trained(inputs, options)));
  withInputs(verb.command('run').description('link records, and write clusters, pairs and a report'))
    .option('--model <file>', 'a model that was learned before; without it one is learned from these records')
    .requiredOption('--out <folder>', 'where everything is written; it will hold personal data')
    .option('--decisions <file>', decisionsSay)
    .action((inputs: readonly string[], options: RunOptions) => answered(() => ran(inputs, options)));
  withRun(verb.command('explain').description('say why two records of a run were put together or not'))
    .argument('<a>', 'a record, as input:key')
    .argument('<b>', 'another')
    .action((a: string, b: string, options: LookUpOptions) =>
      answered(async () => {
        const explained = await explain(options.run, [a, b], boundsOf(options));
        show(options, explained, explainedText(explained));
      }),
    );
  withRun(verb.command('review').description('decide pairs by hand, on a page that only this machine can open'))
    .requiredOption('--by <name>', 'who decides')
    .option('--decisions <file>', 'where decisions are kept; decisions.ndjson in the folder of the run')
    .option('--port <number>', 'where the page is served; 0 takes one that is free', '0')
    .action((options: ReviewOptions) => answered(() => reviewed(options)));
  addCarry(verb);
  addSplink(verb);
  withRun(verb.command('evaluate').description('judge a run by the truth'))
    .requiredOption('--truth <file>', 'who is who: a table with the columns record and person')
    .action((options: EvaluateOptions) =>
      answered(async () => {
        const evaluated = await evaluate(options.run, options.truth, boundsOf(options));
        show(options, evaluated, evaluatedText(evaluated));
      }),
    );
}

function addCarry(verb: Command): void {
  verb
    .command('carry')
    .description('bring what you decided in review into the room whose own history it is about')
    .requiredOption('--run <folder>', 'the folder that heed link run wrote')
    .requiredOption('--by <name>', 'whose decisions: yours, as you named yourself in review')
    .requiredOption('--url <address>', 'the service; who you are says your token of the directory in HEED_TOKEN')
    .requiredOption('--room <room>', 'the room')
    .option('--decisions <file>', 'what review wrote; decisions.ndjson in the folder of the run')
    .option('--as <staff>', 'in a demonstration: as whom')
    .option('--json', 'write what came of it as JSON to standard output')
    .action((options: CarryOptions & Pick<Options, 'json'>) =>
      answered(async () => {
        const done = await carryOver(options, process.env);
        show(options, done, carriedText(done));
        if (done.carried.some(({ outcome }) => outcome.kind === 'refused')) process.exitCode = statusOfRefused;
      }),
    );
}

function addSplink(verb: Command): void {
  verb
    .command('splink')
    .description('write a model as settings of Splink, for more records than one machine holds')
    .requiredOption('--model <file>', 'the model')
    .action(({ model }: { readonly model: string }) =>
      answered(async () => {
        process.stdout.write(`${JSON.stringify(toSplink(modelAt(model), splinkRules), null, 2)}\n`);
      }),
    );
}

function bounded(command: Command): Command {
  return command
    .option('--memory <size>', 'memory that it may take, such as 2GB; what does not fit is put on the disk', '2GB')
    .option('--threads <number>', 'processors that it may take', String(availableParallelism()))
    .option('--json', 'write what came of it as JSON to standard output');
}

function withInputs(command: Command): Command {
  return bounded(command)
    .argument('[input...]', 'CSV, NDJSON or Parquet; as name=file where the mapping has several inputs')
    .option('--mapping <file>', 'which columns hold what')
    .option('--history <room>', 'the people of a room’s own history, by themselves or beside the inputs')
    .option('--config <file>', 'of --history: the configuration of the service whose room it is');
}

function withRun(command: Command): Command {
  return bounded(command).requiredOption('--run <folder>', 'the folder that heed link run wrote');
}

async function answered(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const said = sentenceOf(error);
    if (said === null) throw error;
    process.stderr.write(`${said}\n`);
    process.exitCode = statusOfMisuse;
  }
}

/** What stopped it where it was the inputs, a file or what was asked; null where it was Heed itself. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof BatchRefused) return error.message;
  if (isRefusal(error)) return error.reasons.join('\n');
  const fault = faultOf(error);
  if (fault !== null) return `${fault.line === 0 ? '' : `line ${fault.line}: `}${fault.message}`;
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || !/^[EZ]/.test(code) || code.startsWith('ERR_')) return memoryOf(error);
  return `Cannot use ${typeof path === 'string' ? path : 'a file'}: ${reasonOf(error)}.`;
}

function memoryOf(error: unknown): string | null {
  return error instanceof Error && /Out of Memory/.test(error.message)
    ? 'It does not fit into the memory it may take: give more with --memory, or free disk beside --out.'
    : null;
}

const units: Readonly<Record<string, number>> = { mb: 2 ** 20, gb: 2 ** 30 };
const leastBytes = 512 * 2 ** 20;

function boundsOf({ memory, threads }: Options): Bounds {
  const [, figure = '', unit = ''] = /^(\d{1,6}(?:\.\d)?)\s*(MB|GB)$/i.exec(memory) ?? [];
  const memoryBytes = Number(figure) * (units[unit.toLowerCase()] ?? 0);
  if (memoryBytes < leastBytes) throw new BatchRefused('--memory takes a size such as 2GB, at least 512MB.');
  if (!/^\d{1,3}$/.test(threads) || Number(threads) === 0)
    throw new BatchRefused('--threads takes a number from 1 to 999.');
  return { memoryBytes, threads: Number(threads) };
}

function mappingAt(file: string): LinkMapping {
  const bytes = bytesOf(file, defaultLimits.maxBytes);
  if (!bytes.ok) throw new BatchRefused(`Cannot read ${file}: ${bytes.message}.`);
  const read = readDocument(bytes.value, { file, schema: linkMapping });
  if (!read.ok) throw new BatchRefused(read.problems.map(sayProblem).join('\n'));
  return read.value;
}

function filesOf(inputs: readonly string[], mapping: LinkMapping): readonly NamedFile[] {
  const names = Object.keys(mapping.inputs);
  return inputs.map((given) => {
    const [, input, file] = /^([a-z][a-z0-9-]{0,39})=(.+)$/.exec(given) ?? [];
    if (input !== undefined && file !== undefined) return { input, file };
    if (names.length === 1 && names[0] !== undefined) return { input: names[0], file: given };
    throw new BatchRefused(`${given}: say which input of the mapping it is, as in ${names[0] ?? ''}=${given}.`);
  });
}

/** Prepares what is asked of a run, with the own history of a room where that is to be read, and works with it. */
async function withLinking<T>(
  inputs: readonly string[],
  options: InputOptions & { readonly beside: string },
  work: (linking: Linking) => Promise<T>,
): Promise<T> {
  const { history, beside, config } = options;
  const mapping = options.mapping === undefined ? null : mappingAt(options.mapping);
  if ((mapping === null) !== (inputs.length === 0))
    throw new BatchRefused(
      'Inputs need --mapping FILE, which says what their columns hold, and a mapping needs inputs.',
    );
  const files = mapping === null ? [] : filesOf(inputs, mapping);
  const bounds = boundsOf(options);
  const common = { bounds, at: new Date().toISOString().slice(0, 10), told: progressBar() };
  if (history === undefined) {
    if (mapping === null) throw new BatchRefused('Give inputs with --mapping FILE, or --history ROOM, or both.');
    return work({ ...common, files, mapping });
  }
  const { withHistory } = await import('./link-history.ts');
  const store = config === undefined ? {} : { config };
  return withHistory(history, { beside, bounds, ...store }, async ({ file, decided, restricted }) => {
    if (restricted > 0)
      process.stderr.write(`Records of ${history} left out because they are restricted: ${restricted}.\n`);
    return work({ ...common, files: [...files, file], mapping: mappingWith(history, mapping), decided });
  });
}

/** A mapping that knows how the own history is read too. */
function mappingWith(room: string, mapping: LinkMapping | null): LinkMapping {
  const inputs = mapping?.inputs ?? {};
  if (Object.hasOwn(inputs, historyInput))
    throw new BatchRefused(`With --history no input of the mapping may be called ${historyInput}.`);
  const title = mapping?.title ?? `The history of ${room}`;
  return { title, inputs: { ...inputs, [historyInput]: historyMapping }, link: mapping?.link ?? 'within-and-between' };
}

async function trained(inputs: readonly string[], options: TrainOptions): Promise<void> {
  const folder = dirname(options.model);
  mkdirSync(folder, { recursive: true });
  const done = await withLinking(inputs, { ...options, beside: folder }, (linking) =>
    trainOn(linking, { beside: folder, decisionsFile: options.decisions ?? null }),
  );
  writeFileSync(options.model, modelText(done.model), { mode: 0o600 });
  show(options, done, trainedText(done));
}

async function ran(inputs: readonly string[], options: RunOptions): Promise<void> {
  const model = options.model === undefined ? null : modelAt(options.model);
  const { out: folder, decisions = null } = options;
  const linked = await withLinking(inputs, { ...options, beside: folder }, (linking) =>
    link(linking, { folder, model, decisionsFile: decisions }),
  );
  const write = (name: keyof typeof outputs, text: string): void =>
    writeFileSync(join(folder, outputs[name]), text, { mode: 0o600 });
  write('model', modelText(linked.model));
  write('report', linkHtml(linked));
  const { model: _, seen: __, ...figures } = linked;
  write('json', `${JSON.stringify(figures, null, 2)}\n`);
  show(options, figures, linkedText(linked, folder));
}

async function reviewed(options: ReviewOptions): Promise<void> {
  const { run, decisions, by } = options;
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port < 65_536)) throw new BatchRefused('--port takes a number from 0 to 65535.');
  const asked = endAsked();
  const review = await openReview({ run, file: decisions ?? null, by, port, bounds: boundsOf(options) });
  const { address, file, pairs } = review;
  const text = `${pairs} pairs to look at. Open this once, in one browser; Ctrl-C ends it:\n${address}\n`;
  show(options, { address, decisions: file, pairs }, text);
  await asked;
  const kept = await review.close();
  process.stderr.write(`${kept} decisions are in ${file}; heed link run --decisions takes them.\n`);
}

function show({ json }: Pick<Options, 'json'>, value: unknown, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(value, null, 2)}\n` : text);
}

const barWidth = 30;

/** A bar on a terminal; nothing where nobody watches. */
function progressBar(): Told {
  if (!process.stderr.isTTY) return () => undefined;
  return (stage, share) => {
    const full = Math.round(share * barWidth);
    const bar = `${'#'.repeat(full)}${'.'.repeat(barWidth - full)}`;
    process.stderr.write(
      `\r[${bar}] ${String(Math.round(share * 100)).padStart(3)} % ${stage.padEnd(14)}${share === 1 ? '\n' : ''}`,
    );
  };
}
