import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Seat } from './admission.ts';
import type { Problem, ProblemCode } from './problems.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** What lets a request in: nothing, a signed-in person or machine, or the signature of a message. */
export type Security = 'open' | 'session' | 'signature';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What is sent back where nothing went wrong. */
export type Answer =
  | { readonly json: string; readonly headers?: Headers }
  | { readonly text: string | Buffer; readonly type: string; readonly headers?: Headers }
  /** The browser is sent on to another address. */
  | { readonly to: string; readonly headers?: Headers }
  /** The route has taken the connection over: a stream. */
  | 'taken-over';

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** One request as its route sees it, checked by the schemas of the route. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A request of somebody who is signed in to the room that it names. */
export interface SeatedCall<P, Q, B> extends Call<P, Q, B> {
  readonly seat: Seat;
}

type Outcome = Promise<Answer | Problem> | Answer | Problem;

interface Said {
  readonly method: Method;
  /** As OpenAPI writes it: `/rooms/{room}/queue`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly describes?: string;
  readonly answer: {
    readonly status?: number;
    readonly says: string;
    readonly type?: string;
    readonly schema?: z.ZodType;
    readonly example?: unknown;
  };
  readonly problems: readonly ProblemCode[];
  readonly bodyExample?: unknown;
  /** Largest body, where it is another than for most routes. */
  readonly bodyBytes?: number;
  /** The body is given as it came, byte for byte, because it is signed. */
  readonly isRaw?: boolean;
  /** Media types of the body besides JSON. */
  readonly otherTypes?: readonly string[];
}

/** One route: what it is called with, what it answers, and the function that does it. */
export interface Route extends Said {
  readonly security: Security;
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  readonly handle: (call: SeatedCall<unknown, unknown, unknown>) => Outcome;
}

interface Schemas<P, Q, B> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

/** A route that somebody signed in to a room calls; `{room}` stands in its path. */
export function roomRoute<
  P extends z.ZodObject,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(one: Said & Schemas<P, Q, B> & { readonly handle: (call: SeatedCall<Out<P>, Out<Q>, Out<B>>) => Outcome }): Route {
  const { params, query, body, handle, ...said } = one;
  return {
    ...said,
    security: 'session',
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    handle: handle as Route['handle'],
  };
}

/** A route that anybody may call, or whoever can sign. */
export function openRoute<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  one: Said &
    Schemas<P, Q, B> & {
      readonly security: 'open' | 'signature';
      readonly handle: (call: Call<Out<P>, Out<Q>, Out<B>>) => Outcome;
    },
): Route {
  const { params, query, body, handle, ...said } = one;
  return {
    ...said,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    handle: handle as Route['handle'],
  };
}
