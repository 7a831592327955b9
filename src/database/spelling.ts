import type pg from 'pg';
import { wordsOf } from './fault-words.ts';

/** Whether names are found by their spelling: in which schema pg_trgm is, or why they are not. */
export type Spelling =
  | { readonly kind: 'standing'; readonly schema: string }
  | { readonly kind: 'missing'; readonly says: string };

const readyText = `
select n.nspname as schema, i.indexrelid is not null as is_indexed
from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  left join pg_index i on i.indexrelid = to_regclass('heed.record_spelt') and i.indisvalid
where e.extname = 'pg_trgm'`;

interface Ready {
  readonly schema: string;
  readonly is_indexed: boolean;
}

/** Makes the index over names as they are spelt, where the server has pg_trgm or lets it be installed. */
export async function indexSpelling(client: pg.ClientBase): Promise<void> {
  await tried(client, 'create extension if not exists pg_trgm with schema heed');
  const { rows } = await client.query<Ready>(readyText);
  const [ready] = rows;
  if (ready === undefined || ready.is_indexed) return;
  const operators = `${client.escapeIdentifier(ready.schema)}.gin_trgm_ops`;
  await tried(
    client,
    `create index if not exists record_spelt on heed.record using gin (heed.spelt(names) ${operators})`,
  );
}

/** What a server does not have or forbids leaves all else as it is: `spellingOf` tells. */
async function tried(client: pg.ClientBase, statement: string): Promise<void> {
  await client.query('savepoint spelling');
  try {
    await client.query(statement);
  } catch {
    await client.query('rollback to savepoint spelling');
  }
}

/** Whether names can be found by their spelling. */
export async function spellingOf(asks: Pick<pg.Pool | pg.ClientBase, 'query'>): Promise<Spelling> {
  try {
    const { rows } = await asks.query<Ready>(readyText);
    const [ready] = rows;
    if (ready === undefined) return { kind: 'missing', says: 'the server does not have the extension pg_trgm' };
    if (!ready.is_indexed) return { kind: 'missing', says: 'the index over names as they are spelt is not made' };
    return { kind: 'standing', schema: ready.schema };
  } catch (error) {
    return { kind: 'missing', says: wordsOf(error) };
  }
}
