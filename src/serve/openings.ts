import { createHash } from 'node:crypto';
import { historyOf } from '../demonstration/records.ts';
import type { County } from '../demonstration/county.ts';
import { openingOf } from '../demonstration/opening.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import { loadPolicy } from '../policy/load.ts';
import { sayProblem } from '../border/problem.ts';
import { timingsOf } from '../replay/case.ts';
import type { Policy } from '../room/policy.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import type { SourceRecord } from '../sources/source.ts';
import type { Configuration, Configured } from './configuration.ts';
import { policyFileOf } from './configuration.ts';
import type { RunningRoom } from './rooms.ts';
import { StartRefused } from './store.ts';

type RoomSettings = Configuration['rooms'][number];

interface PolicyRead {
  readonly policy: Policy;
  readonly digest: string;
}

/** The policy that a room opens with, and the digest of its text. Throws StartRefused. */
function policyOf(room: RoomSettings, configured: Configured): PolicyRead {
  const loaded = loadPolicy(policyFileOf(room, configured), timingsOf(safeguards));
  if (!loaded.ok) throw new StartRefused(loaded.problems.map(sayProblem));
  const { policy } = loaded.value;
  return { policy, digest: `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}` };
}

/** Gives an opening, command by command; what a crash cut off is gone on with, and what is there is not done twice. */
async function give(
  { engine }: RunningRoom,
  opening: readonly { readonly type: string; readonly data: unknown }[],
  by: 'world' | 'heed',
): Promise<void> {
  for (const [place, { type, data }] of opening.entries()) {
    const order = machineOrder(`open-${place + 1}`, type, data);
    const answered = await engine.give(by === 'heed' ? order : { ...order, actor: { kind: 'world', id: 'world' } });
    if (answered.kind !== 'recorded') throw new Error(`${engine.id} could not be opened: ${type} was not recorded`);
    const { outcome } = answered;
    if (outcome.kind === 'refused')
      throw new StartRefused([`${engine.id}, ${type}: ${outcome.reasons.map(({ says }) => says).join(' ')}`]);
  }
}

/** Opens a new room as configured: its policy, and whoever may enrol everybody else. */
export async function openPlainly(running: RunningRoom, room: RoomSettings, configured: Configured): Promise<void> {
  await running.engine.untilWriting();
  if (running.engine.room().policy.grades.length > 0) return;
  const { policy, digest } = policyOf(room, configured);
  const enrolled =
    room.administrator === undefined
      ? []
      : [{ type: 'EnrolStaff', data: { staff: room.administrator, role: policy.systemOwner } }];
  await give(running, [{ type: 'AdoptPolicy', data: { digest, text: policy } }, ...enrolled], 'heed');
}

export interface CountyAround {
  readonly county: County;
  readonly configured: Configured;
  readonly keepRecords: (records: readonly SourceRecord[]) => Promise<void>;
}

/** Opens the demonstration room, or goes on with an opening that was cut off: an invented county and its people. */
export async function openCounty(running: RunningRoom, room: RoomSettings, around: CountyAround): Promise<void> {
  await running.engine.untilWriting();
  const { seq } = running.engine.head();
  const at = running.entry.createdAt;
  const { policy, digest } = policyOf(room, around.configured);
  const opening = openingOf(around.county, { policy, digest, at });
  if (seq >= opening.length) return;
  await around.keepRecords(historyOf(around.county, at));
  await give(running, opening, 'world');
}
