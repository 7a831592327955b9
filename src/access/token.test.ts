import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { apiAudience, clientId, clientSecret, startDirectory } from '../../test/directory.ts';
import type { Directory } from '../../test/directory.ts';
import type { Fetch } from './issuer-fetch.ts';
import { oidc } from './oidc.ts';
import type { Borne, Oidc, SignedIn } from './oidc.ts';
import { oidcSettings } from './oidc-settings.ts';

const redirectUri = 'http://127.0.0.1:9/sign-in/callback';

let directory: Directory;
let now = 0;
let one: Oidc;
let other: CryptoKeyPair;

type CryptoKeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  const accounts = [{ id: 'sub-1', claims: { preferred_username: 'pc1234' } }];
  directory = await startDirectory({ accounts, redirectUri, signedOutUri: redirectUri });
  other = await generateKeyPair('RS256', { extractable: true });
});

afterAll(async () => {
  await directory.stop();
});

beforeEach(() => {
  now = Date.now();
  one = open();
});

function open(change: Readonly<Record<string, unknown>> = {}, fetch: Fetch = globalThis.fetch): Oidc {
  const settings = oidcSettings.parse({
    issuer: directory.issuer,
    'client-id': clientId,
    'redirect-uri': redirectUri,
    'api-audience': apiAudience,
    ...change,
  });
  return oidc({ settings, secret: clientSecret, now: () => now, spend: async () => Promise.resolve(true), fetch });
}

function seconds(fromNow: number): number {
  return Math.floor(now / 1_000) + fromNow;
}

function claims(change: JWTPayload = {}): JWTPayload {
  return {
    iss: directory.issuer,
    aud: apiAudience,
    sub: 'sub-1',
    iat: seconds(-5),
    exp: seconds(300),
    preferred_username: 'PC1234',
    ...change,
  };
}

const accessToken = { typ: 'at+jwt' };

async function refusal(token: Promise<string> | string, by: Oidc = one): Promise<string> {
  const found = await by.bearer(await token);
  return found.kind === 'known' ? 'known' : found.reason.code;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unsigned(header: object, payload: object, signature = ''): string {
  return `${part(header)}.${part(payload)}.${signature}`;
}

async function publicPem(): Promise<string> {
  const { keys } = (await (await fetch(`${directory.issuer}/jwks`)).json()) as { readonly keys: readonly object[] };
  return JSON.stringify(keys[0]);
}

test('a token of the directory for this API stands for whom it names', async () => {
  const known: Borne = { kind: 'known', actor: { kind: 'staff', id: 'pc1234' }, roles: null };
  expect(await one.bearer(await directory.sign(claims(), accessToken))).toEqual(known);
  expect(await one.bearer(await directory.sign(claims({ aud: ['x', apiAudience] }), accessToken))).toEqual(known);
});

test('a program’s own token stands for the machine that the configuration gives it, or nobody', async () => {
  const token = await directory.tokenForProgram();
  expect(await refusal(token)).toBe('claim-missing');
  const known = open({ machines: { [clientId]: 'analytics' } });
  expect(await known.bearer(token)).toEqual({
    kind: 'known',
    actor: { kind: 'machine', id: 'analytics' },
    roles: null,
  });
});

test('somebody’s token does not stand for the machine of the program that they used', async () => {
  const known = open({ machines: { [clientId]: 'analytics' } });
  const token = await directory.sign(claims({ client_id: clientId }), accessToken);
  expect(await known.bearer(token)).toMatchObject({ actor: { kind: 'staff', id: 'pc1234' } });
});

test.each<[string, JWTPayload, string]>([
  ['has expired', { exp: 1 }, 'token-expired'],
  ['is for somebody else', { aud: 'another-api' }, 'token-not-for-us'],
  ['is an id token of this very client', { aud: clientId }, 'token-not-for-us'],
  ['is of another issuer', { iss: 'https://evil.example' }, 'token-not-for-us'],
  ['names no audience', { aud: undefined }, 'token-not-for-us'],
  ['never expires', { exp: undefined }, 'token-not-for-us'],
  ['does not say when it was issued', { iat: undefined }, 'token-not-for-us'],
  ['names nobody', { sub: undefined }, 'token-not-for-us'],
  ['names no staff id', { preferred_username: 'Ada Smith' }, 'claim-unfit'],
  ['names a list', { preferred_username: ['pc1234'] }, 'claim-missing'],
])('a token that %s is refused', async (_, change, code) => {
  expect(await refusal(directory.sign(claims(change), accessToken))).toBe(code);
});

test('a token that is not marked as an access token is refused, unless the directory marks none', async () => {
  expect(await refusal(directory.sign(claims(), { typ: 'JWT' }))).toBe('token-not-for-us');
  expect(await refusal(directory.sign(claims()))).toBe('token-not-for-us');
  expect(await refusal(directory.sign(claims(), { typ: 'JWT' }), open({ 'access-token-type': 'any' }))).toBe('known');
});

test.each(['none', 'None', 'NONE', 'nOnE', ''])('a token with the algorithm "%s" is refused', async (alg) => {
  const kid = 'directory-key';
  for (const signature of ['', 'AAAA'])
    expect(await refusal(unsigned({ alg, typ: 'at+jwt', kid }, claims(), signature))).toMatch(
      /^token-(?:algorithm|malformed)$/,
    );
});

test.each(['HS256', 'HS384', 'HS512'])(
  'a token signed %s with what is public or shared is refused, even by name',
  async (alg) => {
    const [head = '', payload = ''] = unsigned({ alg, typ: 'at+jwt', kid: 'directory-key' }, claims()).split('.');
    for (const secret of [await publicPem(), clientSecret]) {
      const hash = `sha${alg.slice(2)}`;
      const signature = createHmac(hash, secret).update(`${head}.${payload}`).digest('base64url');
      expect(await refusal(`${head}.${payload}.${signature}`)).toBe('token-algorithm');
    }
    expect(oidcSettings.safeParse({ algorithms: [alg] }).success).toBe(false);
  },
);

test('a token signed by another key is refused, whatever key it names or brings along', async () => {
  const jwk = await exportJWK(other.publicKey);
  for (const header of [
    { kid: 'directory-key' },
    { kid: 'unheard-of' },
    { kid: '../../etc/passwd' },
    {},
    { jwk, kid: 'directory-key' },
    { jku: 'https://evil.example/jwks', kid: 'unheard-of' },
    { x5u: 'https://evil.example/cert', kid: 'directory-key' },
  ]) {
    const forged = new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...header });
    expect(await refusal(forged.sign(other.privateKey))).toBe('token-signature');
  }
});

