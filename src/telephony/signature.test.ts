import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { nonceMemory, sign, signatureHeaders, signatureWindowMs, verifySigned } from './signature.ts';
import type { AcceptedKey, NonceMemory, SignedParts, Verified } from './signature.ts';

const now = 1_770_120_000_000;
const key: AcceptedKey = { id: 'switch-1', secret: 'a secret of at least thirty-two bytes', sender: 'switch' };
const keys = new Map([
  [key.id, key],
  ['switch-0', { ...key, id: 'switch-0', secret: 'the secret that was there before it', until: now - 1 }],
]);
const request: SignedParts = { method: 'POST', path: '/rooms/r1/ingress/telephony', body: '{"kind":"presented"}' };
const nonce = 'abcdefghijklmnop';
const headers = sign(key, request, { now, nonce });

function verify(
  parts: SignedParts = request,
  given: Readonly<Record<string, string | readonly string[] | undefined>> = headers,
  { at = now, nonces = nonceMemory({ most: 10 }) }: { at?: number; nonces?: NonceMemory } = {},
): Verified {
  return verifySigned(parts, { headers: given, keys, nonces, now: at });
}

function problemOf(verified: Verified): string {
  return verified.ok ? 'none' : verified.problem;
}

describe('a signed request', () => {
  test('is its sender’s', () => {
    expect(verify()).toEqual({ ok: true, key: 'switch-1', sender: 'switch' });
    expect(verify({ ...request, body: new TextEncoder().encode('{"kind":"presented"}') }).ok).toBe(true);
  });

  test.each<[string, SignedParts]>([
    ['method', { ...request, method: 'PUT' }],
    ['path', { ...request, path: '/rooms/r2/ingress/telephony' }],
    ['query', { ...request, path: `${request.path}?x=1` }],
    ['body', { ...request, body: '{"kind":"presented" }' }],
  ])('with another %s is not', (_, parts) => {
    expect(problemOf(verify(parts))).toBe('wrong-signature');
  });

  test.each([
    ['without a signature', { [signatureHeaders.signature]: undefined }, 'unsigned'],
    ['without a nonce', { [signatureHeaders.nonce]: undefined }, 'unsigned'],
    ['with another timestamp', { [signatureHeaders.timestamp]: String(now + 1) }, 'wrong-signature'],
    ['with another nonce', { [signatureHeaders.nonce]: 'ponmlkjihgfedcba' }, 'wrong-signature'],
    ['with another signature', { [signatureHeaders.signature]: `v1=${'0'.repeat(64)}` }, 'wrong-signature'],
    ['of a key that nobody has', { [signatureHeaders.key]: 'switch-9' }, 'unknown-key'],
    ['of a key that has ended', { [signatureHeaders.key]: 'switch-0' }, 'unknown-key'],
    ['with a short signature', { [signatureHeaders.signature]: 'v1=00' }, 'malformed'],
    ['with a signature in no known form', { [signatureHeaders.signature]: '0'.repeat(64) }, 'malformed'],
    ['with a short nonce', { [signatureHeaders.nonce]: 'abc' }, 'malformed'],
    ['with a key that is a path', { [signatureHeaders.key]: '../key' }, 'malformed'],
    ['with a timestamp that is none', { [signatureHeaders.timestamp]: '1e12' }, 'malformed'],
    ['with a header twice', { [signatureHeaders.key]: ['switch-1', 'switch-1'] }, 'malformed'],
  ])('%s is refused', (_, changed, problem) => {
    expect(problemOf(verify(request, { ...headers, ...changed }))).toBe(problem);
  });

  test('is refused in the same words whether or not there is such a key', () => {
    const [unknown, wrong] = [
      verify(request, { ...headers, [signatureHeaders.key]: 'switch-9' }),
      verify({ ...request, body: '' }),
    ].map((one) => (one.ok ? '' : one.says));
    expect(unknown).toBe(wrong);
  });

  test.each([
    [signatureWindowMs, 'none'],
    [-signatureWindowMs, 'none'],
    [signatureWindowMs + 1, 'wrong-time'],
    [-signatureWindowMs - 1, 'wrong-time'],
  ])('%d ms after it was signed has the problem %s', (later, problem) => {
    expect(problemOf(verify(request, headers, { at: now + later }))).toBe(problem);
  });

  test('cannot be made from another by moving a part of it', () => {
    const moved = sign(key, { method: 'POST', path: '/A\nb', body: '' }, { now, nonce });
    expect(problemOf(verify({ method: 'POST\n/A', path: 'b', body: '' }, moved))).toBe('malformed');
    expect(problemOf(verify({ method: 'POST', path: '/A\nb', body: '' }, moved))).toBe('malformed');
  });

  test('is right for exactly what was signed, whatever that is', () => {
    const parts = fc.record({
      method: fc.constantFrom('GET', 'POST'),
      path: fc.webPath(),
      body: fc.uint8Array({ maxLength: 50 }),
    });
    fc.assert(
      fc.property(parts, parts, (told, other) => {
        const given = sign(key, told, { now, nonce });
        const isSame =
          told.method === other.method && told.path === other.path && told.body.join() === other.body.join();
        expect(verify(told, given).ok).toBe(true);
        expect(verify(other, given).ok).toBe(isSame);
      }),
      propertySettings(200),
    );
  });
});

