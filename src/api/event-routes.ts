import { Readable } from 'node:stream';
import { z } from 'zod';
import { sliceRoom } from '../room/snapshot.ts';
import type { Room } from '../room/room.ts';
import { eventsAnswer } from './answers.ts';
import { fencedAfter, seqOf, valueFor } from './event-pages.ts';
import { apiLimits } from './limits.ts';
import { ofRoom, purpose } from './of-room.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { look } from './reading.ts';
import type { Registering } from './register.ts';
import type { Answer, Route, SeatedCall } from './route.ts';
import { roomRoute } from './route.ts';
import { roomAt } from './sight.ts';

const tag = 'What happens';
const problemsHere = ['forbidden', 'purpose-needed', 'room-not-ready', 'not-logged'] as const;

/** A whole number in an address. */
function figure(least: number, most: number, otherwise: number): z.ZodType<number, string | undefined> {
  const words = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: () => `expected ${words}` })
    .optional()
    .transform((value) => value ?? otherwise)
    .meta({ type: 'integer', minimum: least, maximum: most, default: otherwise });
}

const eventsWanted = z.strictObject({
  after: figure(0, Number.MAX_SAFE_INTEGER, 0),
  limit: figure(1, apiLimits.pageEvents, 100),
  purpose,
});

/** The log in pages, and the room whole for a console to begin from. */
export function eventRoutes(registering: Registering): readonly Route[] {
  return [
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/events',
      tag,
      summary: 'The events after a place in the log, in order',
      describes: 'As the log keeps them; one that is hidden from you is only its place.',
      answer: { says: 'One page.', schema: eventsAnswer },
      problems: [...problemsHere, 'log-away'],
      params: ofRoom,
      query: eventsWanted,
      handle: (call) => pageOf(registering, call),
    }),
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/visible',
      tag,
      summary: 'The whole room as you may see it, for a console to begin from',
      describes:
        'One line of JSON for each slice, `{"part":…,"text":…}`, in the order in which they are put together again; ' +
        'the last is the part `end` with the place in the log. Go on with the stream from there.',
      answer: { says: 'The slices.', type: 'application/x-ndjson' },
      problems: problemsHere,
      params: ofRoom,
      query: z.strictObject({ purpose }),
      handle: (call) => wholeRoom(registering, call),
    }),
  ];
}

type EventsCall = SeatedCall<unknown, z.output<typeof eventsWanted>, unknown>;

async function pageOf(registering: Registering, call: EventsCall): Promise<Answer | Problem> {
  const { around, hubs } = registering;
  const { request, seat } = call;
  const { after, limit, purpose: why } = call.query;
  const at = { view: 'events', query: `after ${after}`, purpose: why };
  const looked = await look({ around, request, seat }, at, () => true);
  if (isProblem(looked)) return looked;
  const hub = hubs.of(seat.engine);
  try {
    const page = await fencedAfter({ around, hub, seat }, after, limit);
    const last = page.at(-1);
    const room = roomAt(seat.engine.room(), around.nowIn(seat.room));
    const events = page.map((one) => valueFor(one, room, seat.who));
    return { json: JSON.stringify({ head: hub.head(), next: last === undefined ? after : seqOf(last), events }) };
  } catch (error) {
    const fault = error instanceof Error ? error.name : 'unknown';
    around.log.error({ request: request.id, room: seat.room, fault }, 'the log could not be read');
    return problem('log-away', { headers: { 'retry-after': String(apiLimits.retryAfterSeconds) } });
  }
}

async function wholeRoom(
  { around }: Registering,
  { request, reply, seat, query }: SeatedCall<unknown, { readonly purpose?: string | undefined }, unknown>,
): Promise<Answer | Problem> {
  const looked = await look({ around, request, seat }, { view: 'visible', ...query }, ({ room }) => room());
  if (isProblem(looked)) return looked;
  // Slice by slice as the reader takes them: the room is immutable, and the next command need not wait for them all.
  const lines = Readable.from(linesOf(looked.made), { objectMode: false });
  void reply.type('application/x-ndjson; charset=utf-8').header('heed-seq', String(looked.made.seq)).send(lines);
  return 'taken-over';
}

function* linesOf(room: Room): Generator<Buffer> {
  for (const slice of sliceRoom(room)) yield Buffer.from(`${JSON.stringify(slice)}\n`);
}
