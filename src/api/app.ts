import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, { LogController } from 'fastify';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { nearestOf } from '../border/nearest.ts';
import { admissionOf } from './admission.ts';
import type { Around } from './around.ts';
import { commandRoutes } from './command-routes.ts';
import { disclosureRoutes } from './disclosure-routes.ts';
import { docsRoutes } from './docs-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { hubsOf } from './hub.ts';
import { ingressRoutes } from './ingress-routes.ts';
import { apiLimits } from './limits.ts';
import type { ProblemCode } from './problems.ts';
import { problem, problemDocument, problems } from './problems.ts';
import { positionRoutes } from './position-routes.ts';
import { queryRoutes } from './query-routes.ts';
import { fastifyPath, register, sendFailure, sendProblem } from './register.ts';
import type { Registering } from './register.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session-routes.ts';
import { streamRoutes } from './stream-routes.ts';

/** The policy of an answer that is no page: it may do nothing at all, wherever a browser shows it. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const headersOfAll: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The HTTP interface of a service, ready to listen. Whoever composes it may add pages of its own. */
export function apiOf(around: Around): FastifyInstance {
  const app = serverOf(around);
  const registering: Registering = { around, admission: admissionOf(around), hubs: hubsOf() };
  closeInOrder(app, registering);
  const own: readonly Route[] = [
    ...healthRoutes(around),
    ...sessionRoutes(registering),
    ...queryRoutes(registering),
    ...commandRoutes(around),
    ...disclosureRoutes(around),
    ...streamRoutes(registering),
    ...ingressRoutes(around),
    ...positionRoutes(around),
    ...(around.more ?? []),
  ];
  const routes = [...own, ...docsRoutes(own, around)];
  addGuards(app, registering);
  addParsers(app, routes);
  for (const one of routes) register(app, one, registering);
  addErrors(app, registering, routes);
  return app;
}

function serverOf({ log, trustedProxies = [] }: Around): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    // Its own lines name addresses, and ids and searches stand in those.
    logController: new LogController({ disableRequestLogging: true }),
    // A number of our own: one from a header would be somebody else's text in our log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: apiLimits.bodyBytes,
    requestTimeout: apiLimits.requestMs,
    keepAliveTimeout: apiLimits.keepAliveMs,
    maxRequestsPerSocket: apiLimits.requestsPerConnection,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: apiLimits.pathStepCharacters },
    http: {
      maxHeaderSize: apiLimits.headersBytes,
      headersTimeout: apiLimits.headersMs,
      connectionsCheckingInterval: apiLimits.connectionsCheckedMs,
      requireHostHeader: true,
      insecureHTTPParser: false,
    },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: answerNoRequest,
    frameworkErrors: (_error, _request, reply) => void sendProblem(reply, problem('malformed-request')),
  });
  app.server.maxConnections = apiLimits.connectionsMost;
  app.server.maxHeadersCount = apiLimits.headersMost;
  return app;
}

/** At the end streams are told, whoever never said anything is left, and whoever does not finish in time is cut off. */
function closeInOrder(app: FastifyInstance, { hubs }: Registering): void {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('preClose', (done) => {
    hubs.close();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), apiLimits.closingMs).unref();
    done();
  });
}

/** Something that is no HTTP request: answered in a line, and the connection is closed. */
function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const code: ProblemCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed-request';
  const body = JSON.stringify(problemDocument(problem(code), randomUUID()));
  const { status, title } = problems[code];
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    '',
  ];
  socket.end(`${head.join('\r\n')}${body}`);
}

