import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { openAccessLog } from '../src/access/access-log.ts';
import type { AccessLog } from '../src/access/access-log.ts';
import { accessProjections } from '../src/access/fence.ts';
import { readMachineKeys } from '../src/access/machine-keys.ts';
import type { MachineKeys } from '../src/access/machine-keys.ts';
import { failureLimits } from '../src/access/rate.ts';
import { openSessions, sessionSettings } from '../src/access/sessions.ts';
import { apiOf } from '../src/api/app.ts';
import type { Around } from '../src/api/around.ts';
import { matterIn, pastIn } from '../src/api/past.ts';
import type { DatabaseUrls } from '../src/database/connect.ts';
import { incidentOf } from '../src/room/belongings.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { roomPositions } from '../src/positions/positions.ts';
import { shippedModel } from '../src/policy/linkage-model.ts';
import { ownShelf, projectionsOf } from '../src/sources/own-history.ts';
import { recordsNear } from '../src/sources/shelf-source.ts';
import { wordsOf } from '../src/views/words.ts';
import type { LiveOptions, LiveRoom } from './live-room.ts';
import { liveRoom, openRoom } from './live-room.ts';

/** The interface of a real engine on a real database, listening on this machine. */
export interface LiveApi extends LiveRoom {
  readonly app: FastifyInstance;
  readonly base: string;
  readonly room: string;
  /** Everything that the service has written into its own log. */
  readonly said: () => string;
  /** Somebody of the room, signed in; their requests carry their session. */
  readonly as: (staff: string) => Promise<Client>;
  readonly stranger: Client;
  readonly accessLog: AccessLog;
}

/** Whoever asks, with the cookies that they were given. */
export interface Client {
  readonly cookie: string;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Asked>;
  readonly post: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Asked>;
  /** Gives a command of the room; an id of its own unless one is given. */
  readonly does: (type: string, data: unknown, more?: Readonly<Record<string, unknown>>) => Promise<Asked>;
}

/** What came back. */
export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}
export type Json = Readonly<Record<string, unknown>>;

export const machineSecret = 'bWFkZSB1cCBmb3IgdGhlIHRlc3RzIGFuZCBub3RoaW5nIGVsc2UgYXQgYWxs';

/** The keys of the tests' telephony: one for the room, one for another. */
export function testKeys(room: string): MachineKeys {
  const kinds = ['telephony', 'text', 'web-form', 'partner-mail', 'positions'];
  const secret = { environment: 'SECRET' };
  const other = { environment: 'OTHER' };
  const read = readMachineKeys(
    [
      { key: 'key-1', machine: 'switch', rooms: [room], kinds, secret },
      { key: 'key-2', machine: 'stranger', rooms: ['elsewhere'], kinds, secret: other },
    ],
    { SECRET: machineSecret, OTHER: `${machineSecret}x` },
  );
  if (!read.ok) throw new Error(read.says.join(' '));
  return read.keys;
}

const now = (): number => Date.now();

/** What the engine of a service writes beside the log. */
const projecting: NonNullable<LiveOptions['around']> = {
  incidentOf,
  projectionsOf: (room, events) => [...projectionsOf(room, events), ...accessProjections(room, events)],
};

/** Starts a room with its interface in front of it: opened, staffed and listening. */
export async function liveApi(
  urls: DatabaseUrls,
  options: LiveOptions & { readonly api?: Partial<Around>; readonly isStandby?: boolean } = {},
): Promise<LiveApi> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const live = await liveRoom(urls, { ...options, around: { ...projecting, ...options.around } });
  if (options.isStandby !== true) {
    await live.untilWriting();
    await openRoom(live);
  }
  const room = live.engine.id;
  const { service, reader } = live.database;
  const accessLog = openAccessLog({ pool: service, room, now });
  const positions = roomPositions({ pool: service, note: (says) => void lines.push(says) });
  const around: Around = {
    rooms: { get: (wanted) => (wanted === room ? live.engine : undefined), list: () => [room] },
    nowIn: () => options.clock?.now() ?? now(),
    now,
    journal: live.journal,
    past: pastIn(reader),
    positions: positions.of,
    matter: matterIn(reader, service),
    recordsNear: (wanted, question) => recordsNear(service, ownShelf(wanted), question),
    model: shippedModel(),
    sessions: openSessions({ pool: service, settings: sessionSettings.parse({}), now }),
    directory: null,
    demonstration: { isProduction: false },
    origins: [new URL(plainOrigin)],
    accessLog: () => accessLog,
    machineKeys: testKeys(room),
    failures: failureLimits(now),
    secret: Buffer.from(machineSecret),
    words: wordsOf(safeguards),
    log,
    version: '0.0.0-test',
    environment: 'test',
    banner: 'A test',
    ...options.api,
  };
  const app = apiOf(around);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    ...live,
    app,
    base,
    room,
    accessLog,
    said: () => lines.join(''),
    as: async (staff) => signIn(base, room, staff),
    stranger: clientOf(base, room, ''),
    close: async () => {
      await app.close();
      await positions.stop();
      await live.close();
    },
  };
}

/** What the interface of a test takes its own pages' origin to be. */
const plainOrigin = 'http://127.0.0.1';

/** Somebody of a demonstration's room, signed in. */
export async function signIn(base: string, room: string, staff: string, origin = plainOrigin): Promise<Client> {
  const kind = staff.startsWith('machine-') ? 'machine' : 'staff';
  const asked = await clientOf(base, room, '', origin).post(`/rooms/${room}/sign-in`, { kind, id: staff });
  if (asked.status !== 200) throw new Error(`${staff} was not let in: ${asked.text}`);
  return clientOf(
    base,
    room,
    asked.headers
      .getSetCookie()
      .map((one) => one.split(';')[0] ?? '')
      .join('; '),
    origin,
  );
}

/** Whoever asks a service for something of a room. */
export function clientOf(base: string, room: string, cookie: string, origin = plainOrigin): Client {
  const own: Readonly<Record<string, string>> = cookie === '' ? {} : { cookie };
  const ask = async (path: string, init: RequestInit): Promise<Asked> => {
    const response = await fetch(`${base}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = /^application\/(?:problem\+)?json;/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Json) : {} };
  };
  const post: Client['post'] = async (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'heed-request': 'test',
        origin,
        ...own,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    cookie,
    get: async (path, headers = {}) => ask(path, { headers: { ...own, ...headers } }),
    post,
    does: async (type, data, more = {}) => post(`/rooms/${room}/commands/${type}`, { id: randomUUID(), data, ...more }),
  };
}
