import { join } from 'node:path';
import { DecisionLog, standing } from '../batch/decision-log.ts';
import type { Bounds } from '../batch/duckdb.ts';
import { BatchRefused } from '../batch/duckdb.ts';
import { readQueue } from './queue.ts';
import { listen } from './server.ts';
import { Sitting } from './sitting.ts';

export interface ReviewAsked {
  /** The folder that a run wrote. */
  readonly run: string;
  /** Where decisions are kept; null for the folder of the run. */
  readonly file: string | null;
  readonly by: string;
  /** 0 takes one that is free. */
  readonly port: number;
  readonly bounds: Bounds;
}

export interface Review {
  /** With the token that opens it once. */
  readonly address: string;
  readonly file: string;
  /** Still to be decided. */
  readonly pairs: number;
  /** Ends it; gives how many pairs are decided in the file. */
  readonly close: () => Promise<number>;
}

/** Opens the page on which one person decides pairs by hand, on this machine only. */
export async function openReview({ run, file, by, port, bounds }: ReviewAsked): Promise<Review> {
  const name = by.trim();
  if (name === '' || name.length > 100 || /\p{C}/u.test(name))
    throw new BatchRefused('--by takes the name of whoever decides, up to 100 characters on one line.');
  const kept = file ?? join(run, 'decisions.ndjson');
  const log = new DecisionLog(kept, 'a+');
  try {
    const queue = await readQueue(run, { bounds, decided: standing(log.lines()).size });
    const sitting = new Sitting({ queue, log, by: name });
    const server = await listen(sitting, port);
    const ended = async (): Promise<number> => {
      await server.close();
      const { all } = sitting.standing();
      log.close();
      return all;
    };
    let ending: Promise<number> | null = null;
    const close = async (): Promise<number> => (ending ??= ended());
    return { address: server.address, file: kept, pairs: sitting.standing().left, close };
  } catch (error) {
    log.close();
    throw error;
  }
}