/** What holds for every request, before its route and after its answer. */
function addGuards(app: FastifyInstance, registering: Registering): void {
  const { around, admission } = registering;
  app.addHook('onRequest', (request, reply, next) => {
    for (const [name, value] of Object.entries(headersOfAll)) void reply.header(name, value);
    if (around.origins[0].protocol === 'https:')
      void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    const away = admission.turnedAway(request);
    if (away !== null) return void sendProblem(reply, away);
    const isContact = request.routeOptions.url?.includes('/ingress/') ?? false;
    const hasProof = request.headers.cookie !== undefined || request.headers.authorization !== undefined;
    const waitMs = hasProof ? 0 : around.failures.waitMs({ actor: null, address: request.ip, isContact });
    if (waitMs > 0) {
      const headers = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
      return void sendProblem(reply, problem('too-many-requests', { headers }));
    }
    next();
  });
  app.addHook('onSend', (_request, reply, payload, next) => {
    if (!reply.hasHeader('content-security-policy')) void reply.header('content-security-policy', answerPolicy);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    next(null, payload);
  });
  app.addHook('onResponse', (request, reply, next) => {
    // The pattern of the route, never the address: ids and searches stand in that.
    const route = request.routeOptions.url ?? 'none';
    const { method, id } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ request: id, method, route, status: reply.statusCode, ms }, 'request');
    next();
  });
}

/** Bodies are JSON and nothing else, but where a route says what else it takes, or must have every byte. */
function addParsers(app: FastifyInstance, routes: readonly Route[]): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  const byPath = new Map(routes.map((one) => [`${one.method} ${fastifyPath(one.path)}`, one]));
  const routeOf = ({ method, routeOptions }: FastifyRequest): Route | undefined =>
    byPath.get(`${method} ${routeOptions.url ?? ''}`);
  const others = new Set(routes.flatMap((one) => one.otherTypes ?? []));
  app.addContentTypeParser(['application/json', ...others], { parseAs: 'buffer' }, (request, body, done) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    const route = routeOf(request);
    if (route?.isRaw === true) done(null, body);
    else if (route?.body === null && body.length === 0) done(null);
    else if (type === 'application/json') void parse(request, body.toString('utf8'), done);
    else done(Object.assign(new Error('media type'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }));
  });
}

/** Faults of the framework that are the asker's own doing, by code. */
const asked: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-not-taken',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_BAD_URL: 'malformed-request',
};

function addErrors(app: FastifyInstance, registering: Registering, routes: readonly Route[]): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const code = asked[error.code] ?? (error instanceof SyntaxError ? 'malformed-json' : undefined);
    if (code !== undefined) return sendFailure({ request, reply, one: problem(code) }, registering);
    request.log.error({ request: request.id, ...traceOf(error) }, 'a fault in answering a request');
    return sendProblem(reply, problem('fault'));
  });
  app.setNotFoundHandler((request, reply) => {
    const { allowed, advice } = elsewhere(request, routes);
    if (allowed.length > 0) {
      const headers = { allow: allowed.join(', ') };
      return sendFailure({ request, reply, one: problem('method-not-allowed', { headers }) }, registering);
    }
    const detail = advice === null ? {} : { detail: advice };
    return sendFailure({ request, reply, one: problem('not-found', detail) }, registering);
  });
}

/** Where a fault arose: its name, its code and the places of the code; its words may hold somebody's data. */
function traceOf(error: Error & { readonly code?: string }): Readonly<Record<string, unknown>> {
  const places = (error.stack ?? '').split('\n').filter((one) => /^\s+at /.test(one));
  return { fault: error.name, code: error.code ?? null, places: places.slice(0, 12).map((one) => one.trim()) };
}

/** What there is at an address under another method, or by a name much like it. */
function elsewhere(
  request: FastifyRequest,
  routes: readonly Route[],
): { readonly allowed: readonly string[]; readonly advice: string | null } {
  const steps = (request.url.split('?')[0] ?? '').split('/');
  const allowed = routes.filter((one) => isAt(steps, one.path.split('/'))).map((one) => one.method);
  if (allowed.length > 0 || steps[3] !== 'commands') return { allowed, advice: null };
  const names = routes.map((one) => one.path.split('/')).filter((one) => one[3] === 'commands');
  const nearest = nearestOf(
    (steps[4] ?? '').slice(0, apiLimits.pathStepCharacters),
    names.map((one) => one[4] ?? ''),
  );
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return { allowed, advice: `There is no command by that name.${advice}` };
}

function isAt(steps: readonly string[], pattern: readonly string[]): boolean {
  return steps.length === pattern.length && pattern.every((one, place) => one.startsWith('{') || one === steps[place]);
}
