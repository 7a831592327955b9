import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testFolder } from '../../test/passing-folder.ts';
import type { ConfigurationRead } from './configuration.ts';
import { readConfiguration } from './configuration.ts';

const folder = testFolder();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): ConfigurationRead {
  const file = join(folder, 'heed.yaml');
  writeFileSync(file, text);
  return readConfiguration(file, {});
}

test('a service stands behind no proxy unless its configuration lists one', () => {
  expect(read('data: data\n')).toMatchObject({ value: { settings: { proxies: [] } } });
  const proxies = ['10.0.0.7', '10.1.0.0/16', 'fd00::1', 'fd00::/8'];
  expect(read(`proxies: [${proxies.map((one) => `"${one}"`).join(', ')}]\n`)).toMatchObject({
    value: { settings: { proxies } },
  });
});

test.each(['proxy.force.example', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0', ''])(
  'a proxy is an address or a range, and not "%s"',
  (proxy) => {
    const found = read(`data: data\nproxies: ["${proxy}"]\n`);
    expect(found).toMatchObject({ ok: false, problems: [{ line: 2, field: 'proxies[0]' }] });
  },
);
