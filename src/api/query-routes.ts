import { z } from 'zod';
import { formatInstant } from '../room/british-time.ts';
import { id } from '../room/define.ts';
import { authorities } from '../room/policy.ts';
import { hasAuthority } from '../room/staff.ts';
import { contactPage } from '../views/contact-page.ts';
import { dutyList } from '../views/duty-line.ts';
import { incidentPage } from '../views/incident-page.ts';
import { queueOf } from '../views/queue.ts';
import { searchRoom } from '../views/search.ts';
import { supervisorBoard } from '../views/supervisor-board.ts';
import { unitList } from '../views/unit-list.ts';
import type { Seat } from './admission.ts';
import {
  boardAnswer,
  contactAnswer,
  dutiesAnswer,
  incidentAnswer,
  queueAnswer,
  roomAnswer,
  searchAnswer,
  unitsAnswer,
} from './answers.ts';
import type { Around } from './around.ts';
import { withIsoInstants } from './iso.ts';
import { apiLimits } from './limits.ts';
import { eventRoutes } from './event-routes.ts';
import { ofRoom, purpose } from './of-room.ts';
import type { Registering } from './register.ts';
import type { Route } from './route.ts';
import { roomRoute } from './route.ts';
import { readProblems, shown, withPurpose } from './shown.ts';
import { subjectRoutes } from './subject-routes.ts';

const tag = 'What the room holds';

/** Who somebody is in a room, and what they may decide there. */
function youIn({ who, engine }: Seat): Readonly<Record<string, unknown>> {
  const { kind, id: own } = who.actor;
  const room = engine.room();
  const person = kind === 'staff' ? room.staff.get(own) : undefined;
  return {
    kind,
    id: own,
    role: person?.role ?? null,
    enrolledAs: person?.enrolledAs ?? null,
    position: person?.position ?? null,
    state: person?.state ?? (room.policy.onCall.includes(own) ? 'on-call' : 'off'),
    authorities: kind === 'staff' ? authorities.filter((one) => hasAuthority(room, own, one)) : [],
    signedInUntil: who.endsAt === null ? null : formatInstant(who.endsAt),
  };
}

function roomState(around: Around, seat: Seat): string {
  const { engine } = seat;
  const { kind, policy } = engine.room();
  const { seq, hash } = engine.head();
  const { environment, banner } = around;
  const at = Math.max(engine.room().now, around.nowIn(seat.room));
  const { id: policyId, version, title } = policy;
  const said = { room: seat.room, kind, state: engine.state(), at, seq, hash, environment, banner };
  return withIsoInstants({ ...said, policy: { id: policyId, version, title }, you: youIn(seat) });
}

/** What consoles ask of a room: each answer is what its reader may see, and is in the access log before it is sent. */
export function queryRoutes(registering: Registering): readonly Route[] {
  const { around } = registering;
  return [
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}',
      tag,
      summary: 'The state of a room, and who you are in it',
      answer: { says: 'The room.', schema: roomAnswer },
      problems: ['forbidden'],
      params: ofRoom,
      handle: ({ seat }) => ({ json: roomState(around, seat) }),
    }),
    ...listRoutes(around),
    ...boardRoutes(around),
    ...pageRoutes(around),
    ...subjectRoutes(around),
    ...eventRoutes(registering),
  ];
}

const dutiesWanted = z.strictObject({
  purpose,
  mine: z.literal('true').optional().meta({ description: 'Those that you must answer.' }),
  role: id.optional().meta({ description: 'Those of a role, and those that climbed to it.' }),
  armed: z.literal('true').optional().meta({ description: 'Those that are still silent as well.' }),
});

const list = { method: 'GET', tag, problems: readProblems, params: ofRoom } as const;

