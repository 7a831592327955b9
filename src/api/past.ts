import type pg from 'pg';
import { asReader } from '../access/reader.ts';
import { eventOf, open } from '../journal/chain.ts';
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

interface Row {
  readonly seq: number;
  readonly header: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly body: string | null;
}

/** The past in PostgreSQL, read as heed_reader. */
export function pastIn(reader: pg.Pool): Past {
  return async (room, staff, { after, upTo, limit }) => {
    const last = Math.min(upTo, after + limit);
    const rows = await asReader(reader, { room: room.id, staff, at: room.now }, async (reading) => {
      const found = await reading.query<Row>({
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
