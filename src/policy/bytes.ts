import { readFileSync, statSync } from 'node:fs';

/** The bytes of a file, or why it cannot be had, as the end of a sentence. */
export type Bytes =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly message: string };

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'that is not permitted',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
};

/** Reads a file of at most so many bytes; what is no file, and what is larger, is refused before it is read. */
export function bytesOf(file: string, maxBytes: number): Bytes {
  try {
    const about = statSync(file);
    if (about.isDirectory()) return { ok: false, message: 'it is a folder' };
    if (!about.isFile()) return { ok: false, message: 'it is not a file' };
    if (about.size > maxBytes)
      return { ok: false, message: `it has ${about.size} bytes, and at most ${maxBytes} are read` };
    return { ok: true, value: readFileSync(file) };
  } catch (error) {
    return { ok: false, message: reasonOf(error) };
  }
}

/** Why the system refused a file or folder, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `the system says ${code === '' ? 'no more' : code}`;
}
