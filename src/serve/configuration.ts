import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { machineKeySettings } from '../access/machine-keys.ts';
import { oidcSettings } from '../access/oidc-settings.ts';
import type { Environment } from '../access/secret.ts';
import { secretPlace } from '../access/secret.ts';
import { sessionSettings } from '../access/sessions.ts';
import { readDocument } from '../border/document.ts';
import { duration } from '../border/instant.ts';
import { defaultLimits } from '../border/limits.ts';
import type { Problem } from '../border/problem.ts';
import { witnessEveryMs } from '../journal/keep-witness.ts';
import { witnessTarget } from '../journal/witness-targets.ts';
import { bytesOf } from '../policy/bytes.ts';
import { nationalPolicyFile } from '../policy/load.ts';
import { id } from '../room/define.ts';
import { sourcesConfig } from '../sources/source-config.ts';

const path = z.string().min(1).max(4_096);
const port = z.int().min(0).max(65_535);

/** An address, or a range of them with its prefix; the whole world is no proxy. */
const proxy = z
  .string()
  .max(50)
  .refine((text) => isNetwork(text), { error: 'an address such as 10.0.0.7, or a range such as 10.0.0.0/24' });

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
  if (bits === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}

const roomSettings = z.strictObject({
  room: id,
  kind: z.enum(['live', 'exercise']).default('exercise'),
  /** The policy that the room opens with; later ones are adopted by a decision. */
  policy: path.optional(),
  /** Whether a demonstration room is the invented county with its traffic; the first one, where nothing is said. */
  county: z.boolean().optional(),
  /** Who may enrol everybody else when the room is new. */
  administrator: id.optional(),
});

const webhookSettings = z.strictObject({
  id,
  room: id,
  url: z.string().max(2_000),
  types: z.array(z.string().min(1).max(60)).min(1).max(150),
  restricted: z.enum(['left-out', 'bare', 'whole']).default('bare'),
  key: id,
  secret: secretPlace,
});

/** How a service is set up, as the configuration file writes it. Everything has a default but sign-in. */
export const configurationSchema = z
  .strictObject({
    environment: z.enum(['demonstration', 'exercise', 'production']).default('demonstration'),
    listen: z
      .strictObject({ host: z.string().min(1).max(255).default('127.0.0.1'), port: port.default(8080) })
      .default({ host: '127.0.0.1', port: 8080 }),
    /** The addresses that browsers know this service by; left out, the one it listens on. */
    origins: z.array(z.string().max(500)).max(10).default([]),
    /** Proxies that this service stands behind: what they say of where a request came from is believed. */
    proxies: z.array(proxy).max(20).default([]),
    /** Heed's own folder: the embedded database, its keys, its witness. */
    data: path.default('heed-data'),
    /** A PostgreSQL of one's own; left out, `DATABASE_URL`, and without that the embedded one. */
    database: secretPlace.optional(),
    rooms: z
      .array(roomSettings)
      .min(1)
      .max(50)
      .default([{ room: 'demonstration', kind: 'exercise' }]),
    'sign-in': oidcSettings.optional(),
    sessions: sessionSettings.prefault({}),
    machines: machineKeySettings.default([]),
    sources: sourcesConfig.default([]),
    /** By what people are weighed who may be one and the same; left out, the model that ships. */
    'linkage-model': path.optional(),
    /** The map that units and incidents are drawn over: a PMTiles file; left out, the invented county’s, or none. */
    basemap: path.optional(),
    webhooks: z.array(webhookSettings).max(50).default([]),
    /** Hosts, addresses and ranges inside one's own network that webhooks may reach; a source lists its own. */
    reach: z.array(z.string().min(1).max(255)).max(100).default([]),
    /** Where the signed heads of the chains go, outside the database; left out, a file in Heed's own folder. */
    witness: z.array(witnessTarget).max(10).default([]),
    'witness-every': duration().default(witnessEveryMs),
    /** Left out: what whoever runs it should know; in a demonstration only what is wrong. */
    log: z.enum(['debug', 'info', 'warn', 'error']).optional(),
  })
  .superRefine((settings, context) => {
    const refuse = (at: readonly (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...at], message });
    if (settings.environment !== 'demonstration' && settings['sign-in'] === undefined)
      refuse(['sign-in'], 'Outside a demonstration people sign in through a directory; say which.');
    const rooms = new Set<string>();
    for (const [place, one] of settings.rooms.entries()) {
      if (rooms.has(one.room)) refuse(['rooms', place, 'room'], `There are two rooms named ${one.room}.`);
      rooms.add(one.room);
      if (one.kind === 'live' && settings.environment !== 'production')
        refuse(['rooms', place, 'kind'], 'Only production has live rooms; say exercise, or environment: production.');
    }
    for (const [place, { room }] of settings.webhooks.entries())
      if (!rooms.has(room)) refuse(['webhooks', place, 'room'], `There is no room ${room} in this file.`);
  });
