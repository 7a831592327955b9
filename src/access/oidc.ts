import * as openid from 'openid-client';
import type { Actor, Reason } from '../room/define.ts';
import type { Attempt } from './attempt.ts';
import {
  attemptForMs,
  attemptDigest,
  attemptText,
  beginAttempt,
  derived,
  isOver,
  isStateOf,
  readAttempt,
} from './attempt.ts';
import type { Connection, IssuerOptions, IssuerState } from './issuer.ts';
import { issuer } from './issuer.ts';
import type { OidcSettings } from './oidc-settings.ts';
import type { Verified } from './token.ts';
import { machineIn, rolesIn, staffIn, verifyToken } from './token.ts';

/** Longer than any answer of a directory; nothing longer is read. */
const longestQueryCharacters = 8_192;

/** Somebody who is sent to the directory. */
export type Begun =
  | {
      readonly kind: 'begun';
      /** Where their browser is sent. */
      readonly address: string;
      /** The value of the cookie of `attemptCookie`. */
      readonly cookie: string;
    }
  | { readonly kind: 'away'; readonly reason: Reason };

/** Who came back from the directory. Whether they may enter the room is the room's to say (`mayNotEnter`). */
export type SignedIn =
  | {
      readonly kind: 'signed-in';
      readonly room: string;
      readonly returnTo: string;
      readonly staff: string;
      /** The room's roles that the directory vouches for; null where it is not asked. */
      readonly roles: readonly string[] | null;
      /** Goes back to the directory when they sign out. */
      readonly idToken: string;
    }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'away'; readonly reason: Reason };

/** What a browser brought back from the directory. */
export interface Back {
  /** The value of the cookie of `attemptCookie`, if it sent one. */
  readonly cookie: string | undefined;
  /** Everything behind the question mark. */
  readonly query: string;
}

/** Remembers an attempt until a time, and tells whether it was new: `spendAttempt` does it in the database. */
export type Spend = (attempt: {
  readonly room: string;
  readonly digest: string;
  readonly until: number;
}) => Promise<boolean>;

/** Whom a bearer token stands for. */
export type Borne =
  | { readonly kind: 'known'; readonly actor: Actor; readonly roles: readonly string[] | null }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'away'; readonly reason: Reason };

/** Sign-in through a force's own directory: authorisation code with PKCE, state and nonce (OpenID Connect Core 3.1). */
export interface Oidc {
  readonly state: () => IssuerState;
  readonly begin: (to: { readonly room: string; readonly returnTo: string }) => Promise<Begun>;
  readonly finish: (back: Back) => Promise<SignedIn>;
  readonly bearer: (token: string) => Promise<Borne>;
  /** Where to send somebody who signs out, so that the directory signs them out too; null if it cannot. */
  readonly signOutAddress: (idToken: string | null) => Promise<string | null>;
}

/** Makes the sign-in of one directory; nothing is asked of it before somebody wants in. */
export function oidc(options: IssuerOptions & { readonly spend: Spend }): Oidc {
  const { settings, now } = options;
  const one = issuer(options);
  const away = (): { readonly kind: 'away'; readonly reason: Reason } => ({
    kind: 'away',
    reason: saidAway(one.state()),
  });
  return {
    state: one.state,
    begin: async ({ room, returnTo }) => {
      const connection = await one.connect();
      if (connection === null) return away();
      const attempt = beginAttempt(room, returnTo, now());
      const address = await authorisationAddress(connection, settings, attempt);
      return { kind: 'begun', address, cookie: attemptText(attempt) };
    },
    finish: async (back) => {
      const taken = await takeAttempt(back, options);
      if (taken.kind === 'refused') return taken;
      const connection = await one.connect();
      if (connection === null) return away();
      try {
        return await finished(connection, { settings, ...taken, query: back.query, now: now() });
      } catch (error) {
        const reason = answerFault(error);
        if (reason !== null) return { kind: 'refused', reason };
        one.failed(error);
        return away();
      }
    },
    bearer: async (token) => {
      const audience = settings['api-audience'];
      if (audience === undefined) return refused('no-bearer', 'Bearer tokens are not accepted here.');
      const connection = await one.known();
      if (connection === null) return away();
      const type = settings['access-token-type'] === 'any' ? null : settings['access-token-type'];
      try {
        const { keys, issuer } = connection;
        return borne(await verifyToken(token, { settings, keys, issuer, audience, type, now: now() }), settings);
      } catch (error) {
        one.failed(error);
        return away();
      }
    },
    signOutAddress: async (idToken) => {
      const connection = await one.connect();
      return connection === null ? null : endSessionAddress(connection.client, settings, idToken);
    },
  };
}

function refused(code: string, says: string): { readonly kind: 'refused'; readonly reason: Reason } {
  return { kind: 'refused', reason: { code, says } };
}

function saidAway(state: IssuerState): Reason {
  const why = state.kind === 'away' ? state.why : 'The issuer has not answered yet.';
  return { code: 'issuer-away', says: `Nobody can sign in now; whoever is signed in stays so. ${why}` };
}

