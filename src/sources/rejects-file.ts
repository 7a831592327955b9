import { open } from 'node:fs/promises';

/** A line of a snapshot that was not taken whole: whether its record was kept, what was left out and why. */
export interface Reject {
  readonly line: number;
  readonly kept: boolean;
  readonly field: string;
  readonly reason: string;
}

/** The list of what an import did not take, one JSON object on a line; it repeats nothing of the records. */
export interface RejectsFile {
  /** Writes to the end; the length of the file once that is on the disk. */
  readonly append: (rejects: readonly Reject[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens the list where an import goes on: what was written behind that belongs to a batch that never was. */
export async function openRejects(path: string, bytes: number): Promise<RejectsFile> {
  const file = await open(path, bytes === 0 ? 'w' : 'r+', 0o600);
  await file.truncate(bytes);
  let length = bytes;
  return {
    append: async (rejects) => {
      if (rejects.length === 0) return length;
      const written = Buffer.from(rejects.map((one) => `${JSON.stringify(one)}\n`).join(''));
      await file.write(written, 0, written.length, length);
      await file.datasync();
      length += written.length;
      return length;
    },
    close: async () => file.close(),
  };
}
