import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { apiAudience, clientId, clientSecret, startDirectory } from '../../test/directory.ts';
import type { Directory } from '../../test/directory.ts';
import { oidc } from './oidc.ts';
import type { Oidc, SignedIn } from './oidc.ts';
import { oidcSettings } from './oidc-settings.ts';
import type { OidcSettings } from './oidc-settings.ts';

const redirectUri = 'http://127.0.0.1:9/sign-in/callback';
const signedOutUri = 'http://127.0.0.1:9/signed-out';

let directory: Directory;
let now = 0;
let spent: Set<string>;
let signIn: Oidc;

const accounts = [
  { id: 'sub-1', claims: { preferred_username: 'PC1234', roles: ['HEED-Handlers', 'HEED-Nobody'] } },
  { id: 'sub-2', claims: { preferred_username: 'ada.smith@force.example' } },
  { id: 'sub-3', claims: {} },
  // U+212A, the sign for kelvin: made small it is a plain k.
  { id: 'sub-4', claims: { preferred_username: '\u212Aelly' } },
];

beforeAll(async () => {
  directory = await startDirectory({ accounts, redirectUri, signedOutUri });
});

afterAll(async () => {
  await directory.stop();
});

beforeEach(() => {
  now = Date.now();
  spent = new Set();
  signIn = open();
});

function settings(change: Readonly<Record<string, unknown>> = {}): OidcSettings {
  return oidcSettings.parse({
    issuer: directory.issuer,
    'client-id': clientId,
    'redirect-uri': redirectUri,
    'signed-out-uri': signedOutUri,
    'api-audience': apiAudience,
    roles: { claim: 'roles', names: { 'HEED-Handlers': 'handler', 'HEED-Supervisors': 'supervisor' } },
    ...change,
  });
}

function open(change: Readonly<Record<string, unknown>> = {}, secret = clientSecret): Oidc {
  return oidc({
    settings: settings(change),
    secret,
    now: () => now,
    spend: async ({ room, digest }) => {
      const isNew = !spent.has(`${room} ${digest}`);
      spent.add(`${room} ${digest}`);
      return Promise.resolve(isNew);
    },
  });
}

interface Journey {
  readonly cookie: string;
  readonly back: URL;
}

async function journey(one: Oidc = signIn, account = 'sub-1', returnTo = '/incidents/i-1'): Promise<Journey> {
  const begun = await one.begin({ room: 'metro', returnTo });
  if (begun.kind !== 'begun') throw new Error(begun.reason.says);
  return { cookie: begun.cookie, back: await directory.visit(begun.address, account) };
}

async function codeOf(answer: Promise<SignedIn>): Promise<string> {
  const found = await answer;
  return found.kind === 'signed-in' ? 'signed-in' : found.reason.code;
}

test('somebody goes to the directory, comes back, and is who it says they are', async () => {
  const { cookie, back } = await journey();
  expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:9\/sign-in\/callback\?code=/);
  const found = await signIn.finish({ cookie, query: back.search });
  expect(found).toMatchObject({
    kind: 'signed-in',
    room: 'metro',
    returnTo: '/incidents/i-1',
    staff: 'pc1234',
    roles: ['handler'],
  });
  expect(signIn.state()).toMatchObject({ kind: 'ready' });
});

