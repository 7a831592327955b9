import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { sha256 } from './chain.ts';
import { linesIn } from './lines.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');
const place = z.int().min(0);
const head = z.strictObject({ seq: place, hash: digest });

/** The first line: which room this is, and the head up to which it was written out. */
export const manifestSchema = z.strictObject({
  kind: z.literal('manifest'),
  format: z.literal(1),
  room: z.string().min(1).max(64),
  roomKind: z.enum(['live', 'exercise', 'replay']),
  createdAt: place,
  exportedAt: place,
  head,
});
export type Manifest = Readonly<z.output<typeof manifestSchema>>;

const eventSchema = z.strictObject({
  kind: z.literal('event'),
  header: z.string(),
  hash: digest,
  salt: z.string().nullable(),
  body: z.string().nullable(),
  incident: z.string().nullable(),
  erasure: z.strictObject({ at: place, decision: place, by: z.string(), second: z.string() }).nullable(),
});
export type EventLine = Readonly<z.output<typeof eventSchema>>;

const commandSchema = z.strictObject({
  kind: z.literal('command'),
  command: z.string(),
  digest: z.string(),
  outcome: z.string(),
  answer: z.string().nullable(),
  at: place,
});
export type CommandLine = Readonly<z.output<typeof commandSchema>>;

/** The last line: a file without it was cut short. */
const endSchema = z.strictObject({ kind: z.literal('end'), head, events: place, commands: place });

const lineSchema = z.discriminatedUnion('kind', [manifestSchema, eventSchema, commandSchema, endSchema]);
export type ExportLine = Readonly<z.output<typeof lineSchema>>;

const opening = '{"check":"';
const between = '","line":';
const contentAt = opening.length + 64 + between.length;
const firstCheck = '0'.repeat(64);

/** Writes lines, each with a digest of itself and of every line before it. */
export function lineWriter(): (line: ExportLine) => string {
  let check = firstCheck;
  return (line) => {
    const content = JSON.stringify(line);
    check = sha256(check + content);
    return `${opening}${check}${between}${content}}\n`;
  };
}

/** A line of an export as it was written, with its number from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly line: ExportLine;
}

/** Why a file is refused, and where. */
export interface FileFault {
  readonly file: string;
  readonly line: number;
  readonly says: string;
}

/** The lines of an export, until the first that is not as it was written. */
export async function* readLines(file: string): AsyncGenerator<NumberedLine | FileFault, void> {
  let number = 0;
  let check = firstCheck;
  try {
    for await (const text of linesIn(bytesOf(file))) {
      number += 1;
      const content = text.slice(contentAt, -1);
      check = sha256(check + content);
      const line = text === `${opening}${check}${between}${content}}` ? lineOf(content) : notAsWritten(number);
      yield typeof line === 'string' ? { file, line: number, says: line } : { number, line };
      if (typeof line === 'string') return;
    }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    yield { file, line: number + 1, says: `it cannot be read on: ${says}` };
  }
}

function lineOf(content: string): ExportLine | string {
  const read = lineSchema.safeParse(JSON.parse(content));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no line of an export'}`;
}

function notAsWritten(number: number): string {
  return number === 1
    ? 'it is no export of Heed, or was changed after it was written'
    : 'it was changed, cut or put elsewhere after it was written';
}

/** Whether lines of this file are compressed: the name says. */
export function isCompressed(file: string): boolean {
  return file.endsWith('.gz');
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  const raw = createReadStream(file);
  if (!isCompressed(file)) return raw as AsyncIterable<Buffer>;
  const unpacked = createGunzip();
  raw.once('error', (error) => unpacked.destroy(error));
  return raw.pipe(unpacked) as AsyncIterable<Buffer>;
}
