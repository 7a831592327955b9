import { isIP } from 'node:net';

/** Whether an address, as a socket tells it, is this machine itself. A name is not an address. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (isIP(plain) === 4) return plain.startsWith('127.');
  return plain === '::1' || plain === '0:0:0:0:0:0:0:1';
}

/** Whether a host, as a URL or a Host header names it without its port, can only mean this machine. */
export function isLoopbackHost(host: string): boolean {
  const bare = /^\[(.+)\]$/.exec(host)?.[1];
  if (bare !== undefined) return isIP(bare) === 6 && isLoopbackAddress(bare);
  return host.toLowerCase() === 'localhost' || (isIP(host) === 4 && isLoopbackAddress(host));
}

/** Whether an address of the web is safe to use: encrypted, or never leaving this machine. */
export function isSafeUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}
