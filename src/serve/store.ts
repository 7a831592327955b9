import { mkdirSync } from 'node:fs';
import pg from 'pg';
import type { Environment } from '../access/secret.ts';
import { readSecret } from '../access/secret.ts';
import type { Database, DatabaseUrls } from '../database/connect.ts';
import { openDatabase, roleUrls } from '../database/connect.ts';
import type { Embedded } from '../database/embedded.ts';
import { startEmbedded } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { unsafeSettings } from '../database/settings.ts';
import type { Spelling } from '../database/spelling.ts';
import { spellingOf } from '../database/spelling.ts';
import { foldVersion } from '../journal/fold-version.ts';
import type { PostgresJournal } from '../journal/postgres-journal.ts';
import { postgresJournal } from '../journal/postgres-journal.ts';
import { rekeyRecords } from '../sources/rekey.ts';
import type { Configured } from './configuration.ts';

/** Why a service does not start, in sentences for whoever runs it: what is wrong, and how to mend it. */
export class StartRefused extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

/** The database of a service, migrated and safe to write to. */
export interface Store {
  readonly urls: DatabaseUrls;
  readonly database: Database;
  readonly journal: PostgresJournal;
  /** Whether names are found by their spelling. */
  readonly spelling: Spelling;
  /** The server that Heed started itself, or null for a server of one's own. */
  readonly embedded: Embedded | null;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export type Say = (line: string) => void;

/** Opens the database that a configuration names, or starts the embedded one. Throws StartRefused. */
export async function openStore(configured: Configured, environment: Environment, say: Say): Promise<Store> {
  const folder = configured.beside(configured.settings.data);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const own = ownUrl(configured, environment);
  const embedded = own === null ? await startEmbedded({ folder, log: say }) : null;
  const urls = embedded ?? roleUrls(own ?? '');
  try {
    await readied(urls, say);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  const database = openDatabase(urls, say);
  await rekeyRecords(database.service, (count) => say(`Made anew what ${count} records are found by`));
  const spelling = await spellingOf(database.service);
  if (spelling.kind === 'missing') say(`Names are not looked up by their spelling: ${spelling.says}`);
  const journal = postgresJournal(database, { foldVersion: foldVersion(), note: say });
  const close = async (): Promise<void> => {
    await journal.close();
    await database.close();
    await embedded?.stop();
  };
  return { urls, database, journal, spelling, embedded, folder, close };
}

/** The address of a server of one's own, or null. */
export function ownUrl({ settings }: Configured, environment: Environment): string | null {
  const place =
    settings.database ?? (environment['DATABASE_URL'] === undefined ? null : { environment: 'DATABASE_URL' });
  if (place === null) return null;
  const read = readSecret(place, environment);
  if (!read.ok) throw new StartRefused([`The address of the database: ${read.says}`]);
  if (!URL.canParse(read.secret) || !/^postgres(?:ql)?:$/.test(new URL(read.secret).protocol))
    throw new StartRefused([
      'The address of the database must be of the form postgres://user:password@host:port/name.',
    ]);
  return read.secret;
}

/** Migrated, and with nothing switched off that an acknowledged command rests on. */
async function readied(urls: DatabaseUrls, say: Say): Promise<void> {
  const migrated = await migrate(urls.ownerUrl).catch((error: unknown) => {
    throw new StartRefused([error instanceof Error ? error.message : String(error)]);
  });
  if (migrated.kind === 'refused') throw new StartRefused([migrated.message, ...migrated.statements]);
  for (const name of migrated.applied) say(`Migrated: ${name}`);
  const client = new pg.Client({ connectionString: urls.url });
  await client.connect();
  try {
    const unsafe = await unsafeSettings(client);
    if (unsafe.length > 0)
      throw new StartRefused(unsafe.map(({ setting, value, remedy }) => `${setting} is ${value}: ${remedy}`));
  } finally {
    await client.end();
  }
}
