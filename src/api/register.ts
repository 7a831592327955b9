import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Admission, Seat } from './admission.ts';
import type { Around } from './around.ts';
import { fit, tooMuch } from './fit.ts';
import type { RequestFault } from './fit.ts';
import type { Hubs } from './hub.ts';
import { apiLimits } from './limits.ts';
import type { Problem } from './problems.ts';
import { isProblem, problem, problemDocument, problemMediaType, problems } from './problems.ts';
import type { Answer, Route } from './route.ts';

/** What routes are registered with. */
export interface Registering {
  readonly around: Around;
  readonly admission: Admission;
  readonly hubs: Hubs;
}

/** Where one route is, as Fastify writes it. */
export function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Puts a route into the server: who may ask is settled before its body is read, and every answer is written here. */
export function register(app: FastifyInstance, one: Route, registering: Registering): void {
  const seats = new WeakMap<FastifyRequest, Seat>();
  app.route({
    method: one.method,
    url: fastifyPath(one.path),
    bodyLimit: one.bodyBytes ?? apiLimits.bodyBytes,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      if (one.security !== 'session') return;
      const { room } = request.params as { readonly room: string };
      const seat = await registering.admission.seatOf(request, room);
      if ('problem' in seat) return sendFailure({ request, reply, one: seat }, registering);
      seats.set(request, seat);
    },
    handler: async (request, reply) => {
      const seat = seats.get(request);
      const fitted = fitted3(one, request);
      if (isProblem(fitted)) return sendFailure({ request, reply, one: fitted, seat }, registering);
      const outcome = await one.handle({ ...fitted, request, reply, seat: seat as Seat });
      if (isProblem(outcome)) return sendFailure({ request, reply, one: outcome, seat }, registering);
      return outcome === 'taken-over' ? reply : sendAnswer(reply, outcome, one.answer.status);
    },
  });
}

/** The three things that a request carries, each as its schema gives it, or everything in them that does not fit. */
function fitted3(
  { params, query, body, isRaw }: Route,
  request: FastifyRequest,
): { readonly params: unknown; readonly query: unknown; readonly body: unknown } | Problem {
  const faults: RequestFault[] = [];
  let more = 0;
  const take = (schema: z.ZodType | null, value: unknown, place: string): unknown => {
    if (schema === null) return undefined;
    const one = fit(schema, value);
    if (one.ok) return one.value;
    more += one.more;
    faults.push(...one.faults.map(({ field, says }) => ({ field: fieldIn(place, field), says })));
    return undefined;
  };
  const much = body === null || isRaw === true ? null : tooMuch(request.body);
  if (much !== null) return unfit([{ field: '', says: `${much}; found more` }], 0);
  const given = {
    params: take(params, request.params, 'path'),
    query: take(query, request.query, 'query'),
    body: isRaw === true ? request.body : take(body, request.body ?? null, ''),
  };
  return faults.length === 0 ? given : unfit(faults, more);
}

function fieldIn(place: string, field: string): string {
  if (place === '') return field;
  return field === '' ? place : `${place}.${field}`;
}

/** The problem of a request that does not fit; its first fault says it in a sentence. */
export function unfit(faults: readonly RequestFault[], more: number): Problem {
  const shown = faults.slice(0, apiLimits.faultsShown);
  const [first] = shown;
  const detail =
    first === undefined ? {} : { detail: first.field === '' ? first.says : `${first.field}: ${first.says}` };
  return problem('invalid-input', { ...detail, extra: { faults: shown, more: more + faults.length - shown.length } });
}

function sendAnswer(reply: FastifyReply, answer: Exclude<Answer, 'taken-over'>, status = 200): FastifyReply {
  if (answer.headers !== undefined)
    for (const [name, value] of Object.entries(answer.headers)) void reply.header(name, value);
  if ('to' in answer) return reply.redirect(answer.to, 303);
  if ('json' in answer) return reply.code(status).type('application/json; charset=utf-8').send(answer.json);
  return reply.code(status).type(answer.type).send(answer.text);
}

/** A failure on its way out. */
interface Failure {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly one: Problem;
  readonly seat?: Seat | undefined;
}

/** Failures that are counted, by what they are taken for. */
const counted: Readonly<Record<string, 'unauthorised' | 'malformed'>> = {
  'sign-in-needed': 'unauthorised',
  'signature-wrong': 'unauthorised',
  'forged-request': 'unauthorised',
  forbidden: 'unauthorised',
  'malformed-request': 'malformed',
  'malformed-json': 'malformed',
  'invalid-input': 'malformed',
  'not-found': 'malformed',
};

/** Writes a problem, and counts it where whoever asks may be guessing; a stranger who guesses on is told to wait. */
export function sendFailure({ request, reply, one, seat }: Failure, { around }: Registering): FastifyReply {
  const failure = counted[one.problem];
  const isContact = request.routeOptions.url?.includes('/ingress/') ?? false;
  const actor = seat === undefined ? null : `${seat.room} ${seat.who.actor.kind} ${seat.who.actor.id}`;
  const asking = { actor, address: request.ip, isContact };
  // A session that has ended is everybody's at some time, and no guess.
  const isOver = one.problem === 'sign-in-needed' && request.headers.cookie !== undefined;
  const waitMs = failure === undefined || isOver ? 0 : around.failures.failed(asking, failure);
  const isTurnedAway = waitMs > 0 && actor === null && !isContact;
  const wait = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
  const told = isTurnedAway ? problem('too-many-requests', { headers: wait }) : one;
  return sendProblem(reply, waitMs > 0 ? { ...told, headers: { ...told.headers, ...wait } } : told);
}

/** Writes a problem as its document. */
export function sendProblem(reply: FastifyReply, one: Problem): FastifyReply {
  for (const [name, value] of Object.entries(one.headers ?? {})) void reply.header(name, value);
  if (one.problem === 'sign-in-needed') void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problems[one.problem].status)
    .type(problemMediaType)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemDocument(one, reply.request.id)));
}
