import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, inject } from 'vitest';
import { roleUrls } from '../src/database/connect.ts';
import type { DatabaseUrls } from '../src/database/connect.ts';
import type { Embedded, EmbeddedOptions } from '../src/database/embedded.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { isAlive } from '../src/database/postmaster.ts';
import { adminUrlOf, makeTemplate } from './database-server.ts';
import type { ServerAnswer } from './database-server.ts';
import { testFolder } from './passing-folder.ts';
import { query } from './query.ts';

/** A database of one test, on a real server. */
export interface TestDatabase extends DatabaseUrls {
  /** As a superuser, whom nothing stops: for tampering and for looking. */
  readonly adminUrl: string;
  readonly name: string;
  /** Ends every connection to it and removes it. */
  readonly drop: () => Promise<void>;
}

let asked: Promise<ServerAnswer> | undefined;

/** A fresh migrated database, or an empty one; the first to ask starts the server of the whole run. */
export async function testDatabase({ isMigrated = true } = {}): Promise<TestDatabase> {
  asked ??= askServer();
  const { makerUrl, template, passwords } = await asked;
  const name = `heed_test_${randomBytes(8).toString('hex')}`;
  await query(makerUrl, `create database ${name} owner heed_owner template ${isMigrated ? template : 'template0'}`);
  const inside = new URL(makerUrl);
  inside.pathname = `/${name}`;
  return {
    ...(passwords === null ? roleUrls(inside.href) : loginUrls(inside.href, passwords)),
    adminUrl: inside.href,
    name,
    drop: async () => {
      await query(makerUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** An embedded server of one test alone, migrated, for tests that kill it. Takes about a second. */
export interface TestServer extends DatabaseUrls {
  readonly adminUrl: string;
  readonly folder: string;
  readonly pid: () => number | undefined;
  /** Ends the server as a power cut would, and returns when it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again, at the same URLs. */
  readonly start: () => Promise<void>;
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>;
}

/** A server of one's own; it stays dead once killed, unless it is to be revived by itself as under Heed. */
export async function testServer(options: Partial<EmbeddedOptions> = {}): Promise<TestServer> {
  const folder = testFolder();
  const chosen = { folder, isRevived: false, ...options };
  let embedded: Embedded | undefined = await startEmbedded(chosen);
  const { ownerUrl, url, readerUrl, eraserUrl, pid } = embedded;
  await makeTemplate(ownerUrl);
  return {
    adminUrl: adminUrlOf(embedded),
    ownerUrl,
    url,
    readerUrl,
    eraserUrl,
    folder,
    pid,
    kill: async () => {
      const victim = pid();
      if (victim === undefined) throw new Error('the server to be killed does not run');
      process.kill(victim, 'SIGKILL');
      await untilGone(victim);
    },
    start: async () => {
      await embedded?.stop();
      embedded = await startEmbedded({ ...chosen, port: Number(new URL(url).port) });
    },
    stop: async () => {
      await embedded?.stop();
      embedded = undefined;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until no process has this id. */
export async function untilGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 20_000, interval: 10 }).toBe(false);
}

function loginUrls(inside: string, passwords: Readonly<Record<string, string>>): DatabaseUrls {
  const as = (role: string): string => {
    const url = new URL(inside);
    url.username = role;
    url.password = passwords[role] ?? '';
    return url.href;
  };
  return {
    ownerUrl: as('heed_owner'),
    url: as('heed_service'),
    readerUrl: as('heed_reader'),
    eraserUrl: as('heed_eraser'),
  };
}

async function askServer(): Promise<ServerAnswer> {
  const { port, word } = inject('databaseServer');
  const socket = connect(port, '127.0.0.1');
  socket.write(word);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await once(socket, 'end');
  const told = JSON.parse(Buffer.concat(parts).toString('utf8')) as { answer?: ServerAnswer; fault?: string };
  if (told.answer === undefined) throw new Error(told.fault ?? 'the server of the tests gave no answer');
  return told.answer;
}
