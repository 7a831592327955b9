import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { Sealed } from './chain.ts';
import { seal } from './chain.ts';
import type { Appended, Batch, Head, Projection, RecordedCommand } from './journal.ts';
import type { CommandColumns } from './outcome.ts';
import { answerText, commandOf, outcomeText } from './outcome.ts';

// The writer's row moves only from the very head and turn that the batch was decided on; nothing else is written
// unless it moved, and where it did not the whole transaction ends (`HD001`). All in one statement: one round trip, one
// commit.
const appendText = `
with turn as (
  update heed.writer w set seq = $5, hash = $6
  where w.room = $1 and w.epoch = $2 and w.seq = $3 and w.hash = $4
    and not exists (select from heed.command c where c.room = $1 and c.command = any ($16::text[]))
  returning w.room
), events as (
  insert into heed.event (room, seq, header, hash, type, scope, incident, recorded_at)
  select turn.room, e.* from turn, unnest($7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::bigint[]) as e
), bodies as (
  insert into heed.body (room, seq, salt, body)
  select turn.room, b.* from turn, unnest($7::bigint[], $14::text[], $15::text[]) as b (seq, salt, body)
  where b.salt is not null
), commands as (
  insert into heed.command (room, command, digest, outcome, at)
  select turn.room, c.command, c.digest, c.outcome, coalesce(c.at, heed.now_ms())
  from turn, unnest($16::text[], $17::text[], $18::text[], $20::bigint[]) as c (command, digest, outcome, at)
), answers as (
  insert into heed.answer (room, command, seq, answer)
  select turn.room, a.command, (a.outcome::json ->> 'seq')::bigint, a.answer
  from turn, unnest($16::text[], $18::text[], $19::text[]) as a (command, outcome, answer)
  where a.answer is not null
)
select case when exists (select from turn) then true else heed.not_appended() end as appended`;

const standingText = `
select w.epoch, w.seq, w.hash from heed.writer w where w.room = $1`;

const recordedText = `
select c.command, c.digest, c.outcome, a.answer from heed.command c
left join heed.answer a on a.room = c.room and a.command = c.command
where c.room = $1 and c.command = any ($2::text[])`;

/** What stands in the columns of a command's row; `at` null: now, by the database's clock. */
export interface CommandRow extends CommandColumns {
  readonly at: number | null;
}

/** What one transaction of the log writes. A row without salt has been erased. */
export interface Writing {
  readonly room: string;
  readonly epoch: number;
  readonly after: Head;
  readonly head: Head;
  readonly events: readonly (Omit<Sealed, 'salt' | 'body'> & { readonly salt: string | null; body: string | null })[];
  readonly commands: readonly CommandRow[];
}

/** The statement that appends: prepared once a connection, whatever the size of what it writes. */
export function appendQuery({ room, epoch, after, head, events, commands }: Writing): QueryConfig {
  return {
    name: 'heed-append',
    text: appendText,
    values: [
      room,
      epoch,
      after.seq,
      after.hash,
      head.seq,
      head.hash,
      events.map((one) => one.seq),
      events.map((one) => one.header),
      events.map((one) => one.hash),
      events.map((one) => one.type),
      events.map((one) => one.scope),
      events.map((one) => one.incident),
      events.map((one) => one.recordedAt),
      events.map((one) => one.salt),
      events.map((one) => one.body),
      commands.map((one) => one.command),
      commands.map((one) => one.digest),
      commands.map((one) => one.outcome),
      commands.map((one) => one.answer),
      commands.map((one) => one.at),
    ],
  };
}

/** Appends a batch: whole, or not at all with the reason why. */
export async function append(writers: Pool, batch: Batch): Promise<Appended> {
  const { room, epoch, after, entries, commands, projections } = batch;
  const { sealed, head } = seal(room, after, entries);
  const rows = commands.map(rowOf);
  try {
    const query = appendQuery({ room, epoch, after, head, events: sealed, commands: rows });
    if (projections.length === 0) await writers.query(query);
    else await inOneTransaction(writers, [query, ...projections.map(queryOf)]);
    return { kind: 'appended', head };
  } catch (error) {
    if (codeOf(error) !== notAppended) throw error;
    return refused(writers, batch, error);
  }
}

/** The outcomes of those of these commands that are in the log. */
export async function recordedCommands(
  pool: Pool,
  room: string,
  ids: readonly string[],
): Promise<readonly RecordedCommand[]> {
  if (ids.length === 0) return [];
  const query = { name: 'heed-recorded', text: recordedText, values: [room, ids] };
  const { rows } = await pool.query<CommandColumns>(query);
  return rows.map((row) => commandOf(room, row));
}

const notAppended = 'HD001';

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function rowOf({ id, digest, outcome }: RecordedCommand): CommandRow {
  return { command: id, digest, outcome: outcomeText(outcome), answer: answerText(outcome), at: null };
}

function queryOf({ name, text, values }: Projection): QueryConfig {
  return { name: `heed-projection-${name}`, text, values: [...values] };
}

/**
 * Sends a whole transaction before the first answer is back, where the pool's connections are pipelined: one round trip
 * however many statements. The first that fails ends all that follow, and the commit becomes a rollback.
 */
async function inOneTransaction(writers: Pool, queries: readonly QueryConfig[]): Promise<void> {
  const client = await writers.connect();
  let broken: Error | undefined;
  try {
    const [begun, ...answers] = await Promise.allSettled(sent(client, queries));
    const failed = [begun, ...answers].find((one) => one?.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason as Error;
  } catch (error) {
    if (codeOf(error) === null) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

function sent(client: PoolClient, queries: readonly QueryConfig[]): readonly Promise<unknown>[] {
  return [client.query('begin'), ...queries.map(async (query) => client.query(query)), client.query('commit')];
}

/** Why nothing was appended: a later turn, commands that are in the log already, or a fault. */
async function refused(pool: Pool, { room, epoch, after, commands }: Batch, error: unknown): Promise<Appended> {
  const query = { name: 'heed-standing', text: standingText, values: [room] };
  const { rows } = await pool.query<{ epoch: number; seq: number; hash: string }>(query);
  const [writer] = rows;
  if (writer === undefined) throw new Error(`there is no room ${room} in the log`, { cause: error });
  if (writer.epoch !== epoch) return { kind: 'deposed' };
  const recorded = await recordedCommands(
    pool,
    room,
    commands.map((one) => one.id),
  );
  if (recorded.length > 0) return { kind: 'repeated', commands: recorded };
  const says = `the log of room ${room} stands at event ${writer.seq} (${writer.hash.slice(0, 12)}…)`;
  throw new Error(`${says}; what was to follow event ${after.seq} (${after.hash.slice(0, 12)}…) does not`, {
    cause: error,
  });
}
