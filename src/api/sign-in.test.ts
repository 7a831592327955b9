import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import { apiAudience, clientId, clientSecret, startDirectory } from '../../test/directory.ts';
import type { Directory } from '../../test/directory.ts';
import type { Asked, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { query } from '../../test/query.ts';
import type { Oidc } from '../access/oidc.ts';
import { oidc } from '../access/oidc.ts';
import { oidcSettings } from '../access/oidc-settings.ts';
import type { Sessions } from '../access/sessions.ts';
import { openSessions, sessionSettings } from '../access/sessions.ts';
import { openDatabase } from '../database/connect.ts';
import type { Database } from '../database/connect.ts';

const redirectUri = 'http://127.0.0.1:9/sign-in/back';
const signedOutUri = 'http://127.0.0.1:9/signed-out';
const accounts = [
  { id: 'sub-1', claims: { preferred_username: 'HANDLER-1' } },
  { id: 'sub-2', claims: { preferred_username: 'owner-1' } },
  { id: 'sub-3', claims: { preferred_username: 'somebody-else' } },
  { id: 'sub-4', claims: { preferred_username: 'ada.quill@force.example' } },
];
const hourMs = 3_600_000;

let database: TestDatabase;
let pools: Database;
let directory: Directory;
let sessions: Sessions;
let api: LiveApi;
let ahead = 0;
const now = (): number => Date.now() + ahead;

/** The sign-in of the directory, which nobody has asked anything of yet. */
function signIn(): Oidc {
  const settings = oidcSettings.parse({
    issuer: directory.issuer,
    'client-id': clientId,
    'redirect-uri': redirectUri,
    'signed-out-uri': signedOutUri,
    'api-audience': apiAudience,
  });
  return oidc({ settings, secret: clientSecret, now: () => Date.now(), spend: async (one) => sessions.spend(one) });
}

beforeAll(async () => {
  database = await testDatabase();
  pools = openDatabase(database, () => undefined);
  sessions = openSessions({ pool: pools.service, settings: sessionSettings.parse({}), now });
  directory = await startDirectory({ accounts, redirectUri, signedOutUri });
  const around = { directory: signIn(), demonstration: null, sessions, now, trustedProxies: ['127.0.0.1'] };
  api = await liveApi(database, { api: around });
}, 60_000);

beforeEach(() => {
  ahead = 0;
});

afterAll(async () => {
  await api.close();
  await directory.stop();
  await pools.close();
  await database.drop();
});

const at = (path: string): string => `/rooms/${api.room}${path}`;

/** The cookies that an answer sets and does not take away. */
function cookiesOf({ headers }: Asked): string {
  const set = headers.getSetCookie().filter((one) => !one.includes('Max-Age=0'));
  return set.map((one) => one.split(';')[0] ?? '').join('; ');
}

/** A browser that has been to the directory: what it was sent back with, and the cookie that it carries. */
async function away(
  account: string,
  change: (address: URL) => void = () => undefined,
): Promise<{ readonly cookie: string; readonly back: URL }> {
  const begun = await api.stranger.get(at('/sign-in?return=/board'));
  expect(begun.status).toBe(303);
  const address = new URL(begun.headers.get('location') ?? '');
  change(address);
  return { cookie: cookiesOf(begun), back: await directory.visit(address.href, account) };
}

async function comeBack({ back, cookie }: { readonly back: URL; readonly cookie: string }): Promise<Asked> {
  return api.stranger.get(`${back.pathname}${back.search}`, cookie === '' ? {} : { cookie });
}

async function signedIn(account: string): Promise<string> {
  const back = await comeBack(await away(account));
  expect([back.status, back.headers.get('location')]).toEqual([303, '/board']);
  return cookiesOf(back);
}

function enrol(staff: string): unknown {
  return { id: `enrol-${staff}`, data: { staff, role: 'handler' } };
}

describe('somebody whom the directory vouches for', () => {
  test('comes back signed in, to where they were going, and works as who they are', async () => {
    const cookie = await signedIn('sub-1');
    expect((await api.stranger.get(at('/queue'), { cookie })).status).toBe(200);
    expect((await api.stranger.get('/rooms', { cookie })).json['rooms']).toMatchObject([{ you: 'handler-1' }]);
    const contact = { id: 'open-1', data: { incident: 'signed-in', summary: 'A broken window' } };
    await api.stranger.post(at('/commands/OpenIncident'), contact, { cookie });
    const [opened] = (await api.journal.read(api.room, 0, 1_000)).filter((one) => one.type === 'IncidentOpened');
    expect(opened?.actor).toEqual({ kind: 'staff', id: 'handler-1' });
  });

  test('may do what their role in the room may, and nothing of another’s', async () => {
    const [handler, owner] = [await signedIn('sub-1'), await signedIn('sub-2')];
    const refused = await api.stranger.post(at('/commands/EnrolStaff'), enrol('new-1'), { cookie: handler });
    const done = await api.stranger.post(at('/commands/EnrolStaff'), enrol('new-2'), { cookie: owner });
    expect([refused.json['code'], done.status]).toEqual(['command-refused', 200]);
    expect([api.engine.room().staff.has('new-1'), api.engine.room().staff.has('new-2')]).toEqual([false, true]);
  });

  test('is written down in the access log, going in and going out', async () => {
    const cookie = await signedIn('sub-1');
    await api.stranger.post(at('/sign-out'), '', { cookie });
    await api.accessLog.flush();
    const newest = 'select type, actor from heed.access_event order by seq desc limit 2';
    expect(await query(database.adminUrl, newest)).toEqual([
      { type: 'SignedOut', actor: 'staff:handler-1' },
      { type: 'SignedIn', actor: 'staff:handler-1' },
    ]);
  });

  test('is signed out here at once, and goes on to the directory to be signed out there', async () => {
    const cookie = await signedIn('sub-1');
    const out = await api.stranger.post(at('/sign-out'), '', { cookie });
    const to = new URL(String(out.json['to']));
    expect([to.origin, to.searchParams.get('post_logout_redirect_uri')]).toEqual([directory.issuer, signedOutUri]);
    expect((await fetch(to)).status).toBe(200);
    expect((await api.stranger.get(at('/queue'), { cookie })).json['code']).toBe('sign-in-needed');
  });

  test.each([
    ['two hours without a request', [2 * hourMs]],
    ['thirteen hours, however busy', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((hours) => hours * hourMs)],
  ])('is signed out after %s', async (_after, looks) => {
    const cookie = await signedIn('sub-1');
    const statuses: number[] = [];
    for (const look of looks) {
      ahead = look;
      statuses.push((await api.stranger.get(at('/queue'), { cookie })).status);
    }
    expect(statuses).toEqual(looks.map((look) => (look === looks.at(-1) ? 401 : 200)));
  });
});

describe('nobody is signed in', () => {
  test.each<[string, (address: URL) => void]>([
    ['a state that was made up', (address) => address.searchParams.set('state', 'a'.repeat(43))],
    ['the nonce of another sign-in', (address) => address.searchParams.set('nonce', 'a'.repeat(43))],
    ['the proof key of another', (address) => address.searchParams.set('code_challenge', 'a'.repeat(43))],
  ])('who comes back with %s', async (_what, change) => {
    const back = await comeBack(await away('sub-1', change));
    expect([back.status, back.json['code'], cookiesOf(back)]).toEqual([401, 'sign-in-needed', '']);
  });

  test('by an answer that belongs to another browser, nor by the same one twice', async () => {
    const went = await away('sub-1');
    expect((await comeBack({ ...went, cookie: '' })).status).toBe(401);
    expect((await comeBack(went)).status).toBe(303);
    expect((await comeBack(went)).json['code']).toBe('sign-in-needed');
  });

  test('whom the directory names by no staff id', async () => {
    const back = await comeBack(await away('sub-4'));
    expect([back.status, cookiesOf(back)]).toEqual([401, '']);
    expect(back.text).not.toContain('ada.quill');
  });

  test('who is not on the roll of the room, though the directory knows them', async () => {
    const back = await comeBack(await away('sub-3'));
    expect([back.status, back.json['code'], cookiesOf(back)]).toEqual([403, 'forbidden', '']);
  });

  test('by choosing a person: this is no demonstration', async () => {
    const chosen = await api.stranger.post(at('/sign-in'), { kind: 'staff', id: 'handler-1' });
    expect([chosen.status, chosen.json['code']]).toEqual([405, 'method-not-allowed']);
  });
});

describe('while the directory is away', () => {
  test('nobody begins, a token is not taken for wrong, and whoever is signed in stays so', async () => {
    const cookie = await signedIn('sub-1');
    const token = await directory.tokenForProgram();
    await directory.stop();
    const beside = await liveApi(database, { room: 'beside', api: { directory: signIn(), demonstration: null } });
    try {
      const begun = await beside.stranger.get('/rooms/beside/sign-in');
      const borne = await beside.stranger.get('/rooms/beside/queue', { authorization: `Bearer ${token}` });
      expect([begun.status, begun.json['code']]).toEqual([503, 'directory-away']);
      expect([borne.status, borne.json['code']]).toEqual([503, 'directory-away']);
      expect((await api.stranger.get(at('/queue'), { cookie })).status).toBe(200);
    } finally {
      await beside.close();
      await directory.start();
    }
  });
});

test('behind a proxy that is listed, whoever guesses is told apart by where they are', async () => {
  const guesser = { 'x-forwarded-for': '203.0.113.9' };
  const guesses: number[] = [];
  for (let tries = 0; tries < 400; tries += 50) {
    const asked = Array.from({ length: 50 }, async () => api.stranger.get(at('/queue'), guesser));
    guesses.push(...(await Promise.all(asked)).map((one) => one.status));
  }
  const other = await api.stranger.get(at('/queue'), { 'x-forwarded-for': '203.0.113.10' });
  expect([guesses.at(-1), other.status]).toEqual([429, 401]);
});
