import { fastifyCookie } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { attemptCookie, sessionCookie } from '../access/cookies.ts';
import { choices, impersonate } from '../access/demonstration.ts';
import { mayNotEnter } from '../access/entry.ts';
import type { Way } from '../access/sessions.ts';
import type { Actor } from '../room/define.ts';
import { cookieValue, isUnknown, madeElsewhere } from './admission.ts';
import { roomsAnswer } from './answers.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { ofRoom } from './of-room.ts';
import type { Registering } from './register.ts';
import type { Answer, Route } from './route.ts';
import { openRoute, roomRoute } from './route.ts';

const tag = 'Signing in';

/** Signing in and out, and which rooms there are for whoever asks. */
export function sessionRoutes(registering: Registering): readonly Route[] {
  return [
    roomsRoute(registering),
    ...directoryRoutes(registering),
    ...demonstrationRoutes(registering),
    signOut(registering),
  ];
}

function roomsRoute({ around, admission }: Registering): Route {
  return openRoute({
    method: 'GET',
    path: '/rooms',
    tag,
    summary: 'The rooms that you are signed in to',
    describes: 'In a demonstration every room, so that there is something to choose.',
    security: 'open',
    answer: { says: 'The rooms.', schema: roomsAnswer },
    problems: ['log-away', 'directory-away'],
    handle: async ({ request }) => {
      const { rooms, environment, banner, directory, demonstration } = around;
      const listed = await Promise.all(
        rooms.list().map(async (room) => {
          const engine = rooms.get(room);
          const seat = await admission.seatOf(request, room);
          if (isProblem(seat) && isUnknown(seat)) return seat;
          const you = 'who' in seat ? seat.who.actor.id : null;
          if (engine === undefined || (you === null && demonstration === null)) return null;
          return { room, kind: engine.room().kind, state: engine.state(), you };
        }),
      );
      const unknown = listed.find(isProblem);
      if (unknown !== undefined) return unknown;
      const signIn = directory !== null ? 'directory' : demonstration !== null ? 'demonstration' : null;
      return { json: JSON.stringify({ environment, banner, signIn, rooms: listed.filter((one) => one !== null) }) };
    },
  });
}

/** An access of somebody on their way in or out. */
function signing(
  request: FastifyRequest,
  type: Access['type'],
  on: Pick<Access, 'actor' | 'session' | 'upTo'>,
): Access {
  return {
    type,
    ...on,
    scope: 'room',
    incident: null,
    request: request.id,
    view: 'sign-in',
    query: null,
    purpose: null,
    from: request.ip,
    breakGlass: null,
  };
}

interface Entering {
  readonly room: string;
  readonly actor: Actor;
  readonly way: Way;
  readonly roles: readonly string[] | null;
  readonly idToken: string | null;
}

/** Signs somebody in who has proved who they are, or says why the room does not let them in. */
async function enter(
  { around, admission }: Registering,
  request: FastifyRequest,
  { room, actor, way, roles, idToken }: Entering,
): Promise<{ readonly cookie: string } | Problem> {
  const engine = around.rooms.get(room);
  if (engine === undefined) return problem('not-found');
  const upTo = engine.head().seq;
  const barred = mayNotEnter(engine.room(), { actor, roles });
  const entered = await admission.inSessions(async () => {
    if (barred !== null) {
      await around.accessLog(room).denied(signing(request, 'SignInRefused', { actor, session: null, upTo }));
      return problem('forbidden', { detail: barred.says });
    }
    const replaces = admission.tokenOf(request, room);
    const started = await around.sessions.start({ room, actor, way, roles, idToken, replaces });
    await around.accessLog(room).note(signing(request, 'SignedIn', { actor, session: started.session.mark, upTo }));
    return started;
  });
  if (isProblem(entered)) return entered;
  const { token } = entered;
  const { name, flags } = sessionCookie(around.origins[0], room);
  return { cookie: fastifyCookie.serialize(name, token, { ...flags, sameSite: flags.sameSite }) };
}

const person = z.strictObject({ kind: z.enum(['staff', 'machine']), id: z.string().min(1).max(64) });

