import { existsSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';

/** Whom the database's programs run as; without ids, whoever runs Heed. */
export interface Account {
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly name: string;
}

/** Accounts that may own the data when Heed runs as root, since PostgreSQL refuses to: the first there is. */
const standIns = ['postgres', 'nobody', 'daemon'];
const enter = 0o1;

/** Whom to run the database as: whoever runs Heed, but for root the owner of the data there is, or a stand-in. */
export function accountFor(data: string): Account {
  if (process.getuid?.() !== 0) return { name: ownName() };
  const owner = existsSync(data) ? statSync(data) : undefined;
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const accounts = readAccounts();
  const found = standIns.map((name) => accounts.get(name)).find((account) => account !== undefined);
  if (found === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and there is no account named ${standIns.join(' or ')} to run it as. ` +
        'Start Heed as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  return found;
}

/** The name of whoever runs Heed; initdb refuses a uid that has none. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new Error(
      `The uid ${process.getuid?.()} that Heed runs as has no entry in the system's list of users (/etc/passwd), ` +
        'and the embedded PostgreSQL refuses to run so. Add an entry, run Heed as another user, ' +
        'or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

function readAccounts(): ReadonlyMap<string, Account> {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  return new Map(
    lines.flatMap((line) => {
      const [name = '', , uid = '', gid = ''] = line.split(':');
      return Number(uid) > 0 ? [[name, { uid: Number(uid), gid: Number(gid), name }] as const] : [];
    }),
  );
}

/** Whether the account may enter a folder and every folder above it; those not made yet are left out. */
export function canEnter(account: Account, folder: string): boolean {
  if (account.uid === undefined) return true;
  const path = resolve(folder);
  const above = dirname(path);
  return isEnterable(account, path) && (above === path || canEnter(account, above));
}

function isEnterable({ uid, gid }: Account, folder: string): boolean {
  if (!existsSync(folder)) return true;
  const { mode, uid: owner, gid: group } = statSync(folder);
  const shift = uid === owner ? 6 : gid === group ? 3 : 0;
  return ((mode >> shift) & enter) === enter;
}