export type Configuration = z.output<typeof configurationSchema>;

/** A configuration with what it was read from: files named in it stand beside it. */
export interface Configured {
  readonly settings: Configuration;
  /** The file, or null where everything is as by default. */
  readonly file: string | null;
  readonly beside: (name: string) => string;
}

export type ConfigurationRead =
  | { readonly ok: true; readonly value: Configured }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a configuration: the file that is named, else `HEED_CONFIG`, else `heed.yaml` here if there is one, else the
 * defaults; then what the environment sets over it.
 */
export function readConfiguration(named: string | undefined, environment: Environment): ConfigurationRead {
  const file = named ?? environment['HEED_CONFIG'] ?? (existsSync('heed.yaml') ? 'heed.yaml' : null);
  const read = file === null ? fromNothing() : fromFile(file);
  if (!read.ok) return read;
  const changed = overridden(read.value, environment);
  if (!changed.ok) return changed;
  const folder = file === null ? process.cwd() : dirname(resolve(file));
  return { ok: true, value: { settings: changed.value, file, beside: (name) => resolve(folder, name) } };
}

type Settings =
  | { readonly ok: true; readonly value: Configuration }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function fromNothing(): Settings {
  return { ok: true, value: configurationSchema.parse({}) };
}

function fromFile(file: string): Settings {
  const bytes = bytesOf(file, defaultLimits.maxBytes);
  if (bytes.ok) return readDocument(bytes.value, { file, schema: configurationSchema });
  return { ok: false, problems: [{ file, line: 1, column: 1, field: '', message: `Cannot read: ${bytes.message}.` }] };
}

function overridden(settings: Configuration, environment: Environment): Settings {
  const { HEED_HOST, HEED_PORT, HEED_DATA, HEED_LOG } = environment;
  const wanted = {
    listen: {
      host: HEED_HOST ?? settings.listen.host,
      port: HEED_PORT === undefined ? settings.listen.port : Number(HEED_PORT),
    },
    data: HEED_DATA ?? settings.data,
    log: HEED_LOG ?? settings.log,
  };
  const checked = configurationSchema.shape.listen.safeParse(wanted.listen);
  const level = configurationSchema.shape.log.safeParse(wanted.log);
  if (checked.success && level.success)
    return { ok: true, value: { ...settings, listen: checked.data, data: wanted.data, log: level.data } };
  const name = checked.success ? 'HEED_LOG' : 'HEED_PORT';
  const expected = checked.success ? 'debug, info, warn or error' : 'a port from 0 to 65535';
  const message = `expected ${expected}; found "${environment[name] ?? ''}"`;
  return { ok: false, problems: [{ file: 'environment', line: 1, column: 1, field: name, message }] };
}

/** The policy that a room opens with. */
export function policyFileOf(room: Configuration['rooms'][number], configured: Configured): string {
  if (room.policy === undefined) return nationalPolicyFile;
  const shipped = join(dirname(nationalPolicyFile), `${room.policy}.yaml`);
  return existsSync(shipped) ? shipped : configured.beside(room.policy);
}
