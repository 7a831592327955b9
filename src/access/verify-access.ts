import type pg from 'pg';
import { genesis, open } from '../journal/chain.ts';
import type { Head } from '../journal/journal.ts';

const pageRows = 2_000;

/** Whether the access log of a room is as it was written. */
export type AccessVerdict =
  | { readonly kind: 'whole'; readonly head: Head; readonly erased: number }
  /** The first place where it is not. */
  | { readonly kind: 'broken'; readonly seq: number; readonly says: string };

interface Row {
  readonly seq: number;
  readonly header: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly body: string | null;
  readonly is_erased: boolean;
  readonly copies: Copies;
}

/** The columns that stand beside a header so that it can be found; they must say what it says. */
interface Copies {
  readonly type: string;
  readonly actor: string;
  readonly scope: string;
  readonly incident: string | null;
  readonly is_break_glass: boolean;
  readonly recorded_at: number;
}

/** Reads the whole access log of a room and holds every link against the one before it. */
export async function verifyAccessLog(pool: pg.Pool, room: string): Promise<AccessVerdict> {
  let head = genesis;
  let erased = 0;
  for (;;) {
    const rows = await readPage(pool, room, head.seq);
    for (const row of rows) {
      const says = faultOf(room, row, head);
      if (says !== null) return { kind: 'broken', seq: row.seq, says };
      if (row.is_erased) erased += 1;
      head = { seq: row.seq, hash: row.hash };
    }
    if (rows.length === pageRows) continue;
    const stray = await strayBody(pool, room);
    if (stray === null) return { kind: 'whole', head, erased };
    return { kind: 'broken', seq: stray, says: 'there is a body for it, and no such line' };
  }
}

async function strayBody(pool: pg.Pool, room: string): Promise<number | null> {
  const { rows } = await pool.query<{ seq: number | null }>(
    `select min(b.seq) as seq from heed.access_body b
      where b.room = $1 and not exists (select from heed.access_event e where e.room = b.room and e.seq = b.seq)`,
    [room],
  );
  return rows[0]?.seq ?? null;
}

async function readPage(pool: pg.Pool, room: string, after: number): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>({
    name: 'access-verify',
    text: `select e.seq, e.header, e.hash, b.salt, b.body, x.seq is not null as is_erased,
        json_build_object('type', e.type, 'actor', e.actor, 'scope', e.scope, 'incident', e.incident,
          'is_break_glass', e.is_break_glass, 'recorded_at', e.recorded_at) as copies
      from heed.access_event e
      left join heed.access_body b on b.room = e.room and b.seq = e.seq
      left join heed.access_erasure x on x.room = e.room and x.seq = e.seq
      where e.room = $1 and e.seq > $2 order by e.seq limit ${pageRows}`,
    values: [room, after],
  });
  return rows;
}

function faultOf(room: string, row: Row, head: Head): string | null {
  if (row.seq !== head.seq + 1) return `line ${head.seq + 1} is missing`;
  const opened = open(room, row);
  if (!opened.isWhole) return opened.says;
  const { header } = opened;
  if (header.previous !== head.hash) return `it does not follow line ${head.seq}`;
  if (row.body === null && !row.is_erased) return 'its body is gone, and no erasure of it is on record';
  if (row.body !== null && row.is_erased) return 'its body was erased, and is there again';
  const { type, actor, scope, incident, is_break_glass, recorded_at } = row.copies;
  const isSame =
    type === header.type &&
    actor === `${header.actor.kind}:${header.actor.id}` &&
    scope === header.scope &&
    (incident ?? undefined) === header.ids['incident'] &&
    is_break_glass === (header.ids['breakGlass'] !== undefined) &&
    recorded_at === header.recordedAt;
  return isSame ? null : 'the columns beside its header do not say what it says';
}
