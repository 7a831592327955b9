import pg from 'pg';
import type { Identity } from '../../src/room/subject.ts';
import { families, keyRows, keysOfRecord } from '../../src/sources/keys.ts';
import type { Shelf, SourceRecord } from '../../src/sources/source.ts';
import { copyField, copyIn } from '../copy-in.ts';
import type { LinkRecord } from './record.ts';

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

/** Puts everybody on a shelf by COPY, its indexes made afterwards as a restored database has them. */
export async function loadPeople(ownerUrl: string, shelf: Shelf, people: Iterable<LinkRecord>): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('set maintenance_work_mem = 262144');
    const indexes = await client.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes
       where schemaname = 'heed' and tablename = 'record_keys'`,
    );
    await client.query('alter table heed.record_keys drop constraint record_keys_record_fkey');
    for (const { name } of indexes.rows) await client.query(`drop index heed.${name}`);
    const waiting: string[] = [];
    const count = await copyRecords(client, { shelf, people, waiting });
    for (const { definition } of indexes.rows) await client.query(definition);
    await client.query(
      'alter table heed.record_keys add foreign key (record) references heed.record (number) on delete cascade',
    );
    await client.query("select setval(pg_get_serial_sequence('heed.record', 'number'), max(number)) from heed.record");
    await client.query('vacuum analyze heed.record');
    await client.query('vacuum analyze heed.record_keys');
    return count;
  } finally {
    await client.end();
  }
}

const copiedAtOnce = 20_000;

interface Loading {
  readonly shelf: Shelf;
  readonly people: Iterable<LinkRecord>;
  /** Lines of keys that are behind those of their records. */
  readonly waiting: string[];
}

async function copyRecords(client: pg.Client, { shelf, people, waiting }: Loading): Promise<number> {
  const each = people[Symbol.iterator]();
  let number = 0;
  function* page(): Generator<string> {
    for (let left = copiedAtOnce; left > 0; left -= 1) {
      const next = each.next();
      if (next.done === true) return;
      const record = recordOf(next.value, number);
      number += 1;
      for (const row of keyRows(shelf, keysOfRecord(record)))
        waiting.push([number, record.when, ...columns.map((column) => row[column])].map(copyField).join('\t'));
      const { kind, id, when, says } = record;
      const fields = [
        shelf.room,
        shelf.source,
        kind,
        id,
        when,
        0,
        '{}',
        JSON.stringify(record.names),
        '{}',
        says,
        number,
      ];
      yield fields.map(copyField).join('\t');
    }
  }
  const keys = `copy heed.record_keys (record, happened_at, ${columns.join(', ')}) from stdin`;
  const records = `copy heed.record (room, source, kind, record, happened_at, seq, subjects, names, signs, says, number)
    from stdin`;
  for (let before = -1; before < number; ) {
    before = number;
    await copyIn(client, records, page());
    await copyIn(client, keys, waiting.splice(0));
  }
  return number;
}
