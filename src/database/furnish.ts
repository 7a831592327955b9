import pg from 'pg';
import type { Passwords } from './secrets.ts';
import { embeddedRoles } from './secrets.ts';

const connectLimitMs = 10_000;
const statementLimitMs = 60_000;
const lockKey = 0x48454544;

/** Sees that an embedded server has Heed's roles and its database. Gives the data folder that the server names. */
export async function furnish({ port, passwords }: { port: number; passwords: Passwords }): Promise<string> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'heed_admin',
    password: passwords.heed_admin,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: connectLimitMs,
    statement_timeout: statementLimitMs,
    application_name: 'heed start',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await look(client);
    if (isComplete(found)) return found.data;
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await complete(client, passwords);
    return found.data;
  } finally {
    await client.end();
  }
}

interface Found {
  readonly data: string;
  readonly roles: readonly string[];
  readonly is_made: boolean;
}

function isComplete({ roles, is_made: isMade }: Found): boolean {
  return isMade && embeddedRoles.every((role) => roles.includes(role));
}

async function look(client: pg.Client): Promise<Found> {
  const { rows } = await client.query<Found>(
    `select current_setting('data_directory') as data,
      array(select rolname::text from pg_roles where rolname like 'heed%') as roles,
      exists (select from pg_database where datname = 'heed') as is_made`,
  );
  const found = rows[0];
  if (found === undefined) throw new Error('PostgreSQL gave no answer about itself');
  return found;
}

/** Makes what is missing still, now that no other process makes it too. */
async function complete(client: pg.Client, passwords: Passwords): Promise<void> {
  const { roles, is_made: isMade } = await look(client);
  for (const role of embeddedRoles.filter((name) => !roles.includes(name))) {
    await client.query(`create role ${role} login password ${pg.escapeLiteral(passwords[role])}`);
  }
  if (!isMade) await client.query('create database heed owner heed_owner');
  await client.query('revoke all on database heed from public');
  await client.query('grant connect on database heed to heed_service, heed_reader, heed_eraser');
}
