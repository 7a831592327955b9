import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type * as DuckDB from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { reasonOf } from '../policy/bytes.ts';

/** What does not let linkage begin, or go on, in sentences for whoever runs it. */
export class BatchRefused extends Error {}

/** One database of one run, in memory; what does not fit spills into a folder that goes when the run ends. */
export interface Batch {
  readonly folder: string;
  /** How many threads it may take, and how much memory beside Node's own. */
  readonly threads: number;
  readonly memoryBytes: number;
  readonly run: (sql: string) => Promise<void>;
  /** Rows of a small answer, as objects. */
  readonly rows: <T>(sql: string) => Promise<readonly T[]>;
  /** Pieces of a large answer, as they come. */
  readonly chunks: (sql: string) => AsyncGenerator<DuckDBDataChunk>;
  /** Writes columns to the end of a table; each piece has as many values in every column. */
  readonly append: (table: string, pieces: AsyncIterable<Columns> | Iterable<Columns>) => Promise<void>;
  readonly close: () => void;
}

/** One piece of a table, column by column. */
export type Columns = readonly (readonly DuckDBValue[])[];

/** How much of the machine a run may take. */
export interface Bounds {
  readonly memoryBytes: number;
  readonly threads: number;
}

/** Rows of one piece, as DuckDB holds them. */
export const pieceRows = 2_048;

/** Kept back for Node itself, which reads, normalises and clusters. */
const ownShare = 0.4;

/** Fetched when it is asked for: everything else works without it. */
async function library(): Promise<Pick<typeof DuckDB, 'DuckDBDataChunk' | 'DuckDBInstance'>> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new BatchRefused(
      `heed link needs DuckDB, which is not installed here or not made for this machine (${reasonOf(error)}). ` +
        'npm install --include=optional brings it; everything else in Heed works without it.',
    );
  }
}

/** Opens a database that spills into a new folder beside what is to be written; nothing is fetched. */
export async function openBatch(beside: string, { memoryBytes, threads }: Bounds): Promise<Batch> {
  const { DuckDBDataChunk, DuckDBInstance } = await library();
  const folder = mkdtempSync(join(beside, '.linking-'));
  const gone = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const mebibytes = Math.round((memoryBytes * (1 - ownShare)) / 1_048_576);
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${mebibytes}MiB`,
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const append = async (table: string, pieces: AsyncIterable<Columns> | Iterable<Columns>): Promise<void> => {
      const appender = await connection.createAppender(table);
      const types: DuckDBType[] = Array.from({ length: appender.columnCount }, (_, at) => appender.columnType(at));
      try {
        for await (const columns of pieces) {
          if ((columns[0]?.length ?? 0) === 0) continue;
          const chunk = DuckDBDataChunk.create(types);
          chunk.setColumns(columns);
          appender.appendDataChunk(chunk);
        }
      } finally {
        appender.closeSync();
      }
    };
    const close = (): void => {
      connection.closeSync();
      instance.closeSync();
      gone();
    };
    return { folder, threads, memoryBytes: mebibytes * 1_048_576, ...asking(connection), append, close };
  } catch (error) {
    gone();
    throw error;
  }
}

function asking(connection: DuckDBConnection): Pick<Batch, 'run' | 'rows' | 'chunks'> {
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async <T>(sql: string) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJS() as unknown as readonly T[];
    },
    chunks: async function* (sql) {
      const result = await connection.stream(sql);
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
        yield chunk;
        chunk = await result.fetchChunk();
      }
    },
  };
}

/** A name of a table or column, for a statement. */
export function named(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text, for a statement. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
