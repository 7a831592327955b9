import type { ClientBase } from 'pg';
import pg from 'pg';

/** The roles that Heed's tables belong to and are granted to, and what each is for. */
export const heedRoles = ['heed_owner', 'heed_service', 'heed_reader', 'heed_eraser'] as const;

interface Standing {
  readonly user: string;
  readonly database: string;
  readonly present: readonly string[];
  /** Roles that the user may take. */
  readonly taken: readonly string[];
  readonly hasSchema: boolean;
  readonly mayUseSchema: boolean;
}

/** What is still missing on a server before Heed can make its tables there, as statements; empty when nothing is. */
export async function missingRoles(client: ClientBase): Promise<readonly string[]> {
  const standing = await readStanding(client);
  const { user, database, present, taken } = standing;
  const made = heedRoles.filter((role) => !present.includes(role));
  // In the embedded database each role logs in by itself: then nothing is to be taken.
  const granted = present.includes(user) ? [] : heedRoles.filter((role) => !taken.includes(role));
  return [
    ...made.map((role) => `create role ${role} nologin`),
    ...granted.map((role) => `grant ${role} to ${pg.escapeIdentifier(user)}`),
    ...(standing.hasSchema ? [] : ['create schema heed authorization heed_owner']),
    ...(standing.mayUseSchema ? [] : ['grant usage on schema heed to heed_service, heed_reader, heed_eraser']),
    ...(made.length === 0 ? [] : [`grant connect on database ${pg.escapeIdentifier(database)} to ${made.join(', ')}`]),
  ];
}

async function readStanding(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query<Standing & { readonly takes: string }>({
    text: `select session_user::text as user, current_database()::text as database,
        array(select rolname::text from pg_roles where rolname = any($1)) as present,
        array(select rolname::text from pg_roles
          where rolname = any($1) and pg_has_role(session_user, oid, $2)) as taken,
        exists (select from pg_namespace where nspname = 'heed') as "hasSchema",
        coalesce((select bool_and(has_schema_privilege(r.oid, n.oid, 'usage'))
          from pg_namespace n, pg_roles r where n.nspname = 'heed' and r.rolname = any($1)), false) as "mayUseSchema"`,
    values: [heedRoles, await takingPrivilege(client)],
  });
  const found = rows[0];
  if (found === undefined) throw new Error('PostgreSQL gave no answer about its roles');
  return found;
}

/** Since 16 a membership says apart whether one may take the role. */
async function takingPrivilege(client: ClientBase): Promise<'set' | 'member'> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return (rows[0]?.version ?? 0) >= 160_000 ? 'set' : 'member';
}
