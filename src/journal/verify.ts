import type { Asks } from './rows.ts';
import { hashAt, headOf, readPage } from './rows.ts';
import type { End, Verdict } from './walk.ts';
import { behindText, newestOf, rewrittenText, walk } from './walk.ts';
import type { Witnessed } from './witness.ts';

/** Events held in memory at once while a log is looked at. */
const pageSize = 2_000;

// In one statement, so that an append meanwhile is seen whole or not at all.
const endText = `
select w.seq, w.hash,
  (select min(e.seq) from heed.event e where e.room = w.room and e.seq > w.seq) as beyond,
  (select min(b.seq) from heed.body b where b.room = w.room
    and not exists (select from heed.event e where e.room = b.room and e.seq = b.seq)) as loose_body,
  (select min(x.seq) from heed.erasure x where x.room = w.room
    and not exists (select from heed.event e where e.room = x.room and e.seq = x.seq)) as loose_erasure
from heed.writer w where w.room = $1`;

interface EndRow {
  readonly seq: number;
  readonly hash: string;
  readonly beyond: number | null;
  readonly loose_body: number | null;
  readonly loose_erasure: number | null;
}

/**
 * Looks at every event of a room: its hash, its link, its body, its copies, and that none is missing or too many. A
 * room may be written to meanwhile. Throws where there is no such room.
 */
export async function verifyRoom(
  database: Asks,
  room: string,
  witnessed: ReadonlyMap<number, Witnessed> = new Map(),
): Promise<Verdict> {
  const walking = walk(room, witnessed);
  for (;;) {
    const { head, rows } = await readPage(database, room, { after: walking.head().seq, limit: pageSize });
    for (const row of rows) {
      const broken = walking.take(row);
      if (broken !== null) return broken;
    }
    if (rows.length === pageSize) continue;
    if (walking.head().seq < head.seq) return walking.end({ head, stray: null });
    const end = await endOf(database, room);
    // Whoever writes for the room may have gone on since.
    if (walking.head().seq >= end.head.seq) return walking.end(end);
  }
}

/**
 * A quick look at what the witness saw last, for every start: null where the log has it still, else what is wrong. It
 * says nothing of the events before; `verifyRoom` does.
 */
export async function behindWitness(
  database: Asks,
  room: string,
  seen: ReadonlyMap<number, Witnessed>,
): Promise<string | null> {
  const newest = newestOf(seen);
  if (newest === null) return null;
  const hash = await hashAt(database, room, newest.seq);
  if (hash === newest.hash) return null;
  return hash === null ? behindText((await headOf(database, room)).seq, newest) : rewrittenText(newest);
}

async function endOf(database: Asks, room: string): Promise<End> {
  const { rows } = await database.query<EndRow>(endText, [room]);
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no room ${room} in the log`);
  const { beyond, loose_body, loose_erasure } = row;
  const strays = [
    { seq: beyond, says: "it stands after the writer's head" },
    { seq: loose_body, says: 'there is a body for it, and no such event' },
    { seq: loose_erasure, says: 'its erasure is on record, and there is no such event' },
  ];
  const [stray] = strays
    .filter((one): one is NonNullable<End['stray']> => one.seq !== null)
    .toSorted((a, b) => a.seq - b.seq);
  return { head: { seq: row.seq, hash: row.hash }, stray: stray ?? null };
}
