import { join } from 'node:path';
import { Tinypool } from 'tinypool';
import type { Batch } from './duckdb.ts';
import type { RawPiece } from './normalised-piece.ts';
import { wordsOfPiece } from './normalised-piece.ts';

const normaliser = join(import.meta.dirname, '..', '..', 'bin', 'normalise.js');

/** Pieces that wait for each thread, so that none has nothing to do. */
const waiting = 3;

/** Memory of the run for each thread, whose heap lies beside the database's. */
const bytesOfThread = 300_000_000;

/** Fewer records than this are normalised before a thread of its own has begun. */
const recordsOfThreads = 50_000;

/** The words of every piece, in the order of the pieces: where there are many, from threads of their own. */
export type Normaliser = (asked: AsyncIterable<RawPiece>) => AsyncGenerator<readonly string[]>;

/** Gives a normaliser for so many records to some work, and ends its threads when that is done. */
export async function withNormaliser<T>(
  { records, ...may }: Pick<Batch, 'threads' | 'memoryBytes'> & { readonly records: number },
  work: (normaliser: Normaliser) => Promise<T>,
): Promise<T> {
  if (records < recordsOfThreads) return work(here);
  const threads = Math.max(1, Math.min(may.threads, Math.floor(may.memoryBytes / bytesOfThread)));
  const pool = new Tinypool({
    filename: normaliser,
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
    execArgv: [],
  });
  try {
    return await work((asked) => apart(pool, asked, threads * waiting));
  } finally {
    await pool.destroy();
  }
}

async function* here(asked: AsyncIterable<RawPiece>): AsyncGenerator<readonly string[]> {
  for await (const one of asked) yield wordsOfPiece(one);
}

async function* apart(pool: Tinypool, asked: AsyncIterable<RawPiece>, most: number): AsyncGenerator<readonly string[]> {
  const going: Promise<readonly string[]>[] = [];
  for await (const one of asked) {
    const words = pool.run(one, { name: wordsOfPiece.name }) as Promise<readonly string[]>;
    // It is awaited in its turn; a thread that fails before is told of then.
    words.catch(() => undefined);
    going.push(words);
    const first = going.length > most ? going.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const words of going) yield await words;
}
