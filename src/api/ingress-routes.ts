import { createHash, createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answered, RoomEngine } from '../engine/engine.ts';
import { againAfterMs, commandsFor, verdictOf } from '../telephony/ingress.ts';
import { ingressSchemas } from '../telephony/messages.ts';
import type { IngressChannel, IngressMessage } from '../telephony/messages.ts';
import type { IngressCommand, IngressView } from '../telephony/parts.ts';
import { nonceMemory } from '../telephony/signature.ts';
import type { Around } from './around.ts';
import { fit, tooMuch } from './fit.ts';
import { apiLimits, ingressLimits } from './limits.ts';
import { ofRoom } from './of-room.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { unfit } from './register.ts';
import type { Answer, Route } from './route.ts';
import { openRoute } from './route.ts';
import type { SignedDoor } from './signed-message.ts';
import { jsonIn, senderOf } from './signed-message.ts';

const formType = 'application/x-www-form-urlencoded';

const taken = z.object({
  taken: z.literal(true),
  commands: z.array(
    z.object({
      id: z.string(),
      command: z.string(),
      outcome: z.enum(['done', 'refused', 'before']).meta({
        description: 'Refused is final too; `before`: the message came before, and what was recorded then holds.',
      }),
      reasons: z.array(z.string()),
    }),
  ),
});

interface Ingress extends SignedDoor {
  readonly around: Around;
  readonly idKey: string;
}

/** What telephony and middleware hand in: signed, taken once, and never refused for load. */
export function ingressRoutes(around: Around): readonly Route[] {
  const ingress: Ingress = {
    around,
    nonces: nonceMemory({ most: ingressLimits.noncesMost, notBefore: around.now() }),
    idKey: createHmac('sha256', around.secret).update('ids of what comes in').digest('hex'),
  };
  return (Object.keys(ingressSchemas) as IngressChannel[]).map((channel) => ingressRoute(ingress, channel));
}

function ingressRoute(ingress: Ingress, channel: IngressChannel): Route {
  const isTelephony = channel === 'telephony';
  return openRoute({
    method: 'POST',
    path: `/rooms/{room}/ingress/${channel}`,
    tag: 'What comes in',
    summary: isTelephony ? 'What a telephone system tells of a call' : `A contact by ${channel.replaceAll('-', ' ')}`,
    describes:
      'Signed over method, path and body with a key of the machine. Sent again (signed again) it is the same. ' +
      `503: send it again.${isTelephony ? ' The form-encoded POST of advanced mobile location is taken too.' : ''}`,
    security: 'signature',
    answer: { says: 'It is in the log.', schema: taken },
    problems: ['message-replayed', 'forbidden', 'not-found', 'not-recorded', 'room-busy'],
    params: ofRoom,
    body: ingressSchemas[channel],
    isRaw: true,
    ...(isTelephony ? { otherTypes: [formType] } : {}),
    handle: ({ params, request }) => take(ingress, { channel, room: params.room, request }),
  });
}

interface Arrived {
  readonly channel: IngressChannel;
  readonly room: string;
  readonly request: FastifyRequest;
}

async function take(ingress: Ingress, arrived: Arrived): Promise<Answer | Problem> {
  const { around, idKey } = ingress;
  const sender = senderOf(ingress, { ...arrived, kind: arrived.channel });
  if (isProblem(sender)) return sender;
  const engine = around.rooms.get(arrived.room);
  if (engine === undefined) return problem('not-found');
  const message = messageOf(around, arrived);
  if (isProblem(message)) return message;
  const view = (): IngressView => ({
    room: engine.room(),
    idKey,
    sender: sender.sender,
    now: Math.max(engine.room().now, around.nowIn(arrived.room)),
  });
  await untilItsTime(message, view);
  return giveAll(engine, commandsFor(message, view()));
}

function messageOf(around: Around, { channel, request }: Arrived): IngressMessage | Problem {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const sent = type === formType ? formMessage(around, channel, bytes) : jsonIn(bytes);
  if (sent === undefined) return problem(type === formType ? 'media-type-not-taken' : 'malformed-json');
  const much = tooMuch(sent);
  if (much !== null) return unfit([{ field: '', says: `${much}; found more` }], 0);
  const fitted = fit<z.ZodType<IngressMessage>>(ingressSchemas[channel], sent);
  return fitted.ok ? fitted.value : unfit(fitted.faults, fitted.more);
}

/** Advanced mobile location as carriers post it: named by what it says, so that the same again is the same. */
function formMessage(around: Around, channel: IngressChannel, bytes: Buffer): unknown {
  if (channel !== 'telephony') return undefined;
  const id = `aml-${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;
  const at = new Date(around.now()).toISOString();
  return { kind: 'aml', id, at, form: 'post', body: bytes.toString('utf8') };
}

/** A location that came ahead of its call waits a little for it; whatever comes of that, it is taken. */
async function untilItsTime(message: IngressMessage, view: () => IngressView): Promise<void> {
  let leftMs: number = ingressLimits.earlyMs;
  for (let ms = againAfterMs(message, view()); ms !== null && leftMs > 0; ms = againAfterMs(message, view())) {
    const waitMs = Math.min(ms, leftMs, ingressLimits.lookMs);
    leftMs -= waitMs;
    await passing(waitMs);
  }
}

async function passing(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Gives commands in order. One that the room is too busy for is given again: no caller is turned away. */
async function giveAll(engine: RoomEngine, commands: readonly IngressCommand[]): Promise<Answer | Problem> {
  const answered: Answered[] = [];
  for (const { id, type, data, actor, at } of commands) {
    const order = { id, type, data, actor, at, override: null };
    let one = await engine.give(order);
    for (
      let waitedMs = 0;
      one.kind === 'busy' && waitedMs < ingressLimits.patienceMs;
      waitedMs += ingressLimits.tryAgainMs
    ) {
      await passing(ingressLimits.tryAgainMs);
      one = await engine.give(order);
    }
    answered.push(one);
    if (one.kind === 'busy' || one.kind === 'not-recorded') break;
  }
  if (verdictOf(answered) === 'settled') return settled(commands, answered);
  const retry = { headers: { 'retry-after': String(apiLimits.retryAfterSeconds) } };
  const last = answered.at(-1);
  return last?.kind === 'not-recorded'
    ? problem('not-recorded', { ...retry, detail: last.why })
    : problem('room-busy', retry);
}

function settled(commands: readonly IngressCommand[], answered: readonly Answered[]): Answer {
  const told = commands.map(({ id, type }, place) => {
    const one = answered[place];
    const outcome = one?.kind === 'recorded' ? one.outcome : null;
    const reasons = outcome?.kind === 'refused' ? outcome.reasons.map(({ code }) => code) : [];
    return { id, command: type, outcome: outcome?.kind ?? 'before', reasons };
  });
  return { json: JSON.stringify({ taken: true, commands: told }) };
}
