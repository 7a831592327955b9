import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const longestSecretBytes = 4_096;

/** Where a secret is kept; never the secret itself, which has no place in a configuration file. */
export const secretPlace = z.union(
  [
    z.strictObject({ file: z.string().min(1).max(4_096) }),
    z.strictObject({ environment: z.string().regex(/^[A-Z][A-Z0-9_]{0,127}$/, 'the name of an environment variable') }),
  ],
  { error: () => 'where the secret is: { file: PATH } or { environment: NAME }' },
);
export type SecretPlace = z.output<typeof secretPlace>;

export type Environment = Readonly<Record<string, string | undefined>>;

export type SecretRead =
  | { readonly ok: true; readonly secret: string }
  /** A sentence for whoever runs the service; it holds nothing of the secret. */
  | { readonly ok: false; readonly says: string };

/** Reads a secret where it is kept: the text without its last line end. */
export function readSecret(place: SecretPlace, environment: Environment): SecretRead {
  return 'file' in place ? readFile(place.file) : fit(environment[place.environment], place.environment);
}

function readFile(path: string): SecretRead {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return { ok: false, says: `The secret in ${path} cannot be read (${codeOf(error)}).` };
  }
  try {
    const { mode, size } = fstatSync(file);
    if (process.platform !== 'win32' && (mode & 0o007) !== 0)
      return {
        ok: false,
        says: `The secret in ${path} is open to everybody on this machine; close it with chmod 600 ${path}.`,
      };
    if (size > longestSecretBytes)
      return { ok: false, says: `The secret in ${path} is longer than ${longestSecretBytes} bytes.` };
    return fit(readFileSync(file, 'utf8').replace(/\r?\n$/, ''), path);
  } catch (error) {
    return { ok: false, says: `The secret in ${path} cannot be read (${codeOf(error)}).` };
  } finally {
    closeSync(file);
  }
}

function fit(secret: string | undefined, where: string): SecretRead {
  if (secret === undefined || secret === '') return { ok: false, says: `${where} holds no secret.` };
  if (secret.length > longestSecretBytes)
    return { ok: false, says: `The secret in ${where} is longer than ${longestSecretBytes} bytes.` };
  if (/[\p{Cc}\uFFFD]/u.test(secret))
    return { ok: false, says: `The secret in ${where} is not one line of text; write it as base64, for example.` };
  return { ok: true, secret };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
