import { randomUUID } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import { rebuilding, sliceRoom } from '../room/snapshot.ts';
import { genesis, sha256 } from './chain.ts';
import type { Head, Restored, RoomEntry } from './journal.ts';
import type { Asks } from './rows.ts';
import { hashAt } from './rows.ts';

/** The newest, and one behind it should the newest turn out to be damaged. */
const snapshotsKept = 2;
/** Slices of a snapshot that was never finished go after this. */
const unfinishedMs = 3_600_000;
/** Slices read at once while a room is restored: at most a few megabytes. */
const slicesAtOnce = 16;

interface Fold {
  readonly foldVersion: string;
  readonly note?: (says: string) => void;
  /** How many bodies had been erased when each room was loaded: one that holds more than the log is never kept. */
  readonly loaded: Map<string, number>;
}

interface Kept {
  readonly picture: string;
  readonly seq: number;
  readonly hash: string;
  readonly slices: number;
}

const sliceText = `
insert into heed.snapshot_slice (room, picture, place, part, text, digest, at)
values ($1, $2, $3, $4, $5, $6, heed.now_ms())`;

// It counts only with all its slices: another process may have cleared some away meanwhile. And only while nothing has
// been erased since the room was loaded: what was erased is in the room's memory still.
const finishText = `
insert into heed.snapshot (room, picture, seq, hash, fold, slices, at)
select $1, $2, $3, $4, $5, $6::integer, heed.now_ms()
where (select count(*) from heed.snapshot_slice s where s.room = $1 and s.picture = $2) = $6::integer
  and (select count(*) from heed.erasure x where x.room = $1) = $7::bigint
  and ($3::bigint = 0 or exists (select from heed.event e where e.room = $1 and e.seq = $3::bigint and e.hash = $4))`;

const erasedText = 'select count(*) as erased from heed.erasure where room = $1';

const forgetText = `
with forgotten as (
  delete from heed.snapshot s where s.room = $1 and s.picture not in (
    select n.picture from heed.snapshot n where n.room = $1 order by n.seq desc, n.at desc limit $2)
  returning s.room, s.picture
)
delete from heed.snapshot_slice s using forgotten f where s.room = f.room and s.picture = f.picture`;

const sweepText = `
delete from heed.snapshot_slice s where s.room = $1 and s.at < heed.now_ms() - $2::bigint
  and not exists (select from heed.snapshot n where n.room = s.room and n.picture = s.picture)`;

/** Keeps a picture of the room, slice by slice, each in a transaction of its own and none holding anything else up. */
export async function keepSnapshot(
  pool: Asks,
  { room, head, foldVersion, loaded }: Fold & { readonly room: Room; readonly head: Head },
): Promise<void> {
  const erased = loaded.get(room.id) ?? (await erasedIn(pool, room.id));
  if (room.seq !== head.seq) throw new Error(`room ${room.id} stands at event ${room.seq}, not at ${head.seq}`);
  const picture = randomUUID();
  let place = 0;
  for (const { part, text } of sliceRoom(room)) {
    const values = [room.id, picture, place, part, text, sha256(part + text)];
    await pool.query({ name: 'heed-slice', text: sliceText, values });
    place += 1;
    await breath();
  }
  const values = [room.id, picture, head.seq, head.hash, foldVersion, place, erased];
  const { rowCount } = await pool.query(finishText, values);
  if (rowCount !== 1) {
    await pool.query('delete from heed.snapshot_slice where room = $1 and picture = $2', [room.id, picture]);
    const why = 'bodies were erased since the room was loaded, the log has another event there, or slices were lost';
    throw new Error(`no snapshot of room ${room.id} was kept at event ${head.seq}: ${why}`);
  }
  await pool.query(forgetText, [room.id, snapshotsKept]);
  await pool.query(sweepText, [room.id, unfinishedMs]);
}

async function erasedIn(pool: Asks, room: string): Promise<number> {
  const { rows } = await pool.query<{ erased: number }>(erasedText, [room]);
  return rows[0]?.erased ?? 0;
}

/** The room of its newest snapshot that can be used, or the empty room. */
export async function restore(pool: Asks, entry: RoomEntry, { foldVersion, note, loaded }: Fold): Promise<Restored> {
  loaded.set(entry.room, await erasedIn(pool, entry.room));
  const { rows } = await pool.query<Kept>(
    'select picture, seq, hash, slices from heed.snapshot where room = $1 and fold = $2 order by seq desc, at desc',
    [entry.room, foldVersion],
  );
  for (const kept of rows) {
    const room = await restored(pool, entry, kept);
    if (typeof room !== 'string') return { room, head: { seq: kept.seq, hash: kept.hash } };
    note?.(`the snapshot of room ${entry.room} at event ${kept.seq} is not used: ${room}`);
  }
  return { room: emptyRoom(entry.room, entry.kind), head: genesis };
}

/** The room of a snapshot, or why there is none. */
async function restored(pool: Asks, { room: id, kind }: RoomEntry, kept: Kept): Promise<Room | string> {
  if ((await hashAt(pool, id, kept.seq)) !== kept.hash) return 'that event of the log is another';
  const building = rebuilding();
  for (let place = 0; place < kept.slices; place += slicesAtOnce) {
    const { rows } = await pool.query<{ place: number; part: string; text: string; digest: string }>(
      `select place, part, text, digest from heed.snapshot_slice
      where room = $1 and picture = $2 and place >= $3 and place < $4 order by place`,
      [id, kept.picture, place, Math.min(place + slicesAtOnce, kept.slices)],
    );
    for (const [offset, slice] of rows.entries()) {
      if (slice.place !== place + offset) return `slice ${place + offset} is missing`;
      if (sha256(slice.part + slice.text) !== slice.digest) return `slice ${slice.place} is damaged`;
      building.add(slice);
    }
  }
  const room = building.room();
  if (room === null) return 'slices are missing';
  return room.id === id && room.kind === kind && room.seq === kept.seq ? room : 'it is of another room';
}
