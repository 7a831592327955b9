import { join } from 'node:path';
import { DecisionLog } from '../batch/decision-log.ts';
import { BatchRefused } from '../batch/duckdb.ts';
import { fileOf } from '../batch/look-up.ts';
import { modelAt } from '../batch/model-file.ts';
import { visible } from '../border/visible.ts';
import type { Carried, Left, Outcome } from '../review/carry.ts';
import { carriedOf, carry } from '../review/carry.ts';
import type { Proof } from '../review/desk.ts';
import { deskAt } from '../review/desk.ts';

export interface CarryOptions {
  readonly run: string;
  readonly decisions?: string;
  readonly by: string;
  readonly url: string;
  readonly room: string;
  readonly as?: string;
}

/** What carrying came to, decision by decision. */
export interface CarryDone {
  readonly left: readonly Left[];
  readonly carried: readonly (Pick<Carried, 'link' | 'what' | 'one' | 'other'> & { readonly outcome: Outcome })[];
}

/** Brings the decisions of one reviewer into the room whose history they are about, as that person. */
export async function carryOver(options: CarryOptions, environment: NodeJS.ProcessEnv): Promise<CarryDone> {
  const { run, by, room } = options;
  const model = modelAt(fileOf(run, 'model'));
  const log = new DecisionLog(options.decisions ?? join(run, 'decisions.ndjson'), 'r');
  const { carried, left } = carriedOf(log.lines(), by.trim(), model);
  log.close();
  if (carried.length + left.length === 0) throw new BatchRefused(`${visible(by, 100)} decided nothing in that file.`);
  if (!URL.canParse(options.url))
    throw new BatchRefused('--url takes the address of a service, such as https://heed.example.police.uk.');
  const done: CarryDone['carried'][number][] = [];
  if (carried.length === 0) return { left, carried: done };
  const desk = await deskAt(new URL(options.url), room, proofIn(options, environment));
  for (const one of carried) {
    const { link, what } = one;
    done.push({ link, what, one: one.one, other: one.other, outcome: await carry(desk, one) });
  }
  return { left, carried: done };
}

function proofIn({ as }: CarryOptions, { HEED_TOKEN: token }: NodeJS.ProcessEnv): Proof {
  if (as !== undefined) return { staff: as };
  if (token === undefined || token === '')
    throw new BatchRefused(
      'Say who you are: your access token of the directory in HEED_TOKEN, or in a demonstration --as STAFF.',
    );
  return { token };
}

const leftSays: Readonly<Record<Left['why'], string>> = {
  'no-subjects': 'are not both of a room’s own history: a room knows them by no id',
  disagreed: 'were decided otherwise by another reviewer: settle that first',
  unsure: 'could not be told',
  'same-subject': 'are one subject of the room already',
};

const outcomeSays: Readonly<Record<Exclude<Outcome['kind'], 'refused'>, string>> = {
  carried: 'carried over',
  already: 'there already',
  'decided-since': 'left: somebody decided of these two in the room since',
  'never-carried': 'taken back before they were ever carried',
};

/** What carrying came to, for a terminal. */
export function carriedText({ left, carried }: CarryDone): string {
  const lines: string[] = [];
  for (const [kind, says] of Object.entries(outcomeSays)) {
    const count = carried.filter(({ outcome }) => outcome.kind === kind).length;
    if (count > 0) lines.push(`${count} decisions ${says}.`);
  }
  for (const { one, other, outcome } of carried)
    if (outcome.kind === 'refused')
      lines.push(`Refused, ${visible(one)} and ${visible(other)}: ${visible(outcome.says, 500)}`);
  for (const { one, other, why } of left) lines.push(`Left: ${visible(one)} and ${visible(other)} ${leftSays[why]}.`);
  return `${lines.join('\n')}\n`;
}