/** Lists of what is open. */
function listRoutes(around: Around): readonly Route[] {
  return [
    roomRoute({
      ...list,
      path: '/rooms/{room}/queue',
      summary: 'Open incidents and waiting contacts, those at most risk first',
      answer: { says: 'The queue.', schema: queueAnswer },
      query: withPurpose,
      handle: (call) =>
        shown(around, call, { view: 'queue', ...call.query }, ({ room, seen }) => queueOf(room(), seen.now)),
    }),
    roomRoute({
      ...list,
      path: '/rooms/{room}/duties',
      summary: 'Open duties, alarms first, then by when they fall due',
      answer: { says: 'The duties.', schema: dutiesAnswer },
      query: dutiesWanted,
      handle: (call) => {
        const { mine, role, armed } = call.query;
        const { kind, id: own } = call.seat.who.actor;
        const staff = mine === undefined || kind !== 'staff' ? undefined : own;
        const query = [mine === undefined ? '' : 'mine', role ?? '', armed === undefined ? '' : 'armed']
          .join(' ')
          .trim();
        const at = { view: 'duties', query, purpose: call.query.purpose };
        return shown(around, call, at, ({ room, seen }) => ({
          at: seen.now,
          seq: room().seq,
          duties: dutyList(room(), { staff, role, armed: armed !== undefined }, seen),
        }));
      },
    }),
    roomRoute({
      ...list,
      path: '/rooms/{room}/units',
      summary: 'Units, those that could be sent first',
      answer: { says: 'The units.', schema: unitsAnswer },
      query: withPurpose,
      handle: (call) =>
        shown(around, call, { view: 'units', ...call.query }, ({ room, seen }) => ({
          at: seen.now,
          seq: room().seq,
          units: unitList(room(), seen.now),
        })),
    }),
  ];
}

/** The board of whoever leads, and the search. */
function boardRoutes(around: Around): readonly Route[] {
  return [
    roomRoute({
      ...list,
      path: '/rooms/{room}/board',
      summary: 'What somebody who leads the room must see',
      answer: { says: 'The board.', schema: boardAnswer },
      query: withPurpose,
      handle: (call) =>
        shown(around, call, { view: 'board', ...call.query }, ({ room, seen }) => supervisorBoard(room(), seen)),
    }),
    roomRoute({
      ...list,
      path: '/rooms/{room}/search',
      summary: 'What of the room answers to a few words, a number or an id',
      describes: 'The room holds the present and its last day; what is older is asked of the sources, by a check.',
      answer: { says: 'What was found, exact matches first.', schema: searchAnswer },
      query: z.strictObject({ q: z.string().trim().min(2).max(200), purpose }),
      handle: (call) => {
        const { q, purpose: why } = call.query;
        return shown(around, call, { view: 'search', query: q, purpose: why }, ({ room, seen }) => ({
          at: seen.now,
          seq: room().seq,
          ...searchRoom(room(), q, apiLimits.searchRows),
        }));
      },
    }),
  ];
}

/** Pages of one thing. */
function pageRoutes(around: Around): readonly Route[] {
  const page = { method: 'GET', tag, problems: readProblems } as const;
  return [
    roomRoute({
      ...page,
      path: '/rooms/{room}/incidents/{incident}',
      summary: 'An incident whole: its log, and what stands between it and its end',
      answer: { says: 'The incident.', schema: incidentAnswer },
      params: ofRoom.extend({ incident: id }),
      query: withPurpose,
      handle: (call) => {
        const { incident } = call.params;
        const at = { view: 'incident', incident, scope: `incident:${incident}`, ...call.query };
        return shown(around, call, at, ({ room, seen }) => {
          const visible = room();
          const held = visible.incidents.get(incident);
          return held === undefined ? null : incidentPage(visible, held, seen);
        });
      },
    }),
    roomRoute({
      ...page,
      path: '/rooms/{room}/contacts/{contact}',
      summary: 'A contact whole: what was said, and what is owed to the caller',
      answer: { says: 'The contact.', schema: contactAnswer },
      params: ofRoom.extend({ contact: id }),
      query: withPurpose,
      handle: (call) => {
        const { contact } = call.params;
        const incident = call.seat.engine.room().contacts.get(contact)?.incident ?? undefined;
        const at = { view: 'contact', incident, query: contact, ...call.query };
        return shown(around, call, at, ({ room, seen }) => contactPage(room(), contact, seen));
      },
    }),
  ];
}
