import { z } from 'zod';
import { problem } from '../api/problems.ts';
import type { Route } from '../api/route.ts';
import { openRoute } from '../api/route.ts';
import { instant } from '../border/instant.ts';
import { manualClock } from '../engine/clocks.ts';
import type { ManualClock } from '../engine/clocks.ts';
import type { RoomEngine } from '../engine/engine.ts';
import type { Journal } from '../journal/journal.ts';
import { eventsMax } from '../replay/theatre.ts';
import { finding } from '../room/check.ts';
import { id, instant as at, line, span } from '../room/define.ts';
import { identity } from '../room/subject.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { memorySource } from '../sources/memory.ts';
import type { LiveSource, SourceRecord } from '../sources/source.ts';
import { ownHistory } from '../room/policy.ts';
import type { Rooms } from './rooms.ts';

/** Replay rooms that stand at once; making one more closes the one that was longest left alone. */
const replaysMax = 20;
const openingMax = 5_000;

export interface ReplaysAround {
  readonly rooms: Rooms;
  readonly journal: Journal;
  /** The force's own history of a room, with these records in it from the start. */
  readonly ownHistory: (room: string, records: readonly SourceRecord[]) => Promise<LiveSource>;
  readonly now: () => number;
}

interface Replay {
  readonly engine: RoomEngine;
  readonly clock: ManualClock;
}

/** One source of a world: what it knows, how long it takes, and when it does not answer. */
const sourceSchema = z.strictObject({
  latency: span.nullable().optional(),
  outages: z
    .array(z.strictObject({ from: at, until: at, result: z.enum(['failed', 'timed-out', 'unavailable']) }))
    .max(100)
    .default([]),
  records: z
    .array(
      z.strictObject({
        id,
        kind: finding.shape.kind,
        when: at,
        names: z.array(identity).max(50),
        subjects: z.array(id).max(50),
        signs: finding.shape.signs,
        says: line,
      }),
    )
    .max(5_000)
    .default([]),
});
const sourcesSchema = z.record(id, sourceSchema);
type Sources = z.output<typeof sourcesSchema>;

/** What a replay is opened with. */
const replaySchema = z.strictObject({
  room: id,
  startedAt: instant(),
  opening: z
    .array(z.strictObject({ type: z.enum([...commandSchemas.keys()] as [string, ...string[]]), data: z.unknown() }))
    .max(openingMax),
  sources: sourcesSchema.default({}),
});

/**
 * Replay rooms: their clocks stand still until they are moved, and nothing outside knows of them. Routes for a
 * demonstration alone, where everybody who can reach the service sits at this machine.
 */
export function replayRoutes(around: ReplaysAround): readonly Route[] {
  const replays = new Map<string, Replay>();
  return [opening(around, replays), moving(replays), acting(replays), reading(around, replays)];
}

function opening(around: ReplaysAround, replays: Map<string, Replay>): Route {
  return openRoute({
    method: 'POST',
    path: '/replays',
    tag: 'Replays',
    summary: 'Open a replay room',
    describes: 'A room whose clock stands still until it is moved, opened with a world. In a demonstration only.',
    security: 'open',
    body: replaySchema,
    bodyBytes: 8 * 1024 * 1024,
    answer: { status: 201, says: 'The room is open.', schema: z.object({ room: id, seq: z.int() }) },
    problems: ['invalid-input', 'id-conflict'],
    handle: async ({ body }) => {
      if (replays.has(body.room) || around.rooms.get(body.room) !== undefined) return problem('id-conflict');
      const entry = { room: body.room, kind: 'replay' as const, createdAt: around.now() };
      const clock = manualClock(body.startedAt);
      const asked = await sourcesOf(around, body.room, body.sources);
      const { engine } = await around.rooms.open(entry, asked, clock);
      replays.set(body.room, { engine, clock });
      await engine.untilWriting();
      for (const [place, { type, data }] of body.opening.entries()) {
        const fault = await opened(engine, { id: `command-${place + 1}`, type, data });
        if (fault !== null) return problem('invalid-input', { detail: `opening ${place + 1}, ${type}: ${fault}` });
      }
      await closeOldest(around, replays);
      return { status: 201, json: JSON.stringify({ room: body.room, seq: engine.head().seq }) };
    },
  });
}

/** Gives one command of the opening; what stands against it, or null. */
async function opened(
  engine: RoomEngine,
  { id: command, type, data }: { readonly id: string; readonly type: string; readonly data: unknown },
): Promise<string | null> {
  const read = commandSchemas.get(type)?.safeParse(data);
  if (read?.success !== true) return read?.error.issues[0]?.message ?? 'not a command of the room';
  const actor = { kind: 'world', id: 'world' } as const;
  const answered = await engine.give({ id: command, type, data: read.data, actor, at: null, override: null });
  if (answered.kind !== 'recorded') return 'it could not be recorded';
  const { outcome } = answered;
  return outcome.kind === 'done' ? null : outcome.reasons.map(({ says }) => says).join(' ');
}

