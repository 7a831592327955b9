import type { Actor, Reason } from '../room/define.ts';
import { id } from '../room/define.ts';
import type { Room, RoomKind } from '../room/room.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';

/** What a process is about to open to the world, before it listens and once more when it does. */
export interface Opening {
  /** Every address it listens on, as numbers: what a name stands for is for others to change. */
  readonly addresses: readonly string[];
  readonly rooms: readonly { readonly id: string; readonly kind: RoomKind }[];
  readonly isProduction: boolean;
  /** Proxies whose forwarding headers the configuration would believe. */
  readonly trustedProxies: readonly string[];
}

/** Why demonstration sign-in must not start here; empty: it may. Nobody proves who they are in it. */
export function exposure({ addresses, rooms, isProduction, trustedProxies }: Opening): readonly Reason[] {
  const reasons: Reason[] = [];
  const add = (code: string, says: string): void => void reasons.push({ code, says });
  if (addresses.length === 0)
    add('no-address', 'Demonstration sign-in needs to know every address it is to listen on.');
  for (const address of addresses.filter((one) => !isLoopbackAddress(one)))
    add(
      'not-loopback',
      `Demonstration sign-in asks nobody who they are, and ${address} may be reached from elsewhere. ` +
        'Listen on 127.0.0.1 or ::1, or configure sign-in through a directory.',
    );
  if (trustedProxies.length > 0)
    add(
      'behind-a-proxy',
      'Demonstration sign-in cannot stand behind a proxy; leave trusted proxies out, or configure a directory.',
    );
  for (const room of rooms.filter((one) => isProduction && one.kind === 'live'))
    add(
      'live-room',
      `Room ${room.id} is live and this is production: nobody enters it by demonstration sign-in. ` +
        'Configure a directory.',
    );
  return reasons;
}

/** A request as it came off the socket. */
export interface Arrival {
  readonly peer: string | undefined;
  readonly httpVersion: string;
  /** Names and values in turn, as they were sent: a header sent twice is seen twice. */
  readonly rawHeaders: readonly string[];
}

/** Headers that something between a browser and this machine leaves behind. */
const forwardingHeaders: ReadonlySet<string> = new Set([
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'x-cluster-client-ip',
  'x-host',
  'x-scheme',
  'x-original-host',
  'x-original-url',
  'x-rewrite-url',
  'cdn-loop',
]);
const forwardingPrefixes = [
  'x-forwarded',
  'cf-',
  'x-envoy-',
  'x-amzn-',
  'x-arr-',
  'x-azure-',
  'x-vercel-',
  'fastly-',
  'fly-',
  'ngrok-',
  'tailscale-',
];

/**
 * Why this request did not come straight from this machine, or null. Asked of every request in demonstration mode,
 * before anything else is done for it: a tunnel or a proxy that somebody set up by mistake must find nothing.
 */
export function arrivedFromElsewhere({ peer, httpVersion, rawHeaders }: Arrival): Reason | null {
  if (peer === undefined || !isLoopbackAddress(peer))
    return { code: 'not-loopback', says: 'Demonstration mode answers this machine only.' };
  // Proxies of the common kind speak 1.0 to what is behind them and may leave no other trace.
  if (httpVersion !== '1.1')
    return { code: 'proxied', says: 'Demonstration mode answers no request of an old form, as proxies send them.' };
  const headers = pairs(rawHeaders);
  const forwarding = headers.find(
    ([name]) => forwardingHeaders.has(name) || forwardingPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  if (forwarding !== undefined)
    return { code: 'proxied', says: `Demonstration mode cannot stand behind a proxy (header ${forwarding[0]}).` };
  const hosts = valuesOf(headers, 'host');
  // A page of another site whose name was made to mean this machine still names itself here.
  if (hosts.length !== 1 || !isLoopbackAuthority(hosts[0] ?? ''))
    return { code: 'wrong-host', says: 'Demonstration mode answers to localhost, 127.0.0.1 and [::1] only.' };
  return shownElsewhere(headers);
}

/** Why the page that asks was not loaded from here: a proxy that hides itself cannot hide what its browser says. */
function shownElsewhere(headers: readonly (readonly [string, string])[]): Reason | null {
  const elsewhere = { code: 'wrong-origin', says: 'Demonstration mode answers its own pages only.' };
  if (valuesOf(headers, 'origin').some((origin) => !isLoopbackUrl(origin))) return elsewhere;
  const isLinkedFromOutside = valuesOf(headers, 'sec-fetch-site').includes('cross-site');
  const isReferredFromElsewhere = valuesOf(headers, 'referer').some((referrer) => !isLoopbackUrl(referrer));
  return isReferredFromElsewhere && !isLinkedFromOutside ? elsewhere : null;
}

function pairs(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    found.push([(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? '']);
  return found;
}

function valuesOf(headers: readonly (readonly [string, string])[], wanted: string): readonly string[] {
  return headers.filter(([name]) => name === wanted).map(([, value]) => value);
}

function isLoopbackAuthority(authority: string): boolean {
  const host = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.]+)(?::\d{1,5})?$/.exec(authority)?.[1];
  return host !== undefined && isLoopbackHost(host);
}

function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
}

/** Whom somebody wants to be in a demonstration. */
export interface Chosen {
  readonly kind: string;
  readonly id: string;
}

export type Impersonated =
  | { readonly ok: true; readonly actor: Actor }
  | { readonly ok: false; readonly reason: Reason };

/** Takes on an invented person of the room, or a machine of a replay; the opening of a world is nobody's to be. */
export function impersonate(room: Room, chosen: Chosen, isProduction: boolean): Impersonated {
  if (isProduction && room.kind === 'live')
    return notTaken('live-room', 'A live room is entered with a proof of who you are, never by demonstration sign-in.');
  if (chosen.kind === 'staff')
    return room.staff.has(chosen.id)
      ? { ok: true, actor: { kind: 'staff', id: chosen.id } }
      : notTaken('not-enrolled', 'Nobody by that id is enrolled in this room.');
  if (chosen.kind !== 'machine') return notTaken('nobody', 'Choose a member of staff, or a machine of a replay.');
  if (room.kind !== 'replay')
    return notTaken('machines-sign', 'Machines sign what they send; only a replay plays them.');
  return id.safeParse(chosen.id).success
    ? { ok: true, actor: { kind: 'machine', id: chosen.id } }
    : notTaken('nobody', 'A machine is named by lower-case letters, digits and hyphens.');
}

function notTaken(code: string, says: string): Impersonated {
  return { ok: false, reason: { code, says } };
}

/** An invented person who can be chosen. */
export interface Choice {
  readonly staff: string;
  readonly role: string;
  readonly title: string;
}

/** The people of a room to choose from, by role in the policy's order and then by id. */
export function choices(room: Room): readonly Choice[] {
  const roles = Object.keys(room.policy.roles);
  return [...room.staff.values()]
    .map(({ id: staff, enrolledAs: role }) => ({ staff, role, title: room.policy.roles[role]?.title ?? role }))
    .toSorted(
      (left, right) => roles.indexOf(left.role) - roles.indexOf(right.role) || (left.staff < right.staff ? -1 : 1),
    );
}