function demonstrationRoutes(registering: Registering): readonly Route[] {
  const { around } = registering;
  const { demonstration } = around;
  if (demonstration === null) return [];
  return [
    openRoute({
      method: 'GET',
      path: '/rooms/{room}/people',
      tag,
      summary: 'The invented people that can be chosen in a demonstration',
      security: 'open',
      answer: {
        says: 'The people.',
        schema: z.object({
          people: z.array(z.object({ staff: z.string(), role: z.string(), title: z.string() })),
        }),
      },
      problems: ['not-found'],
      params: ofRoom,
      handle: ({ params }) => {
        const engine = around.rooms.get(params.room);
        return engine === undefined
          ? problem('not-found')
          : { json: JSON.stringify({ people: choices(engine.room()) }) };
      },
    }),
    openRoute({
      method: 'POST',
      path: '/rooms/{room}/sign-in',
      tag,
      summary: 'Take on an invented person, in a demonstration only',
      security: 'open',
      answer: { says: 'Signed in; the session is in the cookie that is set.', schema: z.object({ you: z.string() }) },
      problems: ['not-found', 'forbidden', 'forged-request', 'log-away'],
      params: ofRoom,
      body: person,
      bodyExample: { kind: 'staff', id: 'handler-1' },
      handle: async ({ params, body, request }) => {
        const forged = madeElsewhere(around, request);
        if (forged !== null) return forged;
        const engine = around.rooms.get(params.room);
        if (engine === undefined) return problem('not-found');
        const chosen = impersonate(engine.room(), body, demonstration.isProduction);
        if (!chosen.ok) return problem('forbidden', { detail: chosen.reason.says });
        const { actor } = chosen;
        const entering = { room: params.room, actor, way: 'demonstration', roles: null, idToken: null } as const;
        const entered = await enter(registering, request, entering);
        if (isProblem(entered)) return entered;
        return { json: JSON.stringify({ you: actor.id }), headers: { 'set-cookie': entered.cookie } };
      },
    }),
  ];
}

function directoryRoutes(registering: Registering): readonly Route[] {
  const { around } = registering;
  const { directory } = around;
  if (directory === null) return [];
  const attempt = attemptCookie(around.origins[0]);
  return [
    openRoute({
      method: 'GET',
      path: '/rooms/{room}/sign-in',
      tag,
      summary: 'Go to the force’s directory to sign in',
      security: 'open',
      answer: { status: 303, says: 'To the directory.' },
      problems: ['directory-away'],
      params: ofRoom,
      query: z.strictObject({
        return: z.string().max(500).default('/').meta({ description: 'Where in this service to go afterwards.' }),
      }),
      handle: async ({ params, query }) => {
        const begun = await directory.begin({ room: params.room, returnTo: query.return });
        if (begun.kind === 'away') return problem('directory-away', { detail: begun.reason.says });
        return {
          to: begun.address,
          headers: { 'set-cookie': fastifyCookie.serialize(attempt.name, begun.cookie, attempt.flags) },
        };
      },
    }),
    openRoute({
      method: 'GET',
      path: '/sign-in/back',
      tag,
      summary: 'Where the directory sends people back to',
      security: 'open',
      answer: { status: 303, says: 'Signed in; on to where they were going.' },
      problems: ['sign-in-needed', 'not-found', 'forbidden', 'directory-away', 'log-away'],
      handle: async ({ request }) => comeBack(registering, request),
    }),
  ];
}

async function comeBack(registering: Registering, request: FastifyRequest): Promise<Answer | Problem> {
  const { around, admission } = registering;
  const { directory } = around;
  if (directory === null) return problem('not-found');
  const { name, flags } = attemptCookie(around.origins[0]);
  const query = request.url.slice(request.url.indexOf('?') + 1);
  const cookie = cookieValue(request, name);
  const back = await admission.inSessions(async () => directory.finish({ cookie, query }));
  if (isProblem(back)) return back;
  if (back.kind === 'away') return problem('directory-away', { detail: back.reason.says });
  if (back.kind === 'refused') return problem('sign-in-needed', { detail: back.reason.says });
  const { room, staff, roles, idToken, returnTo } = back;
  const entering = { room, actor: { kind: 'staff', id: staff }, way: 'directory', roles, idToken } as const;
  const entered = await enter(registering, request, entering);
  if (isProblem(entered)) return entered;
  const spent = fastifyCookie.serialize(name, '', { ...flags, maxAge: 0 });
  return { to: returnTo, headers: { 'set-cookie': [entered.cookie, spent] } };
}

function signOut(registering: Registering): Route {
  const { around, admission } = registering;
  return roomRoute({
    method: 'POST',
    path: '/rooms/{room}/sign-out',
    tag,
    summary: 'Sign out: the session and its streams end at once',
    describes: 'It ends the session, not the duty: going off duty is the command `SignOff`.',
    answer: {
      says: 'Signed out. Where `to` is an address, the directory signs the person out there.',
      schema: z.object({ to: z.string().nullable() }),
    },
    problems: [],
    params: ofRoom,
    handle: async ({ request, seat }) => {
      const token = admission.tokenOf(request, seat.room);
      const { name, flags } = sessionCookie(around.origins[0], seat.room);
      const gone = fastifyCookie.serialize(name, '', { ...flags, maxAge: 0 });
      if (token === undefined || seat.who.session === null) return { json: '{"to":null}' };
      const { actor, session } = seat.who;
      const upTo = seat.engine.head().seq;
      const ended = await admission.inSessions(async () => {
        const one = await around.sessions.end(seat.room, token);
        admission.ended(seat, token);
        await around.accessLog(seat.room).note(signing(request, 'SignedOut', { actor, session, upTo }));
        return one;
      });
      if (isProblem(ended)) return ended;
      const to = around.directory === null ? null : await around.directory.signOutAddress(ended?.idToken ?? null);
      return { json: JSON.stringify({ to }), headers: { 'set-cookie': gone } };
    },
  });
}
