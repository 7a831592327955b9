import { z } from 'zod';
import { instant as writtenInstant } from '../border/instant.ts';
import type { Answered, Order } from '../engine/engine.ts';
import type { Outcome } from '../journal/journal.ts';
import { id, line } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Gate } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import type { Seat } from './admission.ts';
import type { Around } from './around.ts';
import { asNamed, conceal, disguised } from './concealed.ts';
import type { StandIns } from './concealed.ts';
import { exampleOf } from './example.ts';
import { apiLimits } from './limits.ts';
import { ofRoom } from './of-room.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';
import type { Answer, Route } from './route.ts';
import { roomRoute } from './route.ts';
import { roomAt, toldOf } from './sight.ts';
import { toldWhy } from '../views/told.ts';

/** What the engine alone does: time passes by itself, and what is cold leaves and comes back by itself. */
const notOffered: ReadonlySet<string> = new Set(['PassTime', 'Recall', 'ArchiveIncident', 'ArchiveContact']);
/** A policy is a document of its own, with a phrase list in it. */
const policyBytes = 4 * 1024 * 1024;

const instantWords = 'an instant such as 2026-02-03T21:04:30Z, with Z or an offset';
/** When something happened, as told: an instant with Z or an offset, so that it cannot be mistaken for another. */
const at = z.iso
  .datetime({ offset: true, error: () => instantWords })
  .pipe(writtenInstant())
  .optional();

const done = z.object({
  outcome: z.literal('done'),
  seq: z.int().meta({ description: 'The place in the log up to which it was decided: a stream has it at that id.' }),
  repeated: z.boolean().meta({ description: 'The same command came before; this is what became of it then.' }),
});

/** Every command of the room by its own name, with the very schema that case files have. */
export function commandRoutes(around: Around): readonly Route[] {
  return [...commandSchemas].filter(([type]) => !notOffered.has(type)).map((one) => commandRoute(around, one));
}

function commandRoute(around: Around, [type, data]: readonly [string, z.ZodType]): Route {
  const body = z.strictObject({
    id: id.meta({ description: 'The command’s own id; the same again is the same command, however often it is sent.' }),
    at: at.meta({ description: 'When it happened, where that was earlier: ISO 8601 with Z or an offset.' }),
    data,
    override: line
      .optional()
      .meta({ description: 'The reason of somebody with the authority to go past what safeguards refuse.' }),
  });
  return roomRoute({
    method: 'POST',
    path: `/rooms/{room}/commands/${type}`,
    tag: 'Commands',
    summary: type,
    answer: {
      says: 'Done, and in the log for good.',
      schema: done,
      example: { outcome: 'done', seq: 4711, repeated: false },
    },
    problems: ['command-refused', 'id-conflict', 'room-busy', 'not-recorded', 'forbidden'],
    ...(type === 'AdoptPolicy'
      ? { bodyBytes: policyBytes }
      : { bodyExample: { id: 'command-1', data: exampleOf(data) } }),
    params: ofRoom,
    body,
    handle: ({ body: given, seat }) => {
      const { actor } = seat.who;
      const order: Order = {
        id: given.id,
        type,
        data: given.data,
        actor,
        at: given.at ?? null,
        override: given.override ?? null,
      };
      return give(around, seat, order);
    },
  });
}

/** Gives an order to the room and puts what became of it into words for whoever gave it. */
async function give(around: Around, seat: Seat, order: Order): Promise<Answer | Problem> {
  const { engine, who } = seat;
  const now = Math.max(engine.room().now, around.nowIn(seat.room));
  const room = roomAt(engine.room(), now);
  const { order: given, standIns } = conceal(order, { room, who, now, key: around.secret });
  return answerOf(around, { seat, standIns }, await engine.give(given));
}

/** Whoever gave an order, and the names that stood in for what they named and cannot see. */
interface Giver {
  readonly seat: Seat;
  readonly standIns: StandIns;
}

function answerOf(around: Around, giver: Giver, answered: Answered): Answer | Problem {
  const retry = { headers: { 'retry-after': String(apiLimits.retryAfterSeconds) } };
  switch (answered.kind) {
    case 'recorded': {
      const { outcome, isRepeat } = answered;
      if (outcome.kind === 'refused') return refusal(around, giver, { outcome, isRepeat });
      return { json: JSON.stringify({ outcome: 'done', seq: outcome.seq, repeated: isRepeat }) };
    }
    case 'conflict':
      return problem('id-conflict');
    case 'busy':
      return problem('room-busy', retry);
    case 'not-recorded':
      return problem('not-recorded', { ...retry, detail: answered.why });
  }
}

interface Refused {
  readonly outcome: Extract<Outcome, { readonly kind: 'refused' }>;
  readonly isRepeat: boolean;
}

/** A refusal with everything that a person needs to satisfy it, or to find who may go past it. */
function refusal(around: Around, { seat, standIns }: Giver, { outcome, isRepeat }: Refused): Problem {
  const { engine, who } = seat;
  const room = roomAt(engine.room(), around.nowIn(engine.id));
  const { gates, ...scrubbed } = toldOf(room, who, {
    reasons: disguised(outcome.reasons, standIns),
    gates: outcome.gates,
  });
  const reasons = asNamed(scrubbed.reasons, standIns);
  const told = gates.map(({ safeguard, why, asks }: Gate) => ({
    safeguard,
    why: toldWhy(around.words, safeguard, why),
    asks,
  }));
  const detail = [...reasons.map(({ says }) => says), ...told.map(({ why }) => why.says)].join(' ');
  return problem('command-refused', {
    detail,
    extra: {
      seq: outcome.seq,
      repeated: isRepeat,
      reasons,
      gates: told,
      ...(gates.length === 0 ? {} : { override: overriders(room, who.actor.id) }),
    },
  });
}

/** Who may go past what safeguards refuse: these roles, and these people who are there now. */
function overriders(room: Room, you: string): Readonly<Record<string, unknown>> {
  const roles = Object.entries(room.policy.roles)
    .filter(([, role]) => role.authorities.includes('override'))
    .map(([role]) => role);
  const here = roles.flatMap((role) => room.onDuty.get(role) ?? []);
  const staff = [...new Set([...here, ...room.policy.onCall])];
  return { you: hasAuthority(room, you, 'override'), roles: [...roles, 'on-call'], staff };
}
