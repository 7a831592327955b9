import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account } from '../src/database/account.ts';
import { canEnter } from '../src/database/account.ts';

/** A process of a test: what it said in its first line, and the ways to end it. */
export interface Child<T> {
  readonly said: T;
  /** Closes its input and waits until it has ended. */
  readonly end: () => Promise<number | null>;
  readonly kill: () => Promise<void>;
}

const script = new URL('./database-child.ts', import.meta.url);

/** Runs the database's trial process, as another account if one is given. Rejects with what it wrote if it fails. */
export async function runChild<T>(parts: readonly string[], { uid, gid }: Partial<Account> = {}): Promise<Child<T>> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), fileURLToPath(script), ...parts], {
    uid,
    gid,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let out = '';
  let wrong = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    wrong += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.includes('\n')) resolve();
    });
    child.once('close', () => reject(new Error(wrong)));
  });
  return {
    said: JSON.parse(out) as T,
    end: async () => {
      child.stdin.end();
      return (await ended)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** An ordinary account to try as well, where root runs the tests and others may read the checkout; else none. */
export function ordinaryAccounts(): readonly Account[] {
  if (process.getuid?.() !== 0) return [];
  const [, uid = '', gid = ''] = /^nobody:[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  const nobody = { uid: Number(uid), gid: Number(gid), name: 'nobody' };
  const isOpen = canEnter(nobody, dirname(fileURLToPath(script))) && canEnter(nobody, process.execPath);
  return uid !== '' && isOpen ? [nobody] : [];
}
