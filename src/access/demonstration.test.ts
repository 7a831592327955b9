import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRoom } from '../room/room.ts';
import type { RoomKind } from '../room/room.ts';
import type { Arrival, Opening } from './demonstration.ts';
import { arrivedFromElsewhere, choices, exposure, impersonate } from './demonstration.ts';

const opening: Opening = {
  addresses: ['127.0.0.1', '::1'],
  rooms: [{ id: 'demo', kind: 'exercise' }],
  isProduction: false,
  trustedProxies: [],
};

const arrival = (...rawHeaders: readonly string[]): Arrival => ({
  peer: '127.0.0.1',
  httpVersion: '1.1',
  rawHeaders: ['Host', '127.0.0.1:8080', ...rawHeaders],
});

test.each(['127.0.0.1', '127.1.2.3', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])('it may start on %s', (address) => {
  expect(exposure({ ...opening, addresses: [address] })).toEqual([]);
});

test.each([
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '192.168.1.4',
  '128.0.0.1',
  '::ffff:10.0.0.1',
  '2001:db8::1',
  'fe80::1%lo',
  'localhost',
  '127.0.0.1.example.org',
  '127.1',
  '2130706433',
  '0177.0.0.1',
  ' 127.0.0.1',
  '',
  '*',
])('it does not start on "%s", nor when it is one of several', (address) => {
  expect(exposure({ ...opening, addresses: [address] }).map((reason) => reason.code)).toEqual(['not-loopback']);
  expect(exposure({ ...opening, addresses: ['127.0.0.1', address] })).toHaveLength(1);
});

test('it does not start without an address, which may mean all of them', () => {
  expect(exposure({ ...opening, addresses: [] }).map((reason) => reason.code)).toEqual(['no-address']);
});

test('it does not start where a proxy is trusted', () => {
  expect(exposure({ ...opening, trustedProxies: ['127.0.0.1'] }).map((reason) => reason.code)).toEqual([
    'behind-a-proxy',
  ]);
});

test.each<[RoomKind, boolean, number]>([
  ['live', true, 1],
  ['live', false, 0],
  ['exercise', true, 0],
  ['replay', true, 0],
])('a %s room with production %s gives %i reasons against', (kind, isProduction, count) => {
  expect(exposure({ ...opening, rooms: [{ id: 'metro', kind }], isProduction })).toHaveLength(count);
});

test('everything that is wrong is said at once', () => {
  const wrong: Opening = {
    addresses: ['0.0.0.0', '::'],
    rooms: [{ id: 'metro', kind: 'live' }],
    isProduction: true,
    trustedProxies: ['10.0.0.1'],
  };
  expect(exposure(wrong)).toHaveLength(4);
});

test.each(['127.0.0.1', '127.0.0.1:8080', 'localhost', 'LOCALHOST:80', '[::1]', '[::1]:8080', '127.9.9.9'])(
  'a request to %s is answered',
  (host) => {
    expect(arrivedFromElsewhere({ ...arrival(), rawHeaders: ['host', host] })).toBeNull();
  },
);

test.each([
  'heed.example',
  'localhost.example',
  '127.0.0.1.nip.io',
  'localhost@evil.example',
  'evil.example:8080',
  '[::2]',
  '[2001:db8::1]:8080',
  '10.0.0.1',
  '0.0.0.0:8080',
  '2130706433',
  'localhost:8080:80',
  'localhost, evil.example',
  'localhost.',
  '',
])('a request to "%s" is refused, as a name that was made to mean this machine', (host) => {
  expect(arrivedFromElsewhere({ ...arrival(), rawHeaders: ['Host', host] })?.code).toBe('wrong-host');
});

test('a request with no host, or with two, is refused', () => {
  expect(arrivedFromElsewhere({ ...arrival(), rawHeaders: [] })?.code).toBe('wrong-host');
  expect(arrivedFromElsewhere(arrival('HOST', 'localhost'))?.code).toBe('wrong-host');
});

test.each([undefined, '10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', 'localhost', ''])(
  'a request from %s is refused',
  (peer) => {
    expect(arrivedFromElsewhere({ ...arrival(), peer })?.code).toBe('not-loopback');
  },
);

test.each([
  'Forwarded',
  'X-Forwarded-For',
  'x-forwarded-host',
  'X-FORWARDED-PROTO',
  'X-Forwarded',
  'Via',
  'X-Real-IP',
  'True-Client-IP',
  'X-Original-Host',
  'CF-Connecting-IP',
  'Tailscale-User-Login',
  'X-Amzn-Trace-Id',
])('a request that carries %s is refused, whatever it says', (header) => {
  for (const value of ['', '127.0.0.1', 'for=127.0.0.1'])
    expect(arrivedFromElsewhere(arrival(header, value))?.code).toBe('proxied');
});

