import { promisify } from 'node:util';
import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { outwardFault, outwardLookup } from './outward.ts';

const open = { listed: [] };

describe('an address that Heed calls of its own accord', () => {
  test.each([
    'https://pager.example.org/hook',
    'https://pager.example.org:8443/hook?x=1',
    'https://93.184.215.14/',
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/',
  ])('may be %s', (address) => {
    expect(outwardFault(new URL(address), open)).toBeNull();
  });

  test.each([
    'http://pager.example.org/',
    'ftp://pager.example.org/',
    'file:///etc/passwd',
    'https://name:word@pager.example.org/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fc00::1]/',
    'https://[fd12:3456:789a::1]/',
    'https://[fe80::1]/',
    'https://[ff02::1]/',
  ])('is never %s unless it is listed', (address) => {
    expect(outwardFault(new URL(address), open)).toMatch(/^expected .*; found |^expected an address without/);
  });

  test.each([
    ['http://127.0.0.1:9000/', '127.0.0.1'],
    ['http://127.0.0.1:9000/', '127.0.0.0/8'],
    ['https://10.20.3.4/', '10.20.0.0/16'],
    ['https://[fd12::7]/', 'fd12::/16'],
    ['http://records.internal/', 'records.internal'],
    ['http://RECORDS.internal/', 'Records.internal'],
  ])('may be %s where %s is listed', (address, listed) => {
    expect(outwardFault(new URL(address), { listed: [listed] })).toBeNull();
  });

  test('is not let through by a listed neighbour', () => {
    expect(
      outwardFault(new URL('https://10.21.3.4/'), { listed: ['10.20.0.0/16', 'records.internal'] }),
    ).not.toBeNull();
  });
});

describe('a name', () => {
  const asked = promisify((rule: { listed: string[] }, done: (error: Error | null, found?: unknown) => void) => {
    outwardLookup(rule)('localhost', { all: true }, (error, found) => done(error, found));
  });

  test('that stands for this machine is refused when it is looked up, whatever it stood for before', async () => {
    await expect(asked({ listed: [] })).rejects.toMatchObject({ code: 'EOUTWARD' });
  });

  test('that is listed may stand for it', async () => {
    const found = (await asked({ listed: ['localhost'] })) as LookupAddress[];
    expect(found.map((one) => one.address)).toContain('127.0.0.1');
  });
});
