import type { Actor, Approval, Asked, Draft, Reason, StoredEvent } from './define.ts';
import { isRefusal } from './define.ts';
import type { Why } from './duty.ts';
import { dutyDrafts } from './duty.ts';
import { failuresOf } from './failure.ts';
import type { Pass } from './pass.ts';
import { append, contained, happened } from './pass.ts';
import type { Room } from './room.ts';
import type { Catalogue, Gate } from './safeguard.ts';
import { why } from './safeguard.ts';
import { mayNot, mayNotLower, unfitFor } from './may.ts';
import { hasAuthority } from './staff.ts';
import { letTimePass } from './time.ts';
import type { AnyAsked } from './vocabulary.ts';
import { commandSchemas, deciderOf, stakeOf } from './vocabulary.ts';

/** One order to the room, in the vocabulary of the API, the case files and the console's command line. */
export interface Command {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** The signed-in person, a source, or the machine; never taken from the data. */
  readonly actor: Actor;
  /** When it happened. */
  readonly at: number;
  /** The reason of a person with authority to go past what safeguards refuse. */
  readonly override?: string;
}

export interface Around {
  /** The instant of the shell's clock. Room time never goes back, whatever this says. */
  readonly now: number;
  readonly catalogue: Catalogue;
}

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[]; readonly gates: readonly Gate[] };

export interface Stepped {
  readonly room: Room;
  /** In order; to be appended whole or not at all. */
  readonly events: readonly StoredEvent[];
  readonly outcome: Outcome;
}

/**
 * Decides one command: first what fell due by now, then decide, gates, evolve and safeguards in one ordered pass.
 * Live, replay, audit and simulator all call this and nothing else.
 */
export function step(room: Room, command: Command, around: Around): Stepped {
  const now = Math.max(room.now, around.now);
  const pass: Pass = { room, events: [], now, command: command.id, catalogue: around.catalogue };
  letTimePass(pass);
  const outcome = command.type === 'PassTime' ? done : decided(pass, command);
  return { room: pass.room, events: pass.events, outcome };
}

const done: Outcome = { kind: 'done' };

function refused(reasons: readonly Reason[], gates: readonly Gate[] = []): Outcome {
  return { kind: 'refused', reasons, gates };
}

/** When something next falls due, or null. The shell arms one timer with it. */
export function nextDue(room: Room): number | null {
  return room.agenda?.entry.at ?? null;
}

function decided(pass: Pass, command: Command): Outcome {
  if (command.at > pass.now)
    return refused([{ code: 'in-the-future', says: 'It is said to have happened later than now; correct the time.' }]);
  const asked = asking(pass, command, null);
  if (command.type !== 'Approve') return carriedOut(pass, asked, []);
  const proposal = pass.room.proposals.get((command.data as { readonly decision: string }).decision);
  const barred = mayNot(pass.room, asked);
  if (barred !== null) return refused([barred]);
  const approval = decisionOf(pass, asked);
  if (!Array.isArray(approval)) return approval as Outcome;
  if (proposal === undefined) return refused([{ code: 'decision-unknown', says: 'There is no such proposal.' }]);
  const data = commandSchemas.get(proposal.command.type)?.safeParse(proposal.command.data);
  if (data?.success !== true)
    return refused([
      { code: 'proposal-invalid', says: `The proposed ${proposal.command.type} is not a command of the room.` },
    ]);
  const actor: Actor = { kind: 'staff', id: proposal.by };
  const second = { second: asked.actor.id, proposer: proposal.by, decision: proposal.id };
  return carriedOut(
    pass,
    // An override is given by whoever answers for it, with the command itself; nobody approves one into another's name.
    asking(pass, { id: command.id, at: command.at, type: proposal.command.type, data: data.data, actor }, second),
    approval,
  );
}

function asking(pass: Pass, command: Command, approval: Approval | null): Asked {
  const { id, type, data, actor, at } = command;
  return {
    id,
    type,
    data,
    actor,
    at,
    now: pass.now,
    approval,
    override: /[\p{L}\p{N}]/u.test(command.override ?? '') ? (command.override ?? null) : null,
    read: pass.catalogue.read,
  };
}

