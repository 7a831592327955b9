import { createHash } from 'node:crypto';
import { inventedCounty } from '../src/simulate/county.ts';
import { virtualRoom } from '../src/simulate/virtual.ts';
import type { Given } from '../src/simulate/virtual.ts';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';

const hourMs = 3_600_000;
const hours = Number(process.argv[2] ?? 8);
const seed = Number(process.argv[3] ?? 7);

/** How often each thing was counted, the most frequent first. */
type Counts = Map<string, number>;

interface Night {
  commands: number;
  refused: number;
  events: number;
  readonly refusals: Counts;
  readonly raised: Counts;
  readonly rungs: Counts;
  readonly open: number[];
  readonly duties: Map<string, string>;
}

function count(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: Counts): string {
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, times]) => `  ${String(times).padStart(5)}  ${name}`)
    .join('\n');
}

/** Duties that spoke and rungs that were reached, by the safeguard of the duty. */
function watch(night: Night, { events }: Given): void {
  for (const { type, ids, body } of events) {
    const duty = String(ids['duty']);
    if (type === 'DutyOpened') night.duties.set(duty, (body as { readonly safeguard: string }).safeguard);
    const safeguard = night.duties.get(duty) ?? '';
    if (type === 'DutyRaised') count(night.raised, `${(body as { readonly level: string }).level} ${safeguard}`);
    if (type === 'RungReached') count(night.rungs, `${safeguard} to ${(body as { readonly to: string }).to}`);
  }
}

function heard(night: Night, given: Given): void {
  const { command, outcome, events } = given;
  night.events += events.length;
  watch(night, given);
  if (['PassTime', 'CompleteCheck'].includes(command.type)) return;
  night.commands += 1;
  if (outcome.kind === 'done') return;
  night.refused += 1;
  const why = [...outcome.reasons.map(({ code }) => code), ...outcome.gates.map(({ safeguard }) => safeguard)];
  count(night.refusals, `${command.type}: ${[...new Set(why)].join(', ')}`);
}

/** Lets the invented county live through a night on a virtual clock, and says what came of it. */
function live(): void {
  const loaded = loadPolicy(nationalPolicyFile);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { policy, reader } = loaded.value;
  const catalogue = catalogueOf(safeguards, reader.read);
  const at = Date.UTC(2026, 6, 25, 18, 0, 0);
  const room = virtualRoom({ county: inventedCounty(), seed, policy, catalogue, at });
  const night: Night = {
    commands: 0,
    refused: 0,
    events: 0,
    refusals: new Map(),
    raised: new Map(),
    rungs: new Map(),
    open: [],
    duties: new Map(),
  };
  const digest = createHash('sha256');
  const began = performance.now();
  room.run(hours * hourMs, {
    given: (given) => {
      heard(night, given);
      for (const event of given.events) digest.update(JSON.stringify(event));
    },
    second: ({ incidents }, now) => {
      if (now % (15 * 60_000) === 0) night.open.push(incidents.filter(({ state }) => state === 'open').size);
    },
  });
  const alarms = [...night.raised].reduce((sum, [name, times]) => sum + (name.startsWith('alarm') ? times : 0), 0);
  const refusedShare = ((100 * night.refused) / night.commands).toFixed(2);
  console.log(`${hours} h with seed ${seed} in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  console.log(`${night.commands} commands, ${refusedShare} % refused, ${night.events} events, ${alarms} alarms`);
  console.log(`open incidents every 15 min: ${night.open.join(' ')}`);
  console.log(`refused:\n${listed(night.refusals)}`);
  console.log(`spoke:\n${listed(night.raised)}`);
  console.log(`rungs reached:\n${listed(night.rungs)}`);
  console.log(`safeguards that failed: ${JSON.stringify(room.room().failures.toJS())}`);
  console.log(`log ${digest.digest('hex')}`);
}

live();
