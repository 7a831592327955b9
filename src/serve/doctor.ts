import pg from 'pg';
import type { Environment } from '../access/secret.ts';
import { diskSpace } from '../database/disk.ts';
import { unsafeSettings } from '../database/settings.ts';
import type { Configured } from './configuration.ts';
import { linkageModelOf } from './linkage.ts';
import type { Store } from './store.ts';
import { whyNotListen } from './port.ts';
import { openStore, StartRefused } from './store.ts';
import { ownWitness } from './own-witness.ts';

/** One thing that was looked at: whether it is well, what was seen, and how to mend it where it is not. */
export interface Finding {
  readonly what: string;
  readonly state: 'well' | 'doubtful' | 'ill';
  readonly says: string;
  readonly remedy: string | null;
}

/** Beyond this the two clocks are not the same time. */
const clockMs = 2_000;
const oldestNode = [20, 19] as const;

/** Looks at everything that a service rests on. Never throws: what cannot be looked at is a finding. */
export async function examine(configured: Configured, environment: Environment): Promise<readonly Finding[]> {
  const findings: Finding[] = [nodeVersion(), await portOf(configured), await diskOf(configured), modelOf(configured)];
  let store: Store;
  try {
    store = await openStore(configured, environment, () => undefined);
  } catch (error) {
    const says = error instanceof StartRefused ? error.reasons.join(' ') : wordsOf(error);
    const remedy = 'Until this is mended Heed does not start; every reason above names its remedy.';
    return [...findings, { what: 'database', state: 'ill', says, remedy }];
  }
  try {
    findings.push(await databaseOf(store), spellingIn(store), await clockOf(store));
    for (const { room } of await store.journal.rooms()) findings.push(await witnessOf(store, room));
  } finally {
    await store.close();
  }
  return findings;
}

function well(what: string, says: string): Finding {
  return { what, state: 'well', says, remedy: null };
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (!isOld) return well('node', process.versions.node);
  const remedy = `Install Node ${oldestNode.join('.')} or later.`;
  return { what: 'node', state: 'ill', says: `Node ${process.versions.node} is too old.`, remedy };
}

async function portOf({ settings }: Configured): Promise<Finding> {
  const { host, port } = settings.listen;
  const code = await whyNotListen(settings.listen);
  if (code === null) return well('port', `${host}:${port} is free.`);
  const says = code === 'EADDRINUSE' ? `${host}:${port} is taken.` : `${host}:${port} cannot be listened on (${code}).`;
  return {
    what: 'port',
    state: 'doubtful',
    says,
    remedy: 'If that is not this service already running, choose another.',
  };
}

/** By what people are weighed: a model that was learned elsewhere is this force's own only if somebody says so. */
function modelOf(configured: Configured): Finding {
  const what = 'linkage model';
  try {
    const { made, calibration } = linkageModelOf(configured);
    const isCalibrated = calibration === null ? 'not calibrated by decisions' : 'calibrated by decisions';
    return well(what, `${made.from}, ${made.at}; ${isCalibrated}.`);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    const remedy =
      'heed link train writes such a file; without linkage-model in the configuration the shipped one is taken.';
    return { what, state: 'ill', says: error.reasons.join(' '), remedy };
  }
}

async function diskOf(configured: Configured): Promise<Finding> {
  const { state, freeBytes } = await diskSpace(configured.beside(configured.settings.data));
  const says = `${Math.floor(freeBytes / 1_048_576)} MiB free for ${configured.settings.data}.`;
  if (state === 'enough') return well('disk', says);
  const remedy = 'Make room, or move the folder: a full disk stops the log, and with it every command.';
  return { what: 'disk', state: state === 'full' ? 'ill' : 'doubtful', says, remedy };
}

async function databaseOf({ urls, embedded }: Store): Promise<Finding> {
  const client = new pg.Client({ connectionString: urls.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const unsafe = await unsafeSettings(client);
    const where = embedded === null ? 'a server of its own' : `embedded, in ${embedded.data}`;
    if (unsafe.length === 0) return well('database', `PostgreSQL ${rows[0]?.server_version ?? ''}, ${where}.`);
    const says = unsafe.map(({ setting, value }) => `${setting} is ${value}`).join(', ');
    return { what: 'database', state: 'ill', says, remedy: unsafe.map(({ remedy }) => remedy).join('; ') };
  } finally {
    await client.end();
  }
}

/** Whether somebody whom nothing else finds is looked up by how their name is spelt. */
function spellingIn({ spelling }: Store): Finding {
  const what = 'names by spelling';
  if (spelling.kind === 'standing') return well(what, 'pg_trgm is there, and names are indexed.');
  const remedy =
    'Nothing else depends on it. Have an administrator run: create extension pg_trgm with schema heed; ' +
    'the index is made at the next start.';
  return { what, state: 'doubtful', says: `They are not looked up: ${spelling.says}.`, remedy };
}

/** The machine's clock against the database's, and both against what the log says that it is. */
async function clockOf({ database, journal }: Store): Promise<Finding> {
  const { rows } = await database.service.query<{ at: string }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as at',
  );
  const apart = Math.abs(Number(rows[0]?.at ?? 0) - Date.now());
  if (apart > clockMs) {
    const says = `This machine and the database are ${Math.round(apart / 1_000)} s apart.`;
    return { what: 'clock', state: 'ill', says, remedy: 'Set both by the same time server.' };
  }
  for (const { room, kind } of await journal.rooms()) {
    if (kind === 'replay') continue;
    const { seq } = await journal.head(room);
    const [last] = seq === 0 ? [] : await journal.read(room, seq - 1, 1);
    const ahead = (last?.recordedAt ?? 0) - Date.now();
    if (ahead <= clockMs) continue;
    const says = `The log of ${room} is ${Math.round(ahead / 1_000)} s ahead of this machine’s clock.`;
    const remedy = 'Set the clock right. Until it has caught up the room counts on from the end of its log.';
    return { what: 'clock', state: 'ill', says, remedy };
  }
  return well('clock', 'This machine, the database and the logs agree.');
}

const whole = 'Run heed verify --witness to compare every event.';
const nothingSeen = 'Nothing has been witnessed here yet.';
const remedyOfBehind =
  'An older backup was restored, or the end of the log is gone: find the newest export before going on.';

/** The head of a room's log against what the service's own witness last saw. */
async function witnessOf({ folder, database }: Store, room: string): Promise<Finding> {
  const what = `witness of ${room}`;
  const said = await ownWitness({ folder, database }, room);
  if (said.says === null) return well(what, said.seen ? `The log has what was last witnessed. ${whole}` : nothingSeen);
  return { what, state: 'ill', says: said.says, remedy: said.isForged ? whole : remedyOfBehind };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
