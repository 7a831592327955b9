import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { duration } from '../border/instant.ts';
import type { Actor } from '../room/define.ts';

const longestSessionMs = 24 * 3_600_000;
const shortestIdleMs = 60_000;

/** How long a session lasts, as the configuration file writes it. */
export const sessionSettings = z
  .strictObject({
    /** Without any request for this long, it is over. */
    idle: duration().default(2 * 3_600_000),
    /** From signing in, whatever happens; a long shift with its handover. */
    longest: duration().default(13 * 3_600_000),
  })
  .refine(({ idle, longest }) => idle >= shortestIdleMs && idle <= longest && longest <= longestSessionMs, {
    error: 'A session lasts at most 24 h, and at least a minute and at most that long without a request.',
  });
export type SessionSettings = z.output<typeof sessionSettings>;

/** How somebody showed who they are. */
export type Way = 'directory' | 'demonstration';

/** Somebody who is signed in to one room. */
export interface Session {
  readonly room: string;
  readonly actor: Actor;
  readonly way: Way;
  /** What the directory vouched for when they signed in; null where it was not asked. */
  readonly roles: readonly string[] | null;
  readonly startedAt: number;
  /** Over at this instant, whatever happens. */
  readonly endsAt: number;
  /** Names the session where what was read is written down; nobody can sign in with it. */
  readonly mark: string;
}

/** Who is to be signed in, and with what. */
export interface Start {
  readonly room: string;
  readonly actor: Actor;
  readonly way: Way;
  readonly roles: readonly string[] | null;
  readonly idToken: string | null;
  /** The token that the browser sent, if any: it is over from here on, whosever it was. */
  readonly replaces: string | undefined;
}

export interface Ended {
  readonly actor: Actor;
  readonly way: Way;
  readonly idToken: string | null;
}

/** Sessions in the database. The token is in the browser's cookie and nowhere else; the database has its digest. */
export interface Sessions {
  /** Signs somebody in. The token is new, always: one that was planted beforehand opens nothing. */
  readonly start: (start: Start) => Promise<{ readonly token: string; readonly session: Session }>;
  /** Whose token this is in this room, or null; notes that they are there. */
  readonly of: (room: string, token: string) => Promise<Session | null>;
  /** Ends a session at once. Null if there was none. */
  readonly end: (room: string, token: string) => Promise<Ended | null>;
  /** Ends every session of one actor in a room; gives how many there were. */
  readonly endAll: (room: string, actor: Actor) => Promise<number>;
  /** Remembers that an attempt to sign in has been finished. False if it had been before. */
  readonly spend: (attempt: {
    readonly room: string;
    readonly digest: string;
    readonly until: number;
  }) => Promise<boolean>;
  /** Removes what is long over; called now and then. */
  readonly sweep: () => Promise<void>;
}

export interface SessionOptions {
  /** As heed_service. */
  readonly pool: pg.Pool;
  readonly settings: SessionSettings;
  readonly now: () => number;
}

/** More desks than this one person cannot sit at; the oldest session ends. */
export const sessionsPerActor = 10;
/** That somebody is there is written down at most this often. */
const seenEveryMs = 60_000;
const sweptAfterMs = 24 * 3_600_000;
const sweptAtOnce = 5_000;
const tokenForm = /^[\w-]{43}$/;

/** Opens the sessions of every room of one database. */
export function openSessions(options: SessionOptions): Sessions {
  const { pool } = options;
  return {
    start: async (start) => startSession(options, start),
    of: async (room, token) => (tokenForm.test(token) ? findSession(options, room, token) : null),
    end: async (room, token) => (tokenForm.test(token) ? endSession(options, room, token) : null),
    endAll: async (room, actor) => {
      const ended = await pool.query({
        name: 'session-end-all',
        text: `update heed.session set ended_at = $4
          where room = $1 and actor_kind = $2 and actor_id = $3 and ended_at is null`,
        values: [room, actor.kind, actor.id, options.now()],
      });
      return ended.rowCount ?? 0;
    },
    spend: async ({ room, digest, until }) => {
      const spent = await pool.query({
        name: 'attempt-spend',
        text: 'insert into heed.spent_attempt (room, digest, until) values ($1, $2, $3) on conflict do nothing',
        values: [room, digest, until],
      });
      return spent.rowCount === 1;
    },
    sweep: async () => {
      for (const [table, over] of [
        ['session', 'coalesce(ended_at, ends_at)'],
        ['spent_attempt', 'until'],
      ])
        await pool.query(
          `delete from heed.${table} where (room, digest) in
            (select room, digest from heed.${table} where ${over} < $1 limit ${sweptAtOnce})`,
          [options.now() - sweptAfterMs],
        );
    },
  };
}

