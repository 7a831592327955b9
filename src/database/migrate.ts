import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { codeOf, wordsOf } from './fault-words.ts';
import { missingRoles } from './roles.ts';
import { indexSpelling } from './spelling.ts';

/** One released step of the schema. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** What migrating came to. A refusal says why, and what somebody with the right to must run first. */
export type Migrated =
  | { readonly kind: 'migrated'; readonly applied: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string; readonly statements: readonly string[] };

/** Where the released steps are. */
export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** Any fixed number: whoever migrates a database holds the lock of this name in it. */
const lockKey = 0x48454544;
const migrationLimitMs = 600_000;
const connectLimitMs = 10_000;

/**
 * Brings a database to the schema of this version, each step once and in a transaction of its own, however many
 * processes ask. Roles and schema are made first where they are missing.
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<Migrated> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heed migrate',
    connectionTimeoutMillis: connectLimitMs,
    statement_timeout: migrationLimitMs,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The user itself makes what is missing, whatever role its URL takes.
    await client.query('set role none');
    const refusal = await prepare(client);
    return refusal ?? (await applyAll(client, migrations));
  } finally {
    await client.end();
  }
}

/** The steps of a folder in the order of their numbers. */
export async function readMigrations(folder: string = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const number = Number(/^(\d{3})-[a-z0-9-]+\.sql$/.exec(name)?.[1] ?? 0);
      if (number === 0) throw new Error(`${join(folder, name)}: expected a name such as 004-what-it-adds.sql`);
      // A checkout on Windows may write other line ends; the step is the same.
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
  const twice = migrations.find(({ number }, index) => migrations[index - 1]?.number === number);
  if (twice !== undefined) throw new Error(`${join(folder, twice.name)}: another migration has this number`);
  return migrations;
}

/** Makes the roles and the schema, where the user may; else says what must be run. */
async function prepare(client: pg.Client): Promise<Migrated | undefined> {
  const statements = await missingRoles(client);
  if (statements.length === 0) return undefined;
  try {
    await inTransaction(client, async () => {
      for (const statement of await missingRoles(client)) await client.query(statement);
    });
    return undefined;
  } catch (error) {
    const isForbidden = codeOf(error) === '42501';
    if (!isForbidden) throw error;
    const why = `The user of DATABASE_URL may not make Heed's roles and schema (${wordsOf(error)}).`;
    const message = `${why} Have an administrator run, in this database:`;
    return { kind: 'refused', message, statements };
  }
}

async function applyAll(client: pg.Client, migrations: readonly Migration[]): Promise<Migrated> {
  const applied: string[] = [];
  for (;;) {
    const step = await inTransaction(client, async () => {
      await client.query('set local role heed_owner');
      await client.query('set local search_path to heed');
      return applyNext(client, migrations);
    });
    if (step === undefined) break;
    if (typeof step !== 'string') return step;
    applied.push(step);
  }
  await inTransaction(client, async () => {
    await client.query('set local role heed_owner');
    await indexSpelling(client);
  });
  return { kind: 'migrated', applied };
}

/** Applies the first step that is not recorded; its name, or nothing when all are, or why it is refused. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | Migrated | undefined> {
  await client.query(
    `create table if not exists heed.migration (
      number integer primary key, name text not null, sha256 text not null, applied_at bigint not null)`,
  );
  const { rows } = await client.query<Recorded>('select number, name, sha256 from heed.migration order by number');
  const message = refusalOf(rows, migrations);
  if (message !== undefined) return { kind: 'refused', message, statements: [] };
  const next = migrations.find(({ number }) => rows.every((row) => row.number !== number));
  if (next === undefined) return undefined;
  try {
    await client.query(next.text);
  } catch (error) {
    throw new Error(`Migration ${next.name} failed: ${wordsOf(error)}`, { cause: error });
  }
  await client.query('insert into heed.migration values ($1, $2, $3, $4)', [
    next.number,
    next.name,
    next.sha256,
    Date.now(),
  ]);
  return next.name;
}

type Recorded = Pick<Migration, 'number' | 'name' | 'sha256'>;

/** What is wrong between the steps a database has had and those that this version knows. */
function refusalOf(recorded: readonly Recorded[], known: readonly Migration[]): string | undefined {
  for (const { number, name, sha256 } of recorded) {
    const own = known.find((migration) => migration.number === number);
    if (own === undefined) {
      return `The database has had ${name}, which this version of Heed does not know: start the version that does.`;
    }
    if (own.sha256 !== sha256 || own.name !== name) {
      const remedy = 'put the released file back and write a new migration';
      return `The database has had ${name}, and ${own.name} is not the same: ${remedy}.`;
    }
  }
  const last = recorded.at(-1);
  const late = known.find(
    ({ number }) => number < (last?.number ?? 0) && recorded.every((row) => row.number !== number),
  );
  if (late === undefined) return undefined;
  return `The database has had ${last?.name}, and ${late.name} would come before it: give it a number behind.`;
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
