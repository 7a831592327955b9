import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { AccessLog } from '../access/access-log.ts';
import { openAccessLog } from '../access/access-log.ts';
import { exposure } from '../access/demonstration.ts';
import { accessProjections, fenceOf } from '../access/fence.ts';
import { readMachineKeys } from '../access/machine-keys.ts';
import { oidc } from '../access/oidc.ts';
import { failureLimits } from '../access/rate.ts';
import type { Environment } from '../access/secret.ts';
import { readSecret } from '../access/secret.ts';
import type { Sessions } from '../access/sessions.ts';
import { openSessions } from '../access/sessions.ts';
import { apiOf } from '../api/app.ts';
import type { Around } from '../api/around.ts';
import { matterIn, pastIn } from '../api/past.ts';
import type { Route } from '../api/route.ts';
import type { MachineClock } from '../engine/clocks.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import type { EngineLog } from '../engine/room-engine.ts';
import { keepWitness } from '../journal/keep-witness.ts';
import type { WitnessKeeping } from '../journal/keep-witness.ts';
import { accessChain, witnessKey } from '../journal/witness.ts';
import type { RoomPositions } from '../positions/positions.ts';
import { roomPositions } from '../positions/positions.ts';
import { incidentOf } from '../room/belongings.ts';
import type { LogFault } from '../room/log-fault.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import type { Model } from '../linkage/model.ts';
import { ownHistory, ownShelf, projectionsOf } from '../sources/own-history.ts';
import { keepRecords } from '../sources/record-rows.ts';
import { recordsNear } from '../sources/shelf-source.ts';
import { wordsOf } from '../views/words.ts';
import { basemapOf, basemapRoutes } from './basemap.ts';
import type { Configured } from './configuration.ts';
import { linkageModelOf } from './linkage.ts';
import { openCounty } from './county-room.ts';
import { entryOf, isWriting, openPlainly } from './openings.ts';
import { caseRoutes } from './cases.ts';
import { consoleRoutes, trafficRoutes } from './pages.ts';
import type { OutsideAround } from './outside.ts';
import { sourcesFor, webhooksOf } from './outside.ts';
import { ownWitness, witnessFile, witnessKeyFile } from './own-witness.ts';
import { sayNotListening, whyNotListen } from './port.ts';
import { readinessOf } from './readiness.ts';
import { replayRoutes } from './replays.ts';
import { Rooms } from './rooms.ts';
import type { Store } from './store.ts';
import { openStore, StartRefused } from './store.ts';
import type { RunningTraffic } from './traffic.ts';
import { reportMoves } from './unit-moves.ts';

