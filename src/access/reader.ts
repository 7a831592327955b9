import type pg from 'pg';

/** For whom, and at which instant of the room, something is read. */
export interface Reader {
  readonly room: string;
  /** Null: nobody by name, who is let in to nothing that is restricted. */
  readonly staff: string | null;
  /** The room's own time: a glass that was broken is whole again after a while. */
  readonly at: number;
}

/** What can be done while reading. */
export type Reading = Pick<pg.ClientBase, 'query'>;

/**
 * Reads as somebody: in one transaction that sees one instant, behind the database's own fence. The pool is that of
 * heed_reader; a login that the fence does not hold is a fault, and nothing is read.
 */
export async function asReader<T>(pool: pg.Pool, reader: Reader, work: (reading: Reading) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isWhole = false;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await enter(client, reader);
    const result = await work(client);
    await client.query('commit');
    isWhole = true;
    return result;
  } catch (error) {
    isWhole = await rolledBack(client);
    throw error;
  } finally {
    // A connection in doubt is closed: nobody else is to read in somebody's name.
    client.release(!isWhole);
  }
}

interface Entered {
  readonly fenced: boolean;
}

/** The settings are this transaction's alone: with it they are gone, and the next user of the connection has none. */
async function enter(client: pg.PoolClient, { room, staff, at }: Reader): Promise<void> {
  const { rows } = await client.query<Entered>({
    name: 'reader-enter',
    text: `select set_config('heed.room', $1, true), set_config('heed.staff', $2, true),
      set_config('heed.at', $3, true), row_security_active('heed.event')
        and row_security_active('heed.body') and row_security_active('heed.record') as fenced`,
    values: [room, staff ?? '', String(at)],
  });
  if (rows[0]?.fenced !== true)
    throw new Error(
      'The database would show everything to the role that reads for people: it owns the tables, is a superuser or ' +
        'bypasses row security. Use a login that only is a member of heed_reader.',
    );
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
