import { z } from 'zod';

/** Everything that an answer can say has gone wrong: stable codes, each with its status and what it means. */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    means: 'The request is no HTTP request of the form that is published, or its address is not one.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    means: 'The body is empty, is not JSON, or holds a name that no document may hold.',
  },
  'sign-in-needed': {
    status: 401,
    title: 'Nobody is signed in',
    means: 'There is no session, or it has ended. Sign in again; nothing was done.',
  },
  'signature-wrong': {
    status: 401,
    title: 'The signature does not fit',
    means: 'The message is not signed, is signed with another key, was changed, or was signed too long ago.',
  },
  forbidden: {
    status: 403,
    title: 'Not for this person',
    means: 'Whoever is signed in has not the authority that this needs.',
  },
  'purpose-needed': {
    status: 403,
    title: 'Say what it is for',
    means:
      'A restricted incident, or anything read by somebody who is off duty, needs a purpose. Send it as `purpose`; ' +
      'it is kept in the access log.',
  },
  'forged-request': {
    status: 403,
    title: 'The request came from another site',
    means: 'A browser sent it from a page that is not Heed’s own. Nothing was done.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing here',
    means: 'It is not there, or not for whoever is signed in: the answer is the same for both.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Not with this method',
    means: 'The address is there and answers to another method; `Allow` names it.',
  },
  'command-refused': {
    status: 409,
    title: 'The room refuses this',
    means:
      'The command was understood and recorded as refused. `reasons` say what stands against it, `gates` which ' +
      'safeguards refuse it, why, and which commands would satisfy them; `override` says who may go past them.',
  },
  'id-conflict': {
    status: 409,
    title: 'The id was used for something else',
    means: 'A command of this id came before with another content. That one stands; this one was not done.',
  },
  'message-replayed': {
    status: 409,
    title: 'The message came before',
    means: 'A message with this signature and nonce has been taken already.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    means: 'No command and no message needs so much. Nothing was read.',
  },
  'media-type-not-taken': {
    status: 415,
    title: 'Not in this form',
    means: 'Bodies are `application/json`; advanced mobile location may also come form-encoded.',
  },
  'invalid-input': {
    status: 422,
    title: 'Something in the request is not as expected',
    means: '`faults` name each field, what was expected there, and what was found.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    means: 'Too many failed requests came from here. Wait as long as `Retry-After` says.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many open streams',
    means: 'One person may hold a few streams, a room a few thousand. Close one, or share it between windows.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    means: 'The headers of the request together are larger than is read.',
  },
  'too-large': {
    status: 422,
    title: 'It is too much for one answer',
    means: 'What was asked for is larger than may be made at once; the detail says how large, and what to do.',
  },
  fault: {
    status: 500,
    title: 'A fault in Heed itself',
    means:
      'It is written down under the number in `instance`. Whether a command was recorded is told by sending it again ' +
      'with the same id.',
  },
  'room-busy': {
    status: 503,
    title: 'The room is busy',
    means: 'NOTHING was recorded. Send the same command again, with the same id, after `Retry-After`.',
  },
  'not-recorded': {
    status: 503,
    title: 'Not recorded',
    means:
      'NOTHING was recorded: the log cannot be written, or this process does not write for the room. Keep what was ' +
      'entered, and send it again with the same id.',
  },
  'room-not-ready': {
    status: 503,
    title: 'The room is not here now',
    means: 'It is being loaded, or another process holds it: what this one could show would be old or empty.',
  },
  'directory-away': {
    status: 503,
    title: 'Nobody can sign in now',
    means: 'The directory that vouches for people does not answer. Whoever is signed in stays so.',
  },
  'log-away': {
    status: 503,
    title: 'The log cannot be read now',
    means: 'The database does not answer. What is in memory can still be read.',
  },
  'not-logged': {
    status: 503,
    title: 'The reading could not be logged',
    means: 'Personal data is shown only once the access log has it, and the access log cannot be written now.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly means: string;
}

export type ProblemCode = keyof typeof problems;

/** Every code, in the order of the table. */
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

const said = z.object({ code: z.string(), says: z.string() });
const gate = z.object({
  safeguard: z.string(),
  why: z.object({ code: z.string(), says: z.string(), seqs: z.array(z.int()) }),
  asks: z.array(z.object({ command: z.string(), with: z.record(z.string(), z.string()) })),
});

/** A problem as it is sent (RFC 9457). What is optional goes with some codes only. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  instance: z.string().meta({ description: 'Names this one request in the log of the service.' }),
  faults: z.array(z.object({ field: z.string(), says: z.string() })).optional(),
  more: z.int().optional().meta({ description: 'Faults beyond those that are named.' }),
  reasons: z.array(said).optional(),
  gates: z
    .array(gate)
    .optional()
    .meta({ description: 'Which safeguards refuse it, why, and what would satisfy them.' }),
  override: z
    .object({ you: z.boolean(), roles: z.array(z.string()), staff: z.array(z.string()) })
    .optional()
    .meta({ description: 'Who may go past the gates, with a reason.' }),
  seq: z.int().optional().meta({ description: 'The place in the log up to which the refusal was decided.' }),
  repeated: z.boolean().optional().meta({ description: 'The same command came before; this is what became of it.' }),
});

/** What goes with a problem beside its code. */
export interface ProblemMore {
  /** One sentence about this case; the general meaning where it is left out. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A problem on its way to whoever asked; thrown by routes, and written by the one handler of errors. */
export interface Problem extends ProblemMore {
  readonly problem: ProblemCode;
}

/** A problem with what goes with it. */
export function problem(code: ProblemCode, more: ProblemMore = {}): Problem {
  return { problem: code, ...more };
}

/** Whether a value is a problem rather than an answer. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && isCode(value.problem);
}

function isCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(problems, value);
}

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** The document of a problem (RFC 9457). */
export function problemDocument(one: Problem, instance: string): Readonly<Record<string, unknown>> {
  const { status, title, means } = problems[one.problem];
  return {
    type: `urn:heed:problem:${one.problem}`,
    title,
    status,
    code: one.problem,
    detail: one.detail ?? means,
    instance: `urn:uuid:${instance}`,
    ...one.extra,
  };
}