describe('a request sent a second time', () => {
  test('is refused', () => {
    const nonces = nonceMemory({ most: 10 });
    expect(problemOf(verify(request, headers, { nonces }))).toBe('none');
    expect(problemOf(verify(request, headers, { nonces, at: now + 1_000 }))).toBe('replayed');
  });

  test('is refused by a memory that had to forget it, and by one that began since', () => {
    const nonces = nonceMemory({ most: 3 });
    verify(request, headers, { nonces });
    for (let n = 1; n <= 5; n += 1) {
      const later = sign(key, request, { now: now + n, nonce: `${nonce}${n}` });
      expect(problemOf(verify(request, later, { nonces, at: now + n }))).toBe('none');
    }
    expect(nonces.size()).toBe(3);
    expect(problemOf(verify(request, headers, { nonces, at: now + 5 }))).toBe('replayed');
    expect(problemOf(verify(request, headers, { nonces: nonceMemory({ most: 3, notBefore: now }) }))).toBe('replayed');
  });

  test('costs no memory once its time is over', () => {
    const nonces = nonceMemory({ most: 100 });
    for (let n = 0; n < 50; n += 1) nonces.isNew(`nonce-${n}`, now, now);
    expect(nonces.isNew('later', now + signatureWindowMs + 1, now + signatureWindowMs + 1)).toBe(true);
    expect(nonces.size()).toBe(1);
  });

  test('is remembered only where its signature was right', () => {
    const nonces = nonceMemory({ most: 10 });
    verify({ ...request, body: 'x' }, headers, { nonces });
    verify(request, headers, { nonces, at: now + signatureWindowMs + 1 });
    expect(nonces.size()).toBe(0);
    expect(verify(request, headers, { nonces }).ok).toBe(true);
  });

  test('is never taken, in whatever order requests come and however few nonces are held', () => {
    const request = fc.record({ nonce: fc.integer({ min: 0, max: 12 }), age: fc.integer({ min: 0, max: 400_000 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(request, { maxLength: 60 }), (most, requests) => {
        const nonces = nonceMemory({ most });
        const taken = new Set<string>();
        for (const [n, { nonce, age }] of requests.entries()) {
          const at = now + n * 7_000;
          const timestamp = now + nonce * 1_000 - age;
          if (Math.abs(timestamp - at) > signatureWindowMs || !nonces.isNew(String(nonce), timestamp, at)) continue;
          const name = `${nonce} ${timestamp}`;
          expect(taken.has(name)).toBe(false);
          taken.add(name);
          expect(nonces.size()).toBeLessThanOrEqual(most);
        }
      }),
      propertySettings(500),
    );
  });
});
