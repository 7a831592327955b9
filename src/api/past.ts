import type pg from 'pg';
import { asReader } from '../access/reader.ts';
import { eventOf, open } from '../journal/chain.ts';
import type { Link } from '../journal/chain.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Room } from '../room/room.ts';

/** Which events are wanted: those after a place of the log up to another, at most so many places. */
export interface PastRange {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/**
 * Events that are older than memory, read behind the database's own fence in somebody's name (null: nobody's). What is
 * hidden from them there is missing from the answer.
 */
export type Past = (room: Room, staff: string | null, range: PastRange) => Promise<readonly StoredEvent[]>;

/** The past in PostgreSQL, read as heed_reader. */
export function pastIn(reader: pg.Pool): Past {
  return async (room, staff, { after, upTo, limit }) => {
    const last = Math.min(upTo, after + limit);
    const rows = await asReader(reader, { room: room.id, staff, at: room.now }, async (reading) => {
      const found = await reading.query<Link & pg.QueryResultRow>({
        name: 'api-past',
        text: `select e.seq, e.header, e.hash, b.salt, b.body
          from heed.event e left join heed.body b on b.room = e.room and b.seq = e.seq
          where e.room = $1 and e.seq > $2 and e.seq <= $3 order by e.seq`,
        values: [room.id, after, last],
      });
      return found.rows;
    });
    return rows.map((row) => {
      const opened = open(room.id, row);
      if (!opened.isWhole) throw new Error(`event ${row.seq} of ${room.id}: ${opened.says}`);
      return eventOf(opened.header, opened.body);
    });
  };
}

/** Incidents and contacts of one matter, and who reads of them. */
export interface MatterPlaces {
  readonly staff: string;
  readonly incidents: readonly string[];
  readonly contacts: readonly string[];
}

/** The events of a matter as they stand in the log: how much it is, and every one of them in order. */
export interface MatterLinks {
  readonly size: (room: Room, places: MatterPlaces) => Promise<{ readonly events: number; readonly bytes: number }>;
  readonly read: (room: Room, places: MatterPlaces) => Promise<readonly Link[]>;
  /** The place and the digest of each, those that are hidden from whoever reads included. */
  readonly places: (room: Room, places: MatterPlaces) => Promise<readonly Pick<Link, 'seq' | 'hash'>[]>;
}

// Those of its incidents, and those of its contacts from before they came to one.
const foundText = `
from (
  select e.seq, e.header, e.hash from heed.event e where e.room = $1 and e.incident = any($2)
  union
  select e.seq, e.header, e.hash from heed.event e
  where e.room = $1 and e.incident is null and e.header::json #>> '{ids,contact}' = any($3)
) e left join heed.body b on b.room = $1 and b.seq = e.seq`;

/** The matters in PostgreSQL, read as heed_reader: of what is hidden from whoever reads only the place is told. */
export function matterIn(reader: pg.Pool, service: pg.Pool): MatterLinks {
  const asked = async <T extends pg.QueryResultRow>(
    room: Room,
    { staff, incidents, contacts }: MatterPlaces,
    text: string,
  ): Promise<readonly T[]> =>
    asReader(reader, { room: room.id, staff, at: room.now }, async (reading) => {
      const values = [room.id, [...incidents], [...contacts]];
      return (await reading.query<T>({ text, values })).rows;
    });
  return {
    size: async (room, places) => {
      const size = `select count(*)::float8 as events,
        coalesce(sum(octet_length(e.header) + coalesce(octet_length(b.body), 0)), 0)::float8 as bytes ${foundText}`;
      const [row] = await asked<{ events: number; bytes: number }>(room, places, size);
      return row ?? { events: 0, bytes: 0 };
    },
    read: async (room, places) =>
      asked<Link>(room, places, `select e.seq, e.header, e.hash, b.salt, b.body ${foundText} order by e.seq`),
    places: async (room, { incidents, contacts }) => {
      const values = [room.id, [...incidents], [...contacts]];
      const text = `select e.seq, e.hash ${foundText} order by e.seq`;
      return (await service.query<Pick<Link, 'seq' | 'hash'>>({ text, values })).rows;
    },
  };
}