function decisionOf(pass: Pass, asked: Asked): readonly Draft[] | Outcome {
  const decider = deciderOf(asked.type);
  if (decider === undefined)
    return refused([{ code: 'command-unknown', says: `The room knows no command ${asked.type}.` }]);
  const decision = decider(asked.data, pass.room, asked);
  return isRefusal(decision) ? refused(decision.refused) : decision;
}

/**
 * Decides, weighs what is at stake, and appends: the facts if nothing stands in the way, the refusal if something
 * does.
 */
function carriedOut(pass: Pass, asked: Asked, before: readonly Draft[]): Outcome {
  const barred = mayNot(pass.room, asked);
  if (barred !== null) return refused([barred]);
  const decision = decisionOf(pass, asked);
  if (!Array.isArray(decision)) return decision as Outcome;
  const drafts = decision as readonly Draft[];
  if (asked.actor.kind === 'world') {
    for (const draft of drafts) append(pass, draft, { cause: null, actor: asked.actor, at: asked.at });
    return done;
  }
  const stake = stakeOf(pass.room, asked);
  const unfitToLower = mayNotLower(pass.room, asked, stake);
  if (unfitToLower !== null) return refused([unfitToLower]);
  const gates = stake === null ? [] : gatesOn(pass, asked, drafts);
  const cause = { cause: null, actor: asked.actor, at: asked.at, second: asked.approval?.second ?? null, depth: 0 };
  const ids = drafts[0]?.ids ?? {};
  const override = asked.override !== null && mayOverride(pass.room, asked) ? asked.override : null;
  if (gates.length > 0 && override === null) {
    append(pass, dutyDrafts.CommandRefused(ids, { command: asked.type, gates: gates.map(plain) }), cause);
    const reason = { code: 'no-authority', says: 'An override needs somebody with the authority to override.' };
    return refused(asked.override === null ? [] : [reason], gates);
  }
  const unfit = unfitFor(pass.room, asked, { stake, drafts });
  if (unfit !== null) return refused([unfit]);
  if (gates.length > 0 && override !== null) {
    const safeguards = [...new Set(gates.map((gate) => gate.safeguard))];
    const body = { command: asked.type, safeguards, reason: override };
    happened(pass, dutyDrafts.GateOverridden(ids, body), cause);
  }
  for (const draft of before) {
    const approver: Actor = { kind: 'staff', id: asked.approval?.second ?? asked.actor.id };
    happened(pass, draft, { cause: null, actor: approver, at: asked.at, depth: 0 });
  }
  for (const draft of drafts) happened(pass, draft, cause);
  return done;
}

function plain({ safeguard, why, asks }: Gate): {
  safeguard: string;
  why: Why;
  asks: { command: string; with: Record<string, string> }[];
} {
  return { safeguard, why, asks: asks.map((one) => ({ command: one.command, with: { ...one.with } })) };
}

function mayOverride(room: Room, asked: Asked): boolean {
  return asked.actor.kind === 'staff' && hasAuthority(room, asked.actor.id, 'override');
}

/** Everything that stands in the way of a command that lowers or endangers. */
function gatesOn(pass: Pass, asked: Asked, drafts: readonly Draft[]): readonly Gate[] {
  const gates: Gate[] = [];
  for (const safeguard of pass.catalogue.gating.get(asked.type) ?? []) {
    const found = contained(
      pass,
      safeguard,
      { on: asked.type, ids: drafts[0]?.ids ?? {} },
      () => safeguard.gate?.(asked as AnyAsked, pass.room) ?? [],
    );
    gates.push(...found);
  }
  const failed = new Set(
    [...drafts.map((draft) => draft.ids['incident']), undefined].flatMap((place) => failuresOf(pass.room, place)),
  );
  for (const safeguard of failed)
    gates.push({
      safeguard,
      why: why('safeguard-failed', { safeguard }),
      asks: [{ command: 'EndSafeguardFailure', with: { safeguard } }],
    });
  return gates;
}
