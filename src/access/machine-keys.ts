import { z } from 'zod';
import { id } from '../room/define.ts';
import type { Actor } from '../room/define.ts';
import { machineId } from './machine-id.ts';
import type { Environment } from './secret.ts';
import { readSecret, secretPlace } from './secret.ts';

/** 256 bits, as 32 random bytes in base64 or more. */
const shortestSecretCharacters = 43;
const mostKeys = 200;

/** The keys of telephony and integrations, as the configuration file writes them. */
export const machineKeySettings = z
  .array(
    z.strictObject({
      /** Named in every signed request; two keys of one machine let it change from one to the other. */
      key: id,
      machine: machineId,
      rooms: z.array(id).min(1).max(100),
      /** What it may hand in, such as `call` or `web-form`. */
      kinds: z.array(id).min(1).max(50),
      secret: secretPlace,
    }),
  )
  .max(mostKeys)
  .superRefine((keys, context) => {
    const seen = new Set<string>();
    for (const [place, { key }] of keys.entries()) {
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: [place, 'key'], message: `There are two keys named ${key}.` });
      seen.add(key);
    }
  });
export type MachineKeySettings = z.output<typeof machineKeySettings>;

/** A key and what it opens. Printing one shows nothing secret: the secret is only in what `secret` returns. */
export interface MachineKey {
  readonly key: string;
  readonly actor: Actor;
  readonly mayUse: (room: string, kind: string) => boolean;
  readonly secret: () => Uint8Array;
}

export interface MachineKeys {
  readonly find: (key: string) => MachineKey | null;
}

export type KeysRead =
  | { readonly ok: true; readonly keys: MachineKeys }
  /** One sentence for each key that cannot be used; none of them holds anything secret. */
  | { readonly ok: false; readonly says: readonly string[] };

/** Reads the secret of every key; all of them, or the reasons why the service does not start. */
export function readMachineKeys(settings: MachineKeySettings, environment: Environment): KeysRead {
  const keys = new Map<string, MachineKey>();
  const says: string[] = [];
  const owners = new Map<string, string>();
  for (const { key, machine, rooms, kinds, secret: place } of settings) {
    const read = readSecret(place, environment);
    if (!read.ok) {
      says.push(`Key ${key}: ${read.says}`);
      continue;
    }
    const fault = weakness(read.secret) ?? sharedWith(owners.get(read.secret), machine);
    if (fault !== null) says.push(`Key ${key}: ${fault}`);
    owners.set(read.secret, machine);
    keys.set(key, machineKey({ key, machine, rooms, kinds }, Buffer.from(read.secret, 'utf8')));
  }
  return says.length > 0 ? { ok: false, says } : { ok: true, keys: { find: (key) => keys.get(key) ?? null } };
}

function machineKey(
  { key, machine, rooms, kinds }: Omit<MachineKeySettings[number], 'secret'>,
  secret: Buffer,
): MachineKey {
  const allowedRooms = new Set(rooms);
  const allowedKinds = new Set(kinds);
  return {
    key,
    actor: { kind: 'machine', id: machine },
    mayUse: (room, kind) => allowedRooms.has(room) && allowedKinds.has(kind),
    secret: () => Uint8Array.from(secret),
  };
}

function weakness(secret: string): string | null {
  if (secret.length < shortestSecretCharacters)
    return `its secret is shorter than ${shortestSecretCharacters} characters; make one with: openssl rand -base64 33`;
  return new Set(secret).size < 10 ? 'its secret is not random; make one with: openssl rand -base64 33' : null;
}

function sharedWith(owner: string | undefined, machine: string): string | null {
  return owner === undefined || owner === machine ? null : `its secret is the one of ${owner} too; give each its own`;
}
