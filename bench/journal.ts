import type pg from 'pg';
import { openDatabase } from '../src/database/connect.ts';
import { genesis } from '../src/journal/chain.ts';
import type { Entry, Journal, Projection } from '../src/journal/journal.ts';
import { postgresJournal } from '../src/journal/postgres-journal.ts';
import { inDatabase } from './in-database.ts';
import { spread } from './spread.ts';

const measuredMs = 4_000;
const start = Date.UTC(2026, 1, 3, 12, 0, 0);

/** Commands appended one batch after another, as one writer does, on an embedded database with everything durable. */
export async function benchJournal(): Promise<readonly string[]> {
  return inDatabase(async (embedded) => {
    const database = openDatabase(embedded, () => undefined);
    const journal = postgresJournal(database, { foldVersion: 'bench' });
    const lines = [await commits(database.service)];
    for (const size of [1, 10, 100, 1_000]) lines.push(await appends(journal, { size, projected: 0 }));
    for (const size of [1, 10, 100]) lines.push(await appends(journal, { size, projected: 2 }));
    lines.push(await reads(journal));
    await journal.close();
    await database.close();
    return lines;
  });
}

/** What one durable commit of one row costs: the disk's own time, below which nothing gets. */
async function commits(pool: pg.Pool): Promise<string> {
  const insert = 'insert into heed.room (room, kind, created_at) values ($1, $2, $3)';
  const took: number[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const began = performance.now();
    await pool.query({ name: 'bench-row', text: insert, values: [`row-${n}`, 'replay', start] });
    took.push(performance.now() - began);
  }
  return `  one row a commit: ${spread(took)}`;
}

async function appends(
  journal: Journal,
  { size, projected }: { readonly size: number; readonly projected: number },
): Promise<string> {
  const room = `bench-${size}-${projected}`;
  await journal.create({ room, kind: 'live', createdAt: start });
  const epoch = await journal.beginTurn(room, 'bench');
  const took: number[] = [];
  let head = genesis;
  const began = performance.now();
  while (performance.now() - began < measuredMs) {
    const entries = Array.from({ length: size }, (_, place) => entryAt(room, head.seq + place + 1));
    const commands = entries.map(({ event }) => {
      return { id: event.command, digest: '0'.repeat(64), outcome: { kind: 'done', seq: event.seq } } as const;
    });
    const projections = entries.flatMap(({ event }) =>
      Array.from({ length: projected }, (_, place) => projectionOf(room, event.seq, place)),
    );
    const from = performance.now();
    const appended = await journal.append({ room, epoch, after: head, entries, commands, projections });
    took.push(performance.now() - from);
    if (appended.kind !== 'appended') throw new Error(appended.kind);
    head = appended.head;
  }
  const perSecond = Math.round(head.seq / ((performance.now() - began) / 1_000));
  const also = projected === 0 ? '' : ` with ${projected} projections each`;
  return `  ${String(size).padStart(5)} a batch${also}: ${perSecond.toLocaleString('en-GB')} events/s, ${spread(took)}`;
}

async function reads(journal: Journal): Promise<string> {
  const room = 'bench-1000-0';
  const began = performance.now();
  let read = 0;
  for (;;) {
    const events = await journal.read(room, read, 5_000);
    read += events.length;
    if (events.length === 0) break;
  }
  const perSecond = Math.round(read / ((performance.now() - began) / 1_000));
  return `  read back and checked: ${perSecond.toLocaleString('en-GB')} events/s`;
}

function entryAt(room: string, seq: number): Entry {
  const at = start + seq;
  return {
    event: {
      seq,
      room,
      at,
      recordedAt: at,
      actor: { kind: 'staff', id: 'handler-17' },
      second: null,
      scope: `incident:job-${seq % 500}`,
      type: 'EntryAdded',
      version: 1,
      cause: null,
      command: `01890a5d-ac96-774b-bcce-${String(seq).padStart(12, '0')}`,
      ids: { incident: `job-${seq % 500}` },
      body: { text: 'Caller says that the door is open and somebody is in the hall. '.repeat(3), source: 'handler' },
    },
    incident: `job-${seq % 500}`,
  };
}

function projectionOf(room: string, seq: number, place: number): Projection {
  // Stands in for a history table: one small row each, under two indexes.
  const text = 'insert into heed.answer (room, command, seq, answer) values ($1, $2, $3, $4)';
  return { name: 'bench', text, values: [room, `${seq}-${place}`, seq, 'phone:447700900123'] };
}
