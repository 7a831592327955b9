import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Asking, Failure } from './rate.ts';
import { actorAllowance, addressAllowance, failureLimits } from './rate.ts';

const stranger = (address: string): Asking => ({ actor: null, address, isContact: false });
const known = (actor: string): Asking => ({ actor, address: '10.0.0.1', isContact: false });

function clock(): { now: number } {
  return { now: 1_000_000 };
}

function failTimes(times: number, one: () => void): void {
  for (let count = 0; count < times; count += 1) one();
}

test('whoever has not failed never waits', () => {
  const limits = failureLimits(() => 0);
  expect(limits.waitMs(known('pc-1'))).toBe(0);
  expect(limits.waitMs(stranger('10.0.0.1'))).toBe(0);
});

const kinds: readonly Failure[] = ['sign-in', 'unauthorised', 'malformed'];

test.each(kinds)('after its allowance of %s a stranger waits, until one more is allowed', (failure) => {
  const time = clock();
  const limits = failureLimits(() => time.now);
  const { atOnce, perMinute } = addressAllowance[failure];
  failTimes(atOnce, () => expect(limits.failed(stranger('10.0.0.1'), failure)).toBe(0));
  expect(limits.failed(stranger('10.0.0.1'), failure)).toBe(60_000 / perMinute);
  const wait = limits.waitMs(stranger('10.0.0.1'));
  expect(wait).toBe(60_000 / perMinute);
  time.now += wait - 1;
  expect(limits.waitMs(stranger('10.0.0.1'))).toBeGreaterThan(0);
  time.now += 1;
  expect(limits.waitMs(stranger('10.0.0.1'))).toBe(0);
});

test.each(kinds)(
  'after their allowance of %s somebody known is told so, and can still take the next call',
  (failure) => {
    const limits = failureLimits(() => 0);
    failTimes(actorAllowance[failure].atOnce, () => expect(limits.failed(known('pc-1'), failure)).toBe(0));
    expect(limits.failed(known('pc-1'), failure)).toBeGreaterThan(0);
    expect(limits.waitMs(known('pc-1'))).toBe(0);
  },
);

test('a contact is never refused, whatever its address has done', () => {
  const limits = failureLimits(() => 0);
  const caller: Asking = { actor: null, address: '10.0.0.9', isContact: true };
  failTimes(addressAllowance.malformed.atOnce * 3, () => void limits.failed(caller, 'malformed'));
  expect(limits.waitMs(caller)).toBe(0);
  expect(limits.waitMs({ ...caller, isContact: false })).toBeGreaterThan(0);
});

test('one person at a shared address does not lock out the others there, signed in or not', () => {
  const limits = failureLimits(() => 0);
  failTimes(500, () => void limits.failed(known('pc-1'), 'unauthorised'));
  expect(limits.failed(known('pc-1'), 'unauthorised')).toBeGreaterThan(0);
  expect(limits.failed(known('pc-2'), 'unauthorised')).toBe(0);
  expect(limits.waitMs(stranger('10.0.0.1'))).toBe(0);
});

test('somebody signed in is not held up by what strangers do at their address', () => {
  const limits = failureLimits(() => 0);
  failTimes(500, () => void limits.failed(stranger('10.0.0.1'), 'sign-in'));
  expect(limits.waitMs(known('pc-1'))).toBe(0);
  expect(limits.waitMs(stranger('10.0.0.1'))).toBeGreaterThan(0);
});

test.each([
  ['10.0.0.1', '::ffff:10.0.0.1'],
  ['2001:db8::1', '2001:db8:0:0:ffff::2'],
  ['2001:0db8:0000:0000::1', '2001:db8::9'],
  ['fe80::1%eth0', 'fe80::2'],
])('%s and %s are one network', (first, second) => {
  const limits = failureLimits(() => 0);
  failTimes(500, () => void limits.failed(stranger(first), 'sign-in'));
  expect(limits.waitMs(stranger(second))).toBeGreaterThan(0);
});

test.each([
  ['10.0.0.1', '10.0.0.2'],
  ['2001:db8:0:1::1', '2001:db8:0:2::1'],
])('%s and %s are two networks', (first, second) => {
  const limits = failureLimits(() => 0);
  failTimes(500, () => void limits.failed(stranger(first), 'sign-in'));
  expect(limits.waitMs(stranger(second))).toBe(0);
});

test('a flood of addresses takes no more memory than the limit, and forgets the oldest first', () => {
  const limits = failureLimits(() => 0, 3);
  const exhaust = (address: string): void =>
    failTimes(addressAllowance['sign-in'].atOnce, () => void limits.failed(stranger(address), 'sign-in'));
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4']) exhaust(address);
  expect(limits.waitMs(stranger('10.0.0.1'))).toBe(0);
  expect(limits.waitMs(stranger('10.0.0.2'))).toBeGreaterThan(0);
  expect(limits.waitMs(stranger('10.0.0.4'))).toBeGreaterThan(0);
});

test('a clock that goes back neither frees nor locks anybody', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -600_000, max: 600_000 }), { maxLength: 60 }), (steps) => {
      const time = clock();
      const limits = failureLimits(() => time.now);
      for (const stepMs of steps) {
        time.now += stepMs;
        expect(limits.failed(known('pc-1'), 'sign-in')).toBeLessThanOrEqual(
          60_000 / actorAllowance['sign-in'].perMinute,
        );
      }
    }),
  );
});
