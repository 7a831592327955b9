import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { isAlive, mayServe, readPostmaster } from '../src/database/postmaster.ts';

/** Where a test file asks for the server, and with which word. */
export interface ServerDoor {
  readonly port: number;
  readonly word: string;
}

/** What a test file needs for making databases of its own. */
export interface ServerAnswer {
  /** A database of the server, as a user who may make others. */
  readonly makerUrl: string;
  /** A migrated database that others are copied from. */
  readonly template: string;
  /** Whether the roles log in by themselves; on a server of one's own its user takes them. */
  readonly passwords: Readonly<Record<string, string>> | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly databaseServer: ServerDoor;
  }
}

interface Server {
  readonly answer: ServerAnswer;
  readonly stop: () => Promise<void>;
}

const prefix = 'heed-test-';

/** Waits for the first test file that needs a database; a run without one starts no server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const word = randomBytes(16).toString('hex');
  let server: Promise<Server> | undefined;
  const answer = async (socket: Socket): Promise<void> => {
    const [asked] = (await once(socket, 'data')) as [Buffer];
    if (asked.toString('utf8') !== word) return void socket.destroy();
    server ??= startServer();
    const told = await server.then(
      (started) => ({ answer: started.answer }),
      (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
    );
    socket.end(JSON.stringify(told));
  };
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    void answer(socket).catch(() => socket.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  project.provide('databaseServer', { port: (door.address() as AddressInfo).port, word });
  return async () => {
    door.close();
    if (server !== undefined) await server.then(async ({ stop }) => stop()).catch(() => undefined);
  };
}

/** A folder for the data of one test, in the system's folder for passing files; others may enter, not list it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
}

async function startServer(): Promise<Server> {
  const own = process.env['HEED_TEST_DATABASE_URL'];
  return own === undefined ? startOwn() : useGiven(own);
}

async function startOwn(): Promise<Server> {
  sweep();
  const folder = testFolder();
  const embedded = await startEmbedded({ folder });
  const passwords = JSON.parse(readFileSync(`${embedded.data}.passwords.json`, 'utf8')) as Record<string, string>;
  await makeTemplate(embedded.ownerUrl);
  const maker = new URL(embedded.ownerUrl);
  maker.username = 'heed_admin';
  maker.password = passwords['heed_admin'] ?? '';
  maker.pathname = '/postgres';
  return {
    answer: { makerUrl: maker.href, template: 'heed', passwords },
    stop: async () => {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function useGiven(url: string): Promise<Server> {
  const template = `heed_test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${template} encoding 'UTF8' template template0`);
  const inside = new URL(url);
  inside.pathname = `/${template}`;
  await makeTemplate(inside.href);
  return {
    answer: { makerUrl: url, template, passwords: null },
    stop: async () => {
      await client.query(`drop database ${template} with (force)`);
      await client.end();
    },
  };
}

/** Migrates the database of a test, or says why it cannot be. */
export async function makeTemplate(url: string): Promise<void> {
  const migrated = await migrate(url);
  if (migrated.kind === 'refused') throw new Error([migrated.message, ...migrated.statements].join('\n'));
}

/** Ends the servers of runs that were killed, and removes what they left. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue;
    try {
      sweepFolder(join(tmpdir(), name));
    } catch {
      // Another user's, or another run sweeps it too: it is left to them.
    }
  }
}

function sweepFolder(folder: string): void {
  const data = join(folder, readdirSync(folder).find((entry) => /^pg\d+$/.test(entry)) ?? '');
  const server = readPostmaster(data);
  if (server !== undefined && mayServe(server.pid, data)) process.kill(server.pid, 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
