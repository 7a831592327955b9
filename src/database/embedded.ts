import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findShipped, readyPrograms, tryPrograms } from './binaries.ts';
import type { Shipped } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { freePort, initialise, launch, stopServer } from './cluster.ts';
import type { DatabaseUrls } from './connect.ts';
import { codeOf, wordsOf } from './fault-words.ts';
import { furnish } from './furnish.ts';
import { occupantsOf } from './occupants.ts';
import type { Place } from './place.ts';
import { choosePlace } from './place.ts';
import { isAlive, lockFile, mayServe, readPostmaster } from './postmaster.ts';
import type { Passwords } from './secrets.ts';
import { passwordsIn } from './secrets.ts';

/** Where an embedded PostgreSQL is to run, and how. */
export interface EmbeddedOptions {
  /** Heed's own folder; the data goes into a folder in it that is named by PostgreSQL's major version. */
  readonly folder: string;
  /** A free one if none is asked for. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** Where the data goes, the first that will do, when the server's account cannot enter the folder. */
  readonly fallbacks?: readonly string[];
  /** Settings of PostgreSQL that differ from Heed's, for trials. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether a server that dies is started again, on the same port; true if nothing is said. */
  readonly isRevived?: boolean;
}

/** A running embedded PostgreSQL and how to log in to it as each role. */
export interface Embedded extends DatabaseUrls {
  /** Whether it was running already. */
  readonly isAdopted: boolean;
  /** Where its data is, which may not be where it was asked for. */
  readonly data: string;
  /** The process id of the server as it is now; undefined while there is none. */
  readonly pid: () => number | undefined;
  /** Stops the server, unless another process of Heed still uses it, and returns when it is gone. */
  readonly stop: () => Promise<void>;
}

interface Running {
  readonly port: number;
  readonly isAdopted: boolean;
}

interface Site {
  readonly cluster: Cluster;
  readonly passwords: Passwords;
  readonly log: (line: string) => void;
}

/** What an attempt came to: a server, a reason to try again, or (thrown) a reason to give up. */
type Attempt = Running | { readonly again: string };

const startLimitMs = 60_000;
const retryMs = 20;
const slowMs = 5_000;
const watchMs = 250;
const reviveRestMs = 2_000;

/** Starts the embedded PostgreSQL of a folder, or adopts the one that runs there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => undefined);
  const shipped = await findShipped();
  const place = await choosePlace(options, `pg${shipped.major}`);
  if (place.notice !== undefined) log(place.notice);
  const site = { ...(await openSite(place, shipped, options.settings ?? {})), log };
  const { data } = site.cluster;
  const occupants = occupantsOf(`${data}.users`);
  occupants.enter();
  try {
    const running = await bringUp(site, options.port);
    const endWatch = options.isRevived === false ? undefined : keepRunning(site, running.port);
    return {
      ...urlsOf(site.passwords, running.port),
      isAdopted: running.isAdopted,
      data,
      pid: () => alivePid(data),
      stop: async () => {
        await endWatch?.();
        occupants.leave();
        if (occupants.others().length > 0) return log('The database stays up: another process of Heed uses it.');
        // Nothing is awaited between the two: whoever enters from here on finds it going down, and starts it again.
        const pid = alivePid(data);
        if (pid !== undefined) await stopServer(site.cluster, pid);
      },
    };
  } catch (error) {
    occupants.leave();
    throw error;
  }
}

async function openSite(
  { folder, account }: Place,
  shipped: Shipped,
  settings: Cluster['settings'],
): Promise<Omit<Site, 'log'>> {
  const data = join(realpathSync(folder), `pg${shipped.major}`);
  const cluster = { programs: await readyPrograms(shipped, account, folder), data, account, settings };
  const secrets = `${data}.passwords.json`;
  const isNew = !existsSync(data);
  if (!isNew && !existsSync(secrets)) {
    throw new Error(`${data} is there, but its passwords are not: restore ${secrets} from a backup.`);
  }
  const passwords = await passwordsIn(secrets);
  if (isNew) {
    await tryPrograms(cluster.programs, account);
    await initialise(cluster, passwords.heed_admin);
  }
  return { cluster, passwords };
}

/** Adopts the server that runs, or starts one; tries again while one is coming up or going down. */
async function bringUp(site: Site, port: number | undefined): Promise<Running> {
  const { data } = site.cluster;
  const slow = setTimeout(() => site.log('PostgreSQL takes its time: after a crash it first recovers.'), slowMs);
  let limit = performance.now() + startLimitMs;
  let reason = 'no reason given';
  try {
    while (performance.now() < limit) {
      const attempt = alivePid(data) === undefined ? await start(site, port) : await adopt(site);
      if (!('again' in attempt)) return attempt;
      reason = attempt.again;
      if (reason === recovering) limit = performance.now() + startLimitMs;
      await pause(retryMs);
    }
  } finally {
    clearTimeout(slow);
  }
  throw new Error(`PostgreSQL did not start in ${data}: ${reason}`);
}

