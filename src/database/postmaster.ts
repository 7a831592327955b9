import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes about itself into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** The file that says which process has a data folder open. */
export function lockFile(data: string): string {
  return join(data, 'postmaster.pid');
}

/** What the lock file says; undefined when there is none, or it is not whole yet. */
export function readPostmaster(data: string): Postmaster | undefined {
  let lines: readonly string[];
  try {
    lines = readFileSync(lockFile(data), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7]?.trim() === 'ready' };
}

/** Whether a process runs; one that has ended and only waits to be counted does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const state = statOf(pid);
  return state === undefined || !['Z', 'X'].includes(state[0] ?? '');
}

/** When a process began, so that a number given to another process later is told apart. Empty where it is unknown. */
export function bornAt(pid: number): string {
  return statOf(pid)?.[19] ?? '';
}

/** The fields behind the name in /proc/PID/stat; undefined on systems without it. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * Whether the process a lock file names can be the server of that folder. PostgreSQL works inside its data folder; a
 * program that was given the number later does not.
 */
export function mayServe(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    // No /proc (macOS), or another user's process in a container: its name must do.
    return commandOf(pid).includes('postgres');
  }
}

function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
