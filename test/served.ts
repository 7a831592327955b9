import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/database/cluster.ts';
import { testFolder } from './passing-folder.ts';

const main = fileURLToPath(new URL('../bin/heed.js', import.meta.url));

/** A whole service in a process of its own, as whoever installs Heed runs it. */
export interface Served {
  readonly origin: string;
  readonly port: number;
  readonly folder: string;
  readonly process: ChildProcess;
  /** What it wrote to its error output so far. */
  readonly said: () => string;
  /** Ends it as Ctrl-C does; gives its exit status. */
  readonly end: () => Promise<number | null>;
  /** Ends it if it still runs, and removes its folder. */
  readonly close: () => Promise<void>;
}

export interface ServedOptions {
  /** Its configuration file; a plain exercise room without traffic if nothing is said. */
  readonly configuration?: string;
  readonly folder?: string;
  readonly port?: number;
  /** Where it is told to listen; this machine alone if nothing is said. */
  readonly host?: string;
  /** A module that Node loads before Heed, as an operator adds telemetry. */
  readonly loadedFirst?: string;
}

/** A plain exercise room without traffic, and one person in it. */
export const plain =
  'environment: demonstration\ndata: data\nrooms: [{ room: plain, county: false, administrator: owner-1 }]\n';

/** Starts a service and resolves once it says that it listens; rejects with what it said where it ends instead. */
export async function served(options: ServedOptions = {}): Promise<Served> {
  const folder = options.folder ?? testFolder();
  const port = options.port ?? (await freePort());
  const config = join(folder, 'heed.yaml');
  writeFileSync(config, options.configuration ?? plain);
  const before = options.loadedFirst === undefined ? {} : { NODE_OPTIONS: `--import ${options.loadedFirst}` };
  const env = { ...process.env, ...before, HEED_PORT: String(port), HEED_HOST: options.host ?? '127.0.0.1' };
  const child = spawn(process.execPath, [main, 'serve', '--config', config], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString('utf8');
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const end = async (): Promise<number | null> => {
    child.kill('SIGINT');
    return (await ended)[0];
  };
  const close = async (): Promise<void> => {
    if (child.exitCode === null) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const listens = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!listens) throw new Error(said);
  return { origin: `http://127.0.0.1:${port}`, port, folder, process: child, said: () => said, end, close };
}

/** What a verb of Heed says of a service's folder, on both outputs, and its exit status. */
export async function heed(folder: string, ...verb: readonly string[]): Promise<{ status: number; says: string }> {
  const child = spawn(process.execPath, [main, ...verb, '--config', join(folder, 'heed.yaml')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      says += part.toString('utf8');
    });
  const [status] = (await once(child, 'close')) as [number];
  return { status, says };
}