/** A server of one's own that is not ready yet, for as long as it needs. */
const recovering = 'it is recovering';

async function start({ cluster, passwords }: Site, asked: number | undefined): Promise<Attempt> {
  const left = forgetStale(cluster.data);
  // After a crash its port again, if it is still free: another process of Heed may hold URLs with it.
  const port = asked ?? left ?? (await freePort());
  const launched = await launch(cluster, port);
  if (launched.kind === 'ready') {
    await furnish({ port, passwords });
    return { port, isAdopted: false };
  }
  const { lastWords } = launched;
  const isTaken = /could not bind|Address already in use/.test(lastWords);
  // A server started meanwhile by another process, or a killed one whose last processes are still ending.
  const isPassing = /lock file ".*" already exists|pre-existing shared memory block/.test(lastWords);
  if (isPassing || (isTaken && asked === undefined)) return { again: lastWords };
  const why = isTaken ? `port ${port} of 127.0.0.1 is taken by another program` : lastWords;
  throw new Error(`PostgreSQL did not start in ${cluster.data}: ${why}`);
}

/** The server that runs: shown to be this folder's by its password and by where it says its data is. */
async function adopt({ cluster: { data }, passwords }: Site): Promise<Attempt> {
  const found = readPostmaster(data);
  if (found?.isReady !== true) return { again: recovering };
  try {
    const named = await furnish({ port: found.port, passwords });
    return named === data ? { port: found.port, isAdopted: true } : { again: `port ${found.port} serves ${named}` };
  } catch (error) {
    if (codeOf(error) !== '28P01') return { again: wordsOf(error) };
    throw new Error(`The passwords beside ${data} are not those of its server.`, { cause: error });
  }
}

/**
 * PostgreSQL believes a lock file whose process id another program has by now; this one goes. Gives the port that a
 * server which is no more had.
 */
function forgetStale(data: string): number | undefined {
  const found = readPostmaster(data);
  if (found === undefined || mayServe(found.pid, data)) return undefined;
  if (isAlive(found.pid)) rmSync(lockFile(data), { force: true });
  return found.port > 0 ? found.port : undefined;
}

function alivePid(data: string): number | undefined {
  const found = readPostmaster(data);
  return found !== undefined && mayServe(found.pid, data) ? found.pid : undefined;
}

/** Watches the server and starts it again on its port when it has died. Gives the way to stop watching. */
function keepRunning(site: Site, port: number): () => Promise<void> {
  let revival: Promise<void> | undefined;
  let isEnded = false;
  const revive = async (): Promise<void> => {
    site.log('The database has stopped by itself; starting it again.');
    try {
      const running = await bringUp(site, port);
      const isElsewhere = running.port !== port;
      site.log(isElsewhere ? 'The database is back on another port: restart Heed.' : 'The database is back.');
    } catch (error) {
      site.log(wordsOf(error));
      if (!isEnded) await pause(reviveRestMs);
    }
  };
  const timer = setInterval(() => {
    if (revival !== undefined || alivePid(site.cluster.data) !== undefined) return;
    revival = revive().finally(() => {
      revival = undefined;
    });
  }, watchMs).unref();
  return async () => {
    isEnded = true;
    clearInterval(timer);
    await revival;
  };
}

function urlsOf(passwords: Passwords, port: number): DatabaseUrls {
  const as = (role: keyof Passwords): string =>
    `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/heed?sslmode=disable`;
  return {
    ownerUrl: as('heed_owner'),
    url: as('heed_service'),
    readerUrl: as('heed_reader'),
    eraserUrl: as('heed_eraser'),
  };
}
