import type { ClientBase, Pool } from 'pg';

/** A setting of the server that an acknowledged entry would not survive, and how to mend it. */
export interface UnsafeSetting {
  readonly setting: string;
  readonly value: string;
  readonly remedy: string;
}

const oldestVersion = 150_000;
const reload = 'then SELECT pg_reload_conf()';

/**
 * What about a server would lose or garble what has been acknowledged; empty when nothing does. Of synchronous_commit
 * only "off" is refused: every other value waits for this server's own disk.
 */
export async function unsafeSettings(client: ClientBase | Pool): Promise<readonly UnsafeSetting[]> {
  const { rows } = await client.query<Found>(
    `select current_setting('fsync') as fsync,
      current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('server_encoding') as server_encoding,
      current_setting('server_version_num') as server_version_num`,
  );
  return judgeSettings(rows[0] ?? {});
}

/** Which of these settings are unsafe; one that is not there is not judged. */
export function judgeSettings(found: Found): readonly UnsafeSetting[] {
  return Object.entries(remedies).flatMap(([setting, remedy]) => {
    const value = found[setting];
    return value !== undefined && isUnsafe(setting, value) ? [{ setting, value, remedy }] : [];
  });
}

type Found = Readonly<Record<string, string>>;

const remedies: Readonly<Record<string, string>> = {
  fsync: `ALTER SYSTEM SET fsync = on, ${reload}`,
  full_page_writes: `ALTER SYSTEM SET full_page_writes = on, ${reload}`,
  synchronous_commit: `ALTER SYSTEM SET synchronous_commit = on, ${reload}; see that no role or database sets it off`,
  server_encoding: `move Heed to a database made with CREATE DATABASE heed ENCODING 'UTF8' TEMPLATE template0`,
  server_version_num: 'move to PostgreSQL 15 or newer',
};

function isUnsafe(setting: string, value: string): boolean {
  if (setting === 'server_version_num') return Number(value) < oldestVersion;
  return setting === 'server_encoding' ? value !== 'UTF8' : value === 'off';
}
