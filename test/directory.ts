import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';

/** Somebody of the directory, and what it says of them. */
export interface Account {
  readonly id: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface DirectoryOptions {
  readonly accounts: readonly Account[];
  readonly redirectUri: string;
  readonly signedOutUri: string;
}

/** A real OpenID Connect provider in this process, with a browser that knows its way through it. */
export interface Directory {
  readonly issuer: string;
  /** Goes through the directory as somebody, and gives the address that the browser is sent to in the end. */
  readonly visit: (address: string, account: string) => Promise<URL>;
  /** A token that the directory itself signs, with whatever claims. */
  readonly sign: (claims: JWTPayload, header?: Readonly<Record<string, string>>) => Promise<string>;
  /** An access token for a program with the client's own secret. */
  readonly tokenForProgram: () => Promise<string>;
  /** Every request it got: method and path. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

export const clientId = 'heed';
export const clientSecret = 'a-secret-of-the-tests-and-of-nothing-else';
export const apiAudience = 'urn:heed:api';
const keyId = 'directory-key';

/** Starts a directory on a free port of this machine. */
export async function startDirectory(options: DirectoryOptions): Promise<Directory> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: keyId, alg: 'RS256', use: 'sig' };
  const asked: string[] = [];
  let handle: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  let server = createServer();
  const listen = async (port: number): Promise<void> => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${new URL(request.url ?? '', 'http://x').pathname}`);
      handle?.(request, response);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, configuration(options, key));
  handle = handlerOf(provider);
  return {
    issuer,
    asked,
    visit: async (address, account) => visit(issuer, address, account),
    sign: async (claims, header = {}) => signed(privateKey, { ...claims }, { kid: keyId, ...header }),
    tokenForProgram: async () => tokenForProgram(issuer),
    stop: async () => close(server),
    start: async () => listen(port),
  };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}

async function signed(key: CryptoKey, claims: JWTPayload, header: Readonly<Record<string, string>>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);
}

const features: Configuration['features'] = {
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  rpInitiatedLogout: { enabled: true },
  resourceIndicators: {
    enabled: true,
    defaultResource: (_context, _client, oneOf) => (oneOf === undefined ? apiAudience : (oneOf[0] ?? apiAudience)),
    getResourceServerInfo: () => ({
      scope: 'api',
      audience: apiAudience,
      accessTokenTTL: 300,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    }),
  },
};

function configuration({ accounts, redirectUri, signedOutUri }: DirectoryOptions, key: object): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [signedOutUri],
        grant_types: ['authorization_code', 'client_credentials'],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'roles'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features,
    findAccount: (_context, sub) => {
      const account = accounts.find((one) => one.id === sub);
      return account === undefined ? undefined : { accountId: sub, claims: () => ({ sub, ...account.claims }) };
    },
    interactions: { url: (_context, interaction) => `/visit/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(apiAudience, 'api');
      await grant.save();
      return grant;
    },
    renderError: (context, out) => {
      context.type = 'json';
      context.body = out;
    },
    ttl: {
      AccessToken: 300,
      ClientCredentials: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      Grant: 300,
      Interaction: 300,
      Session: 300,
    },
  };
}

/** The directory's own pages: whoever the browser says it is, signs in at once. */
function handlerOf(provider: Provider): (request: IncomingMessage, response: ServerResponse) => void {
  const callback = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith('/visit/') !== true) return void callback(request, response);
    const accountId = String(request.headers['x-account']);
    void provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false });
  };
}

/** A browser without a screen: keeps the directory's cookies and follows it until it is sent elsewhere. */
async function visit(issuer: string, from: string, account: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = new URL(from);
  for (let step = 0; step < 10 && address.origin === issuer; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie, 'x-account': account } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`The directory answered ${response.status}: ${await response.text()}`);
    await response.body?.cancel();
    address = new URL(next, address);
  }
  return address;
}

async function tokenForProgram(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: apiAudience, scope: 'api' }),
  });
  const { access_token: token } = (await response.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`The directory gave no token: ${response.status}`);
  return token;
}
