import type pg from 'pg';
import { genesis, seal } from '../journal/chain.ts';
import type { Sealed } from '../journal/chain.ts';
import type { Head } from '../journal/journal.ts';
import type { Actor } from '../room/define.ts';
import type { Access, AccessEntry } from './access.ts';
import { entryOf } from './access.ts';
import { deniedCounts } from './denied.ts';

/** How many may wait to be written down before the next is told to come back. */
export const waitingLimit = 10_000;
const groupLimit = 500;
/** How often another process may have been faster before something else must be wrong. */
const collisionLimit = 50;

/** What became of somebody's wish to be written down: only once it is durable may they be shown anything. */
export interface AccessLog {
  /** Resolves with the place in the chain once it is durable; rejects when it cannot be: then show nothing. */
  readonly note: (access: Access) => Promise<number>;
  /**
   * Writes down an attempt that was refused. Bounded: beyond the allowance of whoever tries, attempts are counted, and
   * the count is written once. Resolves when what there is to write is durable.
   */
  readonly denied: (access: Access) => Promise<void>;
  /** Where the chain stands: to be signed with the head of the room's own. */
  readonly head: () => Promise<Head>;
  /** Writes the counts of refused attempts that are due. */
  readonly flush: () => Promise<void>;
}

export interface AccessLogOptions {
  /** As heed_service. */
  readonly pool: pg.Pool;
  readonly room: string;
  readonly now: () => number;
}

interface Waiting {
  readonly entry: AccessEntry;
  readonly done: (seq: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Opens the access log of one room. Several processes may write it at once; the chain stays one. */
export function openAccessLog({ pool, room, now }: AccessLogOptions): AccessLog {
  const waiting: Waiting[] = [];
  let head: Head | null = null;
  let isWriting = false;
  const counts = deniedCounts(now);

  const write = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const entries = group.map(({ entry }) => entry);
      const written = await append(pool, { room, entries, head, now: now() });
      head = written.head;
      for (const [place, one] of group.entries()) one.done(written.first + place);
    } catch (error) {
      // It is unknown what was written: the next group asks where the chain stands.
      head = null;
      for (const one of group) one.failed(error);
    }
  };
  const run = async (): Promise<void> => {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) await write(waiting.splice(0, groupLimit));
    isWriting = false;
  };
  const note = async (access: Access): Promise<number> => {
    if (waiting.length >= waitingLimit)
      throw new Error(`More than ${waitingLimit} reads are waiting to be written to the access log.`);
    return new Promise<number>((done, failed) => {
      waiting.push({ entry: entryOf(room, access, now()), done, failed });
      void run();
    });
  };
  const noteAll = async (accesses: readonly Access[]): Promise<void> => {
    await Promise.all(accesses.map(note));
  };
  return {
    note,
    denied: async (access) => noteAll(counts.count(access)),
    head: async () => headOf(pool, room),
    flush: async () => noteAll(counts.all()),
  };
}

/** Where the access log of a room stands. */
async function headOf(pool: pg.Pool, room: string): Promise<Head> {
  const { rows } = await pool.query<Head>({
    name: 'access-head',
    text: 'select seq, hash from heed.access_event where room = $1 order by seq desc limit 1',
    values: [room],
  });
  return rows[0] ?? genesis;
}

interface Group {
  readonly room: string;
  readonly entries: readonly AccessEntry[];
  readonly head: Head | null;
  readonly now: number;
}

/** Appends a group in one transaction: the key (room, seq) refuses whoever starts from a head that has moved on. */
async function append(pool: pg.Pool, group: Group): Promise<{ readonly first: number; readonly head: Head }> {
  const { room, entries } = group;
  let after = group.head ?? (await headOf(pool, room));
  for (let collisions = 0; collisions < collisionLimit; collisions += 1) {
    const first = after.seq + 1;
    const events = entries.map(({ event, incident }, place) => ({ event: { ...event, seq: first + place }, incident }));
    const { sealed, head } = seal(room, after, events);
    if (await insert(pool, room, { sealed, entries })) return { first, head };
    after = await headOf(pool, room);
  }
  throw new Error('The access log could not be appended to: other processes were always faster.');
}

const uniqueViolation = '23505';

async function insert(
  pool: pg.Pool,
  room: string,
  { sealed, entries }: { readonly sealed: readonly Sealed[]; readonly entries: readonly AccessEntry[] },
): Promise<boolean> {
  try {
    await pool.query({
      name: 'access-append',
      text: `with put as (
          insert into heed.access_event
            (room, seq, header, hash, type, actor, scope, incident, is_break_glass, recorded_at)
          select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::boolean[], $10::bigint[])
        )
        insert into heed.access_body (room, seq, salt, body)
        select $1, * from unnest($2::bigint[], $11::text[], $12::text[])`,
      values: [
        room,
        sealed.map((one) => one.seq),
        sealed.map((one) => one.header),
        sealed.map((one) => one.hash),
        sealed.map((one) => one.type),
        entries.map(({ event }) => nameOf(event.actor)),
        sealed.map((one) => one.scope),
        sealed.map((one) => one.incident),
        entries.map((one) => one.isBreakGlass),
        sealed.map((one) => one.recordedAt),
        sealed.map((one) => one.salt),
        sealed.map((one) => one.body),
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return false;
    throw error;
  }
}

function nameOf(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}
