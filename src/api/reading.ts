import type { FastifyRequest } from 'fastify';
import type { Access } from '../access/access.ts';
import type { Room } from '../room/room.ts';
import type { Seen } from '../views/told.ts';
import type { Seat } from './admission.ts';
import type { Around } from './around.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { mayLook, needsPurpose, roomAt, seenBy, throughGlass } from './sight.ts';

/** What somebody wants to look at. */
export interface Look {
  /** The name of the view. */
  readonly view: string;
  /** The incident that it is of, where it is of one. */
  readonly incident?: string | undefined;
  /** The scope as events have it; of the room where it is left out. */
  readonly scope?: string | undefined;
  /** What was searched for, or how it was narrowed. */
  readonly query?: string | undefined;
  /** What it is for, as they gave it. */
  readonly purpose?: string | undefined;
  /** Whether it stays open, until it is closed by the name of the request. */
  readonly stays?: boolean;
  /** Whether it leaves the room: the access log tells it apart from reading. */
  readonly isDisclosure?: boolean;
}

/** The room as somebody sees it, at the position that the access log names. */
export interface Looking {
  readonly room: () => Room;
  readonly seen: Seen;
}

/** Where a request came from: the address and, where it is known, the desk. */
function placeOf(request: FastifyRequest, { who, engine }: Seat): string {
  const desk = who.actor.kind === 'staff' ? engine.room().staff.get(who.actor.id)?.position : null;
  return desk == null ? request.ip : `${request.ip} ${desk}`;
}

/** An access by somebody who is signed in, as the access log keeps it. */
export function accessOf(
  request: FastifyRequest,
  seat: Seat,
  look: Look & Pick<Access, 'type' | 'upTo' | 'breakGlass'>,
): Access {
  return {
    type: look.type,
    actor: seat.who.actor,
    scope: look.scope ?? 'room',
    incident: look.incident ?? null,
    upTo: look.upTo,
    request: request.id,
    session: seat.who.session,
    view: look.view,
    query: look.query ?? null,
    purpose: look.purpose ?? null,
    from: placeOf(request, seat),
    breakGlass: look.breakGlass,
  };
}

/** What a room must be like for anybody to be shown anything of it. */
function isPresent({ engine }: Seat): boolean {
  const state = engine.state();
  return state !== 'standby' && (state !== 'loading' || engine.room().seq > 0);
}

/** Whoever is about to look; nothing has been shown or logged yet. */
interface About {
  readonly around: Around;
  readonly request: FastifyRequest;
  readonly seat: Seat;
}

const offDuty = 'Whoever is not on duty here reads nothing; sign on first.';

/**
 * Lets somebody look: what a view makes of the room as they see it, once the access log has it. Every look is written
 * down before anything is shown, and where it cannot be written nothing is shown. Of what is not there, and of what is
 * hidden from them, the view makes null: both are answered, and written down, in one way.
 */
export async function look<T>(
  about: About,
  at: Look,
  view: (looking: Looking) => T | null,
): Promise<{ readonly made: T } | Problem> {
  const { around, request, seat } = about;
  if (!isPresent(seat)) return problem('room-not-ready', { headers: { 'retry-after': '2' } });
  const log = around.accessLog(seat.room);
  const access = (type: Access['type'], breakGlass: string | null = null): Access =>
    accessOf(request, seat, { ...at, type, upTo: seat.engine.room().seq, breakGlass });
  if (!mayLook(seat.engine.room(), seat.who))
    return (await noting(about, () => log.denied(access('Denied')))) ?? problem('forbidden', { detail: offDuty });
  const now = Math.max(seat.engine.room().now, around.nowIn(seat.room));
  const whole = roomAt(seat.engine.room(), now);
  const made = view({ room: () => seenBy(whole, seat.who), seen: { now, words: around.words } });
  if (made === null) return (await noting(about, () => log.denied(access('Denied')))) ?? problem('not-found');
  if (at.purpose === undefined && needsPurpose(whole, seat.who, at.incident)) return problem('purpose-needed');
  const glass = throughGlass(whole, seat.who, at.incident);
  const looked = { ...access(typeOf(at), glass), upTo: whole.seq };
  return (await noting(about, () => log.note(looked))) ?? { made };
}

function typeOf({ stays, isDisclosure }: Look): Access['type'] {
  if (isDisclosure === true) return 'Disclosed';
  return stays === true ? 'ViewOpened' : 'Read';
}

/** Refuses somebody what their role does not allow, once that they tried is written down. */
export async function turnAway(about: About, at: Look, detail: string): Promise<Problem> {
  const { around, request, seat } = about;
  const denied = { ...at, type: 'Denied', upTo: seat.engine.room().seq, breakGlass: null } as const;
  const access = accessOf(request, seat, denied);
  return (await noting(about, () => around.accessLog(seat.room).denied(access))) ?? problem('forbidden', { detail });
}

/** Writes down that a view which stayed open is closed, and up to where it was shown. */
export async function closed(about: About, at: Look, upTo: number): Promise<void> {
  const { around, request, seat } = about;
  const access = accessOf(request, seat, { ...at, type: 'ViewClosed', upTo, breakGlass: null });
  await noting(about, () => around.accessLog(seat.room).note(access));
}

async function noting({ around, request }: About, write: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await write();
    return null;
  } catch (error) {
    const fault = error instanceof Error ? error.name : 'unknown';
    around.log.error({ request: request.id, fault }, 'the access log could not be written');
    return problem('not-logged', { headers: { 'retry-after': '2' } });
  }
}
