import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { behindWitness } from '../journal/verify.ts';
import { publicKeysIn, readTestimony } from '../journal/witness.ts';
import type { Store } from './store.ts';

/** What a service's own witness says of a room: null where the log has what it saw. */
export interface WitnessSaid {
  readonly says: string | null;
  readonly seen: boolean;
  readonly isForged: boolean;
}

/** Where a service's own witness writes, beside every other that is configured. */
export function witnessFile(folder: string): string {
  return join(folder, 'witness.ndjson');
}

/** Where the key is that heads are signed with; its public half stands beside it. */
export function witnessKeyFile(folder: string): string {
  return join(folder, 'witness.key');
}

/** Holds a room's log against what the service's own witness last saw of it: a restored backup is behind. */
export async function ownWitness(
  { folder, database }: Pick<Store, 'folder' | 'database'>,
  room: string,
): Promise<WitnessSaid> {
  const file = witnessFile(folder);
  const key = `${witnessKeyFile(folder)}.pub`;
  if (!existsSync(file) || !existsSync(key)) return { says: null, seen: false, isForged: false };
  const read = await readTestimony(file, await publicKeysIn(key), 'newest');
  if (read.kind === 'forged')
    return { says: `${read.file}, line ${read.line}: ${read.says}`, seen: true, isForged: true };
  const seen = read.seen.get(room) ?? new Map();
  return { says: await behindWitness(database.service, room, seen), seen: seen.size > 0, isForged: false };
}