/** A service that runs: where it listens, and the way to end it with nothing left behind. */
export interface Service {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

export interface ServiceAround {
  readonly configured: Configured;
  readonly environment: Environment;
  readonly version: string;
  readonly log: Logger;
  /** The clocks that live rooms go by; left out, this machine's. */
  readonly machine?: MachineClock;
}

const secretBytes = 32;
/** How often sessions that are long over are removed. */
const sweepMs = 3_600_000;

/** Starts everything: the database, the rooms, the interface. Throws StartRefused where it must not or cannot start. */
export async function startService(around: ServiceAround): Promise<Service> {
  const { configured, environment, log } = around;
  const model = linkageModelOf(configured);
  await refuseExposure(configured);
  await refusePort(configured);
  const store = await openStore(configured, environment, (line) => log.info(line));
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const stop = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const rooms = roomsOf(store, around);
    const positions = roomPositions({ pool: store.database.service, note: (says) => log.warn(says) });
    closing.push(() => positions.stop());
    closing.push(() => rooms.stop());
    const accessLog = accessLogs(store);
    // Before anything new is written or signed: what the witness saw last is compared with what is there.
    const behind = await behindTheirWitness(store);
    const witness = await witnessOf(around, store, accessLog);
    closing.push(() => witness.stop());
    closing.push(async () => void (await Promise.all(rooms.list().map(async (room) => accessLog(room).flush()))));
    const outside = { configured, environment, store, rooms, positions, log, model };
    const traffic = await openRooms(outside);
    for (const { room } of configured.settings.rooms) {
      const engine = rooms.get(room);
      if (engine !== undefined) reportMoves(engine, positions.of(room));
    }
    reportBehind(behind, outside);
    closing.push(async () => void (await Promise.all(traffic.map((one) => one.stop()))));
    const webhooks = webhooksOf(outside);
    closing.push(() => webhooks.stop());
    const app = apiOf(apiAround(around, { store, rooms, positions, witness, traffic, accessLog, model }));
    closing.push(() => app.close());
    const address = await listen(app, configured);
    // What it listens on in the end is looked at once more: a name may have meant something else by then.
    const addresses = app.addresses().map((one) => (typeof one === 'string' ? one : one.address));
    refuseExposed(configured, addresses);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nobody proves who they are in a demonstration, so nobody but this machine may reach it. */
async function refuseExposure(configured: Configured): Promise<void> {
  const found = await lookup(configured.settings.listen.host, { all: true }).catch(() => []);
  refuseExposed(
    configured,
    found.map((one) => one.address),
  );
}

/** Throws where a demonstration would listen on an address that others can reach. */
function refuseExposed({ settings }: Configured, addresses: readonly string[]): void {
  if (settings.environment !== 'demonstration') return;
  const rooms = settings.rooms.map(({ room, kind }) => ({ id: room, kind }));
  const reasons = exposure({ addresses, rooms, isProduction: false, trustedProxies: settings.proxies });
  if (reasons.length > 0) throw new StartRefused(reasons.map(({ says }) => says));
}

function roomsOf({ journal, database, urls }: Store, { log, machine }: ServiceAround): Rooms {
  return new Rooms({
    journal,
    connectionString: urls.url,
    incidentOf,
    projectionsOf: (room, events) => [...projectionsOf(room, events), ...accessProjections(room, events)],
    // The database's own fence stands where the room's does, whatever became of its tables meanwhile.
    taken: async (room) => {
      for (const { text, values } of fenceOf(room)) await database.service.query(text, [...values]);
    },
    log,
    machine,
  });
}

/** Opens every room that is configured; a demonstration's first is the invented county, with its traffic. */
async function openRooms(around: OutsideAround): Promise<readonly RunningTraffic[]> {
  const { configured, log, store, rooms } = around;
  const { settings } = configured;
  const traffic: RunningTraffic[] = [];
  for (const [place, one] of settings.rooms.entries()) {
    const sources = sourcesFor(one.room, around);
    if (settings.environment === 'demonstration' && (one.county ?? place === 0)) {
      const say = (line: string): void => log.warn({}, line);
      const positions = around.positions.of(one.room);
      traffic.push(await openCounty(one, { configured, store, rooms, sources, positions, say }));
      continue;
    }
    const running = await rooms.open(await entryOf(store.journal, one), sources);
    if (await isWriting(running)) await openPlainly(running, one, configured);
    else standsBy(one.room, log, async () => openPlainly(running, one, configured));
  }
  for (const id of rooms.list().filter((room) => rooms.get(room)?.state() === 'standby'))
    log.warn({ room: id }, 'another process writes for this room; this one stands by until that one ends');
  return traffic;
}

/** What is wrong with the log of a room. */
interface Behind {
  readonly says: string;
  readonly found: LogFault['found'];
}

/** Rooms whose log is not the one that was witnessed, and what is wrong: an older backup may have been restored. */
async function behindTheirWitness(store: Store): Promise<ReadonlyMap<string, Behind>> {
  const behind = new Map<string, Behind>();
  for (const { room } of await store.journal.rooms()) {
    const { says, isForged } = await ownWitness(store, room);
    if (says !== null) behind.set(room, { says, found: isForged ? 'witness-forged' : 'behind-witness' });
  }
  return behind;
}

/** The room goes on, for calls come in; `log-altered` alarms, and the log of the service says it. */
function reportBehind(behind: ReadonlyMap<string, Behind>, { rooms, log }: OutsideAround): void {
  for (const [room, { says, found }] of behind) {
    log.error({ room, says }, 'the log is not the one that was witnessed');
    const fault = `log-${rooms.nowIn(room)}`;
    const data = { fault, found, says: says.slice(0, 1_000) };
    void rooms.get(room)?.give(machineOrder(`behind-witness-${rooms.nowIn(room)}`, 'ReportLogFault', data));
  }
}

/** A second process stands by, and opens the room only should the first go before it had. */
function standsBy(room: string, log: EngineLog, open: () => Promise<void>): void {
  open().catch((error: unknown) => log.error({ room, fault: String(error) }, 'the room could not be opened'));
}

/** Signs the heads of both chains of each room: of what happened, and of who was shown what. */
async function witnessOf(
  { configured, log }: ServiceAround,
  { journal, folder }: Store,
  accessLog: Around['accessLog'],
): Promise<WitnessKeeping> {
  const { witness, 'witness-every': everyMs } = configured.settings;
  // The one of its own is what the next start and `heed doctor` compare with.
  const targets = [{ kind: 'file' as const, path: witnessFile(folder) }, ...witness];
  const key = await witnessKey(witnessKeyFile(folder));
  const chains = {
    rooms: async () => {
      const rooms = await journal.rooms();
      return [...rooms, ...rooms.map((one) => ({ ...one, room: `${one.room}${accessChain}` }))];
    },
    head: async (chain: string) =>
      chain.endsWith(accessChain) ? accessLog(chain.slice(0, -accessChain.length)).head() : journal.head(chain),
  };
  return keepWitness({ journal: chains, key, targets, everyMs, note: (says) => log.warn(says) });
}

function now(): number {
  return Date.now();
}

interface Parts {
  readonly store: Store;
  readonly rooms: Rooms;
  readonly positions: RoomPositions;
  readonly witness: WitnessKeeping;
  readonly accessLog: Around['accessLog'];
  readonly traffic: readonly RunningTraffic[];
  readonly model: Model;
}

function apiAround(around: ServiceAround, parts: Parts): Around {
  const { store, rooms, positions, witness, traffic, accessLog, model } = parts;
  const { configured, environment, version, log } = around;
  const { settings } = configured;
  const { database, journal } = store;
  const sessions = openSessions({ pool: database.service, settings: settings.sessions, now });
  setInterval(() => void sessions.sweep().catch((error: unknown) => log.warn(String(error))), sweepMs).unref();
  const keys = readMachineKeys(settings.machines, environment);
  if (!keys.ok) throw new StartRefused(keys.says);
  const isDemonstration = settings.environment === 'demonstration';
  return {
    rooms,
    nowIn: (room) => rooms.nowIn(room),
    now,
    journal,
    past: pastIn(database.reader),
    positions: positions.of,
    matter: matterIn(database.reader, database.service),
    witnessKey: async () => witnessKey(witnessKeyFile(store.folder)),
    recordsNear: (room, question) => recordsNear(database.service, ownShelf(room), question),
    model,
    sessions,
    directory: directoryOf(around, sessions),
    demonstration: isDemonstration ? { isProduction: false } : null,
    origins: originsOf(configured),
    trustedProxies: settings.proxies,
    accessLog,
    machineKeys: keys.keys,
    failures: failureLimits(now),
    secret: installationSecret(store.folder),
    words: wordsOf(safeguards),
    log,
    version,
    environment: settings.environment,
    banner: settings.environment === 'production' ? null : bannerOf(settings.environment),
    readiness: async () => readinessOf({ store, rooms, witness: () => witnessCheck(witness) }),
    more: [
      ...consoleRoutes(wordsOf(safeguards)),
      ...basemapRoutes(basemapOf(configured)),
      ...(isDemonstration ? demonstrationRoutes({ store, rooms, traffic }) : []),
    ],
  };
}

function demonstrationRoutes({ store, rooms, traffic }: Pick<Parts, 'store' | 'rooms' | 'traffic'>): readonly Route[] {
  const { database, journal } = store;
  const [first] = traffic;
  return [
    ...caseRoutes(),
    ...(first === undefined ? [] : trafficRoutes(first)),
    ...replayRoutes({
      rooms,
      journal,
      now: () => Date.now(),
      ownHistory: async (room, records) => {
        await keepRecords(database.service, ownShelf(room), records);
        return ownHistory({ pool: database.service, now: () => rooms.nowIn(room) }, room);
      },
    }),
  ];
}

function bannerOf(environment: string): string {
  return environment === 'demonstration'
    ? 'Demonstration: everybody and every place here is invented. Not for real calls.'
    : 'Exercise: not live. Nothing here reaches the world.';
}

function witnessCheck(witness: WitnessKeeping): { readonly ok: boolean; readonly says: string } {
  const faults = witness.state().filter((one) => one.fault !== null);
  return { ok: faults.length === 0, says: faults.map(({ target, fault }) => `${target}: ${fault}`).join('; ') };
}

function directoryOf({ configured, environment }: ServiceAround, sessions: Sessions): Around['directory'] {
  const settings = configured.settings['sign-in'];
  if (settings === undefined) return null;
  const place = settings['client-secret'];
  const read = place === undefined ? null : readSecret(place, environment);
  if (read?.ok === false) throw new StartRefused([`The secret of the directory: ${read.says}`]);
  return oidc({ settings, secret: read?.secret ?? null, now: () => Date.now(), spend: (one) => sessions.spend(one) });
}

function originsOf({ settings }: Configured): readonly [URL, ...URL[]] {
  const { host, port } = settings.listen;
  const name = host.includes(':') ? `[${host}]` : host;
  const own = [new URL(`http://${name}:${port}`), new URL(`http://localhost:${port}`)] as const;
  const [first, ...rest] = settings.origins.map((one) => new URL(one));
  return first === undefined ? own : [first, ...rest];
}

function accessLogs({ database }: Store): (room: string) => AccessLog {
  const logs = new Map<string, AccessLog>();
  return (room) => {
    const held = logs.get(room) ?? openAccessLog({ pool: database.service, room, now: () => Date.now() });
    logs.set(room, held);
    return held;
  };
}

/** A secret of this installation, made once. */
function installationSecret(folder: string): Uint8Array {
  const file = join(folder, 'installation.secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(secretBytes), { mode: 0o600, flag: 'wx' });
  return readFileSync(file);
}

/** Asked before anything is opened: a new county is not invented for a port that is taken. */
async function refusePort({ settings: { listen: where } }: Configured): Promise<void> {
  const code = await whyNotListen(where);
  const says = code === null ? null : sayNotListening(code, where);
  if (says !== null) throw new StartRefused([says]);
}

async function listen(app: FastifyInstance, { settings }: Configured): Promise<string> {
  const { host, port } = settings.listen;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const says = sayNotListening((error as NodeJS.ErrnoException).code ?? '', settings.listen);
    throw says === null ? error : new StartRefused([says]);
  }
  const { port: open } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${open}`;
}
