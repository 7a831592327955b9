import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { Embedded } from '../src/database/embedded.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { sweep, testFolder } from './passing-folder.ts';

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

async function startServer(): Promise<Server> {
  const own = process.env['HEED_TEST_DATABASE_URL'];
  return own === undefined ? startOwn() : useGiven(own);
}

async function startOwn(): Promise<Server> {
  sweep();
  const folder = testFolder();
  const embedded = await startEmbedded({ folder });
  await makeTemplate(embedded.ownerUrl);
  const maker = new URL(adminUrlOf(embedded));
  maker.pathname = '/postgres';
  const passwords = passwordsOf(embedded);
  return {
    answer: { makerUrl: maker.href, template: 'heed', passwords },
    stop: async () => {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How to log in to an embedded database as the superuser that made it. */
export function adminUrlOf(embedded: Embedded): string {
  const url = new URL(embedded.ownerUrl);
  url.username = 'heed_admin';
  url.password = passwordsOf(embedded)['heed_admin'] ?? '';
  return url.href;
}

function passwordsOf({ data }: Embedded): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(`${data}.passwords.json`, 'utf8')) as Record<string, string>;
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
