import { expect, test } from 'vitest';
import { attemptCookie, madeByAnotherSite, requestHeader, sessionCookie } from './cookies.ts';
import type { CookieRequest } from './cookies.ts';

const origin = 'https://heed.example';

function request(headers: Readonly<Record<string, string>>, method = 'POST'): CookieRequest {
  return { method, header: (name) => headers[name], origins: [origin] };
}

const own = { [requestHeader]: '1', origin, 'sec-fetch-site': 'same-origin' };

test('a session’s cookie is for this host alone, over TLS alone, and out of reach of scripts and other sites', () => {
  expect(sessionCookie(new URL(origin), 'metro')).toEqual({
    name: '__Host-heed-session.metro',
    flags: { httpOnly: true, secure: true, sameSite: 'strict', path: '/' },
  });
});

test('on this machine itself the cookie is told apart by the port', () => {
  const first = sessionCookie(new URL('http://localhost:8080'), 'demo');
  expect(first).toEqual({
    name: 'heed-8080-session.demo',
    flags: { httpOnly: true, secure: false, sameSite: 'strict', path: '/' },
  });
  expect(sessionCookie(new URL('http://127.0.0.1:8081'), 'demo').name).not.toBe(first.name);
});

test.each(['http://heed.example', 'http://10.0.0.1:8080', 'ftp://localhost'])('no cookie is made for %s', (address) => {
  expect(() => sessionCookie(new URL(address), 'metro')).toThrow(/plain http/);
});

test('the cookie of a sign-in comes back from the directory, and not for long', () => {
  const { name, flags } = attemptCookie(new URL(origin));
  expect(name).toBe('__Host-heed-sign-in');
  expect(flags).toMatchObject({ sameSite: 'lax', httpOnly: true, secure: true, maxAge: 600 });
});

test('a change asked by our own page is let through', () => {
  expect(madeByAnotherSite(request(own))).toBeNull();
  expect(madeByAnotherSite(request({ [requestHeader]: '1', origin }))).toBeNull();
  expect(madeByAnotherSite(request({ [requestHeader]: '1', 'sec-fetch-site': 'same-origin' }))).toBeNull();
});

test.each([
  ['without the header', { origin, 'sec-fetch-site': 'same-origin' }],
  ['without any word of where it was made', { [requestHeader]: '1' }],
  ['of another site', { ...own, 'sec-fetch-site': 'cross-site' }],
  ['of a sister site', { ...own, 'sec-fetch-site': 'same-site' }],
  ['of no site', { ...own, 'sec-fetch-site': 'none' }],
  ['of another origin', { ...own, origin: 'https://evil.example' }],
  ['of a hidden origin', { ...own, origin: 'null' }],
  ['of an origin that begins like ours', { ...own, origin: `${origin}.evil.example` }],
  ['of our host over http', { ...own, origin: 'http://heed.example' }],
])('a change %s is refused', (_, headers) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'ANYTHING'])
    expect(madeByAnotherSite(request(headers, method))?.code).toBe('cross-site');
});

test('reading needs no such proof: another site cannot see the answer', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(madeByAnotherSite(request({}, method))).toBeNull();
});