test('a token that was altered in any part is refused', async () => {
  const [head = '', payload = '', signature = ''] = (await directory.sign(claims(), accessToken)).split('.');
  const forged = Buffer.from(JSON.stringify(claims({ preferred_username: 'chief' }))).toString('base64url');
  expect(await refusal(`${head}.${forged}.${signature}`)).toBe('token-signature');
  expect(await refusal(`${head}.${payload}.${signature.slice(4)}AAAA`)).toBe('token-signature');
  expect(await refusal(`${head}.${payload}.`)).toMatch(/^token-/);
});

test.each(['', '.', '..', 'a.b.c', 'x'.repeat(20_000), '\0', '{}', 'eyJhbGciOiJub25lIn0..', 'a.'.repeat(5_000)])(
  'rubbish is refused as rubbish (%#)',
  async (token) => {
    expect(await refusal(token)).toMatch(/^token-(?:malformed|too-long|algorithm)$/);
  },
);

test('clocks may differ by ten seconds, and by no more', async () => {
  expect(await refusal(directory.sign(claims({ exp: seconds(-5) }), accessToken))).toBe('known');
  expect(await refusal(directory.sign(claims({ exp: seconds(-15) }), accessToken))).toBe('token-expired');
  expect(await refusal(directory.sign(claims({ iat: seconds(5) }), accessToken))).toBe('known');
  expect(await refusal(directory.sign(claims({ iat: seconds(15) }), accessToken))).toBe('token-from-the-future');
  expect(await refusal(directory.sign(claims({ nbf: seconds(60) }), accessToken))).toBe('token-not-for-us');
  expect(oidcSettings.safeParse({ 'clock-tolerance': '61 s' }).success).toBe(false);
});

test('tokens still hold while the directory is away, as long as its keys are known', async () => {
  const token = await directory.sign(claims(), accessToken);
  expect(await refusal(token)).toBe('known');
  await directory.stop();
  try {
    expect(await refusal(token)).toBe('known');
    expect(await refusal(token, open())).toBe('issuer-away');
    expect(await refusal(directory.sign(claims({ exp: 1 }), accessToken))).toBe('token-expired');
  } finally {
    await directory.start();
  }
});

test('without an audience of its own the API takes no bearer token', async () => {
  expect(await refusal(directory.sign(claims(), accessToken), open({ 'api-audience': undefined }))).toBe('no-bearer');
});

