import type { Head } from './journal.ts';
import type { Asks } from './rows.ts';
import { headOf, readPage } from './rows.ts';
import type { Broken, End, Verdict, Walk } from './walk.ts';
import { behindText, newestOf, rewrittenText, walk } from './walk.ts';
import type { Witnessed } from './witness.ts';

/** Events held in memory at once while a log is looked at. */
const pageSize = 2_000;

// In one statement, so that an append meanwhile is seen whole or not at all.
const strayText = `
select
  (select min(e.seq) from heed.event e where e.room = w.room and e.seq > w.seq) as beyond,
  (select min(b.seq) from heed.body b where b.room = w.room
    and not exists (select from heed.event e where e.room = b.room and e.seq = b.seq)) as loose_body,
  (select min(x.seq) from heed.erasure x where x.room = w.room
    and not exists (select from heed.event e where e.room = x.room and e.seq = x.seq)) as loose_erasure
from heed.writer w where w.room = $1`;

interface Strays {
  readonly beyond: number | null;
  readonly loose_body: number | null;
  readonly loose_erasure: number | null;
}

/**
 * Looks at every event of a room: its hash, its link, its body, its copies, and that none is missing or too many. A
 * room may be written to meanwhile: what was written when the look began is looked at. Throws where there is no such
 * room.
 */
export async function verifyRoom(
  database: Asks,
  room: string,
  witnessed: ReadonlyMap<number, Witnessed> = new Map(),
): Promise<Verdict> {
  const walking = walk(room, witnessed);
  let head = await headOf(database, room);
  for (;;) {
    const broken = await walkTo(head, { database, room, walking });
    if (broken !== null) return broken;
    if (walking.awaited() <= head.seq) break;
    // Something was erased meanwhile, by a decision that came after the look began: it is come by too.
    const next = await headOf(database, room);
    if (next.seq < walking.awaited()) break;
    head = next;
  }
  return walking.end({ head, stray: await strayOf(database, room) });
}

interface Looking {
  readonly database: Asks;
  readonly room: string;
  readonly walking: Walk;
}

async function walkTo(head: Head, { database, room, walking }: Looking): Promise<Broken | null> {
  while (walking.head().seq < head.seq) {
    const after = walking.head().seq;
    const { rows } = await readPage(database, room, { after, limit: Math.min(pageSize, head.seq - after) });
    for (const row of rows) {
      const broken = walking.take(row);
      if (broken !== null) return broken;
    }
    if (rows.length === 0) break;
  }
  return null;
}

const unseenText = `
select w.seq, e.hash from unnest($2::bigint[], $3::text[]) as w (seq, hash)
left join heed.event e on e.room = $1 and e.seq = w.seq
where w.seq > 0 and e.hash is distinct from w.hash
order by w.seq limit 1`;

/**
 * A quick look at what a witness saw, for every start: null where the log has each of those heads still, else what is
 * wrong. A log that was gone on with after an older backup was put back has its own newest head and lacks an earlier
 * one. It says nothing of the events between; `verifyRoom` does.
 */
export async function behindWitness(
  database: Asks,
  room: string,
  seen: ReadonlyMap<number, Witnessed>,
): Promise<string | null> {
  const heads = [...seen.values()];
  const values = [room, heads.map((one) => one.seq), heads.map((one) => one.hash)];
  const { rows } = await database.query<{ seq: number; hash: string | null }>({
    name: 'heed-unseen',
    text: unseenText,
    values,
  });
  const [first] = rows;
  const [missed, newest] = [seen.get(first?.seq ?? 0), newestOf(seen)];
  if (first === undefined || missed === undefined || newest === null) return null;
  return first.hash === null ? behindText((await headOf(database, room)).seq, newest) : rewrittenText(missed);
}

async function strayOf(database: Asks, room: string): Promise<End['stray']> {
  const { rows } = await database.query<Strays>(strayText, [room]);
  const found = [
    { seq: rows[0]?.beyond ?? null, says: "it stands after the writer's head" },
    { seq: rows[0]?.loose_body ?? null, says: 'there is a body for it, and no such event' },
    { seq: rows[0]?.loose_erasure ?? null, says: 'its erasure is on record, and there is no such event' },
  ];
  const strays = found.filter((one): one is NonNullable<End['stray']> => one.seq !== null);
  return strays.toSorted((a, b) => a.seq - b.seq)[0] ?? null;
}
