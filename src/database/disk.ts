import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** How much room a folder's disk has left. Below `full` nothing new should be begun; `low` wants an alarm. */
export interface DiskSpace {
  readonly state: 'enough' | 'low' | 'full';
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Below this it is low, below the other it is full. */
  readonly lowBytes: number;
  readonly fullBytes: number;
}

const mebibyte = 1_048_576;
const gibibyte = 1024 * mebibyte;

/** A share of the disk, but never so little that the log could fill it in minutes, nor more than anybody needs. */
const low = { share: 0.1, leastBytes: gibibyte, mostBytes: 20 * gibibyte };
const full = { share: 0.01, leastBytes: 256 * mebibyte, mostBytes: 2 * gibibyte };

/** The free space for a folder, which need not be there yet. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(existing(resolve(folder)));
  return judgeSpace(bavail * bsize, blocks * bsize);
}

/** Whether that many free bytes are enough on a disk of that size. */
export function judgeSpace(freeBytes: number, totalBytes: number): DiskSpace {
  const lowBytes = threshold(low, totalBytes);
  const fullBytes = threshold(full, totalBytes);
  const state = freeBytes < fullBytes ? 'full' : freeBytes < lowBytes ? 'low' : 'enough';
  return { state, freeBytes, totalBytes, lowBytes, fullBytes };
}

function threshold({ share, leastBytes, mostBytes }: typeof low, totalBytes: number): number {
  return Math.min(mostBytes, Math.max(leastBytes, Math.floor(share * totalBytes)));
}

function existing(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : existing(above);
}
