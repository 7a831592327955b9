import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { instant } from '../border/instant.ts';
import { id } from '../room/define.ts';
import { latitude, longitude, metres, roundedDegrees } from '../room/location.ts';
import { untakenWhys } from '../room/unit-position.ts';
import type { UnitPosition } from '../room/unit-position.ts';
import { nonceMemory } from '../telephony/signature.ts';
import type { Seat } from './admission.ts';
import type { Around } from './around.ts';
import { fit, tooMuch } from './fit.ts';
import { apiLimits, ingressLimits, positionLimits } from './limits.ts';
import { ofRoom } from './of-room.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { unfit } from './register.ts';
import type { Answer, Route } from './route.ts';
import { openRoute, roomRoute } from './route.ts';
import { readProblems, shown, withPurpose } from './shown.ts';
import { seenBy } from './sight.ts';
import type { SignedDoor, SignedMessage } from './signed-message.ts';
import { jsonIn, senderOf } from './signed-message.ts';

const kind = 'positions';

const told = z.strictObject({
  positions: z
    .array(
      z.strictObject({
        unit: id,
        latitude,
        longitude,
        errorM: metres.nullable().default(null).meta({ description: 'How far off it may be; null: not told.' }),
        takenAt: instant(),
      }),
    )
    .min(1)
    .max(positionLimits.perMessage),
});

const untaken = z.object({
  taken: z.int(),
  untaken: z.array(z.object({ unit: z.string(), why: z.enum(untakenWhys) })),
});

const positionsAnswer = z.object({
  at: z.iso.datetime(),
  positions: z.array(
    z.object({
      unit: z.string(),
      latitude: z.number(),
      longitude: z.number(),
      errorM: z.int().nullable(),
      takenAt: z.iso.datetime(),
    }),
  ),
});

/** Where units are: as their equipment tells it, and as those who may see the units are told. */
export function positionRoutes(around: Around): readonly Route[] {
  const door = { around, nonces: nonceMemory({ most: ingressLimits.noncesMost, notBefore: around.now() }) };
  return [
    openRoute({
      method: 'POST',
      path: '/rooms/{room}/ingress/positions',
      tag: 'What comes in',
      summary: 'Where units are, as their equipment says',
      describes:
        'Signed over method, path and body with a key of the machine for `positions`. The newest of each unit is ' +
        'held and nothing of it is in the log. What is older than what is held, of no unit here, or of one that is ' +
        'off duty is not taken, and the answer says which; the others are.',
      security: 'signature',
      answer: { says: 'How many were taken, and which were not.', schema: untaken },
      problems: ['message-replayed', 'forbidden', 'not-found', 'room-not-ready'],
      params: ofRoom,
      body: told,
      isRaw: true,
      handle: ({ params, request }) => take({ ...door, around }, { kind, room: params.room, request }),
    }),
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/positions',
      tag: 'What the room holds',
      summary: 'The newest position of each unit that you may see going where it goes',
      describes: 'The stream tells of changes as messages `positions`, at most once a second for all units together.',
      answer: { says: 'The positions.', schema: positionsAnswer },
      problems: readProblems,
      params: ofRoom,
      query: withPurpose,
      handle: (call) =>
        shown(around, call, { view: kind, ...call.query }, ({ seen }) => ({
          at: seen.now,
          positions: positionsFor(call.seat, around.positions(call.seat.room).all()),
        })),
    }),
  ];
}

function take(door: SignedDoor & { readonly around: Around }, message: SignedMessage): Answer | Problem {
  const { around } = door;
  const sender = senderOf(door, message);
  if (isProblem(sender)) return sender;
  const engine = around.rooms.get(message.room);
  if (engine === undefined) return problem('not-found');
  if (engine.state() !== 'writing')
    return problem('room-not-ready', { headers: { 'retry-after': String(apiLimits.retryAfterSeconds) } });
  const sent = jsonIn(message.request.body);
  if (sent === undefined) return problem('malformed-json');
  const much = tooMuch(sent);
  if (much !== null) return unfit([{ field: '', says: `${much}; found more` }], 0);
  const fitted = fit(told, sent);
  if (!fitted.ok) return unfit(fitted.faults, fitted.more);
  const positions = fitted.value.positions.map((one) => ({
    ...one,
    latitude: roundedDegrees(one.latitude),
    longitude: roundedDegrees(one.longitude),
  }));
  const room = engine.room();
  const left = around.positions(message.room).take(positions, { room, now: around.nowIn(message.room) });
  return { json: JSON.stringify({ taken: positions.length - left.length, untaken: left }) };
}

/** Positions without those of units that are at something hidden from this reader: where they are would say where. */
function positionsFor({ engine, who }: Seat, positions: readonly UnitPosition[]): readonly UnitPosition[] {
  const room = engine.room();
  const seen = seenBy(room, who);
  if (seen === room) return positions;
  return positions.filter(({ unit }) => {
    const shownUnit = seen.units.get(unit);
    return shownUnit !== undefined && shownUnit.deployment === (room.units.get(unit)?.deployment ?? null);
  });
}

/** What goes to everybody who sees all of it is put into text once. */
const frames = new WeakMap<readonly UnitPosition[], string>();

function frameOf(positions: readonly UnitPosition[]): string {
  const held = frames.get(positions);
  if (held !== undefined) return held;
  const made = `event: positions\ndata: ${JSON.stringify({ positions })}\n\n`;
  frames.set(positions, made);
  return made;
}

/** Where positions go: one reader of the stream. */
interface Told {
  readonly seat: Seat;
  readonly raw: ServerResponse;
  readonly isLive: () => boolean;
  readonly send: (text: string) => void;
}

/** The ways to begin with all that is held, and to leave. */
interface Telling {
  readonly begin: () => void;
  readonly leave: () => void;
}

/**
 * Tells a reader of the stream where units are: all of them when it is asked to, then whatever changes. Whoever is slow
 * to take events is spared a round, and told everything again after it.
 */
export function tellPositions(around: Around, { seat, raw, isLive, send }: Told): Telling {
  const positions = around.positions(seat.room);
  let isBehind = false;
  const tell = (changed: readonly UnitPosition[]): void => {
    if (raw.writableLength > positionLimits.waitingBytes) {
      isBehind = true;
      return;
    }
    const theirs = positionsFor(seat, isBehind ? positions.all() : changed);
    isBehind = false;
    if (theirs.length > 0) send(frameOf(theirs));
  };
  const leave = positions.follow((changed) => {
    if (isLive()) tell(changed);
  });
  return { begin: () => tell(positions.all()), leave };
}