test.each(['1.0', '0.9', ''])('a request of HTTP "%s" is refused: proxies speak it', (httpVersion) => {
  expect(arrivedFromElsewhere({ ...arrival(), httpVersion })?.code).toBe('proxied');
});

test.each(['https://heed.example', 'http://evil.example:8080', 'null', '', 'file://localhost', 'http://localhost@x'])(
  'a request of a page of "%s" is refused',
  (origin) => {
    expect(arrivedFromElsewhere(arrival('Origin', origin))?.code).toBe('wrong-origin');
  },
);

test('a proxy that leaves no trace is betrayed by the page its browser shows', () => {
  const page = ['Referer', 'https://heed.example/console'];
  expect(arrivedFromElsewhere(arrival(...page, 'Sec-Fetch-Site', 'same-origin'))?.code).toBe('wrong-origin');
  expect(arrivedFromElsewhere(arrival(...page))?.code).toBe('wrong-origin');
});

test('a link on somebody else’s page still opens the demonstration', () => {
  const link = ['Referer', 'https://docs.example/', 'Sec-Fetch-Site', 'cross-site', 'Sec-Fetch-Mode', 'navigate'];
  expect(arrivedFromElsewhere(arrival(...link))).toBeNull();
});

test('an ordinary request of the demonstration’s own page is answered', () => {
  const own = ['Origin', 'http://127.0.0.1:8080', 'Referer', 'http://127.0.0.1:8080/', 'Sec-Fetch-Site', 'same-origin'];
  expect(arrivedFromElsewhere(arrival(...own, 'User-Agent', 'x', 'Cookie', 'a=b'))).toBeNull();
});

test('whatever the headers are, nothing but this machine is ever let through', () => {
  const header = fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.ipV4(), fc.array(header, { maxLength: 8 }), (peer, headers) => {
      fc.pre(!peer.startsWith('127.'));
      expect(arrivedFromElsewhere({ peer, httpVersion: '1.1', rawHeaders: headers.flat() })).not.toBeNull();
    }),
  );
});

function roomOf(kind: RoomKind): ReturnType<typeof emptyRoom> {
  const room = emptyRoom('demo', kind);
  const person = { role: 'handler', enrolledAs: 'handler', position: null, state: 'off', since: 0 } as const;
  return {
    ...room,
    policy: { ...room.policy, roles: { handler: { title: 'Contact handler', authorities: [] } } },
    staff: room.staff.set('ada', { ...person, id: 'ada' }).set('abe', { ...person, id: 'abe' }),
  };
}

test('an invented person of the room can be chosen, and nobody else', () => {
  expect(impersonate(roomOf('exercise'), { kind: 'staff', id: 'ada' }, false)).toEqual({
    ok: true,
    actor: { kind: 'staff', id: 'ada' },
  });
  for (const chosen of [
    { kind: 'staff', id: 'bob' },
    { kind: 'staff', id: 'ADA' },
    { kind: 'staff', id: '__proto__' },
    { kind: 'world', id: 'world' },
    { kind: 'machine', id: 'telephony' },
  ])
    expect(impersonate(roomOf('exercise'), chosen, false).ok).toBe(false);
});

test('a machine can be played in a replay only', () => {
  const telephony = { kind: 'machine', id: 'telephony' };
  expect(impersonate(roomOf('replay'), telephony, true).ok).toBe(true);
  expect(impersonate(roomOf('live'), telephony, false).ok).toBe(false);
  expect(impersonate(roomOf('replay'), { kind: 'machine', id: 'Tele phony' }, false).ok).toBe(false);
  expect(impersonate(roomOf('replay'), { kind: 'world', id: 'world' }, false).ok).toBe(false);
});

test('in production nobody enters a live room by demonstration sign-in', () => {
  const ada = { kind: 'staff', id: 'ada' };
  expect(impersonate(roomOf('live'), ada, true)).toMatchObject({ ok: false, reason: { code: 'live-room' } });
  expect(impersonate(roomOf('live'), ada, false).ok).toBe(true);
  expect(impersonate(roomOf('exercise'), ada, true).ok).toBe(true);
});

test('the people to choose from stand in order of role and id, with the role in words', () => {
  expect(choices(roomOf('exercise'))).toEqual([
    { staff: 'abe', role: 'handler', title: 'Contact handler' },
    { staff: 'ada', role: 'handler', title: 'Contact handler' },
  ]);
});