test('the directory is asked with PKCE, state and nonce, and the secret does not leave in the address', async () => {
  const begun = await signIn.begin({ room: 'metro', returnTo: '/' });
  if (begun.kind !== 'begun') throw new Error(begun.reason.says);
  const { searchParams, href } = new URL(begun.address);
  expect(searchParams.get('response_type')).toBe('code');
  expect(searchParams.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
  const secret = begun.cookie.split('.')[2] ?? 'nothing';
  expect(href).not.toContain(secret);
  const again = await signIn.begin({ room: 'metro', returnTo: '/' });
  expect(again).not.toEqual(begun);
});

test('the same answer a second time is refused, and the directory is not even asked', async () => {
  const { cookie, back } = await journey();
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe('signed-in');
  const before = directory.asked.length;
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe('used-before');
  expect(directory.asked).toHaveLength(before);
});

test('a code that was used once is refused by the directory too, were it asked', async () => {
  const { cookie, back } = await journey();
  await signIn.finish({ cookie, query: back.search });
  spent.clear();
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe('code-spent');
});

test('an answer does not fit into another browser, and nobody is signed in as somebody else by a link', async () => {
  const mallory = await journey();
  const victim = await signIn.begin({ room: 'metro', returnTo: '/' });
  const cookie = victim.kind === 'begun' ? victim.cookie : '';
  expect(await codeOf(signIn.finish({ cookie, query: mallory.back.search }))).toBe('not-begun-here');
  expect(await codeOf(signIn.finish({ cookie: undefined, query: mallory.back.search }))).toBe('not-begun-here');
  expect(spent.size).toBe(0);
});

test('a code of one journey does not pass with the state of another', async () => {
  const first = await journey();
  const second = await journey();
  const query = new URLSearchParams(second.back.search);
  query.set('code', first.back.searchParams.get('code') ?? '');
  expect(await codeOf(signIn.finish({ cookie: second.cookie, query: query.toString() }))).toBe('code-spent');
});

test.each([
  ['no state', (query: URLSearchParams) => query.delete('state')],
  ['two states', (query: URLSearchParams) => query.append('state', query.get('state') ?? '')],
  ['a state that was made up', (query: URLSearchParams) => query.set('state', 'a'.repeat(43))],
])('an answer with %s is refused before the directory is asked', async (_, change) => {
  const { cookie, back } = await journey();
  const query = new URLSearchParams(back.search);
  change(query);
  const before = directory.asked.length;
  expect(await codeOf(signIn.finish({ cookie, query: query.toString() }))).toBe('not-begun-here');
  expect(directory.asked).toHaveLength(before);
});

test('an answer that names another issuer is refused (RFC 9207)', async () => {
  const { cookie, back } = await journey();
  const query = new URLSearchParams(back.search);
  query.set('iss', 'https://evil.example');
  expect(await codeOf(signIn.finish({ cookie, query: query.toString() }))).toBe('answer-wrong');
});

test('a cookie that was altered on the way belongs to no sign-in', async () => {
  const { cookie, back } = await journey();
  const [room = '', began = '', secret = '', path = ''] = cookie.split('.');
  const later = (Number.parseInt(began, 36) + 1).toString(36);
  for (const altered of [
    ['other', began, secret, path],
    [room, later, secret, path],
    [room, began, `${secret.slice(0, 42)}${secret.endsWith('A') ? 'E' : 'A'}`, path],
    [room, began, secret, path, 'more'],
    ['Metro', began, secret, path],
    [room, 'x'.repeat(50), secret, path],
  ])
    expect(await codeOf(signIn.finish({ cookie: altered.join('.'), query: back.search }))).toBe('not-begun-here');
});

test('whoever takes longer than ten minutes begins again', async () => {
  const { cookie, back } = await journey();
  now += 600_000;
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe('too-late');
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', '/a\r\nb', '/a\\b'])(
  'nobody is sent to "%s" after signing in',
  async (returnTo) => {
    const { cookie, back } = await journey(signIn, 'sub-1', returnTo);
    expect(await signIn.finish({ cookie, query: back.search })).toMatchObject({ kind: 'signed-in', returnTo: '/' });
  },
);

test.each([
  ['sub-2', 'claim-unfit'],
  ['sub-3', 'claim-missing'],
  ['sub-4', 'claim-unfit'],
])('whoever the directory names by no staff id (%s) is not signed in: %s', async (account, code) => {
  const { cookie, back } = await journey(signIn, account);
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe(code);
});

test('whoever the directory does not let in comes back refused', async () => {
  const { cookie, back } = await journey();
  const state = back.searchParams.get('state') ?? '';
  const query = new URLSearchParams({ error: 'access_denied', state, iss: directory.issuer });
  expect(await codeOf(signIn.finish({ cookie, query: query.toString() }))).toBe('directory-refused');
});

test('a wrong client secret is said to be one, and is nobody’s refusal', async () => {
  const wrong = open({}, 'not-the-secret');
  const { cookie, back } = await journey(wrong);
  expect(await wrong.finish({ cookie, query: back.search })).toMatchObject({ kind: 'away' });
  expect(wrong.state()).toMatchObject({ kind: 'away', why: expect.stringContaining('client-secret') as string });
});

test('roles are asked for only where the configuration says so', async () => {
  const one = open({ roles: undefined });
  const { cookie, back } = await journey(one);
  expect(await one.finish({ cookie, query: back.search })).toMatchObject({ kind: 'signed-in', roles: null });
});

test('signing out goes on to the directory, with what it gave and the way back', async () => {
  const { cookie, back } = await journey();
  const found = await signIn.finish({ cookie, query: back.search });
  const idToken = found.kind === 'signed-in' ? found.idToken : '';
  const address = new URL((await signIn.signOutAddress(idToken)) ?? '');
  expect(address.origin).toBe(directory.issuer);
  expect(Object.fromEntries(address.searchParams)).toEqual({
    client_id: clientId,
    id_token_hint: idToken,
    post_logout_redirect_uri: signedOutUri,
  });
  const response = await fetch(address);
  expect(response.status).toBe(200);
});

test('a directory that is away is said so, is not asked by everybody at once, and is found again', async () => {
  await directory.stop();
  try {
    const begun = await Promise.all(
      Array.from({ length: 20 }, async () => signIn.begin({ room: 'metro', returnTo: '/' })),
    );
    expect(begun.every((one) => one.kind === 'away')).toBe(true);
    expect(signIn.state()).toMatchObject({
      kind: 'away',
      since: now,
      why: expect.stringContaining('cannot be reached') as string,
    });
  } finally {
    await directory.start();
  }
  const before = directory.asked.length;
  expect(await signIn.begin({ room: 'metro', returnTo: '/' })).toMatchObject({ kind: 'away' });
  expect(directory.asked).toHaveLength(before);
  now += 5_000;
  expect(await signIn.begin({ room: 'metro', returnTo: '/' })).toMatchObject({ kind: 'begun' });
  expect(signIn.state()).toMatchObject({ kind: 'ready', since: now });
});

test('a directory that goes away in the middle of a sign-in is told apart from a wrong answer', async () => {
  const { cookie, back } = await journey();
  await directory.stop();
  try {
    expect(await signIn.finish({ cookie, query: back.search })).toMatchObject({
      kind: 'away',
      reason: { code: 'issuer-away' },
    });
  } finally {
    await directory.start();
  }
});

test('the same secret written in another way is spent all the same', async () => {
  const { cookie, back } = await journey();
  const [room, began, secret = '', path] = cookie.split('.');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const twin = `${secret.slice(0, 42)}${alphabet[alphabet.indexOf(secret.charAt(42)) + 1] ?? ''}`;
  expect(await codeOf(signIn.finish({ cookie, query: back.search }))).toBe('signed-in');
  const again = [room, began, twin, path].join('.');
  expect(await codeOf(signIn.finish({ cookie: again, query: back.search }))).toBe('used-before');
});
