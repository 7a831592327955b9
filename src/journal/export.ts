import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { CommandLine, EventLine, Manifest } from './export-format.ts';
import { isCompressed, lineWriter } from './export-format.ts';
import type { Head } from './journal.ts';
import { outcomeOf } from './outcome.ts';
import type { Asks, EventRow } from './rows.ts';
import { readPage } from './rows.ts';
import { walk } from './walk.ts';

const eventsAtOnce = 1_000;
const commandsAtOnce = 2_000;
/** Text is handed to the disk in pieces of about this size. */
const pieceCharacters = 65_536;

/** What was written out. */
export interface Exported {
  readonly file: string;
  readonly head: Head;
  readonly events: number;
  readonly commands: number;
}

const standingText = `
select r.kind, r.created_at, w.seq, w.hash from heed.room r join heed.writer w using (room)
where r.room = $1`;

const commandsText = `
select c.command, c.digest, c.outcome, a.answer, c.at from heed.command c
left join heed.answer a on a.room = c.room and a.command = c.command
where c.room = $1 and c.command > $2 order by c.command limit $3`;

/**
 * Writes a room's log out as it stands now, each event checked on its way, while the room goes on. The file has its
 * name only once it is whole and on disk. Throws at an event that is not as it was written, and where the file exists.
 */
export async function exportRoom(database: Asks, room: string, file: string): Promise<Exported> {
  const unfinished = `${file}.${process.pid}.part`;
  if (existsSync(file)) throw new Error(`${file} is there already; an export overwrites nothing`);
  const counts = { events: 0, commands: 0 };
  const manifest = await manifestOf(database, room);
  try {
    const texts = Readable.from(inPieces(linesOf(database, manifest, counts)));
    const out = createWriteStream(unfinished, { flags: 'wx', mode: 0o600 });
    await (isCompressed(file) ? pipeline(texts, createGzip(), out) : pipeline(texts, out));
    const handle = await open(unfinished, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  return { file, head: manifest.head, ...counts };
}

async function manifestOf(database: Asks, room: string): Promise<Manifest> {
  const { rows } = await database.query<{
    kind: Manifest['roomKind'];
    created_at: number;
    seq: number;
    hash: string;
  }>(standingText, [room]);
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no room ${room} in the log`);
  const { kind: roomKind, created_at: createdAt, seq, hash } = row;
  return { kind: 'manifest', format: 1, room, roomKind, createdAt, exportedAt: Date.now(), head: { seq, hash } };
}

interface Counts {
  events: number;
  commands: number;
}

async function* linesOf(database: Asks, manifest: Manifest, counts: Counts): AsyncGenerator<string, void> {
  const { room, head } = manifest;
  const line = lineWriter();
  yield line(manifest);
  const walking = walk(room);
  while (counts.events < head.seq) {
    const range = { after: counts.events, limit: Math.min(eventsAtOnce, head.seq - counts.events) };
    const { rows } = await readPage(database, room, range);
    for (const row of rows) {
      const broken = walking.take(row);
      if (broken !== null) throw new Error(`room ${room}, event ${broken.seq}: ${broken.says}`);
      yield line(eventLine(row));
    }
    if (rows.length < range.limit) throw new Error(`room ${room}, event ${walking.head().seq + 1}: it is missing`);
    counts.events += rows.length;
  }
  for await (const command of commandsOf(database, manifest)) {
    counts.commands += 1;
    yield line(command);
  }
  const verdict = walking.end({ head, stray: null });
  if (verdict.kind === 'broken') throw new Error(`room ${room}, event ${verdict.seq}: ${verdict.says}`);
  yield line({ kind: 'end', head, ...counts });
}

function eventLine({ header, hash, salt, body, incident, erasure }: EventRow): EventLine {
  return { kind: 'event', header, hash, salt, body, incident, erasure };
}

/** Commands whose outcome the exported events hold; those of later events belong to a later export. */
async function* commandsOf(database: Asks, { room, head }: Manifest): AsyncGenerator<CommandLine, void> {
  let after = '';
  for (;;) {
    const { rows } = await database.query<Omit<CommandLine, 'kind'>>(commandsText, [room, after, commandsAtOnce]);
    for (const { command, digest, outcome, answer, at } of rows)
      if (outcomeOf(room, command, outcome).seq <= head.seq)
        yield { kind: 'command', command, digest, outcome, answer, at };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.command;
  }
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  let piece: string[] = [];
  let characters = 0;
  for await (const line of lines) {
    piece.push(line);
    characters += line.length;
    if (characters < pieceCharacters) continue;
    yield piece.join('');
    piece = [];
    characters = 0;
  }
  if (piece.length > 0) yield piece.join('');
}
