import type pg from 'pg';
import type { UnitPosition } from '../room/unit-position.ts';

interface Row {
  readonly unit: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly error_m: number | null;
  readonly taken_at: number;
}

/** The newest position of each unit of a room, as it was last written. */
export async function readPositions(pool: pg.Pool, room: string): Promise<readonly UnitPosition[]> {
  const { rows } = await pool.query<Row>(
    'select unit, latitude, longitude, error_m, taken_at from heed.unit_position where room = $1',
    [room],
  );
  return rows.map(({ error_m: errorM, taken_at: takenAt, ...where }) => ({ ...where, errorM, takenAt }));
}

/** Writes positions over those that are held and older. */
export async function writePositions(pool: pg.Pool, room: string, positions: readonly UnitPosition[]): Promise<void> {
  await pool.query({
    name: 'heed-positions-write',
    text: `insert into heed.unit_position as held (room, unit, latitude, longitude, error_m, taken_at)
      select $1, * from unnest($2::text[], $3::float8[], $4::float8[], $5::int[], $6::bigint[])
      on conflict (room, unit) do update set latitude = excluded.latitude, longitude = excluded.longitude,
        error_m = excluded.error_m, taken_at = excluded.taken_at
        where held.taken_at < excluded.taken_at`,
    values: [
      room,
      positions.map((one) => one.unit),
      positions.map((one) => one.latitude),
      positions.map((one) => one.longitude),
      positions.map((one) => one.errorM),
      positions.map((one) => one.takenAt),
    ],
  });
}
