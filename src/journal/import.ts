import pg from 'pg';
import { wholeNumbers } from '../database/connect.ts';
import type { CommandRow } from './append.ts';
import { appendQuery } from './append.ts';
import type { FileFault, Manifest } from './export-format.ts';
import type { Head } from './journal.ts';
import { create } from './postgres-journal.ts';
import { readExport, verifyExport } from './read-export.ts';
import type { EventRow } from './rows.ts';
import { headOf } from './rows.ts';

/** One transaction of an import: so many events, or so much text, at most. */
const eventsAtOnce = 1_000;
const charactersAtOnce = 4_194_304;
const commandsAtOnce = 2_000;
const connectLimitMs = 10_000;
const statementLimitMs = 120_000;

/** What became of an import. What is refused has written nothing, unless an earlier import of the file had begun. */
export type Imported =
  | { readonly kind: 'imported'; readonly room: string; readonly head: Head; readonly commands: number }
  | ({ readonly kind: 'refused' } & FileFault);

export interface ImportOptions {
  /** As the owner of the tables: nobody else may write records of erasures. */
  readonly ownerUrl: string;
  readonly file: string;
  /** Told of how far it has come. */
  readonly told?: (head: Head) => void;
}

/**
 * Reads an export into an empty room. The whole file is looked at before the first line is written, and again while it
 * is; until its last line is written the room is no room. An import that was broken off goes on with the same file.
 */
export async function importRoom({ ownerUrl, file, told }: ImportOptions): Promise<Imported> {
  const heard = await verifyExport(file);
  if (heard.kind === 'refused') return heard;
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'heed import',
    connectionTimeoutMillis: connectLimitMs,
    statement_timeout: statementLimitMs,
    types: wholeNumbers,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { manifest } = heard;
    const says = await begin(client, manifest);
    if (says !== null) return { kind: 'refused', file, line: 1, says };
    return await goOn({ client, manifest, file, told });
  } finally {
    await client.end();
  }
}

/** Makes the room ready to be read into, or says why it cannot be. */
async function begin(client: pg.Client, { room, roomKind, createdAt, head }: Manifest): Promise<string | null> {
  const lock = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as held';
  const { rows } = await client.query<{ held: boolean }>(lock, [`heed import ${room}`]);
  if (rows[0]?.held !== true) return `room ${room} is being read in by somebody else`;
  await client.query('begin');
  const isThere = await create(client, { room, kind: roomKind, createdAt });
  const standing = await client.query<Standing>(standingText, [room]);
  const says = isThere ? unfit(room, standing.rows[0], head) : `there is a room ${room} of another kind`;
  if (says === null) await client.query(beginText, [room, head.seq, head.hash]);
  await client.query(says === null ? 'commit' : 'rollback');
  return says;
}

interface Standing {
  readonly epoch: number;
  readonly written: number;
  readonly has_commands: boolean;
  readonly seq: number | null;
  readonly hash: string | null;
  readonly done_at: number | null;
}

const standingText = `
select w.epoch, w.seq as written, i.seq, i.hash, i.done_at,
  exists (select from heed.command c where c.room = w.room) as has_commands
from heed.writer w left join heed.import i on i.room = w.room
where w.room = $1 for update of w`;

const beginText = `
insert into heed.import (room, seq, hash, begun_at) values ($1, $2, $3, heed.now_ms()) on conflict do nothing`;

function unfit(room: string, standing: Standing | undefined, head: Head): string | null {
  if (standing === undefined) return `there is no room ${room} to read it into`;
  const { epoch, written, has_commands, seq, hash, done_at } = standing;
  if (done_at !== null) return `room ${room} has been read in before`;
  if (seq === null) return epoch === 0 && written === 0 && !has_commands ? null : `room ${room} is not empty`;
  return seq === head.seq && hash === head.hash ? null : `room ${room} was begun from another export: go on with that`;
}

interface Importing {
  readonly client: pg.Client;
  readonly manifest: Manifest;
  readonly file: string;
  readonly told: ImportOptions['told'];
}

interface Filling extends Importing {
  head: Head;
  events: EventRow[];
  characters: number;
  commands: CommandRow[];
  commandCount: number;
}

/** Writes what of the file is not in the log yet, and with its end makes the room a room. */
async function goOn(importing: Importing): Promise<Imported> {
  const { client, manifest, file } = importing;
  const { room } = manifest;
  const begun = await headOf(client, room);
  const filling: Filling = { ...importing, head: begun, events: [], characters: 0, commands: [], commandCount: 0 };
  const heard = await readExport(file, {
    manifest: () => undefined,
    event: async (row) => takeEvent(filling, row, begun),
    command: async ({ command, digest, outcome, answer, at }) => {
      await writeEvents(filling);
      filling.commands.push({ command, digest, outcome, answer, at });
      if (filling.commands.length >= commandsAtOnce) await writeCommands(filling);
    },
  });
  if (heard.kind === 'refused') return heard;
  await writeEvents(filling);
  await writeCommands(filling);
  const done = await client.query(
    `update heed.import i set done_at = heed.now_ms() from heed.writer w
    where i.room = $1 and w.room = i.room and w.seq = i.seq and w.hash = i.hash`,
    [room],
  );
  if (done.rowCount !== 1) throw new Error(`room ${room} does not stand where its export ends`);
  return { kind: 'imported', room, head: filling.head, commands: filling.commandCount };
}

async function takeEvent(filling: Filling, row: EventRow, begun: Head): Promise<void> {
  if (row.seq <= begun.seq) {
    if (row.seq === begun.seq && row.hash !== begun.hash)
      throw new Error(`room ${filling.manifest.room} holds another event ${row.seq} than the export`);
    return;
  }
  filling.events.push(row);
  filling.characters += row.header.length + (row.body?.length ?? 0);
  if (filling.events.length >= eventsAtOnce || filling.characters >= charactersAtOnce) await writeEvents(filling);
}

async function writeEvents(filling: Filling): Promise<void> {
  const { client, manifest, events, head, told } = filling;
  const last = events.at(-1);
  if (last === undefined) return;
  const { room } = manifest;
  await client.query('begin');
  try {
    const next = { seq: last.seq, hash: last.hash };
    await client.query(appendQuery({ room, epoch: 0, after: head, head: next, events, commands: [] }));
    for (const { seq, erasure } of events)
      if (erasure !== null)
        await client.query(
          'insert into heed.erasure (room, seq, at, decision, by, second) values ($1, $2, $3, $4, $5, $6)',
          [room, seq, erasure.at, erasure.decision, erasure.by, erasure.second],
        );
    await client.query('commit');
    filling.head = next;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  filling.events = [];
  filling.characters = 0;
  told?.(filling.head);
}

/** Those that an import which was broken off had written already are passed over. */
async function writeCommands(filling: Filling): Promise<void> {
  const { client, manifest, head, commands } = filling;
  const { room } = manifest;
  const { rows } = await client.query<{ command: string }>(
    'select command from heed.command where room = $1 and command = any ($2::text[])',
    [room, commands.map((one) => one.command)],
  );
  const held = new Set(rows.map((row) => row.command));
  const missing = commands.filter((one) => !held.has(one.command));
  if (missing.length > 0)
    await client.query(appendQuery({ room, epoch: 0, after: head, head, events: [], commands: missing }));
  filling.commandCount += commands.length;
  filling.commands = [];
}
