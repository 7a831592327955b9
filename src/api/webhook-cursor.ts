import type { Pool } from 'pg';

/** How it goes with one target: being told, being tried again, or given up until somebody revives it. */
export type WebhookState = 'going' | 'trying' | 'dead';

/** How far one target has been told. */
export interface Cursor {
  readonly seq: number;
  readonly state: WebhookState;
  readonly attempts: number;
  readonly fault: string;
}

/** Where the cursors of one process are kept. */
export interface Cursors {
  /** The cursor of a target; a new one begins at `from`. */
  readonly read: (room: string, target: string, from: number) => Promise<Cursor>;
  readonly write: (room: string, target: string, cursor: Cursor) => Promise<void>;
}

const faultCharacters = 400;

/** Cursors in PostgreSQL (004-webhooks.sql). */
export function cursorsIn(service: Pick<Pool, 'query'>): Cursors {
  return {
    read: async (room, target, from) => {
      await service.query({
        name: 'heed-webhook-begin',
        text: `insert into heed.webhook (room, target, seq, state, changed_at)
          values ($1, $2, $3, 'going', heed.now_ms()) on conflict do nothing`,
        values: [room, target, from],
      });
      const { rows } = await service.query<Cursor>({
        name: 'heed-webhook-read',
        text: 'select seq, state, attempts, fault from heed.webhook where room = $1 and target = $2',
        values: [room, target],
      });
      const [row] = rows;
      if (row === undefined) throw new Error(`the cursor of webhook ${target} is gone`);
      return row;
    },
    write: async (room, target, { seq, state, attempts, fault }) => {
      await service.query({
        name: 'heed-webhook-write',
        text: `update heed.webhook set seq = $3, state = $4, attempts = $5, fault = $6, changed_at = heed.now_ms()
          where room = $1 and target = $2`,
        values: [room, target, seq, state, attempts, fault.slice(0, faultCharacters)],
      });
    },
  };
}
