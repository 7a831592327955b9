import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { sayProblem } from '../border/problem.ts';
import { reasonOf } from '../policy/bytes.ts';
import { loadPolicy, nationalPolicyFile } from '../policy/load.ts';
import { serverTheatre, ServerFault } from '../replay/server-theatre.ts';
import { formatInstant } from '../room/british-time.ts';
import type { Outcome } from '../room/step.ts';
import { catalogueOf } from '../room/safeguard.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import { liveAfar } from '../simulate/afar.ts';
import type { Call } from '../simulate/calls.ts';
import { inventedCounty } from '../simulate/county.ts';
import type { County } from '../simulate/county.ts';
import { plant, readPlanted } from '../simulate/planted.ts';
import { virtualRoom } from '../simulate/virtual.ts';
import type { Given } from '../simulate/virtual.ts';

interface Options {
  readonly size: string;
  readonly hours: string;
  readonly seed: string;
  readonly from: string;
  readonly planted?: string;
  readonly commands?: string;
  readonly against?: string;
  readonly speed?: string;
}

const statusOfMisuse = 2;
const hourMs = 3_600_000;
/** Names of commands that nobody gives: the clock, and the sources' answers. */
const byItself: readonly string[] = ['PassTime', 'CompleteCheck'];

/** Adds the verb `simulate`, which lets an invented county live through some hours in a room. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('let an invented county ring, be answered and be helped: in memory, or in a room on a server')
    .option('--size <size>', 'county (the demonstration) or force (1.7 million people)', 'county')
    .option('--hours <number>', 'how long it lives', '8')
    .option('--seed <number>', 'the same seed gives the same traffic', '7')
    .option('--from <instant>', 'when it begins', '2026-07-25T18:00:00Z')
    .option('--planted <file>', 'strew dangers with known answers over it, one JSON object a line')
    .option('--commands <file>', 'write every command that was given, one JSON object a line')
    .option('--against <url>', 'live in a room of its own on a running server')
    .option(
      '--speed <number>',
      'with --against: so many times as fast as the clock on the wall, not as fast as it goes',
    )
    .action(async (options: Options) => {
      try {
        process.exitCode = await simulate(options);
      } catch (error) {
        if (!(error instanceof ServerFault)) throw error;
        process.exitCode = misused(error.message);
      }
    });
}

function misused(message: string): number {
  process.stderr.write(`${message}\n`);
  return statusOfMisuse;
}

/** What was asked for, read and checked; a sentence where it cannot be. */
interface Plan {
  readonly county: County;
  readonly hours: number;
  readonly seed: number;
  readonly at: number;
  readonly speed: number | null;
  readonly besides: readonly Call[];
  readonly leftOut: readonly string[];
}

function numberIn(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value >= least && value <= most ? value : null;
}

function planOf(options: Options): Plan | string {
  const { size, against } = options;
  if (size !== 'county' && size !== 'force') return `--size is county or force; not ${size}.`;
  const hours = numberIn(options.hours, 0.01, 1_000);
  if (hours === null) return `--hours is a number from 0.01 to 1000; not ${options.hours}.`;
  const seed = numberIn(options.seed, 0, 2 ** 32 - 1);
  if (seed === null || !Number.isInteger(seed)) return `--seed is a whole number from 0; not ${options.seed}.`;
  const at = Date.parse(options.from);
  if (Number.isNaN(at) || !options.from.endsWith('Z'))
    return `--from is an instant such as 2026-07-25T18:00:00Z; not ${options.from}.`;
  const speed = options.speed === undefined ? null : numberIn(options.speed, 0.1, 10_000);
  if (options.speed !== undefined && (speed === null || against === undefined))
    return '--speed is a number from 0.1 to 10000, and goes with --against.';
  if (against !== undefined && !URL.canParse(against))
    return `--against takes the address of a server, such as http://127.0.0.1:8080; not ${against}.`;
  const county = inventedCounty(size);
  const span = { seed, from: at, until: at + hours * hourMs };
  const strewn = options.planted === undefined ? { calls: [], leftOut: [] } : strewnFrom(options.planted, county, span);
  if (typeof strewn === 'string') return strewn;
  return { county, hours, seed, at, speed, besides: strewn.calls.map(({ call }) => call), leftOut: strewn.leftOut };
}

function strewnFrom(
  file: string,
  county: County,
  span: Parameters<typeof plant>[2],
): ReturnType<typeof plant> | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return `Cannot read ${file}: ${reasonOf(error)}.`;
  }
  const { planted, problems } = readPlanted(text, file);
  return problems.length > 0 ? problems.map(sayProblem).join('\n') : plant(county, planted, span);
}

