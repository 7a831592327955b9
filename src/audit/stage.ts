import type { Actor, StoredEvent } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import { ownHistory } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { Catalogue } from '../room/safeguard.ts';
import type { Outcome } from '../room/step.ts';
import { nextDue, step } from '../room/step.ts';
import type { CommandData, CommandType } from '../room/vocabulary.ts';
import { questionOf } from '../sources/history.ts';
import { recordsAfter } from '../sources/records.ts';
import type { History } from './history.ts';

/** A room in which an export is played, with its own earlier rows as its history. Local to one audit. */
export interface Stage {
  room: Room;
  readonly catalogue: Catalogue;
  readonly history: History;
  /** Told every event with the room as after its command. */
  readonly heard: (event: StoredEvent, room: Room) => void;
}

export const world: Actor = { kind: 'world', id: 'world' };
const source: Actor = { kind: 'machine', id: 'source' };
/** What no person is named for in the export. */
const exporter: Actor = { kind: 'machine', id: 'export' };

/** Who does a thing, when, and the words by which it goes past what refuses it. */
export interface By {
  readonly at: number;
  readonly actor?: Actor;
  readonly override?: string;
}

/** Does one thing in the room. */
export function give<T extends CommandType>(stage: Stage, type: T, data: CommandData<T>, by: By): Outcome {
  return done(stage, type, data, by);
}

/** Sources answer at once. */
function done(stage: Stage, type: string, data: unknown, by: By): Outcome {
  const { actor = exporter, at, override } = by;
  const command = { id: `command-${stage.room.seq + 1}`, type, data, actor, at };
  const now = Math.max(stage.room.now, at);
  const asked = override === undefined ? command : { ...command, override };
  const stepped = step(stage.room, asked, { now, catalogue: stage.catalogue });
  stage.room = stepped.room;
  for (const event of stepped.events) {
    stage.heard(event, stage.room);
    for (const change of recordsAfter(stage.room, event)) stage.history.change(change);
    if (event.type === 'CheckRequested') answer(stage, event);
  }
  return stepped.outcome;
}

function answer(stage: Stage, event: StoredEvent): void {
  const question = questionOf(stage.room, event, stage.room.now);
  const check = event.ids['check'] ?? '';
  const { source: asked } = event.body as { readonly source: string };
  if (question === null || asked !== ownHistory) return;
  const { result, findings } = stage.history.ask(question);
  give(stage, 'CompleteCheck', { check, result, findings: [...findings] }, { actor: source, at: stage.room.now });
}

/** Lets fall due what falls due up to an instant. */
export function passTo(stage: Stage, instant: number): void {
  for (let due = nextDue(stage.room); due !== null && due <= instant; due = nextDue(stage.room))
    done(stage, 'PassTime', {}, { actor: source, at: Math.max(due, stage.room.now) });
}

/** Who acts in the name of a role: the export names people by no role, and every rung is taken to be staffed. */
export function staffOf(role: string): Actor {
  return { kind: 'staff', id: `export-${role}` };
}

/** The role that may go past what safeguards refuse, or null where the policy has none. */
export function overriding(policy: Policy): string | null {
  return Object.keys(policy.roles).find((role) => policy.roles[role]?.authorities.includes('override')) ?? null;
}

/** Opens the room: the policy, and one person on duty in every role. */
export function opened(room: string, policy: Policy, around: Omit<Stage, 'room'> & { readonly at: number }): Stage {
  const { at, ...rest } = around;
  const stage: Stage = { room: emptyRoom(room, 'replay'), ...rest };
  const by: By = { actor: world, at };
  give(stage, 'AdoptPolicy', { digest: 'of-the-audit', text: policy }, by);
  for (const role of Object.keys(policy.roles)) {
    const staff = `export-${role}`.slice(0, 64);
    give(stage, 'EnrolStaff', { staff, role }, by);
    give(stage, 'SignOn', { staff, position: `desk-${role}`.slice(0, 64) }, by);
  }
  return stage;
}
