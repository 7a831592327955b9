import type pg from 'pg';

/** That somebody is there is written down once a minute; a little longer than that, and they have gone. */
const presentMs = 150_000;

/** The staff of a room for whom somebody is signed in and has asked for something lately. */
export async function presentStaff(pool: pg.Pool, room: string, now: number): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ actor_id: string }>({
    name: 'session-present',
    text: `select distinct actor_id from heed.session
      where room = $1 and actor_kind = 'staff' and ended_at is null and ends_at > $2 and seen_at > $3`,
    values: [room, now, now - presentMs],
  });
  return new Set(rows.map((one) => one.actor_id));
}