type Taken =
  | { readonly kind: 'taken'; readonly attempt: Attempt }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** The attempt that this answer belongs to: begun by this browser, not long ago, and finished for the first time. */
async function takeAttempt({ cookie, query }: Back, { now, spend }: TakeOptions): Promise<Taken> {
  if (query.length > longestQueryCharacters) return refused('answer-too-long', 'That is no answer of a directory.');
  const attempt = readAttempt(cookie ?? '');
  const states = new URLSearchParams(query).getAll('state');
  if (attempt === null || states.length !== 1 || !isStateOf(attempt, states[0] ?? ''))
    return refused('not-begun-here', 'This sign-in was not begun in this browser; sign in again.');
  if (isOver(attempt, now())) return refused('too-late', 'This sign-in took too long; sign in again.');
  const until = attempt.beganAt + attemptForMs;
  const isNew = await spend({ room: attempt.room, digest: attemptDigest(attempt), until });
  return isNew
    ? { kind: 'taken', attempt }
    : refused('used-before', 'This sign-in has been used once already; sign in again.');
}

type TakeOptions = Pick<IssuerOptions, 'now'> & { readonly spend: Spend };

async function authorisationAddress({ client }: Connection, settings: OidcSettings, attempt: Attempt): Promise<string> {
  const within = settings['signed-in-within'];
  const address = openid.buildAuthorizationUrl(client, {
    response_type: 'code',
    redirect_uri: settings['redirect-uri'],
    scope: settings.scope,
    state: derived(attempt, 'state'),
    nonce: derived(attempt, 'nonce'),
    code_challenge: await openid.calculatePKCECodeChallenge(derived(attempt, 'verifier')),
    code_challenge_method: 'S256',
    ...(within === undefined ? {} : { max_age: String(Math.floor(within / 1_000)) }),
  });
  return address.href;
}

interface Answer {
  readonly settings: OidcSettings;
  readonly attempt: Attempt;
  readonly query: string;
  readonly now: number;
}

async function finished(connection: Connection, { settings, attempt, query, now }: Answer): Promise<SignedIn> {
  // The address is the configured one: what a Host header says plays no part.
  const address = new URL(settings['redirect-uri']);
  address.search = query;
  const within = settings['signed-in-within'];
  const tokens = await openid.authorizationCodeGrant(connection.client, address, {
    expectedState: derived(attempt, 'state'),
    expectedNonce: derived(attempt, 'nonce'),
    pkceCodeVerifier: derived(attempt, 'verifier'),
    idTokenExpected: true,
    ...(within === undefined ? {} : { maxAge: Math.floor(within / 1_000) }),
  });
  const idToken = tokens.id_token ?? '';
  const { keys, issuer: name } = connection;
  // The library trusts the id token for having come over TLS; here its signature is checked like any other's.
  const rule = { settings, keys, issuer: name, audience: settings['client-id'], type: null, now };
  const verified = await verifyToken(idToken, rule);
  if (verified.kind === 'refused') return verified;
  const staff = staffIn(verified.claims, settings);
  if (staff.kind === 'refused') return staff;
  const { room, returnTo } = attempt;
  return { kind: 'signed-in', room, returnTo, staff: staff.id, roles: rolesIn(verified.claims, settings), idToken };
}

/** What is wrong with the answer that a browser brought back; null where it is the issuer that failed. */
function answerFault(error: unknown): Reason | null {
  if (error instanceof openid.AuthorizationResponseError)
    return /^(?:server_error|temporarily_unavailable)$/.test(error.error)
      ? null
      : { code: 'directory-refused', says: 'The directory did not let you in; try again, or ask your administrator.' };
  if (error instanceof openid.ResponseBodyError && error.error === 'invalid_grant')
    return { code: 'code-spent', says: 'This sign-in has been used, or took too long; sign in again.' };
  if (!(error instanceof openid.ClientError)) return null;
  if (error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return { code: 'token-expired', says: 'The directory vouched for another time than now; check the clocks.' };
  return wrongAnswers.has(error.code ?? '')
    ? { code: 'answer-wrong', says: 'What came back does not belong to this sign-in; sign in again.' }
    : null;
}

const wrongAnswers: ReadonlySet<string> = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_PARSE_ERROR',
]);

function borne(verified: Verified, settings: OidcSettings): Borne {
  if (verified.kind === 'refused') return verified;
  const { claims } = verified;
  const machine = machineIn(claims, settings);
  if (machine !== null) return { kind: 'known', actor: machine, roles: null };
  const staff = staffIn(claims, settings);
  if (staff.kind === 'refused') return staff;
  return { kind: 'known', actor: { kind: 'staff', id: staff.id }, roles: rolesIn(claims, settings) };
}

function endSessionAddress(client: openid.Configuration, settings: OidcSettings, hint: string | null): string | null {
  if (client.serverMetadata().end_session_endpoint === undefined) return null;
  const after = settings['signed-out-uri'];
  return openid.buildEndSessionUrl(client, {
    ...(after === undefined ? {} : { post_logout_redirect_uri: after }),
    ...(hint === null ? {} : { id_token_hint: hint }),
  }).href;
}
