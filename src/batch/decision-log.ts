import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const recordName = z.string().min(1).max(200_000);

/** One line of a decisions file: who decided what of two records, when and why, over which score of which model. */
const decisionLine = z.strictObject({
  one: recordName,
  other: recordName,
  /** `undone` takes back what the same person decided of the pair before. */
  verdict: z.enum(['same', 'apart', 'unsure', 'undone']),
  by: z.string().min(1).max(200),
  /** ISO, UTC. */
  at: z.string().max(40),
  reason: z.string().max(2_000).nullable(),
  score: z.number(),
  /** SHA-256 of the model file. */
  model: z.string().max(128),
});
export type DecisionLine = Readonly<z.output<typeof decisionLine>>;

/** A pair whichever way round it is named. */
export function pairKey(one: string, other: string): string {
  return JSON.stringify(one < other ? [one, other] : [other, one]);
}

const newline = 0x0a;
const pieceBytes = 1_048_576;

/**
 * A file of decisions to which several people may write at once: every line is appended whole and is durable before
 * anything else happens, and what others appended is read from where reading last stopped.
 */
export class DecisionLog {
  readonly #descriptor: number;
  readonly #lines: DecisionLine[] = [];
  readonly #damaged: number[] = [];
  #held: Buffer = Buffer.alloc(0);
  #offset = 0;
  #count = 0;

  /** Opens the file to read, or to append too: then a new one is made, for its owner alone. */
  constructor(file: string, how: 'r' | 'a+') {
    this.#descriptor = openSync(file, how, 0o600);
    if (how === 'a+') syncFolder(dirname(file));
  }

  /** All lines so far, those of others included, in the order in which they were written. */
  lines(): readonly DecisionLine[] {
    const piece = Buffer.alloc(Math.min(pieceBytes, Math.max(1, fstatSync(this.#descriptor).size - this.#offset)));
    for (;;) {
      const size = readSync(this.#descriptor, piece, 0, piece.length, this.#offset);
      if (size === 0) return this.#lines;
      this.#offset += size;
      this.#take(Buffer.concat([this.#held, piece.subarray(0, size)]));
    }
  }

  /** Numbers of the lines that are not whole, as a power cut leaves them; what stands around them counts. */
  damaged(): readonly number[] {
    this.lines();
    return this.#damaged;
  }

  #take(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
      this.#count += 1;
      const text = bytes.toString('utf8', from, end).trim();
      const line = text === '' ? null : parsed(text);
      if (line !== null) this.#lines.push(line);
      else if (text !== '') this.#damaged.push(this.#count);
      from = end + 1;
    }
    this.#held = bytes.subarray(from);
  }

  /** Appends a line and returns once it is on the disk. */
  append(line: DecisionLine): void {
    this.lines();
    const isOpen = this.#held.length > 0;
    const bytes = Buffer.from(`${isOpen ? '\n' : ''}${JSON.stringify(line)}\n`, 'utf8');
    if (writeSync(this.#descriptor, bytes) !== bytes.length)
      throw new Error('The decision was not written whole: the disk may be full.');
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function parsed(text: string): DecisionLine | null {
  try {
    return decisionLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A new file is there for good only once its folder is on the disk too. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What people decided of one pair, each by what they decided last; what was undone is not there. */
export interface DecidedPair {
  readonly one: string;
  readonly other: string;
  readonly verdicts: readonly DecisionLine[];
}

/** What stands of the lines of a decisions file, by pair. */
export function standing(lines: readonly DecisionLine[]): ReadonlyMap<string, DecidedPair> {
  const pairs = new Map<string, Map<string, DecisionLine>>();
  for (const line of lines) {
    const key = pairKey(line.one, line.other);
    const held = pairs.get(key) ?? new Map<string, DecisionLine>();
    pairs.set(key, held);
    held.delete(line.by);
    if (line.verdict !== 'undone') held.set(line.by, line);
  }
  const stands = new Map<string, DecidedPair>();
  for (const [key, held] of pairs) {
    const [one = '', other = ''] = JSON.parse(key) as readonly string[];
    if (held.size > 0) stands.set(key, { one, other, verdicts: [...held.values()] });
  }
  return stands;
}
