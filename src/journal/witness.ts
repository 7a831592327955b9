import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, link, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Head } from './journal.ts';
import { linesIn } from './lines.ts';

/** A head of a room as the witness saw it, and when. */
export interface Witnessed {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

/** The key that heads are signed with. Its private half never leaves its file. */
export interface WitnessKey {
  readonly privateKey: KeyObject;
  /** Digest of the public half, named in each statement. */
  readonly name: string;
  /** Where the public half is: whoever compares needs it, and a copy that the server cannot change. */
  readonly publicFile: string;
}

/** What the chain of who was shown what is called, after the room's name. */
export const accessChain = '/access';

const statementSchema = z.object({
  heed: z.literal('witness'),
  version: z.literal(1),
  room: z.string().min(1).max(80),
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.int().min(0),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.base64().max(128),
});
type Statement = Readonly<z.output<typeof statementSchema>>;

const statementCharactersMax = 1_024;
/** The end of a file that tells of every room's last minutes. */
const newestBytes = 262_144;
const publicKeysMax = 100;

/** The key in a file that only its owner may read; made if there is none, its public half beside it. */
export async function witnessKey(file: string): Promise<WitnessKey> {
  await makeOnce(file);
  const { mode } = await stat(file);
  // Windows has no such modes.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${file} may be read by others: run chmod 600 on it, and think of making a new key.`);
  const privateKey = createPrivateKey(await readFile(file));
  const publicKey = createPublicKey(privateKey);
  const publicFile = `${file}.pub`;
  await writeFile(publicFile, pemOf(publicKey), { mode: 0o644 });
  return { privateKey, name: nameOf(publicKey), publicFile };
}

/** Writes a new key whole and on disk, unless there is one or another process is first. */
async function makeOnce(file: string): Promise<void> {
  if ((await stat(file).catch(() => null)) !== null) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const unfinished = `${file}.${process.pid}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await chmod(unfinished, 0o600);
    await link(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

function pemOf(publicKey: KeyObject): string | Buffer {
  return publicKey.export({ type: 'spki', format: 'pem' });
}

function nameOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** The very bytes that are signed. */
function signedText({ room, seq, hash, at }: Omit<Statement, 'heed' | 'version' | 'key' | 'signature'>): Buffer {
  return Buffer.from(`heed witness 1\n${room}\n${seq}\n${hash}\n${at}\n`, 'utf8');
}

/** One line that says where a room's chain stood at an instant, signed. */
export function statementOf(
  key: WitnessKey,
  room: string,
  { head, at }: { readonly head: Head; readonly at: number },
): string {
  const said = { room, seq: head.seq, hash: head.hash, at };
  const signature = sign(null, signedText(said), key.privateKey).toString('base64');
  return JSON.stringify({ heed: 'witness', version: 1, ...said, key: key.name, signature });
}

/** A text signed as it is, with the key's name: for whoever was given it and has the public half from elsewhere. */
export function signatureOf(key: WitnessKey, text: Buffer): Readonly<Record<string, string>> {
  return { algorithm: 'ed25519', key: key.name, signature: sign(null, text, key.privateKey).toString('base64') };
}

/** The public half of a key, in PEM. */
export function publicPem({ privateKey }: WitnessKey): string {
  return pemOf(createPublicKey(privateKey)).toString();
}

/** The public keys in a file, one after another, by name: of a key that was replaced the old one stays in it. */
export async function publicKeysIn(file: string): Promise<ReadonlyMap<string, KeyObject>> {
  const text = await readFile(file, 'utf8');
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0 || blocks.length > publicKeysMax)
    throw new Error(`${file} holds ${blocks.length} public keys; expected 1 to ${publicKeysMax}, in PEM`);
  return new Map(blocks.map((block) => createPublicKey(block)).map((key) => [nameOf(key), key]));
}

/** What the witness saw, by room and seq, or the first line that is not what it signed. */
export type Testimony =
  | { readonly kind: 'read'; readonly seen: ReadonlyMap<string, ReadonlyMap<number, Witnessed>> }
  | { readonly kind: 'forged'; readonly file: string; readonly line: number; readonly says: string };

/**
 * Reads the statements of a file, each line checked against the public keys. What stands before the statement in a
 * line, as a collector of logs writes it, is passed over, and so are lines without one. The newest alone are enough to
 * see at a start that a log is behind; lines are then counted from where reading began.
 */
export async function readTestimony(
  file: string,
  keys: ReadonlyMap<string, KeyObject>,
  part: 'all' | 'newest' = 'all',
): Promise<Testimony> {
  const seen = new Map<string, Map<number, Witnessed>>();
  const { size } = await stat(file);
  const from = part === 'all' ? 0 : Math.max(0, size - newestBytes);
  let line = 0;
  for await (const text of linesIn(createReadStream(file, { start: from }) as AsyncIterable<Buffer>)) {
    line += 1;
    // What is read from the middle of a file begins within a line.
    if (line === 1 && from > 0) continue;
    const start = text.indexOf('{"heed":"witness"');
    if (start === -1) continue;
    const statement = statementIn(text.slice(start, start + statementCharactersMax));
    const says = statement === null ? 'it is no whole statement of a witness' : forgery(statement, keys);
    if (says !== null || statement === null) return { kind: 'forged', file, line, says: says ?? '' };
    const { room, seq, hash, at } = statement;
    const ofRoom = seen.get(room) ?? new Map<number, Witnessed>();
    const earlier = ofRoom.get(seq);
    if (earlier !== undefined && earlier.hash !== hash)
      return { kind: 'forged', file, line, says: `it signs another event ${seq} of room ${room} than an earlier line` };
    seen.set(room, ofRoom.set(seq, { seq, hash, at }));
  }
  return { kind: 'read', seen };
}

function statementIn(text: string): Statement | null {
  try {
    return statementSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function forgery(statement: Statement, keys: ReadonlyMap<string, KeyObject>): string | null {
  const key = keys.get(statement.key);
  if (key === undefined) return `it is signed with a key that is not known (${statement.key.slice(0, 12)}…)`;
  const isSigned = verify(null, signedText(statement), key, Buffer.from(statement.signature, 'base64'));
  return isSigned ? null : 'its signature is forged, or what it signs was changed';
}