interface Row {
  readonly actor_kind: 'staff' | 'machine';
  readonly actor_id: string;
  readonly way: Way;
  readonly roles: readonly string[] | null;
  readonly started_at: number;
  readonly seen_at: number;
  readonly ends_at: number;
}

async function startSession(
  { pool, settings, now }: SessionOptions,
  { room, actor, way, roles, idToken, replaces }: Start,
): Promise<{ token: string; session: Session }> {
  if (actor.kind === 'world') throw new Error('The opening of a world does not sign in.');
  const token = randomBytes(32).toString('base64url');
  const at = now();
  const endsAt = at + settings.longest;
  const hint = idToken === null ? null : sealHint(token, idToken);
  const digest = digestOf(token);
  await pool.query({
    name: 'session-start',
    text: `with replaced as (
        update heed.session set ended_at = $7 where room = $1 and digest = $10 and ended_at is null
      ), oldest as (
        update heed.session set ended_at = $7 where (room, digest) in (
          select room, digest from heed.session
          where room = $1 and actor_kind = $3 and actor_id = $4 and ended_at is null and ends_at > $7
            and digest is distinct from $10
          order by started_at desc, digest offset $11)
      )
      insert into heed.session (room, digest, actor_kind, actor_id, way, roles, started_at, seen_at, ends_at, hint)
      values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`,
    values: [
      room,
      digest,
      actor.kind,
      actor.id,
      way,
      roles,
      at,
      endsAt,
      hint,
      replaces === undefined ? null : digestOf(replaces),
      sessionsPerActor - 1,
    ],
  });
  return { token, session: { room, actor, way, roles, startedAt: at, endsAt, mark: markOf(digest) } };
}

async function findSession(
  { pool, settings, now }: SessionOptions,
  room: string,
  token: string,
): Promise<Session | null> {
  const at = now();
  const digest = digestOf(token);
  const { rows } = await pool.query<Row>({
    name: 'session-of',
    text: `select actor_kind, actor_id, way, roles, started_at, seen_at, ends_at from heed.session
      where room = $1 and digest = $2 and ended_at is null and ends_at > $3 and seen_at > $4`,
    values: [room, digest, at, at - settings.idle],
  });
  const row = rows[0];
  if (row === undefined) return null;
  if (at - row.seen_at >= seenEveryMs)
    await pool.query({
      name: 'session-seen',
      text: 'update heed.session set seen_at = greatest(seen_at, $3) where room = $1 and digest = $2',
      values: [room, digest, at],
    });
  return {
    room,
    actor: { kind: row.actor_kind, id: row.actor_id },
    way: row.way,
    roles: row.roles,
    startedAt: row.started_at,
    endsAt: row.ends_at,
    mark: markOf(digest),
  };
}

async function endSession({ pool, now }: SessionOptions, room: string, token: string): Promise<Ended | null> {
  const { rows } = await pool.query<Pick<Row, 'actor_kind' | 'actor_id' | 'way'> & { readonly hint: Buffer | null }>({
    name: 'session-end',
    text: `update heed.session set ended_at = $3 where room = $1 and digest = $2 and ended_at is null
      returning actor_kind, actor_id, way, hint`,
    values: [room, digestOf(token), now()],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const idToken = row.hint === null ? null : openHint(token, row.hint);
  return { actor: { kind: row.actor_kind, id: row.actor_id }, way: row.way, idToken };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function markOf(digest: string): string {
  return digest.slice(0, 16);
}

const ivBytes = 12;
const tagBytes = 16;

/** What the directory wants back at sign-out is sealed with the token: the database alone cannot read it. */
function sealHint(token: string, idToken: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', hintKey(token), iv, { authTagLength: tagBytes });
  return Buffer.concat([iv, cipher.update(idToken, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function openHint(token: string, sealed: Buffer): string | null {
  const iv = sealed.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', hintKey(token), iv, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return decipher.update(sealed.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // Somebody altered the row: they are signed out here all the same.
    return null;
  }
}

function hintKey(token: string): Buffer {
  return Buffer.from(hkdfSync('sha256', token, '', 'heed session hint', 32));
}
