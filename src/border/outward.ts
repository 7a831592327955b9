import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { visible } from './visible.ts';

/** Where Heed may send a request of its own accord, beside the open Internet (design, settled point 17). */
export interface OutwardRule {
  /** Hosts by name, addresses, or ranges such as 10.20.0.0/16, that the configuration lists. */
  readonly listed: readonly string[];
}

/** Ranges that lead into this machine, this network or nowhere (IANA special-purpose registries). */
const inward: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const inwardList = new BlockList();
for (const [network, prefix] of inward) inwardList.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6');

/** Why an address may not be called, or null. What it resolves to is checked again when it is called. */
export function outwardFault(url: URL, rule: OutwardRule): string | null {
  const host = bareHost(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `expected https; found ${visible(url.protocol, 20)}`;
  if (url.username !== '' || url.password !== '') return 'expected an address without a name and password in it';
  if (url.protocol === 'http:' && !isListed(host, rule))
    return `expected https; found http: list the host ${visible(host, 80)} where it is to be called without encryption`;
  return isIP(host) === 0 ? null : addressFault(host, rule);
}

/** The host of an address as it is looked up: without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.+)\]$/, '$1').toLowerCase();
}

/** Why this numeric address may not be called, or null. */
function addressFault(address: string, rule: OutwardRule): string | null {
  const plain = unmapped(address);
  if (!inwardList.check(plain, familyOf(plain)) || isListed(plain, rule)) return null;
  return `expected an address of the open Internet; found ${plain}: list it where it is meant`;
}

/** IPv4 inside IPv6, as sockets show it, is IPv4. */
function unmapped(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [one, two] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [one >> 8, one & 255, two >> 8, two & 255].join('.');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

function isListed(host: string, { listed }: OutwardRule): boolean {
  if (isIP(host) === 0) return listed.some((one) => one.toLowerCase() === host);
  const list = new BlockList();
  for (const one of listed) {
    const [network = '', prefix] = one.split('/');
    if (isIP(network) === 0) continue;
    if (prefix === undefined) list.addAddress(network, familyOf(network));
    else list.addSubnet(network, Number(prefix), familyOf(network));
  }
  return list.check(host, familyOf(host));
}

/** A name that stands for an address that may not be called. */
function refusal(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: 'EOUTWARD' });
}

/**
 * The look-up of names for a request that goes out: what a name stands for at the moment of the call is what is
 * checked and what is called, so that a name cannot be moved in between. A host listed by name may stand for anything.
 */
export function outwardLookup(rule: OutwardRule): LookupFunction {
  return (hostname: string, options: LookupOptions, callback): void => {
    lookup(hostname, { ...options, all: true }, (error: Error | null, found: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0);
      const faults = isListed(hostname.toLowerCase(), rule)
        ? []
        : found.map((one) => addressFault(one.address, rule)).filter((one) => one !== null);
      const [first] = found;
      const [fault] = faults;
      if (fault !== undefined || first === undefined) return callback(refusal(fault ?? 'no address'), '', 0);
      return options.all === true ? callback(null, found) : callback(null, first.address, first.family);
    });
  };
}