/** What was done and refused, and what the room said, in numbers. */
interface Counts {
  commands: number;
  contacts: number;
  refused: number;
  readonly spoke: Map<string, number>;
}

function counted(counts: Counts, type: string, outcome: Outcome): void {
  counts.commands += 1;
  if (type === 'PresentContact') counts.contacts += 1;
  if (outcome.kind === 'refused') counts.refused += 1;
}

function say({ commands, contacts, refused, spoke }: Counts, { county, hours, leftOut }: Plan): string {
  const raised = [...spoke].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const left =
    leftOut.length === 0 ? [] : [`${leftOut.length} of what was to be planted take longer: ${leftOut.join(', ')}`];
  return [
    `${county.name}, ${hours} h: ${contacts} contacts, ${commands} commands, ${refused} refused`,
    ...left,
    ...raised.map(([name, many]) => `${String(many).padStart(7)}  ${name}`),
    '',
  ].join('\n');
}

async function simulate(options: Options): Promise<number> {
  const plan = planOf(options);
  if (typeof plan === 'string') return misused(plan);
  const counts: Counts = { commands: 0, contacts: 0, refused: 0, spoke: new Map() };
  const out = options.commands === undefined ? null : createWriteStream(options.commands);
  const failed = out === null ? null : finished(out);
  failed?.catch(() => {});
  const write = (line: unknown): void => {
    out?.write(`${JSON.stringify(line)}\n`);
  };
  if (options.against === undefined) inMemory(plan, counts, write);
  else await onServer(plan, new URL(options.against), { counts, write });
  out?.end();
  try {
    await failed;
  } catch (error) {
    return misused(`Cannot write ${options.commands ?? ''}: ${reasonOf(error)}.`);
  }
  process.stdout.write(say(counts, plan));
  return 0;
}

function policyOf() {
  const loaded = loadPolicy(nationalPolicyFile);
  if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join('\n'));
  return loaded.value;
}

function inMemory({ county, seed, at, hours, besides }: Plan, counts: Counts, write: (line: unknown) => void): void {
  const { policy, reader } = policyOf();
  const catalogue = catalogueOf(safeguards, reader.read);
  const room = virtualRoom({ county, seed, policy, catalogue, at, besides });
  const names = new Map<string, string>();
  const given = ({ command, now, outcome, events }: Given): void => {
    for (const { type, ids, body } of events) {
      const duty = ids['duty'] ?? '';
      if (type === 'DutyOpened') names.set(duty, (body as { readonly safeguard: string }).safeguard);
      if (type !== 'DutyRaised') continue;
      const name = `${(body as { readonly level: string }).level} ${names.get(duty) ?? ''}`;
      counts.spoke.set(name, (counts.spoke.get(name) ?? 0) + 1);
    }
    if (byItself.includes(command.type)) return;
    counted(counts, command.type, outcome);
    const { type, data, actor } = command;
    write({ at: formatInstant(now), actor: actor.id, type, data, outcome: outcome.kind });
  };
  room.run(hours * hourMs, { given });
}

async function onServer(
  { county, seed, at, hours, besides, speed }: Plan,
  base: URL,
  { counts, write }: { readonly counts: Counts; readonly write: (line: unknown) => void },
): Promise<void> {
  const { policy } = policyOf();
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}`;
  const began = performance.now();
  const pace = async (passedMs: number): Promise<void> => {
    if (speed === null) return;
    const ahead = passedMs / speed - (performance.now() - began);
    if (ahead > 0) await sleep(ahead);
  };
  const scene = await liveAfar(
    {
      county,
      seed,
      policy,
      digest,
      at,
      forMs: hours * hourMs,
      besides,
      pace,
      told: ({ as, type, data }, outcome) => {
        counted(counts, type, outcome);
        write({ actor: as.id, type, data, outcome: outcome.kind });
      },
    },
    serverTheatre(base),
  );
  if (scene.outcome?.kind === 'refused' && scene.opened > 0)
    throw new ServerFault(
      `${base.origin} refused to open the room: ${scene.outcome.reasons.map(({ says }) => says).join(' ')}`,
    );
  for (const { type, body } of scene.events) {
    if (type !== 'DutyRaised') continue;
    const name = (body as { readonly level: string }).level;
    counts.spoke.set(name, (counts.spoke.get(name) ?? 0) + 1);
  }
}
