import { open, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** An export on its way in: its bytes, and how much of the file has been read. */
export interface ExportFile {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** From 0 to 1. */
  readonly share: () => number;
  readonly isGzip: boolean;
}

const pieceBytes = 262_144;
const firstBytes = 1_048_576;

/** Reads an export piece by piece; one that is compressed with gzip is known by its first bytes, not by its name. */
export async function exportFile(path: string): Promise<ExportFile> {
  const { size } = await stat(path);
  const head = await headOf(path, 2);
  const bytes = createReadStream(path, { highWaterMark: pieceBytes });
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const pieces = isGzip ? bytes.pipe(createGunzip({ chunkSize: pieceBytes })) : bytes;
  // What is wrong with the file is heard by whoever reads the pieces, whichever end of the pipe it came from.
  if (isGzip) bytes.on('error', (error) => (pieces as { destroy: (error: Error) => void }).destroy(error));
  return { pieces, share: () => (size === 0 ? 1 : Math.min(1, bytes.bytesRead / size)), isGzip };
}

/** What an export is known by when an audit goes on: its length and its beginning. */
export async function knownBy(path: string): Promise<string> {
  const { size } = await stat(path);
  const hash = createHash('sha256').update(`${size}\n`);
  return hash.update(await headOf(path, firstBytes)).digest('hex');
}

async function headOf(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
