import { open } from 'node:fs/promises';

/** Puts the names in a folder on disk: a file that was written, linked or renamed is only then sure to be found. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
