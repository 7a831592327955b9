import pg from 'pg';
import type { Journal } from './journal.ts';

/** How long a session is given to end. */
const releaseMs = 1_000;

/** The right to write for a room: held by one process at a time, as long as its session with the database lives. */
export interface Turn {
  readonly epoch: number;
  /** Resolves when the session is gone, and with it the right. */
  readonly lost: Promise<void>;
  readonly release: () => Promise<void>;
}

export interface TurnSeeker {
  readonly connectionString: string;
  readonly journal: Journal;
  /** Named in the log of turns: which process on which machine. */
  readonly holder: string;
}

/**
 * Waits until nobody else writes for the room, then begins the next turn. The lock keeps a second process waiting as
 * standby; that no append of an earlier turn gets through is the work of the epoch, not of the lock. Rejects when the
 * database is away or `signal` aborts.
 */
export async function takeTurn(room: string, seeker: TurnSeeker, signal: AbortSignal): Promise<Turn> {
  const client = new pg.Client({
    connectionString: seeker.connectionString,
    application_name: `heed writer ${room}`,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  const lost = new Promise<void>((resolve) => {
    client.on('end', resolve);
    client.on('error', () => resolve());
  });
  const release = async (): Promise<void> => {
    // The end of a connection that broke while it was being made is never told: it is not waited for.
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, releaseMs);
    });
    await Promise.race([client.end().catch(() => undefined), late]);
    clearTimeout(timer);
  };
  // A waiting lock is left by closing the session: the server then stops waiting too.
  const leave = (): void => void release();
  signal.addEventListener('abort', leave, { once: true });
  try {
    await client.connect();
    signal.throwIfAborted();
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`heed writer ${room}`]);
    signal.throwIfAborted();
    const epoch = await seeker.journal.beginTurn(room, seeker.holder);
    return { epoch, lost, release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
