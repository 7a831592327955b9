import { z } from 'zod';
import { problemSchema, problems } from './problems.ts';
import type { ProblemCode } from './problems.ts';
import type { Route, Security } from './route.ts';

/** What the document says of the service beside its routes. */
export interface Published {
  readonly version: string;
  readonly environment: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const jsonType = 'application/json';

/** What OpenAPI knows how to say of who may ask. */
const securities: Readonly<Record<Security, readonly JsonObject[]>> = {
  open: [],
  session: [{ session: [] }, { bearer: [] }],
  signature: [{ signature: [] }],
};

const securitySchemes: JsonObject = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
    description:
      'The session of a signed-in person, one for each room; the cookie’s whole name is given when it is set. A ' +
      'request that changes anything also carries the header `heed-request`. A window that may outlive its session ' +
      'says whose it is in `heed-person`, percent-encoded: with anybody else’s session it is turned away.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token of the directory, where it is configured.' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'heed-signature',
    description: 'An HMAC over time, nonce and the exact body, by a key given to the machine that sends it.',
  },
};

/** A schema as OpenAPI 3.1 holds it: JSON Schema, draft 2020-12, as it is to be sent or as it is answered. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _dialect, ...written } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return written as unknown as JsonObject;
}

function parametersOf(schema: z.ZodObject | null, place: 'path' | 'query'): readonly JsonObject[] {
  if (schema === null) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input') as {
    readonly properties?: Readonly<Record<string, JsonObject>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: one,
  }));
}

/** What any route of its kind may answer beside what it names itself. */
function problemsOf(route: Route): readonly ProblemCode[] {
  const always: readonly ProblemCode[] = ['malformed-request', 'fault'];
  const signedIn: readonly ProblemCode[] = [
    'sign-in-needed',
    'not-found',
    'too-many-requests',
    'log-away',
    'directory-away',
  ];
  const withInput: readonly ProblemCode[] = ['invalid-input'];
  const withBody: readonly ProblemCode[] = ['malformed-json', 'body-too-large', 'media-type-not-taken'];
  const all = [
    ...always,
    ...(route.security === 'session' ? signedIn : []),
    ...(route.params !== null || route.query !== null || route.body !== null ? withInput : []),
    ...(route.body !== null ? withBody : []),
    ...(route.security === 'session' && route.method !== 'GET' ? (['forged-request'] as const) : []),
    ...route.problems,
  ];
  return [...new Set(all)].toSorted((a, b) => problems[a].status - problems[b].status || (a < b ? -1 : 1));
}

function problemAnswers(route: Route): JsonObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function answerOf({ answer }: Route): JsonObject {
  const { status = 200, says, type = jsonType, schema, example } = answer;
  const media: JsonObject = {
    ...(schema === undefined ? {} : { schema: jsonSchemaOf(schema, 'output') }),
    ...(example === undefined ? {} : { example: example as Json }),
  };
  const hasBody = status !== 204 && status !== 303;
  return { [String(status)]: { description: says, ...(hasBody ? { content: { [type]: media } } : {}) } };
}

function bodyOf({ body, bodyExample }: Route): JsonObject {
  if (body === null) return {};
  const media: JsonObject = { schema: jsonSchemaOf(body, 'input') };
  const shown: JsonObject = bodyExample === undefined ? media : { ...media, example: bodyExample as Json };
  return { requestBody: { required: true, content: { [jsonType]: shown } } };
}

function operationOf(route: Route): JsonObject {
  const { summary, describes, tag, security } = route;
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: operationIdOf(route),
    tags: [tag],
    summary,
    ...(describes === undefined ? {} : { description: describes }),
    security: securities[security],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route),
    responses: { ...answerOf(route), ...problemAnswers(route) },
  };
}

/** A name for the operation, made of its method, the words of its path, and what that ends with. */
function operationIdOf({ method, path }: Route): string {
  const steps = path.split('/').filter((step) => step !== '');
  const words = steps.filter((step, place) => !step.startsWith('{') || place === steps.length - 1);
  return [method.toLowerCase(), ...words]
    .join('-')
    .replaceAll(/[{}]/g, '')
    .replaceAll(/[^A-Za-z0-9-]/g, '-');
}

/** Lets other work through: a document of this size is made while calls come in. */
export async function othersFirst(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** The OpenAPI 3.1 document of these routes: what is published is what is checked. Made route by route. */
export async function openApiOf(routes: readonly Route[], { version, environment }: Published): Promise<JsonObject> {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
    await othersFirst();
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Heed',
      version,
      summary: 'An open control room for police',
      description:
        `Environment: ${environment}. One vocabulary: every command of the room by its own name. Instants in the ` +
        'data of commands and in events are integer milliseconds UTC, as the log keeps them; everywhere else they ' +
        'are ISO 8601 with Z.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((one) => one.tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes, schemas: { Problem: jsonSchemaOf(problemSchema, 'output') } },
  };
}
