import { createHash } from 'node:crypto';
import type { Order } from '../engine/engine.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import type { Journal, RoomEntry } from '../journal/journal.ts';
import { loadPolicy } from '../policy/load.ts';
import { sayProblem } from '../border/problem.ts';
import { timingsOf } from '../replay/case.ts';
import type { Actor } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import type { Configuration, Configured } from './configuration.ts';
import { policyFileOf } from './configuration.ts';
import type { RunningRoom } from './rooms.ts';
import { StartRefused } from './store.ts';

/** A room that nobody else writes for is taken up well within this; loading a long log counts as taking it up. */
const standbyAfterMs = 5_000;

type RoomSettings = Configuration['rooms'][number];

export interface PolicyRead {
  readonly policy: Policy;
  readonly digest: string;
}

/** A room as it is in the log, or as it is to be made. */
export async function entryOf(journal: Journal, { room, kind }: RoomSettings): Promise<RoomEntry> {
  const known = await journal.rooms();
  return known.find((one) => one.room === room) ?? { room, kind, createdAt: Date.now() };
}

/** Whether this process writes for a room, or soon will; one that is still waiting by then stands by. */
export async function isWriting({ engine }: RunningRoom): Promise<boolean> {
  const late = new Promise<false>((resolve) => {
    setTimeout(resolve, standbyAfterMs, false).unref();
  });
  return Promise.race([engine.untilWriting().then(() => true), late]);
}

/** The policy that a room opens with, and the digest of its text. Throws StartRefused. */
export function policyOf(room: RoomSettings, configured: Configured): PolicyRead {
  const loaded = loadPolicy(policyFileOf(room, configured), timingsOf(safeguards));
  if (!loaded.ok) throw new StartRefused(loaded.problems.map(sayProblem));
  const { policy } = loaded.value;
  return { policy, digest: `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}` };
}

/**
 * A command of this process’s own, read as the border reads everybody’s: what it leaves out is said by its schema.
 * Throws where it is no command of the room.
 */
export function ownOrder(id: string, { type, data }: { readonly type: string; readonly data: unknown }): Order {
  const schema = commandSchemas.get(type);
  if (schema === undefined) throw new Error(`the room knows no command ${type}`);
  return machineOrder(id, type, schema.parse(data));
}

/** Gives an opening, command by command; what a crash cut off is gone on with, and what is there is not done twice. */
export async function giveOpening(
  { engine }: RunningRoom,
  opening: readonly { readonly type: string; readonly data: unknown }[],
  by: 'world' | 'heed',
): Promise<void> {
  const world: Actor = { kind: 'world', id: 'world' };
  for (const [place, one] of opening.entries()) {
    const { type } = one;
    const order = ownOrder(`open-${place + 1}`, one);
    const answered = await engine.give(by === 'heed' ? order : { ...order, actor: world });
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
  await giveOpening(running, [{ type: 'AdoptPolicy', data: { digest, text: policy } }, ...enrolled], 'heed');
}