/** A directory whose token endpoint was taken over, and hands out this id token. */
async function withIdToken(make: (claims: JWTPayload) => Promise<string>): Promise<SignedIn> {
  const fetch: Fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    if (!url.endsWith('/token')) return response;
    const answer = (await response.json()) as { readonly id_token: string };
    const payload = JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
    return Response.json({ ...answer, id_token: await make(payload) });
  };
  const taken = open({}, fetch);
  const begun = await taken.begin({ room: 'metro', returnTo: '/' });
  if (begun.kind !== 'begun') throw new Error(begun.reason.says);
  const back = await directory.visit(begun.address, 'sub-1');
  return taken.finish({ cookie: begun.cookie, query: back.search });
}

test('the id token of the directory passes through the test’s own hands', async () => {
  expect(await withIdToken(async (payload) => directory.sign(payload))).toMatchObject({ kind: 'signed-in' });
});

test.each<[string, (payload: JWTPayload) => Promise<string>]>([
  ['without a signature', async (payload) => Promise.resolve(unsigned({ alg: 'none' }, payload))],
  [
    'signed with the client’s secret',
    async (payload) => new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(clientSecret)),
  ],
  [
    'signed by another key',
    async (payload) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'directory-key' }).sign(other.privateKey),
  ],
  ['for another client', async (payload) => directory.sign({ ...payload, aud: 'another-client' })],
  ['for another client too', async (payload) => directory.sign({ ...payload, aud: [clientId, 'x'], azp: 'x' })],
  ['of another issuer', async (payload) => directory.sign({ ...payload, iss: 'https://evil.example' })],
  ['of another sign-in', async (payload) => directory.sign({ ...payload, nonce: 'another' })],
  ['of no sign-in', async ({ nonce: _, ...payload }) => directory.sign(payload)],
  ['that has expired', async (payload) => directory.sign({ ...payload, exp: 1 })],
  ['of the future', async (payload) => directory.sign({ ...payload, iat: seconds(600) })],
  ['that names nobody', async ({ sub: _, ...payload }) => directory.sign(payload)],
  ['that is none', async () => Promise.resolve('rubbish')],
])('an id token %s signs nobody in', async (_, make) => {
  expect((await withIdToken(make)).kind).not.toBe('signed-in');
});

const endless: Fetch = async () => Promise.resolve(new Response('x'.repeat(300_000)));

test('an answer of the directory without end is not read to its end', async () => {
  const flooded = open({}, endless);
  expect(await flooded.begin({ room: 'metro', returnTo: '/' })).toMatchObject({ kind: 'away' });
  expect(flooded.state()).toMatchObject({ why: expect.stringContaining('262144 bytes') as string });
});

test('the directory’s own documents do not choose where this service connects', async () => {
  const asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    asked.push(url);
    const response = await globalThis.fetch(url, init);
    if (!url.includes('/.well-known/')) return response;
    const document = (await response.json()) as object;
    return Response.json({ ...document, jwks_uri: 'http://127.0.0.1:1/jwks', token_endpoint: 'http://[::1]:1/token' });
  };
  const led = open({}, fetch);
  expect(await refusal(directory.sign(claims(), accessToken), led)).toBe('issuer-away');
  expect(led.state()).toMatchObject({ why: expect.stringContaining('127.0.0.1:1') as string });
  expect(asked.every((url) => url.startsWith(directory.issuer))).toBe(true);
});

const elsewhere: Fetch = async (_, init) => {
  expect(init.redirect).toBe('manual');
  return Promise.resolve(Response.redirect('http://169.254.169.254/', 302));
};

test('a directory that sends its questions elsewhere is not followed', async () => {
  expect(await open({}, elsewhere).begin({ room: 'metro', returnTo: '/' })).toMatchObject({ kind: 'away' });
});

test.each([
  [{ issuer: 'http://login.force.example' }],
  [{ issuer: 'https://user:word@login.force.example' }],
  [{ issuer: 'ftp://127.0.0.1' }],
  [{ issuer: 'not an address' }],
  [{ 'redirect-uri': 'http://heed.force.example/sign-in/callback' }],
  [{ scope: 'profile email' }],
  [{ 'api-audience': 'heed' }],
  [{ algorithms: [] }],
  [{ algorithms: ['none'] }],
  [{ 'client-secret': 'in-plain-text' }],
])('settings with %o are refused', (change) => {
  const sound = {
    issuer: 'https://login.force.example',
    'client-id': 'heed',
    'redirect-uri': 'https://heed.force.example/x',
  };
  expect(oidcSettings.safeParse(sound).success).toBe(true);
  expect(oidcSettings.safeParse({ ...sound, ...change }).success).toBe(false);
});