function moving(replays: Map<string, Replay>): Route {
  return openRoute({
    method: 'POST',
    path: '/replays/{room}/clock',
    tag: 'Replays',
    summary: 'Move the clock of a replay room',
    describes: 'Stops at every instant at which something falls due or an answer comes, and lets it happen.',
    security: 'open',
    params: z.object({ room: id }),
    body: z.strictObject({ to: instant() }),
    answer: {
      says: 'The clock stands there, or where the log grew past its bound.',
      schema: z.object({ now: z.int(), seq: z.int(), isTooLong: z.boolean() }),
    },
    problems: ['not-found', 'invalid-input'],
    handle: async ({ params, body }) => {
      const replay = touched(replays, params.room);
      if (replay === undefined) return problem('not-found');
      const { engine, clock } = replay;
      const isTooLong = !(await clock.advance(body.to, async () => {
        await engine.idle();
        return engine.head().seq < eventsMax;
      }));
      return { json: JSON.stringify({ now: clock.now(), seq: engine.head().seq, isTooLong }) };
    },
  });
}

/** Who acts in a replay: anybody of its world, for whoever opened it plays them all. */
const replayActor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('staff'), id }),
  z.strictObject({ kind: z.literal('machine'), id }),
]);

function acting(replays: Map<string, Replay>): Route {
  return openRoute({
    method: 'POST',
    path: '/replays/{room}/acts',
    tag: 'Replays',
    summary: 'Give a command as anybody of a replay',
    describes: 'What others do where somebody practises a case. The same id is the same command.',
    security: 'open',
    params: z.object({ room: id }),
    body: z.strictObject({
      id,
      type: z.enum([...commandSchemas.keys()] as [string, ...string[]]),
      data: z.unknown(),
      actor: replayActor,
      at: at.nullable().default(null),
      override: line.nullable().default(null),
    }),
    answer: { says: 'Whether it was done.', schema: z.object({ isDone: z.boolean(), says: z.string() }) },
    problems: ['not-found', 'invalid-input', 'room-busy'],
    handle: async ({ params, body }) => {
      const replay = touched(replays, params.room);
      if (replay === undefined) return problem('not-found');
      const read = commandSchemas.get(body.type)?.safeParse(body.data);
      if (read?.success !== true) return problem('invalid-input', { detail: `${body.type} is not given so.` });
      const answered = await replay.engine.give({ ...body, data: read.data });
      if (answered.kind !== 'recorded') return problem('room-busy');
      const { outcome } = answered;
      const says = outcome.kind === 'done' ? '' : outcome.reasons.map((one) => one.says).join(' ');
      return { json: JSON.stringify({ isDone: outcome.kind === 'done', says }) };
    },
  });
}

function reading({ journal }: ReplaysAround, replays: Map<string, Replay>): Route {
  return openRoute({
    method: 'GET',
    path: '/replays/{room}/events',
    tag: 'Replays',
    summary: 'Read the log of a replay room',
    security: 'open',
    params: z.object({ room: id }),
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
    }),
    answer: { says: 'Events in order.', schema: z.object({ events: z.array(z.unknown()) }) },
    problems: ['not-found'],
    handle: async ({ params, query }) => {
      if (touched(replays, params.room) === undefined) return problem('not-found');
      const events = await journal.read(params.room, query.after, query.limit);
      return { json: JSON.stringify({ events }) };
    },
  });
}

/** The sources of a world, as a case file writes them; its own history is the real one, filled with its records. */
async function sourcesOf(around: ReplaysAround, room: string, sources: Sources): Promise<readonly LiveSource[]> {
  const asked: LiveSource[] = [];
  for (const [name, one] of Object.entries({ [ownHistory]: { records: [], outages: [] }, ...sources })) {
    const { records, outages, latency } = sourceSchema.parse(one);
    const memory = memorySource({ id: name, records, latencyMs: latency ?? 0, outages });
    if (name !== ownHistory) asked.push({ id: name, ask: async (question) => memory.ask(question) });
    else {
      const own = await around.ownHistory(room, records);
      const isOut = (at: number): boolean => outages.some(({ from, until }) => from <= at && at < until);
      asked.push({
        id: name,
        ask: async (question, signal) =>
          isOut(question.at) ? memory.ask(question) : { ...(await own.ask(question, signal)), tookMs: latency ?? 0 },
      });
    }
  }
  return asked;
}

/** The replay room by that id, which is in use from here on. */
function touched(replays: Map<string, Replay>, room: string): Replay | undefined {
  const replay = replays.get(room);
  if (replay === undefined) return undefined;
  replays.delete(room);
  replays.set(room, replay);
  return replay;
}

async function closeOldest({ rooms }: ReplaysAround, replays: Map<string, Replay>): Promise<void> {
  const [oldest] = replays.keys();
  if (replays.size <= replaysMax || oldest === undefined) return;
  replays.delete(oldest);
  await rooms.close(oldest);
}
