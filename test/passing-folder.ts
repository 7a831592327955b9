import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, mayServe, readPostmaster } from '../src/database/postmaster.ts';

const prefix = 'heed-test-';
const memoryFolder = '/dev/shm';
const leastFreeBytes = 4 * 1024 ** 3;

/** A folder for the data of one test, which others may enter but not list; the test removes it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(place(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** In memory where there is plenty, since hundreds of databases made and dropped wait for a disk; else on the disk. */
function place(): string {
  const mounts = process.platform === 'linux' ? readFileSync('/proc/mounts', 'utf8').split('\n') : [];
  const mount = mounts.find((line) => line.split(' ')[1] === memoryFolder);
  if (mount === undefined || mount.includes('noexec')) return tmpdir();
  const { bavail, bsize } = statfsSync(memoryFolder);
  return bavail * bsize > leastFreeBytes ? memoryFolder : tmpdir();
}

/** Ends the servers of runs that were killed, and removes what they left. */
export function sweep(): void {
  const places = [...new Set([place(), tmpdir()])];
  const folders = places.flatMap((each) => readdirSync(each).map((name) => ({ path: join(each, name), name })));
  for (const { path, name } of folders.filter((folder) => folder.name.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue;
    try {
      sweepFolder(path);
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
