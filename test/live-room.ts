import { createHash } from 'node:crypto';
import { openDatabase } from '../src/database/connect.ts';
import type { Database, DatabaseUrls } from '../src/database/connect.ts';
import { catalogues } from '../src/engine/catalogues.ts';
import { liveClock } from '../src/engine/clocks.ts';
import type { Clock } from '../src/engine/clock.ts';
import type { Answered, Order, RoomEngine } from '../src/engine/engine.ts';
import { metersOf } from '../src/engine/meters.ts';
import type { EngineAround } from '../src/engine/room-engine.ts';
import { startRoom } from '../src/engine/room-engine.ts';
import { foldVersion } from '../src/journal/fold-version.ts';
import type { PostgresJournal } from '../src/journal/postgres-journal.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import { takeTurn } from '../src/journal/turn.ts';
import type { LiveSource } from '../src/sources/source.ts';
import type { Actor } from '../src/room/define.ts';
import type { RoomKind } from '../src/room/room.ts';
import { nationalPolicy, people } from './control-room.ts';

/** A room of a real engine on a real database. */
export interface LiveRoom {
  readonly engine: RoomEngine;
  readonly journal: PostgresJournal;
  readonly database: Database;
  /** Sends a command as somebody; an id of its own unless one is given. */
  readonly send: (who: string, type: string, data: unknown, more?: Partial<Order>) => Promise<Answered>;
  /** Resolves once the engine writes for the room. */
  readonly untilWriting: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LiveOptions {
  readonly room?: string;
  readonly kind?: RoomKind;
  readonly clock?: Clock;
  readonly sources?: readonly LiveSource[];
  /** What the engine says; kept quiet unless a test wants to see it. */
  readonly said?: (level: string, says: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly around?: Partial<EngineAround>;
}

const quiet = (): void => undefined;
let count = 0;

/** Starts a process's worth of engine for one room; several may stand beside each other on one database. */
export async function liveRoom(urls: DatabaseUrls, options: LiveOptions = {}): Promise<LiveRoom> {
  const { room = 'testshire', kind = 'exercise', said = quiet } = options;
  const database = openDatabase(urls, quiet);
  const journal = postgresJournal(database, { foldVersion: foldVersion() });
  const entry = { room, kind, createdAt: 0 };
  await journal.create(entry);
  const log = {
    info: (fields: Readonly<Record<string, unknown>>, says: string) => said('info', says, fields),
    warn: (fields: Readonly<Record<string, unknown>>, says: string) => said('warn', says, fields),
    error: (fields: Readonly<Record<string, unknown>>, says: string) => said('error', says, fields),
  };
  const seeker = { connectionString: urls.url, journal, holder: 'test' };
  const engine = startRoom({
    entry,
    journal,
    clock: options.clock ?? liveClock(0, quiet),
    catalogueOf: catalogues(),
    incidentOf: (_room, event) => event.ids['incident'] ?? null,
    projectionsOf: () => [],
    sources: new Map((options.sources ?? []).map((one) => [one.id, one])),
    takeTurn: (signal) => takeTurn(room, seeker, signal),
    log,
    meters: metersOf(room),
    ...options.around,
  });
  return {
    engine,
    journal,
    database,
    send: (who, type, data, more = {}) => {
      count += 1;
      return engine.give({ id: `test-${count}`, type, data, actor: actorOf(who), at: null, override: null, ...more });
    },
    untilWriting: async () => engine.untilWriting(),
    close: async () => {
      await engine.stop();
      await journal.close();
      await database.close();
    },
  };
}

/** `heed`, `source` and `telephony` are machines, `world` opens a world, everybody else is staff. */
export function actorOf(who: string): Actor {
  if (who === 'world') return { kind: 'world', id: 'world' };
  return { kind: ['heed', 'source', 'telephony'].includes(who) ? 'machine' : 'staff', id: who };
}

/** Opens an empty room: the national policy, and everybody of the tests at a desk. */
export async function openRoom({ send }: LiveRoom): Promise<void> {
  const { policy } = nationalPolicy();
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(policy)).digest('hex')}`;
  await send('world', 'AdoptPolicy', { digest, text: policy }, { id: 'open-policy' });
  for (const [staff, role] of Object.entries(people)) {
    await send('world', 'EnrolStaff', { staff, role }, { id: `enrol-${staff}` });
    await send('world', 'SignOn', { staff, position: `desk-${staff}` }, { id: `sign-on-${staff}` });
  }
}
