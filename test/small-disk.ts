import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './passing-folder.ts';

/** A folder with a disk of its own, small enough to be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  readonly fill: () => void;
  readonly makeRoom: () => void;
  readonly remove: () => void;
}

const megabyte = Buffer.alloc(1_048_576);

/** Mounts a disk of so many MiB in memory; or says why this machine does not let it. */
export function smallDisk(mebibytes: number): SmallDisk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a disk of its own can be mounted on Linux by root alone';
  const folder = testFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0711`, 'heed-test', folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    rmSync(folder, { recursive: true });
    return `mounting is not permitted here: ${error instanceof Error ? error.message : String(error)}`;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => fill(ballast),
    makeRoom: () => rmSync(ballast),
    remove: () => {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function fill(file: string): void {
  const ballast = openSync(file, 'w');
  try {
    for (let size = megabyte.length; size >= 1; ) {
      try {
        writeSync(ballast, megabyte, 0, size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(ballast);
  }
}
