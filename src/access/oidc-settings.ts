import { z } from 'zod';
import { duration } from '../border/instant.ts';
import { id } from '../room/define.ts';
import { machineId } from './machine-id.ts';
import { isSafeUrl } from './loopback.ts';
import { secretPlace } from './secret.ts';

/** What a token may be signed with: public keys only. No `none`, and no shared secret that Heed could forge with. */
export const tokenAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const longestClockToleranceMs = 60_000;

const name = z.string().min(1).max(256);

function address(words: string): z.ZodType<string, string> {
  return z
    .string()
    .max(2_000)
    .refine((text) => isPlainSafeUrl(text), {
      error: `${words}: an https address without a name, a password or a fragment (http only on this machine itself).`,
    });
}

function isPlainSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isSafeUrl(url) && url.username === '' && url.password === '' && url.hash === '';
}

/** Sign-in through a force's own directory, as the configuration file writes it. */
export const oidcSettings = z
  .strictObject({
    issuer: address('The issuer of the directory'),
    'client-id': name,
    /** Left out: a public client, protected by PKCE alone. */
    'client-secret': secretPlace.optional(),
    /** How the client proves itself with its secret: in a header, or in the form. */
    'client-authentication': z.enum(['basic', 'post']).default('basic'),
    /** Where the directory sends people back to: this service's `/sign-in/back`. */
    'redirect-uri': address('The address the directory sends people back to'),
    'signed-out-uri': address('The address shown after signing out').optional(),
    scope: z
      .string()
      .max(500)
      .regex(/(?:^| )openid(?: |$)/, 'scopes with openid among them')
      .default('openid profile'),
    /** The claim that holds the staff id; it must be one that its bearer cannot change. */
    'staff-claim': name.default('preferred_username'),
    /** A cross-check only: what a person may do is said by the room's own staff. */
    roles: z.strictObject({ claim: name, names: z.record(name, id) }).optional(),
    /** Hosts beside the issuer's own on which its endpoints may stand. */
    hosts: z.array(z.string().min(1).max(255)).max(10).default([]),
    /** Who bearer tokens must be meant for; left out, no bearer token is accepted. */
    'api-audience': name.optional(),
    /** `any` for directories that do not mark access tokens as RFC 9068 wants. */
    'access-token-type': z.enum(['at+jwt', 'any']).default('at+jwt'),
    /** Programs with a token of their own, by client id, and the machine each is in the room. */
    machines: z.record(name, machineId).default({}),
    algorithms: z.array(z.enum(tokenAlgorithms)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']),
    'clock-tolerance': duration()
      .refine((ms) => ms <= longestClockToleranceMs, { error: 'The clocks may differ by at most 60 s.' })
      .default(10_000),
    /** How long ago somebody may have proved who they are; longer, and the directory asks again. */
    'signed-in-within': duration().optional(),
  })
  .superRefine((settings, context) => {
    // An id token is meant for the client: were that the audience too, it would pass for an access token.
    if (settings['api-audience'] === settings['client-id'])
      context.addIssue({
        code: 'custom',
        path: ['api-audience'],
        message: 'The audience of the API must not be the client id.',
      });
  });
export type OidcSettings = z.output<typeof oidcSettings>;
