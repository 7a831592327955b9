import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { errors, jwtVerify } from 'jose';
import type { Actor, Reason } from '../room/define.ts';
import type { OidcSettings } from './oidc-settings.ts';

/** Longer than any token a directory issues; nothing longer is parsed. */
const longestTokenCharacters = 16_384;
const mostRoleNames = 500;

/** A token whose claims can be relied on, or why not. Only `refused` speaks of the token; `away` of the issuer. */
export type Verified =
  | { readonly kind: 'verified'; readonly claims: JWTPayload }
  | { readonly kind: 'refused'; readonly reason: Reason };

export interface TokenRule {
  readonly settings: OidcSettings;
  readonly keys: JWTVerifyGetKey;
  /** As the issuer writes itself. */
  readonly issuer: string;
  readonly audience: string;
  /** The form of token that is meant, where the issuer marks it. */
  readonly type: string | null;
  readonly now: number;
}

/** Checks a token's signature, issuer, audience, times and form. Rejects only when the keys are out of reach. */
export async function verifyToken(token: string, rule: TokenRule): Promise<Verified> {
  if (token.length > longestTokenCharacters) return refused('token-too-long', 'The token is too long to be one.');
  const { settings } = rule;
  try {
    const { payload } = await jwtVerify(token, rule.keys, {
      issuer: rule.issuer,
      audience: rule.audience,
      algorithms: [...settings.algorithms],
      clockTolerance: settings['clock-tolerance'] / 1_000,
      currentDate: new Date(rule.now),
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub'],
      ...(rule.type === null ? {} : { typ: rule.type }),
    });
    const ahead = (payload.iat ?? 0) * 1_000 - rule.now - settings['clock-tolerance'];
    return ahead > 0
      ? refused('token-from-the-future', 'The token was issued later than now; one of the clocks is wrong.')
      : { kind: 'verified', claims: payload };
  } catch (error) {
    return tokenFault(error);
  }
}

function refused(code: string, says: string): Verified {
  return { kind: 'refused', reason: { code, says } };
}

/** What is wrong with the token; what is wrong with the issuer is thrown on. */
function tokenFault(error: unknown): Verified {
  if (error instanceof errors.JWTExpired)
    return refused('token-expired', 'The token has expired; sign in again, or get a new one.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused('token-not-for-us', `The token's ${error.claim} is not what it must be.`);
  if (error instanceof errors.JOSEAlgNotAllowed)
    return refused('token-algorithm', 'The token is not signed in a way that is accepted here.');
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return refused('token-signature', 'The token was not signed by the issuer.');
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JWKInvalid
  )
    return refused('token-malformed', 'The token is not one that can be read here.');
  throw error;
}

export type Staff =
  | { readonly kind: 'staff'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: Reason };

/** The staff id in a token. Only plain letters are made small: no other alphabet can turn into somebody's id. */
export function staffIn(claims: JWTPayload, settings: OidcSettings): Staff {
  const claim = settings['staff-claim'];
  const value = claims[claim];
  if (typeof value !== 'string')
    return {
      kind: 'refused',
      reason: { code: 'claim-missing', says: `The directory did not say who this is (claim ${claim}).` },
    };
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value))
    return {
      kind: 'refused',
      reason: {
        code: 'claim-unfit',
        says: `What the directory says in ${claim} is no staff id: letters, digits and hyphens, at most 64.`,
      },
    };
  return { kind: 'staff', id: value.toLowerCase() };
}

/** The room's roles that the directory vouches for, or null where the configuration asks for none. */
export function rolesIn(claims: JWTPayload, settings: OidcSettings): readonly string[] | null {
  if (settings.roles === undefined) return null;
  const { claim, names } = settings.roles;
  const value = claims[claim];
  const said: readonly unknown[] = Array.isArray(value) ? value : [value];
  return said
    .slice(0, mostRoleNames)
    .flatMap((one) => (typeof one === 'string' && Object.hasOwn(names, one) ? [names[one] ?? ''] : []))
    .filter((role) => role !== '');
}

/** Whom a program's token stands for: the machine that the configuration gives its client id, or nobody. */
export function machineIn(claims: JWTPayload, settings: OidcSettings): Actor | null {
  const client = claims['client_id'] ?? claims['azp'];
  if (typeof client !== 'string' || claims.sub !== client || !Object.hasOwn(settings.machines, client)) return null;
  const machine = settings.machines[client];
  return machine === undefined ? null : { kind: 'machine', id: machine };
}
