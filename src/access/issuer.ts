import type { JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, customFetch as josesFetch } from 'jose';
import * as openid from 'openid-client';
import type { Fetch } from './issuer-fetch.ts';
import { isIssuerFault, issuerFetch } from './issuer-fetch.ts';
import type { OidcSettings } from './oidc-settings.ts';

const answerLimitMs = 5_000;
/** After a failure nobody asks the issuer again for this long, however many people want to sign in. */
const askAgainMs = 5_000;
/** What the issuer says about itself is asked anew after this long; until that succeeds the last answer holds. */
const describedForMs = 3_600_000;
/**
 * Keys are fetched anew after this long, and so outlive an outage for about as long as the tokens do; an issuer that
 * changes them is noticed at once by a key id unknown here.
 */
const keysForMs = 3_600_000;
const keysCooldownMs = 30_000;

/** Whether people can sign in, as `/ready` and `heed doctor` tell it. `why` holds no personal data. */
export type IssuerState =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'ready'; readonly since: number }
  | { readonly kind: 'away'; readonly since: number; readonly why: string };

/** What is needed to talk with the issuer. */
export interface Connection {
  readonly client: openid.Configuration;
  readonly keys: JWTVerifyGetKey;
  /** As the issuer writes itself. */
  readonly issuer: string;
}

/** The issuer, found when it is first needed and again when it has been away. */
export interface Issuer {
  readonly state: () => IssuerState;
  /** The connection, or null while the issuer is away: then `state` says why. */
  readonly connect: () => Promise<Connection | null>;
  /** The connection as it was last known, without waiting for an issuer that is away: its keys still hold. */
  readonly known: () => Promise<Connection | null>;
  /** Notes that the issuer failed in the middle of something. Throws on what is not the issuer's fault. */
  readonly failed: (error: unknown) => void;
}

export interface IssuerOptions {
  readonly settings: OidcSettings;
  readonly secret: string | null;
  readonly now: () => number;
  readonly fetch?: Fetch;
}

/** Finds the issuer that the configuration names; nothing is asked of it before `connect`. */
export function issuer(options: IssuerOptions): Issuer {
  const { now } = options;
  let state: IssuerState = { kind: 'not-asked' };
  let found: { readonly connection: Connection; readonly at: number } | null = null;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const failed = (error: unknown): void => {
    const why = whyAway(error);
    if (why === null) throw error;
    state = { kind: 'away', since: state.kind === 'away' ? state.since : now(), why };
  };
  const ask = async (): Promise<void> => {
    asked = now();
    try {
      found = { connection: await discover(options), at: now() };
      if (state.kind !== 'ready') state = { kind: 'ready', since: now() };
    } catch (error) {
      failed(error);
    } finally {
      asking = null;
    }
  };
  const connect = async (): Promise<Connection | null> => {
    const isFresh = found !== null && state.kind === 'ready' && now() - found.at < describedForMs;
    if (!isFresh && asking === null && now() - asked >= askAgainMs) asking = ask();
    if (asking !== null) await asking;
    return state.kind === 'ready' ? (found?.connection ?? null) : null;
  };
  return { state: () => state, failed, connect, known: async () => found?.connection ?? (await connect()) };
}

async function discover({ settings, secret, fetch = globalThis.fetch }: IssuerOptions): Promise<Connection> {
  const server = new URL(settings.issuer);
  const bounded = issuerFetch(new Set([server.host, ...settings.hosts]), fetch);
  const client = await openid.discovery(
    server,
    settings['client-id'],
    { [openid.clockTolerance]: settings['clock-tolerance'] / 1_000 },
    clientProof(settings, secret),
    {
      [openid.customFetch]: (url, init) => bounded(url, init),
      timeout: answerLimitMs / 1_000,
      // The settings let plain http through on this machine itself, and nowhere else.
      execute: server.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
    },
  );
  client.timeout = answerLimitMs / 1_000;
  const { jwks_uri, issuer: name } = client.serverMetadata();
  if (jwks_uri === undefined) throw new openid.ClientError('The issuer does not say where its keys are.');
  const keys = createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: answerLimitMs,
    cooldownDuration: keysCooldownMs,
    cacheMaxAge: keysForMs,
    [josesFetch]: (url, init) => bounded(url, init),
  });
  return { client, keys, issuer: name };
}

function clientProof(settings: OidcSettings, secret: string | null): openid.ClientAuth {
  if (secret === null) return openid.None();
  return settings['client-authentication'] === 'post'
    ? openid.ClientSecretPost(secret)
    : openid.ClientSecretBasic(secret);
}

/** Why the issuer could not be used, in words for the log; null for what is a fault of this program. */
function whyAway(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (isIssuerFault(error)) return error.message;
  if (isIssuerFault(error.cause)) return error.cause.message;
  const code = codeOf(error);
  const isClientRefused =
    error instanceof openid.WWWAuthenticateChallengeError ||
    (error instanceof openid.ResponseBodyError && /^(?:invalid|unauthorized)_client$/.test(error.error));
  if (isClientRefused) return 'The issuer does not accept this client; check client-id and client-secret.';
  if (error instanceof openid.ResponseBodyError) return `The issuer answered with an error (${code}).`;
  if (error instanceof openid.ClientError) return `The issuer could not be used: ${error.message} (${code}).`;
  if (error.message === 'fetch failed') return `The issuer cannot be reached (${codeOf(error.cause)}).`;
  if (/^ERR_JWKS_|^ERR_JOSE_GENERIC$/.test(code)) return `The issuer's keys cannot be had (${code}).`;
  return null;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no code';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
