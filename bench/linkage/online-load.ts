import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Identity } from '../../src/room/subject.ts';
import { families, keyRows, keysOfRecord } from '../../src/sources/keys.ts';
import type { Shelf, SourceRecord } from '../../src/sources/source.ts';
import { copyField, copyIn } from '../copy-in.ts';
import { nameBook } from './names.ts';
import { Population } from './population.ts';
import type { LinkRecord } from './record.ts';
import { faultlessRecords } from './records.ts';

const columns = Object.values(families).flat();

/** A written record as a caller would tell it: the person first. */
export function identitiesOf(record: LinkRecord): readonly [Identity, ...Identity[]] {
  const { premises, street, town, postcode, phone, born } = record;
  const name = [record.given, record.middle, record.surname].filter((part) => part !== '').join(' ');
  const person: Identity = { kind: 'person', name, ...(born === '' ? {} : { born }) };
  const place: Identity = {
    kind: 'place',
    street,
    ...(premises === '' ? {} : { premises }),
    ...(town === '' ? {} : { town }),
    ...(postcode === '' ? {} : { postcode }),
  };
  const isPlaced = street !== '' || postcode !== '';
  return [person, ...(isPlaced ? [place] : []), ...(phone === '' ? [] : [{ kind: 'phone', number: phone } as const])];
}

/** A record of the population as a shelf keeps it; each of a minute of its own. */
export function recordOf(written: LinkRecord, at: number): SourceRecord {
  const when = 1_600_000_000_000 + ((at * 7919) % 100_000_007) * 60_000;
  return {
    id: written.id,
    kind: 'person',
    when,
    names: identitiesOf(written),
    subjects: [],
    signs: [],
    says: 'on file',
  };
}

/** Whom a database is filled with: a population by its size and seed. */
export interface Filling {
  readonly shelf: Shelf;
  readonly people: number;
  readonly seed: number;
}

/** One part of so many of it, by one process. */
export interface Part extends Filling {
  readonly part: number;
  readonly parts: number;
}

const indexesText = `
select indexname as name, indexdef as definition from pg_indexes
where schemaname = 'heed' and (tablename = 'record_keys' or indexname = 'record_spelt')`;

/** Puts everybody on a shelf by COPY, a process for each core; its indexes are made afterwards. */
export async function loadPeople(ownerUrl: string, filling: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('set maintenance_work_mem = 1048576');
    const indexes = await client.query<{ name: string; definition: string }>(indexesText);
    await client.query('alter table heed.record_keys drop constraint record_keys_record_fkey');
    for (const { name } of indexes.rows) await client.query(`drop index heed.${name}`);
    const parts = availableParallelism();
    await Promise.all(
      Array.from({ length: parts }, async (_, part) => inProcess(ownerUrl, { ...filling, part, parts })),
    );
    for (const { definition } of indexes.rows) await client.query(definition);
    await client.query(
      'alter table heed.record_keys add foreign key (record) references heed.record (number) on delete cascade',
    );
    await client.query("select setval(pg_get_serial_sequence('heed.record', 'number'), max(number)) from heed.record");
    await client.query('vacuum analyze heed.record');
    await client.query('vacuum analyze heed.record_keys');
  } finally {
    await client.end();
  }
}

async function inProcess(ownerUrl: string, part: Part): Promise<void> {
  const script = join(import.meta.dirname, 'online-load-child.ts');
  const child = spawn(process.execPath, [...process.execArgv, script, JSON.stringify(part)], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: ownerUrl },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Part ${part.part} of the people was not put down: ${code}`);
}

const copiedAtOnce = 20_000;

/** Puts one part of the people and their keys into the database. */
export async function copyPart(client: pg.Client, { shelf, people, seed, part, parts }: Part): Promise<void> {
  const each = faultlessRecords(new Population(people, seed, nameBook()), part, parts);
  const waiting: string[] = [];
  function* page(first: LinkRecord): Generator<string> {
    let written: LinkRecord | undefined = first;
    for (let left = copiedAtOnce; written !== undefined; written = left > 0 ? following(each) : undefined) {
      left -= 1;
      const at = Number(written.id);
      const record = recordOf(written, at);
      for (const row of keyRows(shelf, keysOfRecord(record)))
        waiting.push([at + 1, record.when, ...columns.map((column) => row[column])].map(copyField).join('\t'));
      const { kind, id, when, says } = record;
      const names = JSON.stringify(record.names);
      const fields = [shelf.room, shelf.source, kind, id, when, 0, '{}', names, '{}', says, at + 1];
      yield fields.map(copyField).join('\t');
    }
  }
  const keys = `copy heed.record_keys (record, happened_at, ${columns.join(', ')}) from stdin`;
  const records = `copy heed.record (room, source, kind, record, happened_at, seq, subjects, names, signs, says, number)
    from stdin`;
  for (let first = following(each); first !== undefined; first = following(each)) {
    await copyIn(client, records, page(first));
    await copyIn(client, keys, waiting.splice(0));
  }
}

function following<T>(each: Iterator<T>): T | undefined {
  const next = each.next();
  return next.done === true ? undefined : next.value;
}
